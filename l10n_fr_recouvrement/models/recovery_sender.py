import hashlib
import logging
from datetime import timedelta

from odoo import api, fields, models, modules
from odoo.tools import get_lang, split_every

from .recovery_sender_mail_mixin import root_cause

_logger = logging.getLogger(__name__)
BATCH = 50
STALE = timedelta(minutes=10)
CRON = "l10n_fr_recouvrement.ir_cron_recovery_send"


class RecoverySender(models.AbstractModel):
    """Sends ready notices: checks them again, archives the letter, delivers.

    A notice is `sending` in a committed transaction before its e-mail leaves: after a
    crash in between nobody knows, it becomes `to check` and is never sent again by
    itself.
    """

    _name = "recovery.sender"
    _inherit = "recovery.sender.mail.mixin"
    _description = "Sender of notices"

    @api.model
    def _cron_send(self):
        """Scheduled action: ready notices of the companies that are open now, in
        batches, a commit between the steps.
        """
        lang = get_lang(self.env, self.env.company.partner_id.lang).code
        self.with_context(lang=lang)._send_ready()  # a job has no language

    @api.model
    def _send_ready(self):
        self._mark_interrupted()
        ready = self.env["recovery.notice"].search(
            [("state", "=", "ready")], order="id"
        )
        ready = self._within_hours(ready - self._bank_holds(ready))
        left = len(ready)
        for ids in split_every(BATCH, ready.ids, list):
            left -= len(ids)
            notices = self._within_reach(self.env["recovery.notice"].browse(ids))
            notices = self._prepare(self._within_limit(notices))
            self._commit(0, left + len(ids))
            self._deliver_or_check(notices)
            if not self._commit(len(ids), left):
                return

    @api.model
    def _within_hours(self, notices):
        """Notices whose company is open now; the job comes back for the others."""
        now = fields.Datetime.now()
        openings = {
            company: company._recovery_opening(now) for company in notices.company_id
        }
        if later := [opening for opening in openings.values() if opening > now]:
            self._come_back(min(later))
        return notices.filtered(lambda notice: openings[notice.company_id] == now)

    @api.model
    def _come_back(self, at, job=CRON):
        """Have a job run at a moment, once however often it is asked for."""
        cron = self.env.ref(job).sudo()
        planned = [("cron_id", "=", cron.id), ("call_at", "=", at)]
        if not self.env["ir.cron.trigger"].sudo().search_count(planned, limit=1):
            cron._trigger(at=at)

    @api.model
    def _commit(self, processed, remaining):
        """Commit where the cron engine counts our progress."""
        if "ir_cron_progress_id" not in self.env.context:
            return True
        return bool(
            self.env["ir.cron"]._commit_progress(processed, remaining=remaining)
        )

    @api.model
    def _mark_interrupted(self):
        """Notices that a crash left in the middle of their sending."""
        stale = self.env["recovery.notice"].search(
            [
                ("state", "=", "sending"),
                ("write_date", "<", fields.Datetime.now() - STALE),
            ]
        )
        self._interrupted(stale.try_lock_for_update(allow_referencing=True))

    @api.model
    def _interrupted(self, notices, *cause):
        """Nobody knows whether these left: a human has to check."""
        reason = " – ".join([self.env._("The sending was interrupted"), *cause])
        notices._set_state("to_check", failure_reason=reason)

    @api.model
    def _deliver_or_check(self, notices):
        """Deliver a batch of the job; one that breaks off, as when the mail server
        hangs up, does not keep the others.
        """
        try:
            self._deliver(notices)
        except Exception as error:
            self.env.cr.rollback()
            _logger.info("Sending of %s broke off", notices.ids, exc_info=True)
            self._interrupted(notices, root_cause(error))

    @api.model
    def _send(self, notices):
        """Send for a user who waits: e-mails leave after the transaction commits."""
        prepared = self._prepare(self._within_limit(notices))
        if modules.module.current_test:
            self._deliver(prepared)
            return
        registry, uid, context = self.env.registry, self.env.uid, self.env.context

        @self.env.cr.postcommit.add
        def deliver():
            with registry.cursor() as cr:
                env = api.Environment(cr, uid, context)
                env["recovery.sender"]._deliver(
                    env["recovery.notice"].browse(prepared.ids)
                )

    @api.model
    def _prepare(self, notices):
        """Lock, check again, archive the letters; what remains is `sending`."""
        notices = notices.try_lock_for_update(allow_referencing=True)
        notices.invalidate_recordset()
        notices = notices.filtered(lambda notice: notice.state in ("draft", "ready"))
        notices = self._still_right(notices)
        notices = self.env["recovery.recipient"]._reach(notices)
        notices = self._archive(notices)
        notices._set_state("sending", failure_reason=False)
        return notices

    @api.model
    def _still_right(self, notices):
        """Cancel the notices that something overtook: a payment, a dispute, a block."""
        rows = self._rows_of(notices)
        right = self.env["recovery.notice"]
        for notice in notices:
            if reason := self._overtaken(notice, rows):
                notice._set_state("cancelled", cancel_reason=reason)
            else:
                right |= notice
        return right

    @api.model
    def _rows_of(self, notices):
        """{item id: its row of the situation now}."""
        items = notices.line_ids.move_line_id.ids
        situation = self.env["recovery.situation"].sudo()  # the whole company decides
        rows = situation._scoped(items=items).search([("id", "in", items)])
        return {row.id: row for row in rows}

    @api.model
    def _overtaken_now(self, notice):
        return self._overtaken(notice, self._rows_of(notice))

    @api.model
    def _counts(self, line):
        """Whether a line summons its item, and does not only mention it."""
        second = line.notice_id.original_id.level_id and line.kind == "claimed"
        return line.level_id or second

    @api.model
    def _overtaken(self, notice, rows):
        """Sentence that says why the notice is not right any more, or False."""
        for line in notice.line_ids.filtered(lambda line: line.kind != "credit"):
            row = rows.get(line.move_line_id.id)
            if not row:
                return self.env._("%s was paid or cancelled meanwhile.", line.number)
            if self._counts(line) and row.status not in ("waiting", "due"):
                return f"{line.number}: {row.reason}"
            if notice.currency_id.compare_amounts(row.claimable, line.claimable):
                return self.env._(
                    "What is due on %s changed meanwhile: the next run decides again.",
                    line.number,
                )
        return False

    @api.model
    def _archive(self, notices):
        """Render and archive the letters; a letter that cannot be made stops only its
        notice.
        """
        letters = notices.filtered("letter")
        documents = self.env["recovery.letter.renderer"].render(letters)
        failed = self.env["recovery.notice"]
        values, archived = [], []
        for notice in letters:
            document = documents[notice.id]
            if isinstance(document, str):
                notice._fail(document)
                failed |= notice
                continue
            archived.append(notice)
            values.append(self._attachment(notice, document))
        files = self.env["ir.attachment"].sudo()  # evidence
        files._recovery_remove_torn(vals["raw"] for vals in values)
        attachments = files.create(values)
        for notice, attachment, vals in zip(archived, attachments, values, strict=True):
            notice._write_flow(
                {
                    "document_id": attachment.id,
                    "document_sha256": hashlib.sha256(vals["raw"]).hexdigest(),
                }
            )
        return notices - failed

    @api.model
    def _attachment(self, notice, document):
        return {
            "name": f"{notice.name.replace('/', '-')}.pdf",
            "raw": document,
            "mimetype": "application/pdf",
            "res_model": "recovery.notice",
            "res_id": notice.id,
            "company_id": notice.company_id.id,
        }

    @api.model
    def _deliver(self, notices):
        """E-mails, activities and letters to print of notices that are `sending`."""
        notices = notices.try_lock_for_update(allow_referencing=True)
        notices = notices.filtered(lambda notice: notice.state == "sending")
        self._email(notices.filtered("by_email"))
        sent = notices.filtered(lambda notice: notice.state == "sending")
        sent._set_state("sent", sent_at=fields.Datetime.now())
        carrier = self.env["recovery.carrier"]
        carrier._sms_failed(carrier._text(sent.filtered("by_sms")))
        carrier._hand_over(sent)
        self._plan_activities(sent.filtered(lambda notice: notice.state == "sent"))

    @api.model
    def _plan_activities(self, notices):
        """Calls and meetings are for the collector to hold."""
        notices = notices.filtered(lambda notice: notice.by_call or notice.by_meeting)
        collectors = self.env["recovery.collector"]._for(notices)
        for field, activity_type in (
            ("by_call", "mail.mail_activity_data_call"),
            ("by_meeting", "mail.mail_activity_data_meeting"),
        ):
            for notice in notices.filtered(field):
                notice.with_context(mail_activity_quick_update=True).activity_schedule(
                    activity_type,
                    summary=notice.level_id.name or notice.name,
                    user_id=collectors[notice].id,
                )
