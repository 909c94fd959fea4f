import logging

from odoo import api, models

from .mail_mail import UNREACHED

_logger = logging.getLogger(__name__)


def root_cause(error):
    """What went wrong in the first place, in one line."""
    while cause := error.__cause__ or error.__context__:
        error = cause
    return " ".join(str(error).split()) or type(error).__name__


class RecoverySenderMailMixin(models.AbstractModel):
    """E-mails of notices: written, handed to the mail server, and what it answered."""

    _name = "recovery.sender.mail.mixin"
    _description = "Sender of e-mails"

    @api.model
    def _email(self, notices):
        """Write and send the e-mails; a notice whose e-mail did not leave is failed,
        or ready again where the server never answered.
        """
        mails, failures = self._written(notices)
        self.env["mail.mail"].sudo().union(*mails.values()).send()
        unreached = {
            notice: mail
            for notice, mail in mails.items()
            if mail.failure_type == UNREACHED
        }
        self._put_back(unreached)
        for notice, mail in mails.items() - unreached.items():
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
    def _put_back(self, mails):
        """Notices whose mail server never answered, as they were before: nothing left,
        so that they are ready, and checked again before the next attempt.

        :param mails: {notice: its e-mail}
        """
        notices = self.env["recovery.notice"].union(*mails)
        documents = notices.document_id.sudo()  # the archive of nothing that was sent
        notices._write_flow({"document_id": False, "document_sha256": False})
        documents.unlink()
        reasons = notices.grouped(lambda notice: mails[notice].failure_reason)
        for reason, group in reasons.items():
            group._set_state("ready", failure_reason=reason)
        self.env["mail.mail"].sudo().union(*mails.values()).unlink()
