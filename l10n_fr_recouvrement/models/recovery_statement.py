from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..law.claim import MILD_DEBTORS
from ..law.interest import Claim, Payment, statement
from .bulk import among
from .recovery_public_mixin import legal_due

ZERO = Decimal(0)
# A kind that nobody knows yet is read the mildest way: no ECB rate, no 40 EUR.
UNKNOWN_KIND = "non_professional"


def money(value):
    """Decimal of what PostgreSQL returns for an amount."""
    return value if isinstance(value, Decimal) else Decimal(str(value or 0))


def total(values):
    """Decimal of the sum of what PostgreSQL returns for amounts, without the noise of
    floating point, which is far below their decimals.
    """
    return money(round(sum(values), 6))


class RecoveryStatement(models.AbstractModel):
    """Statements of interest (décomptes) from the ledger, for many items at once.

    Facts come from five queries whatever the number of items; figures from `law`.
    """

    _name = "recovery.statement"
    _description = "Statement of interest"

    @api.model
    def _for_items(self, item_ids, date, excluded=None, gross=False):
        """Statements by journal item, in the item's currency.

        :param item_ids: ids of receivable journal items
        :param date: the day at whose evening the statement stands
        :param excluded: {item id: Decimal} not claimed: disputed, covered by credits
        :param gross: as if nothing had been charged or waived yet
        :return: {item id: law.interest.Statement}; the indemnity is in EUR
        :raises law.rates.MissingRate: a day that bears interest has no rate
        """
        return {
            fact["id"]: figures
            for fact, _receipts, _claim, figures in self._accounts(
                item_ids, date, excluded, gross
            )
        }

    @api.model
    def _accounts(self, item_ids, date, excluded=None, gross=False):
        """What `_for_items` knows of each item: (fact, receipts, claim, figures)."""
        excluded = excluded or {}
        self.env.flush_all()
        rates = self.env["recovery.rate"]._rate_table()
        facts = self._item_facts(item_ids, date)
        receipts, notices = self._receipts(facts), self._formal_notices(facts)
        service = self.env["recovery.charge.query"]
        charges, charged = ({}, set()) if gross else service._of_items(facts, True)
        plans = self.env["recovery.plan.interest"]
        suspended = plans._suspensions({fact["move_id"] for fact in facts})
        wanted = set(item_ids)
        for fact in facts:
            received = receipts.get(fact["id"], [])
            claim = self._claim(fact, received, notices.get(fact["id"]), excluded)
            figures = statement(claim, rates, date)
            figures = plans._less(figures, suspended[fact["move_id"]], date)
            first = fact["move_id"] not in charged
            if figures.indemnity:
                charged.add(fact["move_id"])
                figures = self._own_indemnity(figures, first, fact["is_local"])
            figures = service._less(figures, charges.get(fact["id"], ()), date)
            if fact["id"] in wanted:
                yield fact, received, claim, figures

    @api.model
    def _own_indemnity(self, figures, first, is_local):
        """The 40 EUR are due once per invoice: its first late item bears them, an open
        one if there is. They stay in EUR beside a total in another currency (C. com.
        D441-5).
        """
        if first and is_local:
            return figures
        return replace(
            figures,
            indemnity=figures.indemnity if first else ZERO,
            total=figures.total - figures.indemnity,
        )

    @api.model
    def _item_facts(self, item_ids, date):
        """Receivable items of the invoices concerned: open ones first, then by age;
        those of a public buyer by their legal due date.
        """
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT line.id, line.move_id, line.amount_currency AS principal,
                       COALESCE(CASE WHEN debtor.recovery_debtor_kind = 'public'
                                     THEN %(legal_due)s END,
                                line.date_maturity, line.date) AS due_date,
                       line.currency_id = line.company_currency_id AS is_local,
                       debtor.recovery_debtor_kind AS debtor_kind,
                       %(rule)s AS clause_rule,
                       move.recovery_clause_percent AS clause_percent,
                       %(indemnity)s AS clause_indemnity
                  FROM account_move_line wanted
                  JOIN account_move_line line
                    ON line.move_id = wanted.move_id
                   AND line.account_id = wanted.account_id
                  JOIN account_move move ON move.id = line.move_id
                  LEFT JOIN res_partner partner ON partner.id = line.partner_id
                  LEFT JOIN res_partner debtor
                    ON debtor.id = partner.commercial_partner_id
                 WHERE wanted.id = ANY(%(items)s) AND line.amount_currency > 0
                 GROUP BY line.id, move.id, debtor.id
                 ORDER BY line.reconciled IS TRUE, due_date, line.id
                """,
                legal_due=legal_due(SQL("move"), date),
                rule=self._clause_rule(),
                indemnity=self._clause_indemnity(),
                items=list(item_ids),
            )
        )

    @api.model
    def _clause_rule(self):
        """Rule that the invoice kept when it was posted; one from before that is under
        the statutory rule, and a debit note of penalties bears none.
        """
        return SQL(
            "CASE WHEN %s THEN 'none'"
            " ELSE COALESCE(move.recovery_clause_rule, 'statutory') END",
            self._is_penalty_note(),
        )

    @api.model
    def _clause_indemnity(self):
        """EUR agreed, or NULL where the law alone decides. A clause for a consumer
        says nothing of what a professional owes by law (C. com. L441-10 II).
        """
        return SQL(
            """
            CASE WHEN %s THEN 0
                 WHEN move.recovery_clause_kind = ANY(%s) THEN NULL
                 ELSE move.recovery_clause_indemnity END
            """,
            self._is_penalty_note(),
            list(MILD_DEBTORS),
        )

    @api.model
    def _is_penalty_note(self):
        """Whether an invoice (alias `move`) claims penalties, which bear none: it has
        charges, or is a debit note without VAT from before they were recorded.
        """
        return SQL(
            """
            (EXISTS (SELECT FROM recovery_charge charge
                      WHERE charge.debit_move_id = move.id)
             OR move.debit_origin_id IS NOT NULL
                AND NOT EXISTS (SELECT FROM account_move_line tax
                                 WHERE tax.move_id = move.id
                                   AND tax.tax_line_id IS NOT NULL
                                   AND tax.balance != 0))
            """
        )

    @api.model
    def _receipts(self, facts):
        """What was reconciled with each item, as rows (date, money, the rest, id of the
        credit item): {item id: [row]}.

        Only money is a payment. Credit notes, write-offs and other entries were never
        due: they reduce the base from the due date. Exchange differences are neither.
        """
        receipts = defaultdict(list)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partial.debit_move_id, credit.date,
                       ROUND(partial.debit_amount_currency * %(share)s, 2),
                       partial.debit_amount_currency
                       - ROUND(partial.debit_amount_currency * %(share)s, 2),
                       credit.id
                  FROM account_partial_reconcile partial
                  JOIN account_move_line credit ON credit.id = partial.credit_move_id
                  JOIN account_move move ON move.id = credit.move_id
                  JOIN account_journal journal ON journal.id = move.journal_id
                  LEFT JOIN account_payment payment
                    ON payment.id = move.origin_payment_id
                 WHERE partial.debit_move_id = ANY(%(items)s)
                   AND NOT EXISTS (SELECT FROM account_partial_reconcile difference
                                    WHERE difference.exchange_move_id = move.id)
                """,
                share=self._money_share(),
                items=[fact["id"] for fact in facts],
            )
        )
        for item_id, *receipt in rows:
            receipts[item_id].append(receipt)
        return receipts

    @api.model
    def _money_share(self):
        """Share of a credit that is money: less where its payment wrote off a part."""
        return SQL(
            """
            CASE WHEN payment.id IS NOT NULL
                 THEN LEAST(1, payment.amount
                               / NULLIF(ABS(credit.amount_currency), 0))
                 WHEN move.statement_line_id IS NOT NULL
                   OR journal.type IN ('bank', 'cash', 'credit') THEN 1
                 ELSE 0 END
            """
        )

    @api.model
    def _formal_notices(self, facts):
        """First presentation of the formal notice of each item: {item id: date}."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.move_line_id, MIN(notice.presented_on)
                  FROM recovery_notice_line line
                  JOIN recovery_notice notice ON notice.id = line.notice_id
                 WHERE line.move_line_id %s AND notice.presented_on IS NOT NULL
                   AND line.level_id IS NOT NULL AND notice.letter IN ('L4', 'L5')
                 GROUP BY line.move_line_id
                """,
                among(fact["id"] for fact in facts),
            )
        )
        return dict(rows)

    @api.model
    def _claim(self, fact, receipts, presented, excluded):
        """The law's facts of one item."""
        credits = sum(
            (money(rest) for _day, _paid, rest, _credit in receipts),
            money(excluded.get(fact["id"])),
        )
        rule = fact["clause_rule"]
        return Claim(
            principal=money(fact["principal"]),
            due_date=fact["due_date"],
            debtor=fact["debtor_kind"] or UNKNOWN_KIND,
            rule=rule,
            percent=money(fact["clause_percent"]) if rule == "contractual" else None,
            payments=tuple(
                Payment(day, money(paid))
                for day, paid, _rest, _credit in receipts
                if paid
            ),
            credit_notes=credits,
            formal_notice=presented,
            fixed_indemnity=self._fixed_indemnity(fact),
        )

    @api.model
    def _fixed_indemnity(self, fact):
        """EUR of one invoice: the amount agreed where it departs from the law's, else
        what the law says on its due date (C. com. D441-5).
        """
        parameters = self.env["recovery.legal.parameter"]
        if fact["clause_indemnity"] is not None:
            agreed = money(fact["clause_indemnity"])
            legal = {value for _day, value, _unit in parameters._history("indemnity")}
            if not agreed or agreed not in legal:
                return agreed
        return parameters._value("indemnity", fact["due_date"])

    @api.model
    def _merged(self, statements):
        """One dict over several items of one currency, keys as `Statement`."""
        figures = list(statements)
        daily = [figure.daily_interest for figure in figures]
        return {
            "segments": [line for figure in figures for line in figure.segments],
            "daily_interest": None if None in daily else sum(daily, ZERO),
            "warnings": list(
                dict.fromkeys(line for figure in figures for line in figure.warnings)
            ),
        } | {
            name: sum((getattr(figure, name) for figure in figures), ZERO)
            for name in (
                "principal_due",
                "interest_accrued",
                "interest_due",
                "indemnity",
                "total",
            )
        }
