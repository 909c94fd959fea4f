from odoo import api, models
from odoo.tools import SQL


class RecoveryDisputeWatch(models.AbstractModel):
    """Ends disputes that a payment or a credit note has settled: two queries and one
    write for each way to end, however many they are.
    """

    _name = "recovery.dispute.watch"
    _description = "Watch of disputes"

    @api.model
    def _settle(self, moves=None):
        """End the disputes of these invoices, or all, that have nothing left.

        :param moves: invoices whose reconciliation changed; None for all
        """
        if moves is not None and not self._is_disputed(moves):
            return
        groups = {}
        for number, state, ending in self._ended(moves):
            groups.setdefault((state, ending), []).append(number)
        for (state, ending), ids in groups.items():
            # Whoever allocates a payment ends what it settles.
            disputes = self.env["recovery.dispute"].sudo().browse(ids)
            self._end(disputes, ending if state == "open" else state)

    @api.model
    def _is_disputed(self, moves):
        """Whether a running dispute is about one of these invoices: most are not."""
        lines = self.env["recovery.dispute.line"].sudo()  # whoever allocates a payment
        running = [("move_id", "in", moves.ids), ("dispute_id.closed_on", "=", False)]
        return bool(lines.search_count(running, limit=1))

    @api.model
    def _end(self, disputes, state):
        sentence = self.env._("Ended by the payments and credit notes of its invoices.")
        disputes.activity_ids.unlink()
        disputes.with_context(tracking_disable=True).write(
            {"state": state, "closed_on": self.env["res.company"]._recovery_today()}
        )
        disputes._message_log_batch(dict.fromkeys(disputes.ids, sentence))

    @api.model
    def _ended(self, moves):
        """Rows (dispute, its state, how it ends): wholly credited it was founded, paid
        after a part was credited it is settled.
        """
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT dispute.id, dispute.state,
                       CASE WHEN BOOL_AND(credited.amount >= part.suspended)
                            THEN 'founded'
                            WHEN BOOL_OR(credited.amount > 0) THEN 'settled'
                            ELSE 'paid' END
                  FROM recovery_dispute dispute
                  JOIN recovery_dispute_line line ON line.dispute_id = dispute.id
                 CROSS JOIN LATERAL (
                       SELECT CASE WHEN dispute.state = 'open' THEN line.amount
                                   ELSE line.conceded END AS suspended) part
                 CROSS JOIN LATERAL (%(residual)s) AS item
                 CROSS JOIN LATERAL (%(credited)s) AS credited
                 WHERE dispute.closed_on IS NULL AND %(scope)s
                 GROUP BY dispute.id, dispute.state
                HAVING BOOL_AND(item.residual <= 0
                                OR credited.amount >= part.suspended)
                 ORDER BY dispute.id
                """,
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
