from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html
from odoo.tools.mimetypes import guess_mimetype

from .access import COLLECTOR, MANAGER

TEXT_LENGTH = 4000  # characters
NAME_LENGTH = 100
FILE_SIZE = 5 * 2**20  # bytes
FILE_KINDS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
}


class RecoveryPortal(models.AbstractModel):
    """What a debtor sends, and whom it reaches."""

    _inherit = "recovery.portal"

    @api.model
    def _text(self, text):
        """:raises UserError: nothing was written, or too much"""
        text = (text or "").strip()
        if not text or len(text) > TEXT_LENGTH:
            raise UserError(
                self.env._("Write a text of %s characters at most.", TEXT_LENGTH)
            )
        return text

    @api.model
    def _short(self, text):
        return (text or "").strip()[:NAME_LENGTH]

    @api.model
    def _document(self, name, content):
        """(name, content, type) of a file that may be kept.

        What it is comes from its content: names and browsers may lie.

        :raises UserError: too large, or of another kind
        """
        if len(content) > FILE_SIZE:
            raise UserError(
                self.env._(
                    "The file is too large: attach at most %s MB.", FILE_SIZE // 2**20
                )
            )
        kind = guess_mimetype(content)
        if kind not in FILE_KINDS:
            raise UserError(self.env._("Attach a PDF, PNG or JPEG file."))
        stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
        return f"{stem[:NAME_LENGTH] or 'document'}{FILE_KINDS[kind]}", content, kind

    @api.model
    def _attach(self, record, document):
        if not document:
            return self.env["ir.attachment"]
        name, content, kind = document
        # Kept on the record that the debtor has just made.
        return (
            self._act("ir.attachment")
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": content,
                    "mimetype": kind,
                    "res_model": record._name,
                    "res_id": record.id,
                }
            )
        )

    @api.model
    def _act(self, model):
        """A model in which a visitor writes: nobody follows what they make."""
        return self.env[model].with_context(
            mail_create_nosubscribe=True, mail_activity_quick_update=True
        )

    @api.model
    def _report(self, debtor, record, summary, text):
        """Keep an act, and give the collector something to do."""
        self._keep(debtor, record, text)
        record.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            summary=summary,
            note=plaintext2html(text),
            user_id=self._collector(debtor).id,
        )

    @api.model
    def _keep(self, debtor, record, text, files=None):
        """Keep an act in the history of a record and of the customer."""
        body = plaintext2html(text)  # what a debtor types is never HTML
        record.with_context(mail_create_nosubscribe=True).message_post(
            body=body,
            author_id=debtor.partner.id,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            attachment_ids=files.ids if files else [],
        )
        if record != debtor.partner:
            debtor.partner._message_log(body=body, author_id=debtor.partner.id)

    @api.model
    def _collector(self, debtor):
        """Who is in charge of the debtor, and may open what the debtor made."""
        company = debtor.company
        pair = company.id, debtor.partner.id
        in_charge = self.env["recovery.collector"]._of([pair])[pair]
        chosen = company.recovery_user_id.browse(in_charge) | company.recovery_user_id
        # Whom to tell; visitors may not read users.
        managers = self.env.ref(MANAGER).sudo().all_user_ids
        users = [*chosen, *managers.sorted("id")]
        return next(
            (
                user
                for user in users
                if user.active
                and company in user.company_ids
                and user.has_group(COLLECTOR)
            ),
            self.env.ref("base.user_admin"),
        )
