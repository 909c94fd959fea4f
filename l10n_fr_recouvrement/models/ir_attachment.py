from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError

from .vocabulary import POSTED

CONTENT = {
    "name",
    "res_id",
    "res_model",
    "raw",
    "datas",
    "store_fname",
    "db_datas",
    "mimetype",
    "type",
    "url",
    "public",
}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        # EXTENDS 'base'
        if CONTENT.intersection(vals):
            self._unlink_except_recovery_document()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recovery_document(self):
        """The archived letter of a notice and its proofs are evidence."""
        ours = self.filtered(lambda document: document.res_model == "recovery.notice")
        if not ours:
            return
        # whoever asks
        notices = self.env["recovery.notice"].sudo()
        notice = notices.search(
            [
                "|",
                ("document_id", "in", ours.ids),
                "&",
                ("proof_ids", "in", ours.ids),
                ("state", "in", POSTED),
            ],
            limit=1,
        )
        if notice:
            raise UserError(
                self.env._(
                    "This is the archived letter of notice %s or a proof of its "
                    "posting: it cannot be changed or deleted.",
                    notice.name,
                )
            )

    @api.model
    def _recovery_remove_torn(self, contents):
        """Remove what a full disk or a crash left of files with these contents: core
        would take the rest of one for another file, and refuse it for ever.
        """
        for content in contents:
            checksum = self._compute_checksum(content)
            path = Path(self._full_path(f"{checksum[:2]}/{checksum}"))
            if path.is_file() and path.stat().st_size < len(content):
                path.unlink()
