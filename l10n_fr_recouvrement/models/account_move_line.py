from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # All that the situation reads of an item: open items are read from here alone.
    _recovery_open_idx = models.Index(
        "(account_id, partner_id) INCLUDE (id, move_id, journal_id, company_id,"
        " currency_id, company_currency_id, date_maturity, date, no_followup,"
        " amount_residual, amount_residual_currency)"
        " WHERE parent_state = 'posted' AND reconciled IS NOT TRUE"
        " AND amount_residual_currency != 0"
    )

    def _reconcile_post_hook(self, data):
        # EXTENDS 'account'
        result = super()._reconcile_post_hook(data)
        self.move_id._recovery_sync_charges()
        self.env["recovery.dispute.watch"]._settle(self.move_id)
        return result
