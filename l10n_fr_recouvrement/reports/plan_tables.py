"""The invoices and the instalments of a payment plan, as its letters print them."""

from dataclasses import dataclass
from functools import cached_property

from . import typography as typo
from .letter_table import Table, paginate

ROOM = 24  # rows of both tables within the text, their heads included


@dataclass(frozen=True)
class ShareRow:
    number: str
    date: str
    due_date: str
    amount: str
    height = 1


@dataclass(frozen=True)
class InstalmentRow:
    rank: int
    date: str
    amount: str
    left: str
    height = 1


class PlanTables:
    """Short tables stand in the text, long ones in its annex."""

    @property
    def _shares(self):
        return self.plan.invoice_ids.sorted("invoice_date_due")

    @cached_property
    def _tables(self):
        return [
            Table("instalments", tuple(self._instalment_rows())),
            Table("invoices", tuple(map(self._share_row, self._shares))),
        ]

    def _share_row(self, share):
        return ShareRow(
            number=share.move_id.name,
            date=typo.short_date(share.move_id.invoice_date),
            due_date=typo.short_date(share.invoice_date_due),
            amount=self.money(share.amount),
        )

    def _instalment_rows(self):
        left = self.plan.principal
        for rank, line in enumerate(self.plan.line_ids.sorted("date"), 1):
            left -= line.amount
            yield InstalmentRow(
                rank, self.long(line.date), self.money(line.amount), self.money(left)
            )

    @cached_property
    def inline(self):
        """Tables that the text has room for, by kind; the others are in its annex."""
        room, found = ROOM, {}
        for table in self._tables:
            if table.height <= room:
                found[table.kind] = table
                room -= table.height
        return found

    @cached_property
    def annex(self):
        """Pages of the annex: lists of tables."""
        return paginate([t for t in self._tables if t.kind not in self.inline])
