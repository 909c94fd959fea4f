from odoo import fields, models

from ..models.access import COLLECTOR


class AccountPaymentRegister(models.TransientModel):
    """Asks, when a payment leaves something open, why less was paid."""

    _inherit = "account.payment.register"

    recovery_reason_id = fields.Many2one(
        comodel_name="recovery.shortfall.reason",
        string="Why less was paid",
        groups=COLLECTOR,
        help="A dialog then proposes what follows: a write-off under the limit, a "
        "dispute above it.",
    )

    def action_create_payments(self):
        # EXTENDS 'account'
        moves = self.line_ids.move_id
        action = super().action_create_payments()
        if not self.env.user.has_group(COLLECTOR):
            return action
        return self._recovery_explained(moves) or action

    def _recovery_explained(self, moves):
        """Dialog on the invoice that the payment leaves open, for the chosen reason;
        none where the payment has no entry yet, hence leaves nothing open.
        """
        short = moves._recovery_short()
        if not (self.recovery_reason_id and short):
            return None
        action = short.action_recovery_shortfall()
        reason = {"default_reason_id": self.recovery_reason_id.id}
        return action | {"context": action["context"] | reason}
