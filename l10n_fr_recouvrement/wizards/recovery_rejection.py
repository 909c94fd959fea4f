from odoo import fields, models
from odoo.exceptions import UserError

from ..models.access import COLLECTOR, require
from ..models.recovery_rejected_mixin import REASONS


class RecoveryRejection(models.TransientModel):
    """What follows a payment that the bank sent back: the debt is open again, somebody
    calls the same day, and the customer may be written to.
    """

    _name = "recovery.rejection"
    _description = "Payment rejected by the bank"

    payment_id = fields.Many2one(
        comodel_name="account.payment", required=True, readonly=True
    )
    partner_id = fields.Many2one(related="payment_id.partner_id", string="Customer")
    amount = fields.Monetary(related="payment_id.amount")
    currency_id = fields.Many2one(related="payment_id.currency_id")
    date = fields.Date(
        string="Rejected on",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
    )
    reason = fields.Selection(selection=REASONS, required=True, default="funds")
    call = fields.Boolean(
        string="Call today",
        default=True,
        help="A call for the collector in charge, today.",
    )
    letter = fields.Boolean(string="Write to the customer", help="A letter to approve.")

    def action_reject(self):
        """Open the debt again, plan the call, write the letter.

        :raises AccessError: the user is no collector
        :raises UserError: the payment is no receipt, or was not made yet
        """
        self.ensure_one()
        require(self.env, COLLECTOR)
        payment = self.payment_id
        self._check_receipt(payment)
        invoices = payment._recovery_paid_invoices()  # before they are let go
        payment._recovery_reject(self.date, self.reason)
        if self.call:
            self._plan_call(payment)
        if self.letter:
            return payment._recovery_write_rejection(invoices)
        return {"type": "ir.actions.act_window_close"}

    def _check_receipt(self, payment):
        if payment.payment_type == "inbound" and payment.state in (
            "in_process",
            "paid",
            "rejected",
        ):
            return
        raise UserError(
            self.env._("Only a payment that a customer made can be rejected.")
        )

    def _plan_call(self, payment):
        collectors = self.env["recovery.collector"]
        pair = (payment.company_id.id, payment.partner_id.id)
        payment.partner_id.commercial_partner_id.activity_schedule(
            "mail.mail_activity_data_call",
            summary=self.env._("Payment rejected: %s", payment._recovery_rejection()),
            user_id=collectors._of([pair])[pair] or self.env.uid,
        )
