from odoo import models
from odoo.exceptions import UserError


class AccountPayment(models.Model):
    _name = "account.payment"
    _inherit = ["account.payment", "recovery.rejected.mixin"]

    def action_reject(self):
        # EXTENDS 'account'
        result = super().action_reject()
        received = self.filtered(
            lambda payment: payment.payment_type == "inbound" and payment.partner_id
        )
        for company, payments in received.grouped("company_id").items():
            payments.partner_id._recovery_signal(company, "payment")
        return result

    def action_recovery_shortfall(self):
        """Explain what this receipt left open on its invoices."""
        self.ensure_one()
        return self.reconciled_invoice_ids.action_recovery_shortfall()

    def action_recovery_allocate(self):
        """Put what this receipt leaves on penalties that were claimed.

        :raises UserError: nothing is left, or nothing waits
        """
        self.ensure_one()
        credit = self.move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
            and not line.reconciled
            and line.amount_residual_currency < 0
        )[:1]
        if not credit:
            raise UserError(
                self.env._("This receipt is allocated already, or not posted.")
            )
        return self.env["recovery.allocate"]._open(
            self.partner_id, self.company_id, credit
        )
