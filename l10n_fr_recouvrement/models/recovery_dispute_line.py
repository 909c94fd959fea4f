from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RecoveryDisputeLine(models.Model):
    """What is contested of one invoice."""

    _name = "recovery.dispute.line"
    _inherit = ["recovery.part.mixin"]
    _description = "Disputed invoice"
    _order = "id"
    _rec_name = "move_id"
    _part_of = "dispute_id"
    _check_company_auto = True

    dispute_id = fields.Many2one(
        comodel_name="recovery.dispute", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    state = fields.Selection(related="dispute_id.state")
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]",
    )
    currency_id = fields.Many2one(related="move_id.currency_id")
    residual = fields.Monetary(related="move_id.amount_residual", string="Amount due")
    amount = fields.Monetary(
        string="Contested",
        compute="_compute_amount",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    conceded = fields.Monetary(
        help="What the customer is right about: a credit note is due for it.",
    )

    _check_amounts = models.Constraint(
        "CHECK (amount > 0 AND conceded >= 0)",
        "The contested amount must be greater than zero.",
    )
    _invoice_uniq = models.Constraint(
        "UNIQUE (dispute_id, move_id)", "This invoice is in the dispute already."
    )

    @api.depends("move_id")
    def _compute_amount(self):
        """The whole of what is still due, unless somebody says otherwise."""
        for line in self:
            line.amount = line.amount or line.move_id.amount_residual

    @api.constrains("move_id", "amount", "conceded")
    def _check_invoice(self):
        for line in self:
            line._check_belongs()
            compare = line.currency_id.compare_amounts
            if compare(line.amount, line.move_id.amount_total) > 0:
                raise ValidationError(
                    self.env._(
                        "The contested amount is higher than invoice %(invoice)s: "
                        "enter at most its total.",
                        invoice=line.move_id.name,
                    )
                )
            if compare(line.conceded, line.amount) > 0:
                raise ValidationError(
                    self.env._(
                        "No more can be conceded on %(invoice)s than is contested.",
                        invoice=line.move_id.name,
                    )
                )

    def _check_belongs(self):
        """:raises ValidationError: the invoice is not one of this dispute's debtor"""
        move, dispute = self.move_id, self.dispute_id
        if (
            move.move_type != "out_invoice"
            or move.state != "posted"
            or move.commercial_partner_id != dispute.partner_id
            or move.currency_id != dispute.line_ids[:1].currency_id
        ):
            raise ValidationError(
                self.env._(
                    "A dispute is about posted invoices of one customer in one "
                    "currency: %s is not one of them.",
                    move.name or move.display_name,
                )
            )
