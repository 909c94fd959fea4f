from datetime import datetime, timedelta

from odoo import fields, models
from odoo.tools import format_datetime

REST = timedelta(minutes=15)


class RecoveryMailServerMixin(models.AbstractModel):
    """Whether the mail server of a company answers. One that does not is no fault of a
    notice: its notices stay ready, the job tries again, and the managers are told once.
    """

    _name = "recovery.mail.server.mixin"
    _description = "Mail server that may not answer"

    recovery_mail_silent_since = fields.Datetime(
        "Mail server silent since", readonly=True
    )
    recovery_mail_tried_at = fields.Datetime("Mail server tried at", readonly=True)
    recovery_mail_problem = fields.Char("Problem of the mail server", readonly=True)

    def _recovery_mail_silent(self, problem):
        """The mail server of these companies did not answer now.

        :param problem: what the connection ended with
        """
        if not self:
            return
        now = fields.Datetime.now()
        for company in self.sudo():  # the queue and collectors tell it alike
            company.write(
                {
                    "recovery_mail_silent_since": company.recovery_mail_silent_since
                    or now,
                    "recovery_mail_tried_at": now,
                    "recovery_mail_problem": problem,
                }
            )
        self.env["recovery.sender"]._come_back(now + REST)
        self.env["recovery.watch"]._tell(self.sudo())

    def _recovery_mail_answers(self):
        """It took an e-mail: whatever was wrong is over."""
        silent = self.sudo().filtered("recovery_mail_silent_since")
        if silent:
            silent.write(
                {
                    "recovery_mail_silent_since": False,
                    "recovery_mail_tried_at": False,
                    "recovery_mail_problem": False,
                }
            )
            self.env["recovery.watch"]._tell(silent)

    def _recovery_mail_retry_at(self):
        """Moment from which the mail server may be tried again."""
        tried = self.sudo().recovery_mail_tried_at
        return tried + REST if tried else datetime.min

    def _recovery_mail_sentence(self):
        """What is wrong with the mail server, or ""."""
        company = self.sudo()
        if not company.recovery_mail_silent_since:
            return ""
        return self.env._(
            "The mail server has not answered since %(moment)s: the notices wait, and "
            "leave once it does. Look at the outgoing mail servers. (%(problem)s)",
            moment=format_datetime(self.env, company.recovery_mail_silent_since),
            problem=company.recovery_mail_problem or "",
        )
