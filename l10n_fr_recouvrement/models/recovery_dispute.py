from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

ANSWER_DAYS = 8  # a fresh time to pay after our answer


class RecoveryDispute(models.Model):
    """Contested amount of an invoice (litige): suspends the contested part only."""

    _name = "recovery.dispute"
    _description = "Dispute"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "opened_on desc, id desc"
    _rec_name = "move_id"
    _check_company_auto = True

    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]",
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True)
    partner_id = fields.Many2one(
        related="move_id.commercial_partner_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        tracking=True,
    )
    reason = fields.Text(required=True)
    answer = fields.Text(
        string="Our answer", help="Printed in the letter that answers the customer."
    )
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("founded", "Founded"),
            ("unfounded", "Unfounded"),
            ("settled", "Settled"),
        ],
        default="open",
        required=True,
        tracking=True,
    )
    opened_on = fields.Date(default=fields.Date.context_today, required=True)
    closed_on = fields.Date(readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        default=lambda self: self.env.user,
    )

    _check_amount = models.Constraint(
        "CHECK (amount > 0)", "The contested amount must be greater than zero."
    )

    @api.depends("move_id")
    def _compute_amount(self):
        """The whole of what is still due, unless somebody says otherwise."""
        for dispute in self:
            dispute.amount = dispute.amount or dispute.move_id.amount_residual

    @api.constrains("amount", "move_id")
    def _check_amount_of_invoice(self):
        for dispute in self:
            total = dispute.move_id.amount_total
            if dispute.currency_id.compare_amounts(dispute.amount, total) > 0:
                raise ValidationError(
                    self.env._(
                        "The contested amount is higher than invoice %(invoice)s: "
                        "enter at most its total.",
                        invoice=dispute.move_id.name,
                    )
                )

    def _close(self, state):
        self.filtered(lambda dispute: dispute.state == "open").write(
            {"state": state, "closed_on": fields.Date.context_today(self)}
        )

    def action_founded(self):
        self._close("founded")

    def action_unfounded(self):
        self._close("unfounded")

    def action_settled(self):
        self._close("settled")

    def action_answer_in_writing(self):
        """Tell the customer why the dispute is unfounded: eight more days to pay."""
        self.ensure_one()
        if self.state != "unfounded":
            raise UserError(self.env._("Close the dispute as unfounded first."))
        if not (self.answer or "").strip():
            raise UserError(
                self.env._(
                    "Say in “Our answer” why the customer is wrong: it is printed."
                )
            )
        occasion = self.env["recovery.occasion"]
        notice = occasion._write_letter(
            "unfounded",
            self.partner_id,
            self.company_id,
            self.move_id,
            granted_days=ANSWER_DAYS,
            facts=self._answer_facts(),
        )
        self._grant(notice.deadline)
        return occasion._open(notice)

    def _answer_facts(self):
        return {
            "disputed_on": self.opened_on.isoformat(),
            "disputed_amount": self.amount,
            "dispute_answer": self.answer.strip(),
        }

    def _grant(self, until):
        """Nothing more is sent on this invoice before the days are over."""
        self.env["recovery.pause"].create(
            {
                "company_id": self.company_id.id,
                "partner_id": self.partner_id.id,
                "move_id": self.move_id.id,
                "until": until,
                "reason": self.env._("Time to pay after our answer to the dispute"),
            }
        )
