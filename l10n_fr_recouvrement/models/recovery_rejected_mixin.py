from odoo import fields, models
from odoo.exceptions import UserError

from .access import COLLECTOR, require

REJECTION_DAYS = 8
REASONS = [
    ("funds", "Insufficient funds"),
    ("closed", "Account closed or unknown"),
    ("opposed", "Opposition of the customer"),
    ("mandate", "No valid mandate"),
    ("other", "Other"),
]


class RecoveryRejectedMixin(models.AbstractModel):
    """A payment that the bank sent back (impayé bancaire)."""

    _name = "recovery.rejected.mixin"
    _description = "Rejected payment"

    recovery_rejected_on = fields.Date(string="Rejected on", readonly=True, copy=False)
    recovery_rejection_reason = fields.Selection(
        selection=REASONS, string="Reason of the rejection", readonly=True, copy=False
    )

    def action_recovery_reject(self):
        """Ask why the bank sent the payment back, then open the debt again."""
        self.ensure_one()
        require(self.env, COLLECTOR)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payment rejected by the bank"),
            "res_model": "recovery.rejection",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_payment_id": self.id},
        }

    def _recovery_reject(self, date, reason):
        """The debt is due again from its original due date, as if never paid.

        The entry of the payment stays: a contrary entry takes its money off the
        customer's account again, and waits for the debit of the bank.
        """
        self.ensure_one()
        entry = self.move_id.filtered(lambda move: move.state == "posted")
        if entry and not entry.reversal_move_ids:
            self._recovery_reverse(entry, date)
        self.write(
            {
                "state": "rejected",
                "recovery_rejected_on": date,
                "recovery_rejection_reason": reason,
            }
        )

    def _recovery_reverse(self, entry, date):
        entry.line_ids.filtered(self._recovery_is_debt).remove_move_reconcile()
        name = self.env._("Rejection of %s", entry.name)
        contrary = entry._reverse_moves([{"date": date, "ref": name}])
        contrary.action_post()
        lines = (entry | contrary).line_ids.filtered(
            lambda line: line.account_id.reconcile and not line.reconciled
        )
        for account_lines in lines.grouped("account_id").values():
            if len(account_lines.move_id) > 1:
                account_lines.reconcile()

    def _recovery_is_debt(self, line):
        return line.account_type == "asset_receivable"

    def _recovery_rejection(self):
        """The reason in words, or ""."""
        labels = dict(
            self._fields["recovery_rejection_reason"]._description_selection(self.env)
        )
        return labels.get(self.recovery_rejection_reason, "")

    def _recovery_paid_invoices(self):
        return self.invoice_ids | self.reconciled_invoice_ids

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
        return self._recovery_write_rejection(self._recovery_paid_invoices())

    def _recovery_write_rejection(self, invoices):
        occasion = self.env["recovery.occasion"]
        return occasion._open(
            occasion._write_letter(
                "rejected",
                self.partner_id,
                self.company_id,
                invoices,
                currency=self.currency_id,
                granted_days=REJECTION_DAYS,
                facts=self._recovery_rejected_facts(),
            )
        )

    def _recovery_rejected_facts(self):
        """Facts of the letter, its words in the language of the customer."""
        reason = self.with_context(lang=self.partner_id.lang)._recovery_rejection()
        return {
            "paid_on": self.date.isoformat(),
            "paid_amount": self.amount,
            "rejection_reason": f" ({reason[0].lower()}{reason[1:]})" if reason else "",
        }
