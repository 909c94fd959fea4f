from odoo import api, models
from odoo.tools import format_date, formatLang, html2plaintext

from . import sms_text

WRITTEN = ("by_email", "by_letter", "by_registered", "by_electronic")
SMS_CRON = "sms.ir_cron_sms_scheduler_action"


class RecoveryCarrier(models.AbstractModel):
    """Text messages and letters that Odoo's services carry, where they are installed.

    Neither `sms` nor `snailmail` is required: what they answer comes back through
    `mail.notification`, which is always there.
    """

    _name = "recovery.carrier"
    _description = "Carriers of notices"

    @api.model
    def _text(self, notices):
        """Queue the text messages; {notice: why it cannot get one}."""
        failures, queued = {}, False
        for notice in notices:
            number = "sms.sms" in self.env and self._phone(notice)
            if not number:
                failures[notice] = self._no_phone(notice)
                continue
            notice._message_sms(
                self._sms_body(notice), sms_numbers=[number], put_in_queue=True
            )
            queued = True
        if queued and (cron := self.env.ref(SMS_CRON, raise_if_not_found=False)):
            cron.sudo()._trigger()  # the queue belongs to nobody
        return failures

    @api.model
    def _no_phone(self, notice):
        if "sms.sms" not in self.env:
            return self.env._("The application SMS is not installed any more")
        return self.env._(
            "“%s” has no valid phone number for a text message",
            (notice.contact_id or notice.partner_id).display_name,
        )

    @api.model
    def _phone(self, notice):
        """Number of the contact, else of the debtor, as text messages want it."""
        for partner in (notice.contact_id, notice.partner_id):
            if partner and (number := partner._phone_format(fname="phone")):
                return number
        return False

    @api.model
    def _sms_body(self, notice):
        lang = notice.lang or self.env.lang
        env = self.with_context(lang=lang).env
        claimed = notice.line_ids.filtered(lambda line: line.kind == "claimed")
        company = notice.company_id
        values = {
            "company": company.name,
            "amount": formatLang(env, notice.total, currency_obj=notice.currency_id),
            "count": len(claimed.move_id) or len(claimed),
            "number": notice.name,
            "date": format_date(env, notice.deadline) if notice.deadline else "",
            # Phone of a colleague, meant for the debtor.
            "phone": notice.user_id.sudo().phone
            or company.phone
            or company.email
            or "",
        }
        text = notice.level_id.with_context(lang=lang).sms_text or ""
        # Spaces that a text message has no letter for would double its price.
        return " ".join(sms_text.fill(text, values).split())

    @api.model
    def _hand_over(self, notices):
        """Give plain letters to the mail service of Odoo; never registered ones."""
        if "snailmail.letter" not in self.env:
            return
        Letter = self.env["snailmail.letter"].sudo()  # collectors queue their letters
        carried = notices.filtered(
            lambda notice: notice.by_letter
            and not notice.by_registered
            and notice.level_id.by_service
            and notice.document_id
            and Letter._is_valid_address(notice.contact_id or notice.partner_id)
        )
        letters = Letter.create([self._snail_values(notice) for notice in carried])
        for letter, notice in zip(letters, carried, strict=True):
            letter.attachment_id = self._snail_document(letter, notice)
        carried._write_flow(
            {"by_service": True, "printed_at": self.env.cr.now().replace(microsecond=0)}
        )

    @api.model
    def _snail_values(self, notice):
        return {
            "model": "recovery.notice",
            "res_id": notice.id,
            "partner_id": (notice.contact_id or notice.partner_id).id,
            "company_id": notice.company_id.id,
            "user_id": self.env.uid,
        }

    @api.model
    def _snail_document(self, letter, notice):
        """A copy as the service wants it; the archived letter stays as it is."""
        content = letter._overwrite_margins(notice.document_id.sudo().raw)
        if letter.cover:
            content = letter._append_cover_page(content)
        return (
            self.env["ir.attachment"]
            .sudo()  # belongs to the letter of the service
            .create(
                {
                    "name": notice.document_id.name,
                    "raw": content,
                    "mimetype": "application/pdf",
                    "res_model": "snailmail.letter",
                    "res_id": letter.id,
                }
            )
        )

    @api.model
    def _told(self, notifications):
        """What the services say later of what they carried."""
        for notification in notifications:
            notice = (
                self.env["recovery.notice"]
                .sudo()  # the queue is not a collector
                .browse(notification.mail_message_id.res_id)
                .exists()
            )
            if notice:
                self._answered(notice, notification)

    @api.model
    def _answered(self, notice, notification):
        failed = notification.notification_status != "sent"
        if notification.notification_type == "sms":
            if failed:
                self._sms_failed({notice: self._failure(notification)})
        elif failed:
            self._snail_failed(notice, self._failure(notification))
        elif notice.by_service and not notice.posted_on:
            notice.posted_on = self.env["res.company"]._recovery_today()

    @api.model
    def _failure(self, notification):
        labels = dict(
            notification._fields["failure_type"]._description_selection(self.env)
        )
        reason = html2plaintext(notification.failure_reason or "").strip()
        label = labels.get(notification.failure_type)
        return reason or label or self.env._("Not delivered")

    @api.model
    def _sms_failed(self, failures):
        """A notice that only was a text message failed; another one had other ways."""
        for notice, reason in failures.items():
            if notice.state == "sent" and not any(notice[name] for name in WRITTEN):
                notice._fail(reason)
            elif notice.state in ("sent", "closed") and not notice.sms_failure:
                self._task(notice, self.env._("Text message not delivered"), reason)
            notice.sms_failure = reason

    @api.model
    def _snail_failed(self, notice, reason):
        """The letter is to be printed here after all."""
        if notice.by_service and not notice.posted_on:
            notice._write_flow({"by_service": False, "printed_at": False})
            self._task(notice, self.env._("Print and post the letter"), reason)

    @api.model
    def _task(self, notice, summary, note):
        self.env["recovery.collector"]._schedule(
            notice, "mail.mail_activity_data_todo", summary=summary, note=note
        )
