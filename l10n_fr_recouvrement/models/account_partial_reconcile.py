from odoo import models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        """What was collected and comes undone is claimed again."""
        # EXTENDS 'account'
        moves = (self.debit_move_id | self.credit_move_id).move_id
        result = super().unlink()
        moves.exists()._recovery_sync_charges()
        return result
