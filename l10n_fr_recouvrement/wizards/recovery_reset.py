from odoo import fields, models
from odoo.fields import Command

from ..models.vocabulary import LIVE


class RecoveryReset(models.TransientModel):
    """Warns before an invoice that was reminded of goes back to draft."""

    _name = "recovery.reset"
    _description = "Reset of a reminded invoice to draft"

    move_ids = fields.Many2many(comodel_name="account.move", readonly=True)
    notice_ids = fields.Many2many(
        comodel_name="recovery.notice", string="Notices", readonly=True
    )

    def _warning(self, moves):
        """Action that shows the notices about these invoices, or None."""
        lines = self.env["recovery.notice.line"].search(
            [
                ("move_id", "in", moves.ids),
                ("kind", "!=", "credit"),
                ("state", "in", LIVE),
            ]
        )
        if not lines:
            return None
        wizard = self.create(
            {
                "move_ids": [Command.set(moves.ids)],
                "notice_ids": [Command.set(lines.notice_id.ids)],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("This invoice was reminded"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_reset(self):
        self.move_ids.button_draft()
        return {"type": "ir.actions.act_window_close"}
