from odoo import models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        """What was collected and comes undone is claimed again; what it had ended of
        disputes is contested again.
        """
        # EXTENDS 'account'
        moves = (self.debit_move_id | self.credit_move_id).move_id
        result = super().unlink()
        moves = moves.exists()
        moves._recovery_sync_charges()
        self.env["recovery.dispute.watch"]._reopen(moves)
        return result
