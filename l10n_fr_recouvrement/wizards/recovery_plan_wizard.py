from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..law.rates import MissingRate
from ..law.schedule import instalments
from ..models.recovery_plan import PENALTIES
from ..models.vocabulary import NO_PLAN

CONSUMER_CURE_DAYS = 15  # usual, the law gives none


class RecoveryPlanWizard(models.TransientModel):
    """Prepares a payment plan: shows the instalments before anything is written.

    A plan on an existing debt of a consumer bears no interest and no fee (reform in
    force since 20/11/2026).
    """

    _name = "recovery.plan.wizard"
    _description = "New payment plan"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True
    )
    debtor_kind = fields.Selection(related="partner_id.recovery_debtor_kind")
    previous_id = fields.Many2one(comodel_name="recovery.plan", string="Replaces")
    move_ids = fields.Many2many(
        comodel_name="account.move",
        string="Invoices",
        check_company=True,
        domain="[('commercial_partner_id', '=', partner_id),"
        " ('move_type', '=', 'out_invoice'), ('state', '=', 'posted'),"
        " ('currency_id', '=', currency_id), ('amount_residual', '>', 0)]",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    total = fields.Monetary(compute="_compute_total", string="To spread")
    count = fields.Integer(string="Instalments", default=3, required=True)
    frequency = fields.Selection(
        selection=[("weekly", "Every week"), ("monthly", "Every month")],
        default="monthly",
        required=True,
    )
    first_date = fields.Date(
        string="First instalment",
        required=True,
        default=lambda self: fields.Date.add(
            self.env.company._recovery_today(), months=1
        ),
    )
    down_payment = fields.Monetary()
    down_date = fields.Date(
        string="Paid on",
        default=lambda self: fields.Date.add(
            self.env.company._recovery_today(), days=15
        ),
    )
    penalties = fields.Selection(
        selection=PENALTIES,
        string="Late interest from now on",
        compute="_compute_penalties",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    warning = fields.Char(compute="_compute_warning")
    line_ids = fields.One2many(
        comodel_name="recovery.plan.wizard.line",
        inverse_name="wizard_id",
        compute="_compute_line_ids",
        store=True,
    )

    @api.model
    def _open(self, moves):
        """The wizard on these invoices of one customer and currency.

        :raises UserError: several customers, companies or currencies; nothing due
        """
        moves = moves.filtered(
            lambda move: move.move_type == "out_invoice"
            and move.state == "posted"
            and move.amount_residual > 0
        )
        if not moves:
            raise UserError(self.env._("Nothing is due: there is nothing to spread."))
        if (
            len(moves.commercial_partner_id) > 1
            or len(moves.currency_id) > 1
            or len(moves.company_id) > 1
        ):
            raise UserError(
                self.env._(
                    "A plan is for one customer, company and currency: choose invoices "
                    "of one."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New payment plan"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_company_id": moves.company_id.id,
                "default_partner_id": moves.commercial_partner_id.id,
                "default_currency_id": moves.currency_id.id,
                "default_move_ids": [Command.set(moves.ids)],
            },
        }

    @api.depends("move_ids")
    def _compute_total(self):
        for wizard in self:
            wizard.total = sum(wizard.move_ids.mapped("amount_residual"))

    @api.depends("partner_id")
    def _compute_penalties(self):
        for wizard in self:
            consumer = wizard.partner_id.recovery_debtor_kind == "consumer"
            wizard.penalties = "suspended" if consumer else "run_on"

    @api.depends("move_ids", "partner_id")
    def _compute_warning(self):
        """Why no plan is possible, said at once."""
        guard = self.env["recovery.plan.guard"]
        for wizard in self:
            wizard.warning = guard._refusal(wizard.move_ids._origin, NO_PLAN)

    @api.depends(
        "move_ids", "count", "frequency", "first_date", "down_payment", "down_date"
    )
    def _compute_line_ids(self):
        for wizard in self:
            rest, commands = wizard.total, [Command.clear()]
            for line in wizard._instalments():
                rest -= float(line.amount)
                values = {"date": line.date, "amount": line.amount}
                values["rest"] = wizard.currency_id.round(rest)
                commands.append(Command.create(values))
            wizard.line_ids = commands

    def _instalments(self):
        """What the schedule gives, nothing while the form is incomplete."""
        try:
            return instalments(
                Decimal(str(self.currency_id.round(self.total))),
                self.count,
                self.frequency,
                self.first_date,
                Decimal(str(self.currency_id.round(self.down_payment))),
                self.down_date,
                Decimal(str(self.currency_id.rounding)),
            )
        except (TypeError, ValueError):
            return []

    def action_create(self):
        """Write the plan; it is offered from its form."""
        self.ensure_one()
        self._check_possible()
        plan = self.env["recovery.plan"].create(self._values())
        return {
            "type": "ir.actions.act_window",
            "res_model": plan._name,
            "res_id": plan.id,
            "views": [(False, "form")],
        }

    def _check_possible(self):
        """:raises UserError: no plan for these invoices, or no such schedule"""
        if not self.move_ids:
            raise UserError(self.env._("Choose the invoices of the plan."))
        if self.warning:
            raise UserError(self.warning)
        if not self.debtor_kind:
            raise UserError(
                self.env._(
                    "What a plan may ask depends on the kind of debtor: confirm it on "
                    "the customer."
                )
            )
        if not self._instalments():
            raise UserError(
                self.env._(
                    "This amount cannot be spread so: check the number of instalments, "
                    "and that the down payment is lower and comes first."
                )
            )

    def _values(self):
        interest, indemnity = self._accessories()
        values = {
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "previous_id": self.previous_id.id,
            "penalties": self.penalties,
            "interest": interest,
            "indemnity": indemnity,
            "invoice_ids": [
                Command.create({"move_id": move.id}) for move in self.move_ids
            ],
            "line_ids": [
                Command.create({"date": line.date, "amount": line.amount})
                for line in self._instalments()
            ],
        }
        if self.debtor_kind == "consumer":
            values["cure_days"] = CONSUMER_CURE_DAYS
        return values

    def _accessories(self):
        """Interest and indemnity to recognise today; none of a consumer.

        :raises UserError: a rate is missing
        """
        if self.debtor_kind == "consumer":
            return 0, 0
        items = self.move_ids._recovery_receivable_items()
        try:
            statements = self.env["recovery.statement"]._for_items(
                items.ids, self.company_id._recovery_today()
            )
        except MissingRate as error:
            raise UserError(self.env["recovery.writer"]._missing_rate(error)) from error
        figures = statements.values()
        return (
            sum(each.interest_due for each in figures),
            sum(each.indemnity for each in figures),
        )
