from datetime import timedelta

from odoo import api, models
from odoo.tools import format_date

from .bulk import bulk_insert
from .recovery_calendar_mixin import LONGEST_CLOSING

MAIL = "l10n_fr_recouvrement.objection_mail"


class RecoveryObjectionAsk(models.AbstractModel):
    """How a run asks the salespeople: rows in bulk, one e-mail each."""

    _name = "recovery.objection.ask"
    _description = "Questions to salespeople"

    @api.model
    def _ask(self, run, rows):
        """Ask for the rows that a salesperson has not seen yet.

        A company that is not live asks nobody: nothing leaves by surprise.
        """
        wanted = [
            row for row in rows if row["status"] == "asked" and not row["answer_until"]
        ]
        if not wanted or not run.company_id.recovery_live:
            return
        levels = self.env["recovery.level"].browse(
            {row["next_level_id"] for row in wanted}
        )
        deadlines = {
            level.id: self._deadline(run.company_id, run.date, level.ask_days)
            for level in levels
        }
        sellers = self.env["recovery.recipient"]._salespeople(
            row["move_id"] for row in wanted
        )
        self.env["recovery.objection"].flush_model()
        bulk_insert(
            self.env,
            "recovery.objection",
            [
                self._question(row, run.date, deadlines[row["next_level_id"]])
                | {"user_id": sellers[row["move_id"]]}
                for row in wanted
            ],
        )

    @api.model
    def _deadline(self, company, date, days):
        """The n-th working day after a day."""
        end = date + timedelta(days=2 * days + LONGEST_CLOSING)
        return company._recovery_open_days(date + timedelta(days=1), end)[days - 1]

    @api.model
    def _question(self, row, date, deadline):
        now = self.env.cr.now()
        return {
            "company_id": row["company_id"],
            "move_line_id": row["id"],
            "move_id": row["move_id"],
            "number": row["number"],
            "partner_id": row["partner_id"],
            "level_id": row["next_level_id"],
            "currency_id": row["currency_id"],
            "amount": row["claimable"],
            "date_maturity": row["date_maturity"],
            "date": date,
            "deadline": deadline,
            "state": "asked",
            "told": False,
            "create_uid": self.env.uid,
            "write_uid": self.env.uid,
            "create_date": now,
            "write_date": now,
        }

    @api.model
    def _tell(self, company):
        """Send each salesperson the list of what they were asked, in one e-mail."""
        untold = (
            self.env["recovery.objection"]
            .sudo()  # the run tells, whoever launched it
            .search([("company_id", "=", company.id), ("told", "=", False)])
        )
        mails = [
            questions._mail(user, company)
            for user, questions in untold.grouped("user_id").items()
            if user.active and user.email
        ]
        self.env["mail.mail"].sudo().create(mails)  # the queue sends them
        untold._write_flow({"told": True})

    def _mail(self, user, company):
        """The list as an e-mail, in the language of the salesperson."""
        asked = self.with_context(lang=user.lang or self.env.lang)
        values = {
            "user": user,
            "questions": asked,
            "url": f"{company.get_base_url()}/odoo/recouvrement-oppositions",
        }
        return {
            "email_to": user.email_formatted,
            "email_from": company.recovery_email_from or company.email_formatted,
            "subject": asked.env._(
                "%(count)s letters to your customers: object by %(date)s at the latest",
                count=len(asked),
                date=format_date(asked.env, min(asked.mapped("deadline"))),
            ),
            "body_html": asked.env["ir.qweb"]._render(MAIL, values),
            "auto_delete": True,
        }
