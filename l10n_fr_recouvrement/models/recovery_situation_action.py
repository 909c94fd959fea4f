from odoo import models


class RecoverySituationAction(models.AbstractModel):
    """What a human does from the open items."""

    _name = "recovery.situation.action"
    _description = "Actions on open items"

    def action_open(self):
        """The invoice, or the entry, behind the item."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }

    def action_remind(self):
        """Remind the invoices of these items now, by the rules of the night job."""
        return self.move_id.action_recovery_remind()

    def action_confirm_bank(self):
        """The bank of the companies of these items is up to date."""
        return self.env["recovery.bank.confirmation"]._tell(self.company_id)
