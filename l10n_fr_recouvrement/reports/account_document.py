"""The statement of account (relevé de compte), ready to print."""

from dataclasses import dataclass
from functools import cached_property

from . import typography as typo
from .letter_table import Table, paginate
from .sheet_document import SheetDocument

ROOM = 22  # rows of the first page, heads of tables included
BUCKETS = {
    "b0_not_due": ("Non échu", "Not yet due"),
    "b1_30": ("1 à 30 jours", "1 to 30 days"),
    "b2_60": ("31 à 60 jours", "31 to 60 days"),
    "b3_90": ("61 à 90 jours", "61 to 90 days"),
    "b4_more": ("Plus de 90 jours", "Over 90 days"),
    "credit": ("Avoirs, acomptes", "Credits"),
}


@dataclass(frozen=True)
class AccountPrintRow:
    number: str
    origin: str
    date: str
    due_date: str
    late: str
    total: str
    residual: str
    balance: str

    @property
    def height(self):
        return 2 if self.origin else 1


@dataclass(frozen=True)
class AccountDocument(SheetDocument):
    """The sheet of one customer seen by its page."""

    letter = "account"
    template = "l10n_fr_recouvrement.account_statement"

    @property
    def name(self):
        title = self.say("Relevé de compte", "Statement of account")
        return f"{title} \u2013 {self.sheet.partner.name}"

    @property
    def amount(self):
        return self.money(self.sheet.balance)

    @property
    def overdue(self):
        return self.money(self.sheet.overdue)

    @property
    def payable(self):
        """What is overdue, less the credits."""
        return self.sheet.overdue + self.sheet.credit

    @cached_property
    def _table(self):
        return Table("account", tuple(map(self._row, self.sheet.rows)))

    def _row(self, row):
        late = row.days_late if row.residual > 0 and row.days_late > 0 else 0
        return AccountPrintRow(
            number=row.number,
            origin=row.reference,
            date=typo.short_date(row.date),
            due_date=typo.short_date(row.due_date),
            late=f"{late}{typo.NBSP}{self.say('j', 'd')}" if late else "",
            total=self.money(row.total),
            residual=self.money(row.residual),
            balance=self.money(row.balance),
        )

    @property
    def inline(self):
        return [self._table] if self._table.height <= ROOM else []

    @cached_property
    def pages(self):
        return [] if self.inline else paginate([self._table])

    @property
    def ageing(self):
        """(label, amount) of each bucket."""
        return [
            (self.say(*BUCKETS[bucket]), self.money(amount))
            for bucket, amount in self.sheet.ageing.items()
        ]

    @property
    def figures(self):
        """(label, amount, strong) of the sums."""
        sheet, say = self.sheet, self.say
        yield say("Échu", "Overdue"), self.money(sheet.overdue), False
        yield say("Non échu", "Not yet due"), self.money(sheet.not_due), False
        if sheet.credit:
            label = say("Avoirs et règlements à affecter", "Credits to allocate")
            yield label, self.money(sheet.credit), False
        label = say(f"Solde au {self.date}", f"Balance on {self.date}")
        yield label, self.money(sheet.balance), True
