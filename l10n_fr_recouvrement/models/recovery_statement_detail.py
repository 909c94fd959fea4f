from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from odoo import api, models

from ..law.claim import Claim
from ..law.interest import Segment, Statement
from ..law.source import Source, rate_source
from .recovery_statement import ZERO, money

PAYMENT, CREDIT_NOTE, WRITE_OFF = "payment", "credit_note", "write_off"


@dataclass(frozen=True)
class Receipt:
    """What reduced an item: money on its day, or what was never due.

    `principal` and `interest` say what money was counted on.
    """

    date: date
    label: str
    kind: str
    amount: Decimal
    principal: Decimal
    interest: Decimal = ZERO


@dataclass(frozen=True)
class DetailedSegment:
    """A line of the statement of interest with the source of its rate."""

    line: Segment
    source: Source


@dataclass(frozen=True)
class ItemStatement:
    """The statement of interest of one item, with all that a reader checks it by.

    `label` is the number of the invoice, with the rank of the instalment if it has
    several. Amounts are in the currency of the item, the indemnity in EUR.
    """

    item: models.BaseModel
    rank: int
    claim: Claim
    figures: Statement
    receipts: tuple[Receipt, ...]
    segments: tuple[DetailedSegment, ...]

    @property
    def move(self):
        return self.item.move_id

    @property
    def label(self):
        number = self.move.name or ""
        return f"{number} ({self.rank})" if self.rank else number

    @property
    def received(self):
        return sum((receipt.amount for receipt in self.receipts), ZERO)

    @property
    def owed(self):
        """Whether anything is left to claim on that day."""
        return bool(self.figures.total or self.figures.indemnity)


@dataclass(frozen=True)
class Sheet:
    """Statements of one customer in one company and one currency (décompte)."""

    company: models.BaseModel
    partner: models.BaseModel
    currency: models.BaseModel
    date: date
    items: tuple[ItemStatement, ...]

    def total(self, name):
        """Sum of a figure of `law.interest.Statement`."""
        return sum((getattr(item.figures, name) for item in self.items), ZERO)

    @property
    def daily_interest(self):
        """Interest of the next day; None when a rate of it is not known yet."""
        daily = [item.figures.daily_interest for item in self.items]
        return None if None in daily else sum(daily, ZERO)

    @property
    def indemnity_count(self):
        return sum(bool(item.figures.indemnity) for item in self.items)

    @property
    def is_local(self):
        """Else the indemnity, in EUR, stands beside the total."""
        return self.currency == self.company.currency_id

    @property
    def debtor(self):
        return self.items[0].claim.debtor

    @property
    def warnings(self):
        found = (text for item in self.items for text in item.figures.warnings)
        return list(dict.fromkeys(found))


class RecoveryStatementDetail(models.AbstractModel):
    """Statements of interest line by line: what the screen, the letter and the
    spreadsheet show. Figures are those of `recovery.statement`, nothing is computed
    again. The number of queries does not depend on the number of items.
    """

    _name = "recovery.statement.detail"
    _description = "Statement of interest in detail"

    @api.model
    def _sheets(self, items, date, keep=None):
        """Sheets of these items, by company, customer and currency, oldest first.

        :param items: receivable journal items that the user may read
        :param keep: function that says whether an `ItemStatement` is shown
        :raises law.rates.MissingRate: a day that bears interest has no rate
        """

        def key(detail):
            line = detail.item
            partner = line.partner_id.commercial_partner_id
            company, currency = line.company_id, line.currency_id
            names = (company.name, partner.name or "")
            return (*names, company.id, partner.id, currency.id)

        def age(detail):
            line = detail.item
            return (line.date_maturity or line.date, line.move_id.id, line.id)

        details = (
            filter(keep, self._details(items, date))
            if keep
            else self._details(items, date)
        )
        details = sorted(details, key=lambda detail: (key(detail), age(detail)))
        return [
            self._sheet(tuple(group), date)
            for _key, group in groupby(details, key)  # pylint: disable=bad-builtin-groupby
        ]

    @api.model
    def _sheet(self, details, date):
        line = details[0].item
        partner = line.partner_id.commercial_partner_id
        return Sheet(line.company_id, partner, line.currency_id, date, details)

    @api.model
    def _details(self, items, date):
        """`ItemStatement` of each item that is a debt."""
        self._fetch(items)
        service = self.env["recovery.statement"].sudo()  # facts of readable items
        accounts = list(service._accounts(items.ids, date))
        rates = self.env["recovery.rate"]._rate_table()
        ranks = self._ranks(items.move_id)
        credits = self._credits(accounts)
        for fact, receipts, claim, figures in accounts:
            yield ItemStatement(
                item=items.browse(fact["id"]).with_prefetch(items._prefetch_ids),
                rank=ranks.get(fact["id"], 0),
                claim=claim,
                figures=figures,
                receipts=tuple(self._receipts(receipts, figures, date, credits)),
                segments=tuple(
                    DetailedSegment(line, rate_source(claim, rates, line.start))
                    for line in figures.segments
                ),
            )

    @api.model
    def _fetch(self, items):
        """Read all at once what would be read by the thousand."""
        items.fetch(
            ["move_id", "date", "date_maturity", "company_id", "currency_id"]
            + ["partner_id"]
        )
        items.move_id.fetch(["name", "move_type", "invoice_date", "line_ids"])
        items.partner_id.fetch(["commercial_partner_id"])
        items.partner_id.commercial_partner_id.fetch(
            ["name", "ref", "recovery_debtor_kind"]
        )

    @api.model
    def _ranks(self, moves):
        """{item id: rank} of the instalments of invoices that have several."""
        moves.line_ids.fetch(["account_type", "debit", "date_maturity", "move_id"])
        ranks = {}
        for lines in moves._recovery_debts().grouped("move_id").values():
            if len(lines) > 1:
                lines = lines.sorted(lambda line: (line.date_maturity, line.id))
                ranks |= {line.id: rank for rank, line in enumerate(lines, 1)}
        return ranks

    @api.model
    def _credits(self, accounts):
        """The credit items that the accounts name, {id: (label, kind of the rest)}."""
        ids = {row[3] for _fact, rows, _claim, _figures in accounts for row in rows}
        lines = self.env["account.move.line"].sudo().browse(ids)  # of readable items
        lines.fetch(["move_id", "ref"])
        lines.move_id.fetch(["name", "move_type"])
        return {
            line.id: (
                line.move_id.name or line.ref or "",
                CREDIT_NOTE if line.move_id.move_type == "out_refund" else WRITE_OFF,
            )
            for line in lines
        }

    @api.model
    def _receipts(self, rows, figures, date, credits):
        """Money up to the day, with its imputation, and what was never due."""
        imputed = defaultdict(list)
        for imputation in figures.imputations:
            imputed[imputation.date, imputation.amount].append(imputation)
        for day, paid, rest, credit_id in sorted(rows):
            label, kind = credits[credit_id]
            if paid and day <= date:
                counted = imputed[day, money(paid)].pop(0)
                yield Receipt(
                    day,
                    label,
                    PAYMENT,
                    money(paid),
                    counted.principal,
                    counted.interest,
                )
            if rest:
                yield Receipt(day, label, kind, money(rest), money(rest))
