from odoo import api, models
from odoo.tools import SQL

from .bulk import undone_since

RUNNING = ("dispute_id.closed_on", "=", False)
ENDED = ("dispute_id.ended_from", "!=", False)


class RecoveryDisputeWatch(models.AbstractModel):
    """Ends disputes that a payment or a credit note has settled, and opens them again
    where that is undone: two queries and one write for each way, however many they are.
    """

    _name = "recovery.dispute.watch"
    _description = "Watch of disputes"

    @api.model
    def _settle(self, moves=None):
        """End the disputes of these invoices, or all, that have nothing left.

        :param moves: invoices whose reconciliation changed; None for all
        """
        if moves is not None and not self._is_disputed(moves, RUNNING):
            return
        running = SQL("dispute.closed_on IS NULL")
        for (state, ending), disputes in self._groups(running, moves, True).items():
            self._end(disputes, state, ending if state == "open" else state)

    @api.model
    def _reopen(self, moves=None):
        """Open again the disputes that payments or credit notes had ended, once those
        are undone: rejected by the bank, cancelled, no longer allocated.

        :param moves: invoices whose reconciliation was undone; None for all
        """
        if moves is not None and not self._is_disputed(moves, ENDED):
            return
        ended = SQL(
            "dispute.ended_from IS NOT NULL AND dispute.closed_on >= %s",
            undone_since(self.env),
        )
        for (state, _ending), disputes in self._groups(ended, moves, False).items():
            disputes._reopen(state)

    @api.model
    def _is_disputed(self, moves, condition):
        """Whether such a dispute is about one of these invoices: of most, none is."""
        lines = self.env["recovery.dispute.line"].sudo()  # whoever allocates a payment
        domain = [("move_id", "in", moves.ids), condition]
        return bool(lines.search_count(domain, limit=1))

    @api.model
    def _groups(self, condition, moves, settled):
        """Disputes by (state in which they run, how their invoices would end them)."""
        groups = {}
        for number, state, ending in self._rows(condition, moves, settled):
            groups.setdefault((state, ending), []).append(number)
        # Whoever allocates a payment, or undoes it, changes what it settles.
        disputes = self.env["recovery.dispute"].sudo()
        return {key: disputes.browse(ids) for key, ids in groups.items()}

    @api.model
    def _end(self, disputes, state, ending):
        sentence = self.env._("Ended by the payments and credit notes of its invoices.")
        disputes.activity_ids.unlink()
        today = self.env["res.company"]._recovery_today()
        disputes.with_context(tracking_disable=True).write(
            {"state": ending, "ended_from": state, "closed_on": today}
        )
        disputes._message_log_batch(dict.fromkeys(disputes.ids, sentence))

    @api.model
    def _rows(self, condition, moves, settled):
        """Rows (dispute, state in which it runs, how it ends): wholly credited it was
        founded, paid after a part was credited it is settled.

        :param condition: on the dispute (alias `dispute`)
        :param settled: whether its invoices leave nothing of it
        """
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT dispute.id, part.state,
                       CASE WHEN BOOL_AND(credited.amount >= part.suspended)
                            THEN 'founded'
                            WHEN BOOL_OR(credited.amount > 0) THEN 'settled'
                            ELSE 'paid' END
                  FROM recovery_dispute dispute
                  JOIN recovery_dispute_line line ON line.dispute_id = dispute.id
                 CROSS JOIN LATERAL (
                       SELECT COALESCE(dispute.ended_from, dispute.state) AS state,
                              CASE WHEN COALESCE(dispute.ended_from, dispute.state)
                                        = 'open'
                                   THEN line.amount ELSE line.conceded END AS suspended
                       ) part
                 CROSS JOIN LATERAL (%(residual)s) AS item
                 CROSS JOIN LATERAL (%(credited)s) AS credited
                 WHERE %(condition)s AND %(scope)s
                 GROUP BY dispute.id, part.state
                HAVING BOOL_AND(item.residual <= 0
                                OR credited.amount >= part.suspended) = %(settled)s
                 ORDER BY dispute.id
                """,
                condition=condition,
                settled=settled,
                residual=self._residual(),
                credited=self._credited(),
                scope=self._scope(moves),
            )
        )

    @api.model
    def _scope(self, moves):
        if moves is None:
            return SQL("TRUE")
        return SQL(
            "dispute.id IN (SELECT dispute_id FROM recovery_dispute_line"
            " WHERE move_id = ANY(%s))",
            moves.ids,
        )

    @api.model
    def _residual(self):
        """What is left to pay of the invoice of a line."""
        return SQL(
            """
            SELECT COALESCE(SUM(item.amount_residual_currency), 0) AS residual
              FROM account_move_line item
              JOIN account_account account ON account.id = item.account_id
             WHERE item.move_id = line.move_id AND item.parent_state = 'posted'
               AND account.account_type = 'asset_receivable'
            """
        )

    @api.model
    def _credited(self):
        """Credit notes on the invoice of a line since the dispute was opened."""
        return SQL(
            """
            SELECT COALESCE(SUM(partial.debit_amount_currency), 0) AS amount
              FROM account_move_line debit
              JOIN account_partial_reconcile partial
                ON partial.debit_move_id = debit.id
              JOIN account_move_line credit ON credit.id = partial.credit_move_id
              JOIN account_move refund ON refund.id = credit.move_id
             WHERE debit.move_id = line.move_id AND refund.move_type = 'out_refund'
               AND partial.max_date >= dispute.opened_on
            """
        )
