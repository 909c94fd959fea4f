from odoo import api, models
from odoo.tools import SQL

from .promise_share import Claim, Receipt, shared
from .recovery_statement import money

AMOUNTS = ("amount", "most", "due")


class RecoveryPromiseProgress(models.AbstractModel):
    """What came in for promises, from the ledger: two queries whatever their number.

    A payment counts from the day of the promise on: allocated to an invoice of the
    promise (of the debtor where it names none), or received and not allocated yet. What
    several promises of a debtor may count is shared among them, each euro once.
    """

    _name = "recovery.promise.progress"
    _description = "Progress of promises"

    @api.model
    def _of(self, promise_ids):
        """{promise id: {id, amount, most, paid, due}} of those that are not cancelled;
        `most` is what it may count, `due` what should be there by today, grace days
        over.
        """
        if not promise_ids:
            return {}
        self.env.flush_all()
        receipts = {}
        for *account, move_id, date, amount in self.env.execute_query(
            self._receipts(promise_ids)
        ):
            receipt = Receipt(move_id, date, money(amount))
            receipts.setdefault(tuple(account), []).append(receipt)
        rows = [
            row | {name: money(row[name]) for name in AMOUNTS}
            for row in self.env.execute_query_dict(self._claims(promise_ids))
        ]
        paid = self._paid(rows, receipts)
        return {
            row["id"]: row | {"paid": paid[row["id"]]} for row in rows if row["asked"]
        }

    @api.model
    def _paid(self, rows, receipts):
        """{promise id: what is there for it}, shared within each account."""
        claims = {}
        for row in rows:
            account = row["commercial_partner_id"], row["company_id"]
            claim = Claim(row["id"], row["made_on"], row["most"], set(row["moves"]))
            claims.setdefault((*account, row["currency_id"]), []).append(claim)
        paid = {}
        for account, group in claims.items():
            paid |= shared(group, receipts.get(account, []))
        return paid

    @api.model
    def _claims(self, promise_ids):
        """These promises and those of the same account (debtor, company, currency) that
        may have counted the same money; `most` is the most that each may count. Those
        that are over come first, with what they counted then: it stays theirs.
        """
        return SQL(
            """
            SELECT promise.id, promise.amount, promise.made_on,
                   promise.commercial_partner_id, promise.company_id,
                   promise.currency_id, promise.id = ANY(%(ids)s) AS asked,
                   CASE WHEN promise.state = 'open' THEN promise.amount
                        ELSE LEAST(promise.amount, COALESCE(promise.closed_paid, 0))
                        END AS most,
                   ARRAY(SELECT chosen.account_move_id
                           FROM account_move_recovery_promise_rel chosen
                          WHERE chosen.recovery_promise_id = promise.id) AS moves,
                   %(due)s AS due
              FROM (SELECT commercial_partner_id, company_id, currency_id,
                           MIN(made_on) AS since
                      FROM recovery_promise
                     WHERE id = ANY(%(ids)s) AND state != 'cancelled'
                     GROUP BY commercial_partner_id, company_id, currency_id) account
              JOIN recovery_promise promise
                ON promise.commercial_partner_id = account.commercial_partner_id
               AND promise.company_id = account.company_id
               AND promise.currency_id = account.currency_id
               AND promise.state != 'cancelled'
               AND (promise.state = 'open' OR promise.closed_on >= account.since
                    OR promise.id = ANY(%(ids)s))
             ORDER BY promise.state = 'open', promise.made_on, promise.id
            """,
            due=self._due(),
            ids=list(promise_ids),
        )

    @api.model
    def _due(self):
        """What should be there, one by one where several payments are promised."""
        return SQL(
            """
            COALESCE(
                (SELECT COALESCE(SUM(part.amount)
                            FILTER (WHERE part.date + promise.grace_days < %(today)s),
                            0)
                   FROM recovery_promise_line part
                  WHERE part.promise_id = promise.id
                 HAVING COUNT(*) > 0),
                CASE WHEN promise.until < %(today)s THEN promise.amount ELSE 0 END)
            """,
            today=self.env["recovery.query"]._date(),
        )

    @api.model
    def _receipts(self, promise_ids):
        """Rows (debtor, company, currency, invoice or NULL, day, amount)."""
        return SQL(
            """
            WITH claim AS (%(claims)s),
            account AS (
                SELECT commercial_partner_id, company_id, currency_id,
                       MIN(made_on) AS since, BOOL_OR(moves = '{}') AS wide
                  FROM claim
                 GROUP BY commercial_partner_id, company_id, currency_id)
            SELECT account.commercial_partner_id, account.company_id,
                   account.currency_id, receipt.move_id, receipt.date,
                   SUM(receipt.amount)
              FROM account
             CROSS JOIN LATERAL (%(allocated)s UNION ALL %(waiting)s
                                 UNION ALL %(in_process)s) AS receipt
             GROUP BY account.commercial_partner_id, account.company_id,
                      account.currency_id, receipt.move_id, receipt.date
            """,
            claims=self._claims(promise_ids),
            allocated=self._allocated(),
            waiting=self._waiting(),
            in_process=self._in_process(),
        )

    @api.model
    def _receivable(self):
        """Items (alias `item`) of the debtor, in the company and currency."""
        return SQL(
            """
            item.partner_id = ANY(ARRAY(
                SELECT member.id FROM res_partner member
                 WHERE member.commercial_partner_id = account.commercial_partner_id))
            AND item.company_id = account.company_id
            AND item.currency_id = account.currency_id
            AND item.parent_state = 'posted'
            AND item.account_id = ANY(ARRAY(
                SELECT id FROM account_account
                 WHERE account_type = 'asset_receivable' AND non_trade IS NOT TRUE))
            """
        )

    @api.model
    def _allocated(self):
        """On invoices that promises name; on all debts where one names none. What we
        pay back and what the bank takes back are no debts.
        """
        return SQL(
            """
            SELECT item.move_id, partial.max_date AS date,
                   partial.debit_amount_currency AS amount
              FROM (SELECT item.id, item.move_id
                      FROM claim
                      JOIN account_move_line item ON item.move_id = ANY(claim.moves)
                     WHERE claim.commercial_partner_id = account.commercial_partner_id
                       AND claim.company_id = account.company_id
                       AND claim.currency_id = account.currency_id
                       AND item.display_type = 'payment_term'
                       AND item.currency_id = account.currency_id
                     UNION
                    SELECT item.id, item.move_id
                      FROM account_move_line item
                     WHERE account.wide AND %s AND item.balance > 0
                       AND (SELECT move.move_type != 'entry'
                                OR COALESCE(move.origin_payment_id,
                                            move.statement_line_id,
                                            move.reversed_entry_id) IS NULL
                              FROM account_move move WHERE move.id = item.move_id)
                   ) AS item
              JOIN account_partial_reconcile partial ON partial.debit_move_id = item.id
             WHERE partial.max_date >= account.since
            """,
            self._receivable(),
        )

    @api.model
    def _waiting(self):
        """Receipts that nobody has allocated."""
        return SQL(
            """
            SELECT NULL::int AS move_id, item.date,
                   -item.amount_residual_currency AS amount
              FROM account_move_line item
              JOIN account_move move ON move.id = item.move_id
             WHERE %s AND item.reconciled IS NOT TRUE
               AND item.amount_residual_currency < 0
               AND move.move_type = 'entry' AND item.date >= account.since
            """,
            self._receivable(),
        )

    @api.model
    def _in_process(self):
        """Payments without an entry yet."""
        return SQL(
            """
            SELECT NULL::int AS move_id, payment.date, payment.amount
              FROM account_payment payment
              JOIN res_partner payer ON payer.id = payment.partner_id
             WHERE payer.commercial_partner_id = account.commercial_partner_id
               AND payment.company_id = account.company_id
               AND payment.currency_id = account.currency_id
               AND payment.state = 'in_process' AND payment.move_id IS NULL
               AND payment.payment_type = 'inbound' AND payment.date >= account.since
            """
        )

    @api.model
    def _store(self, promises, state, rows):
        """Keep what was paid, and the share: 1 for what a human calls kept, none of a
        promise that is open again.

        :param rows: as `_of` gives them
        """
        self.env.flush_all()
        found = [rows[number] for number in promises.ids]
        self.env.cr.execute(
            SQL(
                """
                UPDATE recovery_promise SET closed_paid = found.paid,
                       share = CASE WHEN %(state)s = 'kept' THEN 1
                                    WHEN %(state)s = 'broken'
                                    THEN LEAST(1, found.paid / amount) END
                  FROM (SELECT UNNEST(%(ids)s::int[]) AS id,
                               UNNEST(%(paid)s::numeric[]) AS paid) AS found
                 WHERE found.id = recovery_promise.id
                """,
                state=state,
                ids=[row["id"] for row in found],
                paid=[row["paid"] for row in found],
            )
        )
        promises.invalidate_recordset(["closed_paid", "share", "paid"], flush=False)
