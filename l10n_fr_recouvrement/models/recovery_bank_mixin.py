from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .recovery_calendar_mixin import LONGEST_CLOSING


class RecoveryBankMixin(models.AbstractModel):
    """Whether the bank of a company is up to date (banque à jour).

    Who has not entered the bank for a week does not know who has paid: the levels that
    need the bank wait until entries come, or somebody confirms that it is up to date.
    """

    _name = "recovery.bank.mixin"
    _description = "Bank entries of a company"

    recovery_bank_days = fields.Integer(
        string="Bank entries at most",
        default=5,
        help="Working days. Where the newest bank entry is older, the levels that need "
        "the bank wait until somebody confirms that it is up to date. 0: never. A "
        "company that enters no bank here is not held.",
    )
    recovery_bank_limit = fields.Date(
        compute="_compute_recovery_bank_limit",
        store=True,
        help="Oldest day of the newest bank entry for which the bank is up to date, as "
        "of the last working day of the night job.",
    )

    _check_recovery_bank_days = models.Constraint(
        "CHECK (recovery_bank_days >= 0)",
        "The age of the bank entries is a number of working days, or 0 for never.",
    )

    @api.depends("recovery_bank_days", "recovery_working_days", "resource_calendar_id")
    def _compute_recovery_bank_limit(self):
        """Stored, so that the situation reads one date and no calendar; the night job
        refreshes it.
        """
        for company in self:
            company.recovery_bank_limit = company._recovery_bank_limit()

    def _recovery_bank_limit(self):
        """The working day that lies `recovery_bank_days` before today, or False."""
        wanted = self.recovery_bank_days
        if not wanted:
            return False
        today = self._recovery_today()
        start = today - timedelta(days=2 * wanted + LONGEST_CLOSING)
        days = self._recovery_open_days(start, today - timedelta(days=1))
        return days[-wanted] if len(days) >= wanted else start

    def _recovery_refresh_bank_limit(self):
        """Move the limit to today; whoever else is at it does the same."""
        limits = {company: company._recovery_bank_limit() for company in self}
        stale = self.filtered(
            lambda company: company.recovery_bank_limit != limits[company]
        )
        stale = stale.sudo()  # a date that follows from the calendar
        for company in stale.try_lock_for_update(allow_referencing=True):
            company.recovery_bank_limit = limits[company]

    @api.model
    def _recovery_bank_day(self, company):
        """Newest day for which the bank of a company is known: its last entry, or the
        last confirmation; NULL where no bank is entered. One look into an index for
        each journal; a branch may use the bank of the company it belongs to.

        :param company: alias of a row of res_company
        """
        return SQL(
            """
            (SELECT CASE WHEN MAX(newest.date) IS NOT NULL
                         THEN GREATEST(MAX(newest.date), (
                              SELECT MAX(date) FROM recovery_bank_confirmation
                               WHERE company_id = %(company)s.id)) END
               FROM account_journal journal
              CROSS JOIN LATERAL (
                    SELECT date FROM account_move
                     WHERE journal_id = journal.id AND state = 'posted'
                       AND company_id = ANY(string_to_array(
                           TRIM('/' FROM %(company)s.parent_path), '/')::int[])
                       AND date <= %(today)s
                     ORDER BY date DESC LIMIT 1) newest
              WHERE journal.type = 'bank' AND journal.active)
            """,
            company=company,
            today=self.env["res.company"]._recovery_today(),
        )

    @api.model
    def _recovery_bank_late(self, company):
        """Whether the bank of a company (alias) is behind its limit."""
        return SQL(
            "CASE WHEN %(company)s.recovery_bank_limit IS NULL THEN FALSE"
            " ELSE COALESCE(%(day)s < %(company)s.recovery_bank_limit, FALSE) END",
            company=company,
            day=self._recovery_bank_day(company),
        )

    def _recovery_bank_held(self):
        """Those of these companies whose bank is behind."""
        if not self:
            return self
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_company company WHERE id = ANY(%s) AND %s",
                self.ids,
                self._recovery_bank_late(SQL("company")),
            )
        )
        return self.browse(company_id for [company_id] in rows)
