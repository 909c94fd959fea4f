from odoo import models
from odoo.exceptions import UserError


class RecoveryShortfallMixin(models.AbstractModel):
    """Invoices that a customer paid only in part (écart de règlement)."""

    _name = "recovery.shortfall.mixin"
    _description = "Short payment of an invoice"

    def action_recovery_shortfall(self):
        """Say why less was paid: write it off, dispute it or wait for it.

        :raises UserError: nothing is left, or nothing was paid
        """
        short = self.filtered(
            lambda move: move.move_type == "out_invoice"
            and move.state == "posted"
            and 0 < move.amount_residual < move.amount_total
        )[:1]
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
