from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

HOUR = timedelta(hours=1)


class RecoveryMailLimitMixin(models.AbstractModel):
    """How many reminders the mail provider of a company takes within an hour."""

    _name = "recovery.mail.limit.mixin"
    _description = "Hourly limit of e-mails"

    recovery_mail_limit = fields.Integer(
        string="Reminders an hour at most",
        help="E-mails that your mail provider accepts; beyond that the sending goes on "
        "in the next hour. 0: no limit.",
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
        self.env["recovery.notice"].flush_model(["company_id", "handed_at"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT company_id, COUNT(*), MIN(handed_at) FROM recovery_notice
                 WHERE company_id = ANY(%s) AND handed_at > %s
                 GROUP BY company_id
                """,
                limited.ids,
                now - HOUR,
            )
        )
        handed = {company_id: (count, first) for company_id, count, first in rows}
        room = {}
        for company in limited:
            count, first = handed.get(company.id, (0, now))
            room[company] = max(company.recovery_mail_limit - count, 0), first + HOUR
        return room
