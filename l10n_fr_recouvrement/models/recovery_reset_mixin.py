from odoo import models


class RecoveryResetMixin(models.AbstractModel):
    """Asks before the button resets an invoice that was reminded of to draft."""

    _name = "recovery.reset.mixin"
    _description = "Warning before a reset to draft"

    def button_draft(self):
        # EXTENDS 'account'
        if self.env.context.get("recovery_warn_reset"):
            moves = self.with_context(recovery_warn_reset=False)
            if warning := self.env["recovery.reset"]._warning(moves):
                return warning
        return super().button_draft()
