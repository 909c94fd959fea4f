from odoo import api, models
from odoo.tools import SQL

from .recovery_plan import RUNNING


class RecoveryPlanProgress(models.AbstractModel):
    """How far payment plans are, from the ledger: one query whatever their number."""

    _name = "recovery.plan.progress"
    _description = "Progress of payment plans"

    @api.model
    def _paid(self, condition):
        """Rows (plan_id, paid): what was paid on the share of each invoice since the
        plan was offered, payments without an entry included; a closed plan keeps what
        was paid when it was closed, unless it was respected: payments may be undone.

        :param condition: on the plan (alias `plan`)
        """
        return SQL(
            """
            SELECT plan.id AS plan_id,
                   CASE WHEN plan.closed_on IS NOT NULL AND plan.state != 'kept'
                        THEN plan.closed_paid
                        ELSE SUM(LEAST(share.amount, GREATEST(0, share.residual_start
                             - GREATEST(0, item.residual
                                           - COALESCE(process.amount, 0))))) END
                       AS paid
              FROM recovery_plan plan
              JOIN recovery_plan_invoice share ON share.plan_id = plan.id
             CROSS JOIN LATERAL (
                   SELECT COALESCE(SUM(line.amount_residual_currency)
                                       FILTER (WHERE line.parent_state = 'posted'),
                                   share.residual_start) AS residual
                     FROM account_move_line line
                    WHERE line.move_id = share.move_id
                      AND line.account_id = ANY(ARRAY(
                          SELECT id FROM account_account
                           WHERE account_type = 'asset_receivable'))) AS item
              LEFT JOIN LATERAL (
                   SELECT SUM(payment.amount) AS amount
                     FROM account_move__account_payment invoice
                     JOIN account_payment payment ON payment.id = invoice.payment_id
                    WHERE invoice.invoice_id = share.move_id
                      AND payment.state = 'in_process' AND payment.move_id IS NULL
                      AND payment.payment_type = 'inbound') AS process ON TRUE
             WHERE plan.state != 'draft' AND %s
             GROUP BY plan.id
            """,
            condition,
        )

    @api.model
    def _lines(self, condition):
        """Rows (id, plan_id, date, amount, paid, state) of instalments, the oldest
        paid first.
        """
        return SQL(
            """
            SELECT *, CASE WHEN paid >= amount THEN 'paid'
                           WHEN NOT runs OR date >= %(today)s THEN 'due'
                           WHEN date + grace_days >= %(today)s THEN 'late'
                           ELSE 'missed' END AS state
              FROM (SELECT line.id, line.plan_id, line.date, line.amount,
                           plan.grace_days, plan.state = ANY(%(running)s) AS runs,
                           LEAST(line.amount, GREATEST(0, line.amount + paid.paid
                               - SUM(line.amount) OVER (PARTITION BY line.plan_id
                                                   ORDER BY line.date, line.id)))
                               AS paid
                      FROM (%(paid)s) AS paid
                      JOIN recovery_plan plan ON plan.id = paid.plan_id
                      JOIN recovery_plan_line line ON line.plan_id = paid.plan_id
                   ) AS line
            """,
            today=self.env["recovery.query"]._date(),
            running=list(RUNNING),
            paid=self._paid(condition),
        )

    @api.model
    def _of_lines(self, plan_ids):
        """{line id: (paid, state)} of these plans."""
        if not plan_ids:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL("SELECT id, paid, state FROM (%s) AS line", self._of_plans(plan_ids))
        )
        return {number: (paid, state) for number, paid, state in rows}

    @api.model
    def _summary(self, plan_ids):
        """{plan id: {paid, missed, next_date, settled}} of these plans."""
        if not plan_ids:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT plan_id, SUM(paid) AS paid,
                       COALESCE(SUM(amount - paid) FILTER (WHERE state = 'missed'), 0)
                           AS missed,
                       MIN(date) FILTER (WHERE state != 'paid') AS next_date,
                       BOOL_AND(state = 'paid') AS settled
                  FROM (%s) AS line
                 GROUP BY plan_id
                """,
                self._of_plans(plan_ids),
            )
        )
        return {row["plan_id"]: row for row in rows}

    @api.model
    def _of_plans(self, plan_ids):
        return self._lines(SQL("plan.id = ANY(%s)", list(plan_ids)))
