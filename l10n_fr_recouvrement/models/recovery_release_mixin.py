from odoo import models
from odoo.exceptions import UserError


class RecoveryReleaseMixin(models.AbstractModel):
    """What somebody says on an invoice that lets its reminders go on, or stops them."""

    _name = "recovery.release.mixin"
    _description = "Release of an invoice"

    def action_recovery_treatment(self):
        """What is set for this invoice alone."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.account_move_recovery_treatment_action"
        )
        return action | {"res_id": self.id}

    def action_recovery_confirm_bank(self):
        """The bank of the company of this invoice is up to date."""
        return self.env["recovery.bank.confirmation"]._tell(self.company_id)

    def action_recovery_object(self):
        """The salesperson objects to the letter that is about to leave.

        :raises UserError: nobody is asked about these invoices
        """
        asked = self.env["recovery.objection"].search(
            [("move_id", "in", self.ids), ("state", "=", "asked")]
        )
        if not asked:
            raise UserError(
                self.env._(
                    "Nothing is asked about this invoice: either no letter that needs "
                    "your opinion is coming, or you have answered already."
                )
            )
        return asked.action_object()
