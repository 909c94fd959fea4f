import sys
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from odoo import fields, models

# Odoo's word for a mail server that cannot be reached, or wants no login of ours.
UNREACHED = "mail_smtp"


def causes(error):
    """An error and what led to it, back to what went wrong in the first place."""
    while error:
        yield error
        error = error.__cause__ or error.__context__


def refuses_sender():
    """Whether the error that is being handled is a mail server's refusal of the sender,
    which it would repeat for every e-mail.
    """
    return any(isinstance(error, SMTPSenderRefused) for error in causes(handled()))


def defers():
    """Whether the error that is being handled is a mail server's "not now": it answered
    with codes 4xx only (RFC 5321, 4.2.1).
    """
    codes = [code for error in causes(handled()) for code in answered(error)]
    return bool(codes) and all(400 <= code < 500 for code in codes)


def handled():
    return sys.exc_info()[1]


def answered(error):
    """Codes with which a mail server refused an e-mail."""
    if isinstance(error, SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, SMTPResponseException) else []


class MailMail(models.Model):
    """E-mails to debtors: each counts in the hourly limit of its company, and waits in
    the queue while the mail server does not answer, or wants it later.
    """

    _inherit = "mail.mail"

    recovery_company_id = fields.Many2one(
        comodel_name="res.company",
        string="Company that recovers",
        readonly=True,
        ondelete="cascade",
    )
    recovery_handed_at = fields.Datetime(string="Handed to the queue", readonly=True)

    _recovery_handed_idx = models.Index(
        "(recovery_company_id, recovery_handed_at)"
        " WHERE recovery_company_id IS NOT NULL"
    )

    def _recovery_hand_over(self, company):
        """These leave now, in the name of a company; they stay as a trace."""
        self.write(
            {
                "auto_delete": False,
                "recovery_company_id": company.id,
                "recovery_handed_at": fields.Datetime.now(),
            }
        )

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # EXTENDS 'mail'
        ours = self.filtered("recovery_company_id")
        companies = ours.recovery_company_id
        if failure_type == UNREACHED or failure_type and refuses_sender():
            ours._recovery_keep()
            companies._recovery_mail_silent(ours[:1].failure_reason)
        elif failure_type and defers():
            ours._recovery_keep()
        elif failure_type:
            ours._recovery_fail(failure_reason)
        else:
            companies._recovery_mail_answers()
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )

    def _recovery_keep(self):
        """Nothing left: these wait in the queue, which Odoo goes through again."""
        self.write({"state": "outgoing", "failure_type": UNREACHED})

    def _recovery_fail(self, reason):
        """An e-mail that waited in the queue may fail after its notice was sent."""
        notices = self.env["recovery.notice"].sudo()  # the queue is not a collector
        notices.search([("mail_id", "in", self.ids), ("state", "=", "sent")])._fail(
            reason or self.env._("Not delivered")
        )
