from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

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
        """Archived letters, of notices with their proofs and of plans, are evidence."""
        self._unlink_except_plan_document()
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

    def _unlink_except_plan_document(self):
        ours = self.filtered(lambda document: document.res_model == "recovery.plan")
        if not ours:
            return
        fields = ("offer_document_id", "agreement_document_id")
        archived = Domain.OR(Domain(field, "in", ours.ids) for field in fields)
        # whoever asks
        if plan := self.env["recovery.plan"].sudo().search(archived, limit=1):
            raise UserError(
                self.env._(
                    "This is an archived letter of plan %s: it cannot be changed or "
                    "deleted.",
                    plan.name,
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
