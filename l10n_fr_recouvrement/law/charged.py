"""What is left to claim of a statement once days were charged (pénalités facturées).

A charged day is never charged again. Lines of the statement are cut at the borders of
the charged periods, each part rounded half-up to the cent, so that what is charged
period after period is what is left, to the cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .claim import ZERO
from .interest import Segment, Statement, interest_of
from .regime import ONE_DAY

__all__ = ["Charge", "Left", "left"]


@dataclass(frozen=True, slots=True)
class Charge:
    """Interest of the days `start` to `end`, both included, claimed or waived."""

    start: date
    end: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Left:
    """What no charge covers.

    - `periods`: runs of uncharged days, each the lines of its statement;
    - `interest`: still due for them, after what payments and earlier charges took
      beyond their own days; never more than the sum of the lines.
    """

    periods: tuple[tuple[Segment, ...], ...]
    interest: Decimal

    @property
    def taken(self) -> Decimal:
        """Part of the lines that is not due: paid, or charged too high before."""
        lines = [line for period in self.periods for line in period]
        return sum((line.interest for line in lines), ZERO) - self.interest


def left(figures: Statement, charges: Sequence[Charge], as_of: date) -> Left:
    """Split a statement drawn on `as_of` by the charges of the same debt."""
    charges = sorted(charges, key=lambda charge: charge.start)
    free: list[Segment] = []
    charged = ZERO
    for segment in figures.segments:
        for part, is_free in _cut(segment, charges):
            if is_free:
                free.append(part)
            else:
                charged += part.interest
    open_interest = sum((line.interest for line in free), ZERO)
    paid = figures.interest_accrued - figures.interest_due
    billed = sum((_until(charge, figures, as_of) for charge in charges), ZERO)
    due = min(open_interest, open_interest + charged - paid - billed)
    return Left(_runs(free, charges), max(due, ZERO))


def _cut(segment: Segment, charges: Sequence[Charge]) -> list[tuple[Segment, bool]]:
    """Parts of a line, and whether each is free of charges."""
    parts, start = [], segment.start
    for charge in charges:
        if charge.end < start or charge.start > segment.end:
            continue
        if charge.start > start:
            parts.append((_part(segment, start, charge.start - ONE_DAY), True))
            start = charge.start
        end = min(charge.end, segment.end)
        parts.append((_part(segment, start, end), False))
        start = end + ONE_DAY
    if start <= segment.end:
        parts.append((_part(segment, start, segment.end), True))
    return parts


def _part(segment: Segment, start: date, end: date) -> Segment:
    days = (end - start).days + 1
    interest = interest_of(segment.base, segment.percent, days)
    return segment._replace(start=start, end=end, days=days, interest=interest)


def _until(charge: Charge, figures: Statement, as_of: date) -> Decimal:
    """Amount of a charge that belongs to the days up to `as_of`."""
    if charge.end <= as_of:
        return charge.amount
    parts = [part for line in figures.segments for part in _cut(line, [charge])]
    accrued = sum((part.interest for part, is_free in parts if not is_free), ZERO)
    return min(charge.amount, accrued)


def _runs(
    lines: Sequence[Segment], charges: Sequence[Charge]
) -> tuple[tuple[Segment, ...], ...]:
    """Lines grouped between the charges that stand between them."""
    runs: dict[int, list[Segment]] = {}
    for line in lines:
        before = sum(charge.start < line.start for charge in charges)
        runs.setdefault(before, []).append(line)
    return tuple(map(tuple, runs.values()))
