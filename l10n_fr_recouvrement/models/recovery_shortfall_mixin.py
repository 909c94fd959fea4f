from odoo import models
from odoo.exceptions import UserError

from .access import COLLECTOR


class RecoveryShortfallMixin(models.AbstractModel):
    """Invoices that a customer paid only in part (écart de règlement)."""

    _name = "recovery.shortfall.mixin"
    _description = "Short payment of an invoice"

    def action_recovery_shortfall(self):
        """Say why less was paid: write it off, dispute it or wait for it.

        :raises UserError: nothing is left, or nothing was paid
        """
        short = self._recovery_short()
        if not short:
            raise UserError(
                self.env._(
                    "Only an invoice that was paid in part has a difference to explain."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Explain the difference"),
            "res_model": "recovery.shortfall",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_move_id": short.id},
        }

    def recovery_ask_shortfall(self):
        """What the web client opens once a receipt is put on this invoice: the question
        why less was paid, where what is left is due or small; else False. An advance on
        what is not due yet is nothing to explain.
        """
        self.ensure_one()
        if not (self.env.user.has_group(COLLECTOR) and self._recovery_short()):
            return False
        due = self.invoice_date_due <= self.company_id._recovery_today()
        left = abs(self.amount_residual_signed)
        if not due and left > self.company_id.recovery_write_off_limit:
            return False
        return self.action_recovery_shortfall()

    def _recovery_short(self):
        """The first invoice that was paid in part."""
        return self.filtered(
            lambda move: move.move_type == "out_invoice"
            and move.state == "posted"
            and 0 < move.amount_residual < move.amount_total
        )[:1]
