"""Days on which an agreement suspends interest (échéancier respecté).

Principal is paid first, so that what is suspended changes no base: the lines of the
statement are cut at the borders of the suspended periods, each part rounded half-up to
the cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .claim import ZERO
from .interest import Segment, Statement, interest_of
from .regime import ONE_DAY

__all__ = ["Suspension", "without"]


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days `start` to `end`, both included, that bear no interest; no `end`: as long
    as the agreement is respected.
    """

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


def without(
    figures: Statement, suspensions: Sequence[Suspension], as_of: date
) -> Statement:
    """The statement drawn on `as_of` without the interest of the suspended days."""
    kept = figures.segments
    for suspension in suspensions:
        kept = tuple(part for line in kept for part in _outside(line, suspension))
    accrued = sum((line.interest for line in kept), ZERO)
    paid = figures.interest_accrued - figures.interest_due
    due = max(accrued - paid, ZERO)
    return replace(
        figures,
        segments=kept,
        interest_accrued=accrued,
        interest_due=due,
        total=figures.total - figures.interest_due + due,
        daily_interest=_daily(figures, suspensions, as_of),
    )


def _daily(
    figures: Statement, suspensions: Sequence[Suspension], as_of: date
) -> Decimal | None:
    tomorrow = as_of + ONE_DAY
    if any(suspension.holds(tomorrow) for suspension in suspensions):
        return ZERO
    return figures.daily_interest


def _outside(line: Segment, suspension: Suspension) -> list[Segment]:
    """Parts of a line before and after the suspended days."""
    end = suspension.end or line.end
    if suspension.start > line.end or end < line.start:
        return [line]
    parts = []
    if line.start < suspension.start:
        parts.append(_part(line, line.start, suspension.start - ONE_DAY))
    if end < line.end:
        parts.append(_part(line, end + ONE_DAY, line.end))
    return parts


def _part(line: Segment, start: date, end: date) -> Segment:
    days = (end - start).days + 1
    interest = interest_of(line.base, line.percent, days)
    return line._replace(start=start, end=end, days=days, interest=interest)
