import logging
from datetime import timedelta

from odoo import api, fields, models

from .mail_mail import UNREACHED, causes
from .recovery_mail_server_mixin import REST

_logger = logging.getLogger(__name__)
DEFERRED_AT_MOST = timedelta(days=2)


def root_cause(error):
    """What went wrong in the first place, in one line."""
    *_causes, error = causes(error)
    return " ".join(str(error).split()) or type(error).__name__


class RecoverySenderMailMixin(models.AbstractModel):
    """E-mails of notices: written, handed to the mail server, and what it answered."""

    _name = "recovery.sender.mail.mixin"
    _description = "Sender of e-mails"

    @api.model
    def _email(self, notices):
        """Write and send the e-mails; a notice whose e-mail did not leave is failed,
        or ready again where the server did not answer, or wants it later.
        """
        mails, failures = self._written(notices)
        self.env["mail.mail"].sudo().union(*mails.values()).send()
        kept = {
            notice: mail
            for notice, mail in mails.items()
            if mail.failure_type == UNREACHED
        }
        for notice in self._given_up(notices.browse().union(*kept)):
            kept.pop(notice).state = "exception"
        self._put_back(kept)
        for notice, mail in mails.items() - kept.items():
            notice.mail_id = mail
            if mail.state == "exception":
                failures[notice] = mail.failure_reason or self.env._("Not delivered")
        for notice, reason in failures.items():
            notice._fail(reason)

    @api.model
    def _written(self, notices):
        """({notice: its e-mail}, {notice: why it has none})"""
        mails, failures = {}, {}
        for template, group in notices.grouped(
            lambda notice: notice._mail_template()
        ).items():
            if template:
                mails.update(self._generate(template, group, failures))
            else:
                failures.update(
                    dict.fromkeys(group, self.env._("The level has no e-mail text"))
                )
        return mails, failures

    @api.model
    def _generate(self, template, notices, failures):
        """{notice: mail}; a text that raises for one notice leaves the others."""
        try:
            with self.env.cr.savepoint():
                mails = template.sudo().send_mail_batch(notices.ids)
                generated = dict(zip(notices, mails, strict=True))
                for notice, mail in generated.items():
                    self._address(notice, mail)
                return generated
        except Exception as error:
            if len(notices) == 1:
                _logger.info("Notice %s: its e-mail failed: %s", notices.name, error)
                failures[notices] = root_cause(error)
                return {}
            return {
                notice: mail
                for single in notices
                for notice, mail in self._generate(template, single, failures).items()
            }

    @api.model
    def _address(self, notice, mail):
        """The notice says who is written to, and what goes with it."""
        mail._recovery_hand_over(notice.company_id)
        if notice.email_to:
            mail.email_to = notice.email_to
            mail.recipient_ids = False
        mail.email_cc = notice.email_cc
        mail.attachment_ids += notice._email_attachments()
        if notice.original_id:
            notice._mark_second_sending(mail)

    @api.model
    def _given_up(self, notices):
        """Notices that a mail server has deferred for too long."""
        oldest = fields.Datetime.now() - DEFERRED_AT_MOST
        return self._deferred(notices).filtered(
            lambda notice: notice.deferred_since and notice.deferred_since < oldest
        )

    @api.model
    def _deferred(self, notices):
        """Notices whose mail server answers, but wants them later."""
        return notices.filtered(
            lambda notice: not notice.company_id.sudo().recovery_mail_silent_since
        )

    @api.model
    def _put_back(self, mails):
        """Notices that the mail server did not take, as they were before: nothing left,
        so that they are ready, and checked again before the next attempt.

        :param mails: {notice: its e-mail}
        """
        notices = self.env["recovery.notice"].union(*mails)
        self._defer(notices)
        documents = notices.document_id.sudo()  # the archive of nothing that was sent
        notices._write_flow({"document_id": False, "document_sha256": False})
        documents.unlink()
        reasons = notices.grouped(lambda notice: mails[notice].failure_reason)
        for reason, group in reasons.items():
            group._set_state("ready", failure_reason=reason)
        self.env["mail.mail"].sudo().union(*mails.values()).unlink()

    @api.model
    def _defer(self, notices):
        """The job comes back for notices that a mail server wants later."""
        if deferred := self._deferred(notices):
            now = fields.Datetime.now()
            new = deferred.filtered(lambda notice: not notice.deferred_since)
            new._write_flow({"deferred_since": now})
            self._come_back(now + REST)
