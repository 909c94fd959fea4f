from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .recovery_plan import LIVE_PLANS


class RecoveryPlanInvoice(models.Model):
    """An invoice of a payment plan, and its share in it.

    The whole invoice waits while the plan is in force.
    """

    _name = "recovery.plan.invoice"
    _inherit = ["recovery.part.mixin"]
    _description = "Invoice of a payment plan"
    _order = "plan_id, invoice_date_due, id"
    _check_company_auto = True
    _part_of = "plan_id"

    plan_id = fields.Many2one(
        comodel_name="recovery.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]",
    )
    invoice_date_due = fields.Date(related="move_id.invoice_date_due", store=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    residual_start = fields.Monetary(
        string="Due on that day",
        compute="_compute_residual_start",
        store=True,
        precompute=True,
        help="What is paid since counts for the instalments.",
    )
    amount = fields.Monetary(
        string="In the plan",
        compute="_compute_amount",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )

    _once = models.Constraint(
        "UNIQUE (plan_id, move_id)", "This invoice is in the plan already."
    )
    _check_amount = models.Constraint(
        "CHECK (amount > 0)", "The share of an invoice must be greater than zero."
    )

    @api.depends("move_id")
    def _compute_residual_start(self):
        for share in self:
            share.residual_start = share.move_id.amount_residual

    @api.depends("move_id")
    def _compute_amount(self):
        for share in self:
            share.amount = share.amount or share.move_id.amount_residual

    @api.constrains("move_id", "amount")
    def _check_invoice(self):
        for share in self:
            share._check_of_debtor()
            share._check_only_plan()
            if (
                share.currency_id.compare_amounts(share.amount, share.residual_start)
                > 0
            ):
                raise ValidationError(
                    self.env._(
                        "The plan takes more than what is due on %s: lower its share.",
                        share.move_id.name,
                    )
                )

    def _check_of_debtor(self):
        plan, move = self.plan_id, self.move_id
        if (
            move.commercial_partner_id != plan.partner_id
            or move.currency_id != plan.currency_id
            or move.state != "posted"
            or move.move_type != "out_invoice"
        ):
            raise ValidationError(
                self.env._(
                    "Choose posted invoices of %(customer)s in %(currency)s only: "
                    "%(invoice)s is not one.",
                    customer=plan.partner_id.name,
                    currency=plan.currency_id.name,
                    invoice=move.display_name,
                )
            )

    def _check_only_plan(self):
        """A plan that another replaces may share its invoices until then."""
        other = self.search(
            [
                ("move_id", "=", self.move_id.id),
                ("plan_id", "not in", (self.plan_id | self.plan_id.previous_id).ids),
                ("plan_id.state", "in", LIVE_PLANS),
            ],
            limit=1,
        )
        if other:
            raise ValidationError(
                self.env._(
                    "%(invoice)s is in plan %(plan)s already: negotiate that plan "
                    "again, or cancel it.",
                    invoice=self.move_id.name,
                    plan=other.plan_id.name,
                )
            )

    def _refresh_residual(self):
        """What is due now: from here on payments count for the instalments.

        :raises UserError: less is due than the plan takes
        """
        for share in self:
            share.residual_start = share.move_id.amount_residual
            if (
                share.currency_id.compare_amounts(share.amount, share.residual_start)
                > 0
            ):
                raise UserError(
                    self.env._(
                        "Only %(due)s is still due on %(invoice)s: lower its share and "
                        "the instalments.",
                        due=share.currency_id.format(share.residual_start),
                        invoice=share.move_id.name,
                    )
                )
