"""Which rate runs on a claim, and on which days (cours des intérêts de retard).

| debtor | statutory | others |
|---|---|---|
| professional | ECB + 10, fixed anew each half-year (C. com. L441-10 II) | as agreed |
| public | ECB + 8 of the half-year of the first day (CCP R2192-31) | as agreed |
| consumer, non-professional | legal rate (C. civ. 1231-6) | as agreed |

Interest runs from the day after the due date without a reminder (L441-10 II; also
at the legal rate: a notice to a professional starts nothing), but for a consumer or
non-professional from the day after the formal notice, whatever the clause says
(C. civ. 1231-5, 1344-1). It stops on the eve of the opening judgment (C. com.
L622-28; its exception for loans of a year or more is not a matter of invoices).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from .claim import Claim
from .rates import (
    ECB_REFI,
    LEGAL_INDIVIDUAL,
    LEGAL_OTHER,
    RateTable,
    semester_end,
)

ONE_DAY = timedelta(days=1)
_SURCHARGE_POINTS = Decimal(5)
_PROFESSIONAL_POINTS = Decimal(10)
_PUBLIC_POINTS = Decimal(8)
_FLOOR_TIMES = 3


@dataclass(frozen=True, slots=True)
class Regime:
    """The rate and the days of one claim; `rates` is read only when asked."""

    claim: Claim
    rates: RateTable
    first: date | None
    stopped: date | None
    surcharge: date | None

    @classmethod
    def of(cls, claim: Claim, rates: RateTable) -> Regime:
        """Read the days in the claim; no rate is needed for that."""
        return cls(claim, rates, first_day(claim), claim.insolvency, _surcharge(claim))

    def bears(self, day: date) -> bool:
        """Does interest run on this day, if something is still due?"""
        if self.first is None or day < self.first:
            return False
        return self.stopped is None or day < self.stopped

    def percent(self, day: date) -> Decimal:
        """Percent a year on a day that bears interest; raises MissingRate."""
        claim = self.claim
        if claim.rule == "contractual" and claim.percent is not None:
            return claim.percent
        if claim.rule == "floor":
            return self.floor(day)
        if claim.rule == "statutory" and not claim.needs_notice:
            return self._commercial(day)
        return self._legal(day)

    def floor(self, day: date) -> Decimal:
        """3 × the legal rate, the least a contract may set (C. com. L441-10 II)."""
        return self.rates.percent(legal_kind(self.claim), day) * _FLOOR_TIMES

    def public_percent(self) -> Decimal:
        """ECB + 8 of the half-year in which interest began (CCP R2192-31)."""
        began = self.claim.due_date + ONE_DAY
        return self.rates.percent(ECB_REFI, began) + _PUBLIC_POINTS

    def periods(self, start: date, end: date) -> Iterator[tuple[date, date]]:
        """Cut into days of one rate: half-years, and the day the 5 points begin."""
        while start <= end:
            stop = min(end, semester_end(start))
            if self.surcharge is not None and start < self.surcharge <= stop:
                stop = self.surcharge - ONE_DAY
            yield start, stop
            start = stop + ONE_DAY

    def _commercial(self, day: date) -> Decimal:
        if self.claim.debtor == "public":
            return self.public_percent()
        return self.rates.percent(ECB_REFI, day) + _PROFESSIONAL_POINTS

    def _legal(self, day: date) -> Decimal:
        percent = self.rates.percent(legal_kind(self.claim), day)
        if self.surcharge is not None and day >= self.surcharge:
            percent += _SURCHARGE_POINTS
        return percent


def first_day(claim: Claim) -> date | None:
    """First day that bears interest; None when none ever does."""
    if claim.rule == "none":
        return None
    if not claim.needs_notice:
        return claim.due_date + ONE_DAY
    if claim.formal_notice is None:
        return None
    return max(claim.due_date, claim.formal_notice) + ONE_DAY


def runs_at_legal_rate(claim: Claim) -> bool:
    """True where the bare legal rate runs: there alone do the 5 points apply."""
    if claim.rule == "legal":
        return True
    return claim.rule == "statutory" and claim.needs_notice


def capitalisation_days(claim: Claim, until: date) -> Iterator[date]:
    """Days at whose end the interest due joins the base (C. civ. 1343-2).

    Each anniversary of the request or clause, or of the eve of the first day of
    interest when that is later: only a whole year of interest bears interest.
    """
    first = first_day(claim)
    if claim.capitalisation is None or first is None:
        return
    origin = max(claim.capitalisation, first - ONE_DAY)
    years = 1
    while (day := origin + relativedelta(years=years)) <= until:
        yield day
        years += 1


def _surcharge(claim: Claim) -> date | None:
    """First day of the 5 points: two months after the decision (CMF L313-3).

    The delay ends with the day of the same number, so they run from the next one.
    """
    if claim.enforceable is None or not runs_at_legal_rate(claim):
        return None
    return claim.enforceable + relativedelta(months=2) + ONE_DAY


def legal_kind(claim: Claim) -> str:
    """The column depends on the creditor, never on the debtor (CMF L313-2)."""
    return LEGAL_INDIVIDUAL if claim.creditor_individual else LEGAL_OTHER
