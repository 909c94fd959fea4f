from odoo import api, fields, models
from odoo.tools import SQL

from .vocabulary import HOLDS


class RecoveryQuery(models.AbstractModel):
    """The one query that says where each open receivable item stands.

    It is composed of named parts. A part that reads the ledger takes the scope of the
    context key `recovery_scope`, so that one invoice never reads the whole ledger:
    `{"items": (ids of journal items)}` or `{"debtors": (ids of commercial partners)}`.
    The context key `recovery_company` (an id) leaves the items of other companies out,
    `recovery_date` replaces today.
    """

    _name = "recovery.query"
    _description = "Recovery query"

    @api.model
    def _date(self):
        """Date for which the query decides."""
        date = fields.Date.to_date(self.env.context.get("recovery_date"))
        return date or self.env["res.company"]._recovery_today()

    @api.model
    def _scope(self, debtor):
        """Whether a debtor (column with a commercial partner) is in the scope."""
        scope = self.env.context.get("recovery_scope") or {}
        if "debtors" in scope:
            return SQL("%s = ANY(%s)", debtor, list(scope["debtors"]))
        if "items" in scope:
            # Credits of the same debtors count: the debtor is the smallest scope.
            return SQL(
                """%s IN (SELECT member.commercial_partner_id
                            FROM account_move_line item
                            JOIN res_partner member ON member.id = item.partner_id
                           WHERE item.id = ANY(%s))""",
                debtor,
                list(scope["items"]),
            )
        return SQL("TRUE")

    @api.model
    def _in_company(self):
        """Condition on a journal item (alias `line`): of the company asked for."""
        company_id = self.env.context.get("recovery_company")
        return SQL("line.company_id = %s", company_id) if company_id else SQL("TRUE")

    @api.model
    def _open(self):
        """Condition on a journal item (alias `line`): open, on a trade receivable."""
        return SQL(
            """
            line.account_id = ANY(ARRAY(
                SELECT id FROM account_account
                 WHERE account_type = 'asset_receivable' AND non_trade IS NOT TRUE))
            AND line.reconciled IS NOT TRUE
            AND line.parent_state = 'posted'
            AND line.amount_residual_currency != 0
            """
        )

    @api.model
    def _items(self):
        """Open items of trade receivable accounts, debits and credits."""
        return SQL(
            """
            SELECT line.id, line.move_id, line.move_name, line.invoice_date, line.date,
                   line.journal_id, line.company_id, line.currency_id,
                   line.company_currency_id, line.no_followup,
                   COALESCE(line.date_maturity, line.date) AS date_maturity,
                   line.amount_residual_currency AS residual,
                   line.amount_residual AS residual_company,
                   partner.commercial_partner_id AS partner_id
              FROM account_move_line line
              LEFT JOIN res_partner partner ON partner.id = line.partner_id
             WHERE %s AND %s AND %s
            """,
            self._open(),
            self._in_company(),
            self._scope(SQL("partner.commercial_partner_id")),
        )

    @api.model
    def _netted(self):
        """Items with what open credits of their debtor cover of them, oldest debt first
        (C. civ. 1342-10).

        Credits come first in the running balance: what it lacks of a debt is covered.
        """
        return SQL(
            """
            SELECT *, CASE WHEN residual > 0 AND SUM(residual) OVER oldest < residual
                           THEN residual - GREATEST(0, SUM(residual) OVER oldest)
                           END AS credited
              FROM items
            WINDOW oldest AS (PARTITION BY partner_id, company_id, currency_id
                              ORDER BY residual > 0, date_maturity, id
                              ROWS UNBOUNDED PRECEDING)
            """
        )

    @api.model
    def _disputed(self):
        """Contested part of each item."""
        return self._of_invoice(
            SQL("disputed"),
            SQL(
                """
                SELECT line.move_id,
                       SUM(CASE WHEN dispute.state = 'open' THEN line.amount
                                ELSE line.conceded END) AS amount
                  FROM recovery_dispute dispute
                  JOIN recovery_dispute_line line ON line.dispute_id = dispute.id
                 WHERE dispute.closed_on IS NULL
                 GROUP BY line.move_id
                """
            ),
        )

    @api.model
    def _in_process(self):
        """Part of each item that payments cover which have no entry yet."""
        return self._of_invoice(
            SQL("in_process"),
            SQL(
                """
                SELECT invoice.invoice_id AS move_id, SUM(payment.amount) AS amount
                  FROM account_payment payment
                  JOIN account_move__account_payment invoice
                    ON invoice.payment_id = payment.id
                 WHERE payment.state = 'in_process' AND payment.move_id IS NULL
                   AND payment.payment_type = 'inbound'
                 GROUP BY invoice.invoice_id
                """
            ),
        )

    @api.model
    def _of_invoice(self, name, amounts):
        """Share of each open item in amounts by invoice, oldest item first."""
        return SQL(
            """
            SELECT line.id, LEAST(line.amount_residual_currency, GREATEST(0,
                       part.amount + line.amount_residual_currency
                       - SUM(line.amount_residual_currency) OVER (
                           PARTITION BY line.move_id
                           ORDER BY line.date_maturity, line.id))) AS %s
              FROM (%s) part
              JOIN account_move_line line ON line.move_id = part.move_id
             WHERE line.amount_residual_currency > 0 AND %s
            """,
            name,
            amounts,
            self._open(),
        )

    @api.model
    def _holds(self):
        """What suspends whole items: rows (move or NULL for all, company, partner,
        name of the hold, last day). Other applications of the house add their part.
        """
        return [
            SQL(
                """
                SELECT invoice.account_move_id AS move_id, promise.company_id,
                       partner.commercial_partner_id AS partner_id,
                       'promise' AS hold, promise.until
                  FROM recovery_promise promise
                  JOIN res_partner partner ON partner.id = promise.partner_id
                  LEFT JOIN account_move_recovery_promise_rel invoice
                    ON invoice.recovery_promise_id = promise.id
                 WHERE promise.state = 'open'
                """
            ),
            SQL(
                """
                SELECT pause.move_id, pause.company_id,
                       partner.commercial_partner_id AS partner_id,
                       'paused' AS hold, pause.until
                  FROM recovery_pause pause
                  JOIN res_partner partner ON partner.id = pause.partner_id
                """
            ),
            self._planned(),
            self._unread(),
            SQL(
                """
                SELECT move_id, company_id, partner_id, 'objection' AS hold, until
                  FROM recovery_objection WHERE state = 'objected'
                """
            ),
        ]

    @api.model
    def _unread(self):
        """Debtors whose answer nobody has read; their policy says whether it waits."""
        return SQL(
            """
            SELECT NULL::int AS move_id, company_id, partner_id, 'reply' AS hold,
                   %s AS until
              FROM recovery_reply WHERE state = 'unread'
            """,
            self._date(),
        )

    @api.model
    def _planned(self):
        """Invoices of plans in force; a plan ends by a decision, not by a date."""
        return SQL(
            """
            SELECT share.move_id, plan.company_id, plan.partner_id, 'plan' AS hold,
                   GREATEST(plan.end_date, %s) AS until
              FROM recovery_plan plan
              JOIN recovery_plan_invoice share ON share.plan_id = plan.id
             WHERE plan.state IN ('active', 'default')
            """,
            self._date(),
        )

    @api.model
    def _hold(self, keys, condition):
        """Strongest hold in force for each key, of the holds that meet a condition."""
        return SQL(
            """
            SELECT DISTINCT ON (%(keys)s) %(keys)s, hold, until,
                   array_position(%(holds)s, hold) AS strength
              FROM (%(any_hold)s) AS any_hold
             WHERE until >= %(date)s AND %(condition)s
             ORDER BY %(keys)s, array_position(%(holds)s, hold), until DESC
            """,
            keys=keys,
            condition=condition,
            holds=list(HOLDS),
            any_hold=SQL(" UNION ALL ").join(self._holds()),
            date=self._date(),
        )
