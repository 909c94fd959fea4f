"""Letter L9: the statement of interest (décompte des intérêts), ready to print."""

from dataclasses import dataclass
from functools import cached_property

from ..models.vocabulary import PENALTY_KINDS
from . import statement_words as words
from . import typography as typo
from .letter_table import Table, paginate
from .letter_totals import Total
from .sheet_document import SheetDocument

ROOM = 20  # rows that the letter itself has room for, heads of tables included
PAGE_ROOM = 52  # rows of a page of small print


@dataclass(frozen=True)
class InvoiceRow:
    number: str
    date: str
    due_date: str
    total: str
    received: str
    principal: str
    interest: str
    indemnity: str
    owed: str
    height = 1


@dataclass(frozen=True)
class ReceiptRow:
    number: str
    date: str
    kind: str
    label: str
    amount: str
    principal: str
    interest: str
    height = 1


@dataclass(frozen=True)
class SegmentRow:
    number: str
    start: str
    end: str
    days: int
    base: str
    percent: str
    source: int
    interest: str
    height = 1


@dataclass(frozen=True)
class InterestDocument(SheetDocument):
    """The sheet of one customer seen by its letter."""

    annexed: bool = False
    letter = "L9"
    template = "l10n_fr_recouvrement.letter_l9"

    @property
    def name(self):
        return f"{self.title} \u2013 {self.sheet.partner.name}"

    @property
    def title(self):
        return self.say("Décompte des intérêts", "Statement of interest")

    @property
    def penalty_name(self):
        return words.name(self.sheet.debtor, self.say)

    @property
    def amount(self):
        return self.money(self.sheet.total("total"))

    @property
    def of_invoices(self):
        count = len({item.move.id for item in self.sheet.items})
        if count > 1:
            return self.say(f"de {count}{typo.NBSP}factures", f"on {count} invoices")
        return self.say("d’une facture", "on one invoice")

    @property
    def owes_indemnity(self):
        """Professionals and public buyers alone (C. com. D441-5, CCP D2192-35)."""
        return self.sheet.debtor in PENALTY_KINDS

    @cached_property
    def tables(self):
        """Tables that have rows, by kind."""
        rows = {
            "invoices": tuple(map(self._invoice_row, self.sheet.items)),
            "receipts": tuple(self._receipt_rows()),
            "segments": tuple(self._segment_rows()),
        }
        return {kind: Table(kind, found) for kind, found in rows.items() if found}

    def _invoice_row(self, item):
        figures = item.figures
        return InvoiceRow(
            number=item.label,
            date=typo.short_date(item.move.invoice_date or item.item.date),
            due_date=typo.short_date(item.claim.due_date),
            total=self.money(item.claim.principal),
            received=self.money(item.received),
            principal=self.money(figures.principal_due),
            interest=self.money(figures.interest_due),
            indemnity=self._euros(figures.indemnity),
            owed=self.money(figures.total),
        )

    def _euros(self, amount):
        return self.money(amount, self.sheet.company.currency_id)

    def _receipt_rows(self):
        for item in self.sheet.items:
            for receipt in item.receipts:
                yield ReceiptRow(
                    number=item.label,
                    date=typo.short_date(receipt.date),
                    kind=self.say(*words.RECEIPTS[receipt.kind]),
                    label=receipt.label,
                    amount=self.money(receipt.amount),
                    principal=self.money(receipt.principal),
                    interest=self.money(receipt.interest),
                )

    def _segment_rows(self):
        for item in self.sheet.items:
            for segment in item.segments:
                line = segment.line
                yield SegmentRow(
                    number=item.label,
                    start=typo.short_date(line.start),
                    end=typo.short_date(line.end),
                    days=line.days,
                    base=self.money(line.base),
                    percent=self.percent(line.percent),
                    source=self.sources.index(self._source(segment)) + 1,
                    interest=self.money(line.interest),
                )

    def _source(self, segment):
        return words.source(segment.source, self.say, self.percent)

    @cached_property
    def sources(self):
        """Sentences that the lines of interest refer to by their number."""
        segments = (line for item in self.sheet.items for line in item.segments)
        return list(dict.fromkeys(map(self._source, segments)))

    @cached_property
    def inline(self):
        """Tables of the first page: all or none, so that the rest is one annex."""
        tables = list(self.tables.values())
        return tables if sum(table.height for table in tables) <= ROOM else []

    @cached_property
    def pages(self):
        """Pages of tables after the first: lists of tables."""
        return [] if self.inline else paginate(list(self.tables.values()), PAGE_ROOM)

    @property
    def conventions(self):
        found = words.conventions(self.sheet, self.say)
        return [*found, *words.remarks(self.sheet, self.say)]

    @cached_property
    def totals(self):
        sheet, say = self.sheet, self.say
        found = [
            Total(
                say("Principal restant dû", "Principal due"),
                self.money(sheet.total("principal_due")),
            ),
            Total(self._interest_label(), self.money(sheet.total("interest_due"))),
        ]
        if self.owes_indemnity:
            amount = self._euros(sheet.total("indemnity"))
            found.append(Total(self._indemnity_label(), amount))
        label = say(f"Total dû au {self.date}", f"Total due on {self.date}")
        if not sheet.is_local and sheet.indemnity_count:
            label += say(", indemnité en sus", ", compensation not included")
        return [*found, Total(label, self.money(sheet.total("total")), True)]

    def _interest_label(self):
        closed = "arrêtées" if self.sheet.debtor == "professional" else "arrêtés"
        text = self.say(f"{closed} au {self.date}", f"as of {self.date}")
        return f"{self.penalty_name.capitalize()} {text}"

    def _indemnity_label(self):
        count = self.sheet.indemnity_count
        label = self.say(
            "Indemnité forfaitaire pour frais de recouvrement",
            "Fixed compensation for recovery costs",
        )
        unit = f"{count}{typo.NBSP}×{typo.NBSP}{self._euros(40)}"
        return f"{label} ({unit})" if count > 1 else label

    @property
    def daily_interest(self):
        amount = self.sheet.daily_interest
        return self.money(amount) if amount else ""
