from odoo import models
from odoo.exceptions import UserError

REJECTION_DAYS = 8


class RecoveryRejectedMixin(models.AbstractModel):
    """A payment that the bank sent back (impayé bancaire)."""

    _name = "recovery.rejected.mixin"
    _description = "Rejected payment"

    def action_recovery_rejected_letter(self):
        """Tell the customer that the bank sent the payment back.

        The debt is due from its original due date, as if never paid. The bank's costs
        are not asked for here (CPCE L111-8).
        """
        self.ensure_one()
        if self.state not in ("rejected", "canceled"):
            raise UserError(
                self.env._(
                    "This payment is not rejected: reject it first, so that its "
                    "invoices are open again."
                )
            )
        occasion = self.env["recovery.occasion"]
        return occasion._open(
            occasion._write_letter(
                "rejected",
                self.partner_id,
                self.company_id,
                self.invoice_ids | self.reconciled_invoice_ids,
                currency=self.currency_id,
                granted_days=REJECTION_DAYS,
                facts=self._recovery_rejected_facts(),
            )
        )

    def _recovery_rejected_facts(self):
        return {
            "paid_on": self.date.isoformat(),
            "paid_amount": self.amount,
            "rejection_reason": "",
        }
