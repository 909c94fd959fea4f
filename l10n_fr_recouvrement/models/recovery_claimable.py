from datetime import date as day
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ..law.charged import Charge, left
from ..law.limitation import YEARS
from .bulk import among, rank

BEGINNING = day(1900, 1, 1)


class RecoveryClaimable(models.AbstractModel):
    """What may be claimed beyond the principal: days and indemnities not charged yet.

    Interest stays claimable after the principal is paid. A few queries whatever the
    number of items.
    """

    _name = "recovery.claimable"
    _description = "Claimable penalties"

    @api.model
    def _lines(self, item_ids, date, since=None):
        """Claimable lines of these items.

        :param item_ids: ids of receivable journal items
        :param date: last day that may be claimed
        :param since: first day that may be claimed; None for all
        :return: list of dicts: values of a charge (`segments` as the law gives them),
            and `kind_confirmed`, `public`, `disputed`, `spared` (customer left out)
        :raises law.rates.MissingRate: a day that bears interest has no rate
        """
        facts = self._facts(item_ids)
        statements = self.env["recovery.statement"]._for_items(
            [fact["id"] for fact in facts], date, gross=True
        )
        charges, indemnified = self.env["recovery.charge.query"]._of_items(facts)
        euro = self.env.ref("base.EUR").id
        lines = []
        for fact in facts:
            figures = statements[fact["id"]]
            taken = [charge for _state, charge, _symbol in charges[fact["id"]]]
            if since:
                taken.append(Charge(BEGINNING, since - timedelta(days=1), Decimal(0)))
            lines += self._interest_lines(fact, left(figures, taken, date))
            if figures.indemnity and fact["move_id"] not in indemnified:
                lines.append(
                    self._line(fact, "indemnity", figures.indemnity)
                    | {"currency_id": euro}
                )
        return lines

    @api.model
    def _facts(self, item_ids):
        """Items of posted customer invoices that are debts, in the order of lists."""
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT line.id, line.move_id, line.company_id, line.currency_id,
                       debtor.id AS partner_id, move.name AS number,
                       COALESCE(line.date_maturity, line.date) AS date_maturity,
                       COALESCE(debtor.recovery_debtor_kind_confirmed, FALSE)
                           AS kind_confirmed,
                       debtor.recovery_debtor_kind = 'public' AS public,
                       COALESCE(debtor.recovery_no_penalties, FALSE) AS spared,
                       EXISTS (SELECT FROM recovery_dispute_line contested
                                 JOIN recovery_dispute dispute
                                   ON dispute.id = contested.dispute_id
                                WHERE contested.move_id = move.id
                                  AND dispute.closed_on IS NULL) AS disputed,
                       %(rank)s AS rank
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                  JOIN account_account account ON account.id = line.account_id
                  JOIN res_partner partner ON partner.id = line.partner_id
                  JOIN res_partner debtor ON debtor.id = partner.commercial_partner_id
                 WHERE line.id = ANY(%(items)s) AND line.amount_currency > 0
                   AND account.account_type = 'asset_receivable'
                   AND move.move_type = 'out_invoice' AND move.state = 'posted'
                 ORDER BY debtor.name, debtor.id, date_maturity, move.id, line.id
                """,
                rank=rank(SQL("line")),
                items=list(item_ids),
            )
        )

    @api.model
    def _line(self, fact, kind, amount):
        names = ("move_id", "company_id", "currency_id", "partner_id", "number")
        names += ("date_maturity", "rank", "kind_confirmed", "public", "spared")
        names += ("disputed",)
        return {name: fact[name] for name in names} | {
            "move_line_id": fact["id"],
            "kind": kind,
            "amount": amount,
            "date_from": None,
            "date_to": None,
            "segments": None,
            "deduction": 0,
        }

    @api.model
    def _interest_lines(self, fact, rest):
        """One line for each run of uncharged days; what was paid is taken from the
        oldest.
        """
        taken = rest.taken
        for period in rest.periods:
            accrued = sum(line.interest for line in period)
            less = min(taken, accrued)
            taken -= less
            if less == accrued:
                continue
            yield (
                self._line(fact, "interest", accrued - less)
                | {
                    "date_from": period[0].start,
                    "date_to": period[-1].end,
                    "segments": period,
                    "deduction": less,
                }
            )

    @api.model
    def _candidates(self, companies, date, since, debtors=None):
        """Ids of the items due between two days that are, or were paid, late.

        :param debtors: commercial partners; None for all
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                 WHERE %(debtors)s AND line.account_id = ANY(ARRAY(
                           SELECT id FROM account_account
                            WHERE account_type = 'asset_receivable'
                              AND non_trade IS NOT TRUE))
                   AND line.parent_state = 'posted' AND line.amount_currency > 0
                   AND move.move_type = 'out_invoice'
                   AND line.company_id = ANY(%(companies)s)
                   AND line.date_maturity >= %(since)s
                   AND line.date_maturity < %(date)s
                   AND (line.reconciled IS NOT TRUE
                        OR EXISTS (SELECT FROM account_partial_reconcile partial
                                    WHERE partial.debit_move_id = line.id
                                      AND partial.max_date > line.date_maturity))
                   AND NOT %(penalties)s
                """,
                debtors=SQL("TRUE")
                if debtors is None
                else SQL("move.commercial_partner_id %s", among(debtors.ids)),
                companies=companies.ids,
                since=since,
                date=date,
                penalties=self.env["recovery.statement"]._is_penalty_note(),
            )
        )
        return [item_id for [item_id] in rows]

    @api.model
    def _since(self, date):
        """First due date whose penalties are not barred yet."""
        return fields.Date.subtract(date, years=YEARS["commercial"])
