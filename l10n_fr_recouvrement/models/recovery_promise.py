from odoo import api, fields, models
from odoo.exceptions import ValidationError


class RecoveryPromise(models.Model):
    """Promise to pay (promesse de règlement): suspends until its day is over."""

    _name = "recovery.promise"
    _description = "Promise to pay"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True, index=True
    )
    move_ids = fields.Many2many(
        comodel_name="account.move",
        string="Invoices",
        check_company=True,
        domain="[('commercial_partner_id', '=', partner_id),"
        " ('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]",
        help="Empty: all that the customer owes.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    amount = fields.Monetary(required=True, tracking=True)
    date = fields.Date(string="Promised for", required=True, tracking=True)
    grace_days = fields.Integer(
        default=3, help="Days after the promised date before dunning goes on."
    )
    until = fields.Date(compute="_compute_until", store=True)
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("kept", "Kept"),
            ("broken", "Broken"),
            ("cancelled", "Cancelled"),
        ],
        default="open",
        required=True,
        tracking=True,
    )
    note = fields.Text()

    _check_amount = models.Constraint(
        "CHECK (amount > 0 AND grace_days >= 0)",
        "The promised amount must be greater than zero and the grace days cannot be "
        "negative.",
    )

    @api.depends("date", "grace_days")
    def _compute_until(self):
        for promise in self:
            promise.until = promise.date and fields.Date.add(
                promise.date, days=promise.grace_days
            )

    @api.constrains("partner_id", "move_ids")
    def _check_invoices(self):
        for promise in self:
            partners = promise.move_ids.commercial_partner_id
            if partners - promise.partner_id.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "Choose invoices of %s only.", promise.partner_id.display_name
                    )
                )

    def action_kept(self):
        self.state = "kept"

    def action_broken(self):
        self.state = "broken"

    def action_cancel(self):
        self.state = "cancelled"

    def action_confirm_in_writing(self):
        """Write to the customer what they promised."""
        self.ensure_one()
        occasion = self.env["recovery.occasion"]
        return occasion._open(
            occasion._write_letter(
                "promise",
                self.partner_id,
                self.company_id,
                self.move_ids,
                currency=self.currency_id,
                facts={
                    "promised_amount": self.amount,
                    "promised_on": self.date.isoformat(),
                },
            )
        )
