from odoo import models


class RecoveryResetMixin(models.AbstractModel):
    """Asks before the button resets an invoice that was reminded of to draft, and
    finds its items again when it is posted.
    """

    _name = "recovery.reset.mixin"
    _description = "Reset of a reminded invoice to draft"

    def button_draft(self):
        # EXTENDS 'account'
        if self.env.context.get("recovery_warn_reset"):
            moves = self.with_context(recovery_warn_reset=False)
            if warning := self.env["recovery.reset"]._warning(moves):
                return warning
        self._recovery_keep_ranks()
        return super().button_draft()

    def _recovery_keep_ranks(self):
        """Write down which instalments the notices name; drafts make new items."""
        lines = self.env["recovery.notice.line"].sudo()  # whoever resets
        for line in lines.search([("move_line_id", "in", self.line_ids.ids)]):
            line.write({"reset_move_id": line.move_id.id, "reset_rank": line.rank})

    def _post(self, soft=True):
        # EXTENDS 'account'
        again = self.filtered("posted_before")
        posted = super()._post(soft)
        (posted & again)._recovery_relink_items()
        return posted

    def _recovery_relink_items(self):
        """Give the notices their items back after a reset to draft made new ones."""
        if not self:
            return
        for name in ("notice.line", "level.change", "charge"):
            history = self.env[f"recovery.{name}"].sudo()  # whoever posts
            orphans = history.search(
                [("move_id", "in", self.ids), ("move_line_id", "=", False)]
            )
            for line in orphans:
                items = line.move_id._recovery_receivable_items()
                line.move_line_id = items[line.rank - 1 : line.rank]
