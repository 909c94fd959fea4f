from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

HOUR = timedelta(hours=1)


class RecoveryMailLimitMixin(models.AbstractModel):
    """How many e-mails to debtors the mail provider of a company takes in an hour."""

    _name = "recovery.mail.limit.mixin"
    _description = "Hourly limit of e-mails"

    recovery_mail_limit = fields.Integer(
        string="E-mails an hour at most",
        help="Reminders and statements of account that your mail provider accepts; "
        "beyond that the sending goes on in the next hour. 0: no limit.",
    )

    _check_recovery_mail_limit = models.Constraint(
        "CHECK (recovery_mail_limit >= 0)",
        "The number of e-mails an hour cannot be negative.",
    )

    def _recovery_mail_room(self):
        """{company: (e-mails that may still leave now, moment when more may)} of those
        that have a limit, counted over what was handed to the mail queue.
        """
        now = fields.Datetime.now()
        limited = self.filtered("recovery_mail_limit")
        if not limited:
            return {}
        handed = limited._recovery_handed_since(now - HOUR)
        room = {}
        for company in limited:
            count, first = handed.get(company.id, (0, now))
            room[company] = max(company.recovery_mail_limit - count, 0), first + HOUR
        return room

    def _recovery_handed_since(self, moment):
        """{company id: (e-mails handed to the queue since then, when the first was)}"""
        self.env["mail.mail"].flush_model(["recovery_company_id", "recovery_handed_at"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT recovery_company_id, COUNT(*), MIN(recovery_handed_at)
                  FROM mail_mail
                 WHERE recovery_company_id = ANY(%s) AND recovery_handed_at > %s
                 GROUP BY recovery_company_id
                """,
                self.ids,
                moment,
            )
        )
        return {company_id: (count, first) for company_id, count, first in rows}
