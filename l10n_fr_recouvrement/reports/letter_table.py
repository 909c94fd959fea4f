"""Tables of a letter: their rows, and their distribution over pages.

An unpatched wkhtmltopdf does not repeat the head of a table on the next page: a long
table is cut here into one table per page.
"""

from dataclasses import dataclass, replace

# In rows of a table:
INLINE_ROOM = 10  # what a letter itself has room for
FORMAL_ROOM = 8  # a formal notice
PAGE_ROOM = 46  # a page of annex
ORIGIN_WIDTH = 34  # characters of an origin on one row
HEAD = 4  # the title and the head of a table


@dataclass(frozen=True)
class Row:
    """One item, as printed."""

    number: str
    origin: str
    date: str
    due_date: str
    total: str
    paid: str
    residual: str

    @property
    def height(self):
        """In rows: the origin stands under the number, on as many as it needs."""
        return 1 + -(-len(self.origin) // ORIGIN_WIDTH)


@dataclass(frozen=True)
class SegmentRow:
    """One line of the statement of interest, as printed."""

    number: str
    start: str
    end: str
    days: int
    base: str
    percent: str
    interest: str
    height = 1


@dataclass(frozen=True)
class Table:
    """Rows of one kind ("claimed", "also_due", "interest"), or their part on a page."""

    kind: str
    rows: tuple
    first: bool = True
    last: bool = True

    @property
    def height(self):
        return HEAD + sum(row.height for row in self.rows)


def inline(tables, room):
    """The tables the letter itself has room for, up to the first that is too high."""
    room += HEAD
    fitting = []
    for table in tables:
        room -= table.height
        if room < 0:
            break
        fitting.append(table)
    return fitting


def paginate(tables, capacity=PAGE_ROOM):
    """Cut tables into pages: a list of lists of tables."""
    pages, room = [], 0
    for table in tables:
        rows, first = table.rows, True
        while rows:
            if room <= HEAD + 2:
                pages.append([])
                room = capacity
            taken, used = _fill(rows, room - HEAD)
            rows = rows[len(taken) :]
            part = replace(table, rows=taken, first=first, last=not rows)
            pages[-1].append(part)
            room, first = room - HEAD - used, False
            if rows:
                room = 0
    return pages


def _fill(rows, room):
    """The first rows that fit, and their height."""
    used = 0
    for count, row in enumerate(rows):
        if used + row.height > room:
            return rows[:count], used
        used += row.height
    return rows, used
