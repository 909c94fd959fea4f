from odoo import api, models
from odoo.tools import SQL


class RecoveryDigest(models.AbstractModel):
    """Figures of the digests, by company and in its currency: one query each, whatever
    the number of customers. What a balance was on a day is the items of the ledger and
    their reconciliations, by the due dates of the ledger.
    """

    _name = "recovery.digest"
    _description = "Figures of the digests"

    @api.model
    def _of(self, name, company_ids, start, end, user_id=None):
        """{company id: figure}

        :param name: of the figure: overdue, collected or broken
        :param start: the day before the first one
        :param end: the last day
        :param user_id: whose customers, and nobody's; None for all
        """
        self.env.flush_all()
        parts = getattr(self, f"_{name}")(start, end)
        rows = self.env.execute_query(
            SQL(
                """
                WITH item AS (%s)
                SELECT item.company_id, SUM(item.amount)
                  FROM item
                 WHERE item.company_id = ANY(%s) AND %s
                 GROUP BY item.company_id
                """,
                parts,
                list(company_ids),
                self._mine(user_id),
            )
        )
        return dict(rows)

    @api.model
    def _mine(self, user_id):
        """Whether the customer of an item is one of the user, or of nobody."""
        if not user_id:
            return SQL("TRUE")
        return SQL(
            "(item.company_id, item.partner_id) IN (SELECT company_id, partner_id"
            " FROM (%s) AS held WHERE COALESCE(collector_id, %s) = %s)",
            self.env["recovery.situation"]._in_charge(),
            user_id,
            user_id,
        )

    @api.model
    def _receivable(self):
        """Condition on a journal item (alias `line`): on a trade receivable."""
        return SQL(
            """
            line.parent_state = 'posted' AND line.account_id = ANY(ARRAY(
                SELECT id FROM account_account
                 WHERE account_type = 'asset_receivable' AND non_trade IS NOT TRUE))
            """
        )

    @api.model
    def _overdue(self, _start, end):
        """Late on the last day, credits deducted: what is open now, and what was
        reconciled since.
        """
        return SQL(
            """
            SELECT line.company_id, line.partner_id,
                   line.amount_residual + COALESCE(later.amount, 0) AS amount
              FROM account_move_line line
              LEFT JOIN (%(later)s) AS later ON later.id = line.id
             WHERE %(receivable)s AND line.date <= %(end)s
               AND COALESCE(line.date_maturity, line.date) < %(end)s
               AND line.id IN (
                   SELECT line.id FROM account_move_line line
                    WHERE %(receivable)s AND line.reconciled IS NOT TRUE
                      AND line.amount_residual_currency != 0
                    UNION ALL
                   SELECT later.id FROM (%(later)s) AS later)
            """,
            receivable=self._receivable(),
            later=self._reconciled_after(end),
            end=end,
        )

    @api.model
    def _reconciled_after(self, day):
        """What was taken off each item after a day, signed as its balance."""
        return SQL(
            """
            SELECT id, SUM(amount) AS amount
              FROM (SELECT debit_move_id AS id, amount
                      FROM account_partial_reconcile WHERE max_date > %(day)s
                     UNION ALL
                    SELECT credit_move_id, -amount
                      FROM account_partial_reconcile WHERE max_date > %(day)s) AS part
             GROUP BY id
            """,
            day=day,
        )

    @api.model
    def _collected(self, start, end):
        """Money of the days on items that a notice had claimed before it came."""
        return SQL(
            """
            SELECT line.company_id, line.partner_id, partial.amount
              FROM account_partial_reconcile partial
              JOIN account_move_line line ON line.id = partial.debit_move_id
              JOIN account_move_line credit ON credit.id = partial.credit_move_id
              JOIN account_journal journal ON journal.id = credit.journal_id
             WHERE partial.max_date > %s AND partial.max_date <= %s
               AND journal.type IN ('bank', 'cash', 'credit') AND %s
               AND EXISTS (SELECT FROM recovery_notice_line notice
                            WHERE notice.move_line_id = line.id
                              AND notice.kind = 'claimed'
                              AND notice.state IN ('sent', 'closed')
                              AND notice.date <= partial.max_date)
            """,
            start,
            end,
            self._receivable(),
        )

    @api.model
    def _broken(self, start, end):
        """One for each promise that was broken in these days."""
        return SQL(
            """
            SELECT company_id, partner_id, 1 AS amount
              FROM recovery_promise
             WHERE state = 'broken' AND closed_on > %s AND closed_on <= %s
            """,
            start,
            end,
        )
