from odoo import api, models
from odoo.tools import SQL


class RecoveryPromiseProgress(models.AbstractModel):
    """What was paid on promises, from the ledger: one query whatever their number.

    A payment counts from the day of the promise on: allocated to an invoice of the
    promise (of the debtor where it names none), or received and not allocated yet.
    """

    _name = "recovery.promise.progress"
    _description = "Progress of promises"

    @api.model
    def _of(self, promise_ids):
        """{promise id: {paid, due}} of those that are open; `due` is what should be
        there by today, grace days over.
        """
        if not promise_ids:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query_dict(self._rows(promise_ids))
        return {row["id"]: row for row in rows}

    @api.model
    def _rows(self, promise_ids):
        return SQL(
            """
            SELECT promise.id, promise.amount,
                   COALESCE(allocated.amount, 0) + COALESCE(waiting.amount, 0) AS paid,
                   COALESCE(several.due,
                       CASE WHEN promise.until < %(today)s THEN promise.amount
                            ELSE 0 END) AS due
              FROM recovery_promise promise
             CROSS JOIN LATERAL (%(allocated)s) AS allocated
             CROSS JOIN LATERAL (%(waiting)s) AS waiting
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN COUNT(*) > 0 THEN COALESCE(SUM(part.amount)
                              FILTER (WHERE part.date + promise.grace_days
                                            < %(today)s), 0) END AS due
                     FROM recovery_promise_line part
                    WHERE part.promise_id = promise.id) AS several
             WHERE promise.state = 'open' AND promise.id = ANY(%(ids)s)
            """,
            today=self.env["recovery.query"]._date(),
            allocated=self._allocated(),
            waiting=self._waiting(),
            ids=list(promise_ids),
        )

    @api.model
    def _receivable(self):
        """Items (alias `item`) of the debtor, in the company and currency."""
        return SQL(
            """
            item.partner_id = ANY(ARRAY(
                SELECT member.id FROM res_partner member
                 WHERE member.commercial_partner_id = promise.commercial_partner_id))
            AND item.company_id = promise.company_id
            AND item.currency_id = promise.currency_id
            AND item.parent_state = 'posted'
            AND item.account_id = ANY(ARRAY(
                SELECT id FROM account_account
                 WHERE account_type = 'asset_receivable' AND non_trade IS NOT TRUE))
            """
        )

    @api.model
    def _allocated(self):
        """Found from the invoices where the promise names them, else by the debtor."""
        return SQL(
            """
            SELECT SUM(partial.debit_amount_currency) AS amount
              FROM (SELECT item.id
                      FROM account_move_recovery_promise_rel chosen
                      JOIN account_move_line item
                        ON item.move_id = chosen.account_move_id
                     WHERE chosen.recovery_promise_id = promise.id
                       AND item.display_type = 'payment_term'
                       AND item.currency_id = promise.currency_id
                     UNION ALL
                    SELECT item.id
                      FROM account_move_line item
                     WHERE NOT EXISTS (
                               SELECT FROM account_move_recovery_promise_rel chosen
                                WHERE chosen.recovery_promise_id = promise.id)
                       AND %s) AS item
              JOIN account_partial_reconcile partial ON partial.debit_move_id = item.id
             WHERE partial.max_date >= promise.made_on
            """,
            self._receivable(),
        )

    @api.model
    def _waiting(self):
        """Receipts that nobody has allocated, and payments without an entry yet."""
        return SQL(
            """
            SELECT COALESCE((
                   SELECT -SUM(item.amount_residual_currency)
                     FROM account_move_line item
                     JOIN account_move move ON move.id = item.move_id
                    WHERE %s AND item.reconciled IS NOT TRUE
                      AND item.amount_residual_currency < 0
                      AND move.move_type = 'entry' AND item.date >= promise.made_on
                   ), 0) + COALESCE((
                   SELECT SUM(payment.amount)
                     FROM account_payment payment
                     JOIN res_partner payer ON payer.id = payment.partner_id
                    WHERE payer.commercial_partner_id = promise.commercial_partner_id
                      AND payment.company_id = promise.company_id
                      AND payment.currency_id = promise.currency_id
                      AND payment.state = 'in_process' AND payment.move_id IS NULL
                      AND payment.payment_type = 'inbound'
                      AND payment.date >= promise.made_on
                   ), 0) AS amount
            """,
            self._receivable(),
        )

    @api.model
    def _store(self, promises, state, rows):
        """Keep what was paid, and the share: 1 for what a human calls kept.

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
