"""The items of a letter and their tables."""

from datetime import date
from functools import cached_property

from . import typography as typo
from .letter_table import (
    FORMAL_ROOM,
    INLINE_ROOM,
    Row,
    SegmentRow,
    Table,
    inline,
    paginate,
)


class LetterItems:
    """Rows of the tables, and where each table stands."""

    @cached_property
    def _lines(self):
        """Lines of the notice by kind, oldest first."""
        found = self.notice.line_ids
        lines = found.sorted(lambda line: (line.date_maturity, line.id))
        return {
            # Read on with those of the other letters of the batch.
            kind: lines.filtered(
                lambda line, kind=kind: line.kind == kind
            ).with_prefetch(found._prefetch_ids)
            for kind in ("claimed", "also_due", "credit")
        }

    @cached_property
    def several(self):
        """More than one invoice is claimed."""
        lines = self._lines["claimed"]
        return len({line.move_id.id or line.number for line in lines}) > 1

    @cached_property
    def oldest_due(self):
        return self.long(self._lines["claimed"][:1].date_maturity)

    @cached_property
    def credits(self):
        """Numbers of the open credits, when they are few enough for a line."""
        numbers = [line.number or "" for line in self._lines["credit"]]
        return ", ".join(numbers) if len(numbers) < 4 else ""

    @cached_property
    def tables(self):
        """The tables that have rows, by kind."""
        rows = {
            "claimed": tuple(map(self._row, self._lines["claimed"])),
            "also_due": tuple(map(self._row, self._lines["also_due"])),
            "interest": tuple(self._segment_rows()) if self.shows_interest else (),
        }
        return {kind: Table(kind, found) for kind, found in rows.items() if found}

    def _row(self, line):
        return Row(
            number=self._number(line),
            origin=self._origin(line),
            date=typo.short_date(line.invoice_date),
            due_date=typo.short_date(line.date_maturity),
            total=self.money(line.amount_total),
            paid=self.money(line.amount_total - line.residual),
            residual=self.money(line.residual),
        )

    def _origin(self, line):
        if self.notice.letter == "L5p":
            return self.reference_of(line)
        return line.move_id.ref or line.move_id.invoice_origin or ""

    def _number(self, line):
        """Number of the invoice, and rank of the instalment when it has several."""
        number, rank = line.number or "", line.rank or 0
        if rank < 2 and self._numbers.count(number) < 2:
            return number
        return f"{number} ({self.say('éch.', 'inst.')}{typo.NBSP}{max(rank, 1)})"

    @cached_property
    def _numbers(self):
        return [line.number or "" for line in self.notice.line_ids]

    @cached_property
    def _segments(self):
        """(line, segment) of the statements of interest."""
        return [
            (line, segment)
            for line in self._lines["claimed"]
            for segment in line.segments or ()
        ]

    def _segment_rows(self):
        for line, segment in self._segments:
            yield SegmentRow(
                number=self._number(line),
                start=typo.short_date(date.fromisoformat(segment["start"])),
                end=typo.short_date(date.fromisoformat(segment["end"])),
                days=segment["days"],
                base=self.money(float(segment["base"])),
                percent=self.percent(float(segment["percent"])),
                interest=self.money(float(segment["interest"])),
            )

    @cached_property
    def inline(self):
        """Tables of the letter itself, by kind; the others are in its annex."""
        room = FORMAL_ROOM if self.formal else INLINE_ROOM
        if self.deductions:
            room -= len(self.deductions)
        if self.about_plan:
            room -= len(self.instalments)
        return {table.kind: table for table in inline(self.tables.values(), room)}

    @cached_property
    def annex(self):
        """Pages of the annex: lists of tables."""
        return paginate(
            [table for kind, table in self.tables.items() if kind not in self.inline]
        )

    @property
    def where(self):
        """Where the claimed invoices are listed."""
        if "claimed" in self.inline:
            return self.say("ci-dessous", "below")
        if self.several:
            return self.say("dont la liste est en annexe", "listed in the annex")
        return self.say("dont le détail est en annexe", "detailed in the annex")
