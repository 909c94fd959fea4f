"""Statutory rates, one value per half-year (taux semestriels).

The legislator fixes them, so they are data: a half-year without a row raises
:class:`MissingRate`; nothing is ever extrapolated.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from os import PathLike
from typing import Any, NamedTuple

ECB_REFI = "ecb_refi"
"""BCE, opérations principales de refinancement, on 1 January or 1 July (L441-10 II)."""
LEGAL_OTHER = "legal_other"
"""Taux de l'intérêt légal, « autres cas »: the creditor is a business (CMF L313-2)."""
LEGAL_INDIVIDUAL = "legal_individual"
"""Taux de l'intérêt légal, creditor acting for no professional need (CMF L313-2)."""

_LABELS = {
    ECB_REFI: "taux BCE",
    LEGAL_OTHER: "taux légal (autres cas)",
    LEGAL_INDIVIDUAL: "taux légal (créancier particulier)",
}
KINDS = tuple(_LABELS)


def semester_start(on: date) -> date:
    """First day of the half-year that holds `on`."""
    return date(on.year, 1 if on.month < 7 else 7, 1)


def semester_end(on: date) -> date:
    """Last day of the half-year that holds `on`."""
    return date(on.year, 6, 30) if on.month < 7 else date(on.year, 12, 31)


def semester_label(on: date) -> str:
    """The half-year in words: « 1er semestre 2027 »."""
    return f"{'1er' if on.month < 7 else '2e'} semestre {on.year}"


class MissingRate(LookupError):
    """No rate is known for this half-year: enter it, never guess it.

    `kind` is the kind of rate, `semester_start` the first day of the half-year.
    """

    def __init__(self, kind: str, on: date) -> None:
        self.kind = kind
        self.semester_start = semester_start(on)
        super().__init__(f"{_LABELS[kind]} du {semester_label(on)} absent")

    def __reduce__(self) -> tuple[type[MissingRate], tuple[str, date]]:
        return type(self), (self.kind, self.semester_start)


class Rate(NamedTuple):
    """One row: `percent` a year (2.40 means 2,40 %), from `date_from` for 6 months."""

    kind: str
    date_from: date
    percent: Decimal
    reference: str = ""


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates known today.

    Built from rows `(kind, date_from, percent, reference, …)`; the reference is
    optional and what follows it is ignored. Raises ValueError on an unknown kind,
    a date that opens no half-year, a percent that is no decimal, or two rows for
    one half-year.
    """

    rows: Iterable[Any]
    _index: dict[tuple[str, int], Rate] = field(
        init=False, repr=False, compare=False, hash=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        rows = tuple(_rate(*row[:4]) for row in self.rows)
        object.__setattr__(self, "rows", rows)
        for row in rows:
            key = _key(row.kind, row.date_from)
            if key in self._index:
                label = semester_label(row.date_from)
                raise ValueError(f"two rates {row.kind} for the {label}")
            self._index[key] = row

    @classmethod
    def from_csv(cls, path: str | PathLike[str]) -> RateTable:
        """Read the columns date_from, kind, percent and reference of a CSV file."""
        with open(path, encoding="utf-8", newline="") as lines:
            return cls(
                (row["kind"], row["date_from"], row["percent"], row["reference"])
                for row in csv.DictReader(lines)
            )

    def percent(self, kind: str, on: date) -> Decimal:
        """Percent a year in the half-year that holds `on`; raises MissingRate."""
        return self._find(kind, on).percent

    def source(self, kind: str, on: date) -> str:
        """The text that fixes this rate (arrêté, BCE decision); raises MissingRate."""
        return self._find(kind, on).reference

    def _find(self, kind: str, on: date) -> Rate:
        row = self._index.get(_key(kind, on))
        if row is None:
            _check_kind(kind)
            raise MissingRate(kind, on)
        return row


def _key(kind: str, on: date) -> tuple[str, int]:
    return kind, on.year * 2 + (on.month > 6)


def _check_kind(kind: str) -> None:
    if kind not in _LABELS:
        raise ValueError(f"unknown kind of rate {kind!r}, expected one of {KINDS}")


def _rate(
    kind: str, date_from: date | str, percent: Decimal | str, reference: str = ""
) -> Rate:
    _check_kind(kind)
    start = date.fromisoformat(date_from) if isinstance(date_from, str) else date_from
    if isinstance(start, datetime) or start != semester_start(start):
        raise ValueError(f"a rate starts on 1 January or 1 July, not on {date_from}")
    return Rate(kind, start, _percent(percent), reference or "")


def _percent(value: Decimal | str) -> Decimal:
    if isinstance(value, float):
        raise ValueError(f"percent {value} is a float, expected a Decimal")
    try:
        percent = Decimal(value)
    except (InvalidOperation, TypeError) as error:
        raise ValueError(f"percent {value!r} is not a decimal number") from error
    if not percent.is_finite():
        raise ValueError(f"percent {value!r} is not a finite number")
    return percent
