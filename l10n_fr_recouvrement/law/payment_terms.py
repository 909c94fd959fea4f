"""Longest payment terms between professionals (délais de paiement plafonnés)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

UNITS = ("days", "days_end_of_month", "days_after_month")


@dataclass(frozen=True, slots=True)
class Cap:
    """A delay that the law allows from the day of the invoice.

    - `days`: so many days after it;
    - `days_end_of_month`: end of month, by either accepted computation: the days then
      the end of the month, or the end of the month then the days (L441-10 I);
    - `days_after_month`: so many days after the end of its month (L441-11 II 3°).

    Raises ValueError on another unit.
    """

    days: int
    unit: str = "days"

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit {self.unit!r}, expected one of {UNITS}")

    def latest(self, invoiced: date) -> date:
        """Last due date that this delay allows."""
        delay = timedelta(days=self.days)
        after_month = _end_of_month(invoiced) + delay
        if self.unit == "days":
            return invoiced + delay
        if self.unit == "days_after_month":
            return after_month
        return max(_end_of_month(invoiced + delay), after_month)


@dataclass(frozen=True, slots=True)
class Excess:
    """A due date beyond the law: of which invoice, and what would have been allowed."""

    invoiced: date
    due: date
    latest: date


def excess(invoiced: date, due: date, caps: Iterable[Cap]) -> Excess | None:
    """Whether a due date is later than every delay that may be agreed."""
    latest = max(cap.latest(invoiced) for cap in caps)
    return Excess(invoiced, due, latest) if due > latest else None


def worst_excess(
    dates: Iterable[tuple[date, date]], caps: Iterable[Cap]
) -> Excess | None:
    """The (invoice date, due date) that exceeds the law by the most days, the first one
    of equals.
    """
    caps = tuple(caps)
    found = (excess(invoiced, due, caps) for invoiced, due in dates)
    return max(
        filter(None, found),
        key=lambda case: (case.due - case.latest, -case.invoiced.toordinal()),
        default=None,
    )


def days_of_year(year: int) -> Iterable[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return (
        first + timedelta(days=rank)
        for rank in range((date(year + 1, 1, 1) - first).days)
    )


def _end_of_month(day: date) -> date:
    return day + relativedelta(day=31)
