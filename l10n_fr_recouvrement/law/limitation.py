"""Until when one can act on a debt (prescription extinctive).

| kind | period | reference |
|---|---|---|
| commercial | 5 years | C. com. L110-4 I; C. civ. 2224 |
| consumer | 2 years | C. conso. L218-2 |
| transport | 1 year | C. com. L133-6 |
| public | 4 years from the next 1 January | loi n° 68-1250 du 31/12/1968, art. 1 |
| title | 10 years | CPCE L111-4 |

The first day does not count and the last one does, to its end (C. civ. 2228, 2229). A
debt with a term is barred from its due date on (C. civ. 2233, 3°), each instalment from
its own. Saturdays and holidays extend nothing here: the earlier day is the safe one.

An interruption opens a whole new period (C. civ. 2231): recognition by the debtor
(2240), claim in court (2241, an order for payment from its service only), enforcement
(2244), declaration in insolvency (C. com. L622-25-1). A suspension, as a mediation (C.
civ. 2238), adds its own length and leaves six months at least. A formal notice changes
nothing (Cass. com. 18/05/2022, n° 20-23.204), but against a public body a written claim
interrupts (loi n° 68-1250, art. 2). Beyond 20 years no recognition, written claim nor
suspension helps (C. civ. 2232).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dateutil.relativedelta import relativedelta

YEARS = {"commercial": 5, "consumer": 2, "transport": 1, "public": 4, "title": 10}
LONG_STOP = relativedelta(years=20)
AFTER_SUSPENSION = relativedelta(months=6)
# Acts before a judge, or of enforcement, escape the long stop (C. civ. 2232 al. 2).
JUDICIAL = ("claim", "enforcement", "declaration")
INTERRUPTIONS = ("interruption", "recognition", *JUDICIAL)
SUSPENSIONS = ("suspension", "mediation")
LETTERS = ("formal_notice", "written_claim")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a limitation period.

    :param kind: one of INTERRUPTIONS, SUSPENSIONS or LETTERS
    :param end: last day of a suspension (today, while it lasts), or of the proceedings
        that an interruption opened: the new period starts there (C. civ. 2242)
    :raises ValueError: unknown kind, suspension without an end, end before the start
    """

    date: date
    kind: str = "interruption"
    end: date | None = None

    def __post_init__(self):
        if self.kind not in (*INTERRUPTIONS, *SUSPENSIONS, *LETTERS):
            raise ValueError(f"unknown event {self.kind!r}")
        if self.kind in SUSPENSIONS and self.end is None:
            raise ValueError("a suspension needs its last day")
        if self.end is not None and self.end < self.date:
            raise ValueError("an event cannot end before it starts")

    def interrupts(self, kind: str) -> bool:
        """Does it open a new period on a claim of this kind?"""
        if self.kind in LETTERS:
            return kind == "public"
        return self.kind in INTERRUPTIONS


def limitation_date(kind: str, start: date, events: Iterable[Event] = ()) -> date:
    """The last day on which one can still act.

    Events count in the order of their days; one that comes too late counts no more,
    and neither do those after it.

    :param kind: a key of YEARS
    :param start: due date; for carriage, the delivery; for a title, its day
    :raises ValueError: unknown kind
    """
    if kind not in YEARS:
        raise ValueError(f"unknown kind of claim {kind!r}")
    last, judicial = _period_end(kind, start), False
    for event in sorted(events, key=lambda event: event.date):
        if event.date > last:
            break
        if event.interrupts(kind):
            judicial = judicial or event.kind in JUDICIAL
            last = max(last, _period_end(kind, event.end or event.date))
        elif event.kind in SUSPENSIONS:
            last = _suspended(last, event)
        if not judicial:
            last = min(last, start + LONG_STOP)
    return last


@lru_cache(4096)
def _period_end(kind: str, start: date) -> date:
    """Last day of a whole period that starts on this day."""
    if kind == "public":
        return date(start.year + YEARS[kind], 12, 31)
    return start + relativedelta(years=YEARS[kind])


def _suspended(last: date, event: Event) -> date:
    longer = last + (event.end - event.date)
    return max(longer, event.end + AFTER_SUSPENSION)
