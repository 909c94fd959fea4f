"""Late-payment interest on one claim (décompte des intérêts de retard).

Convention: simple interest, exact days over 365 also in leap years, from the day
after the due date, the last day included; one line per half-year and per change of
base, each rounded half-up to the cent. A payment reduces the base from the day
after it. Rates are read only for days that bear interest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from operator import itemgetter
from typing import NamedTuple

from .cautions import cautions
from .claim import ZERO, Claim, Payment, check_day
from .rates import MissingRate, RateTable
from .regime import ONE_DAY, Regime, capitalisation_days

__all__ = ["Claim", "MissingRate", "Payment", "RateTable", "Segment", "Statement"]
__all__ += ["Imputation", "statement"]

_CENT = Decimal("0.01")
_PERCENT_DAYS = Decimal(36500)


class Segment(NamedTuple):
    """One line of the statement: `base` × `percent` % × `days` / 365 = `interest`.

    `start` and `end` both bear interest; amounts in the currency of the claim.
    """

    start: date
    end: date
    days: int
    base: Decimal
    percent: Decimal
    interest: Decimal


class Imputation(NamedTuple):
    """What one payment was counted on; the rest of `amount` goes to the indemnity."""

    date: date
    amount: Decimal
    principal: Decimal
    interest: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """What is due on the evening of a day (décompte), in the claim's currency.

    - `interest_accrued`: the sum of the lines; `interest_due`: what payments have
      left of it;
    - `indemnity`: the 40 EUR still due (C. com. L441-10 II, D441-5);
    - `total` = principal_due + interest_due + indemnity;
    - `warnings`: French sentences, to print or show;
    - `daily_interest`: interest of the next day; None when its rate is not known
      yet (31 December: next half-year);
    - `imputations`: the payments up to that day, in their order.
    """

    segments: tuple[Segment, ...]
    principal_due: Decimal
    interest_accrued: Decimal
    interest_due: Decimal
    indemnity: Decimal
    total: Decimal
    warnings: tuple[str, ...]
    daily_interest: Decimal | None
    imputations: tuple[Imputation, ...] = field(default=(), compare=False)


def statement(claim: Claim, rates: RateTable, as_of: date) -> Statement:
    """Compute what is due on the evening of `as_of`; later payments are ignored.

    Raises MissingRate when a day that bears interest has no rate.
    """
    check_day("as_of", as_of)
    account = _Account(claim, Regime.of(claim, rates))
    for day, amount in _events(claim, as_of):
        account.accrue_to(day)
        if amount is None:
            account.capitalise()
        else:
            account.pay(day, amount)
    account.accrue_to(as_of)
    return account.close(as_of)


def _events(claim: Claim, as_of: date) -> list[tuple[date, Decimal | None]]:
    """Payments, and capitalisations (amount None), in the order of their days."""
    events: list[tuple[date, Decimal | None]] = [
        (payment.date, payment.amount)
        for payment in claim.payments
        if payment.date <= as_of and payment.amount
    ]
    if claim.capitalisation is not None:
        events += [(day, None) for day in capitalisation_days(claim, as_of)]
    events.sort(key=itemgetter(0))
    return events


class _Account:
    """The running account of one claim, moved forward day by day, never back."""

    __slots__ = (
        "capitalised",
        "claim",
        "imputations",
        "interest",
        "next_day",
        "principal",
        "regime",
        "segments",
        "surplus",
    )

    def __init__(self, claim: Claim, regime: Regime) -> None:
        self.claim = claim
        self.regime = regime
        self.principal = max(claim.principal - claim.credit_notes, ZERO)
        self.interest = self.capitalised = self.surplus = ZERO
        self.segments: list[Segment] = []
        self.imputations: list[Imputation] = []
        self.next_day = regime.first

    def accrue_to(self, day: date) -> None:
        """Add the interest of the days up to `day` included."""
        start, stopped = self.next_day, self.regime.stopped
        end = day if stopped is None else min(day, stopped - ONE_DAY)
        if start is None or end < start:
            return
        self.next_day = end + ONE_DAY
        if not self.principal:
            return
        for first, last in self.regime.periods(start, end):
            self._add_segment(first, last)

    def _add_segment(self, first: date, last: date) -> None:
        base = self.principal + self.capitalised
        percent = self.regime.percent(first)
        days = (last - first).days + 1
        interest = interest_of(base, percent, days)
        self.segments.append(Segment(first, last, days, base, percent, interest))
        self.interest += interest

    def capitalise(self) -> None:
        """All interest due becomes base: it is due for a year (C. civ. 1343-2)."""
        self.capitalised = self.interest

    def pay(self, day: date, amount: Decimal) -> None:
        """Impute a payment (C. civ. 1343-1); what exceeds both is the surplus."""
        principal, interest = self.principal, self.interest
        if self.claim.imputation == "interest_first":
            rest = self._pay_principal(self._pay_interest(amount))
        else:
            rest = self._pay_interest(self._pay_principal(amount))
        self.surplus += rest
        self.imputations.append(
            Imputation(
                day, amount, principal - self.principal, interest - self.interest
            )
        )

    def _pay_principal(self, amount: Decimal) -> Decimal:
        paid = min(amount, self.principal)
        self.principal -= paid
        return amount - paid

    def _pay_interest(self, amount: Decimal) -> Decimal:
        """Interest that is not capitalised yet is paid before the capitalised."""
        paid = min(amount, self.interest)
        self.interest -= paid
        self.capitalised = min(self.capitalised, self.interest)
        return amount - paid

    def close(self, as_of: date) -> Statement:
        """Draw the statement on the evening of `as_of`."""
        owed = _indemnity(self.claim, as_of)
        indemnity = max(owed - self.surplus, ZERO)
        overpaid = max(self.surplus - owed, ZERO)
        return Statement(
            segments=tuple(self.segments),
            principal_due=self.principal,
            interest_accrued=sum((line.interest for line in self.segments), ZERO),
            interest_due=self.interest,
            indemnity=indemnity,
            total=self.principal + self.interest + indemnity,
            warnings=cautions(self.regime, self.segments, as_of, overpaid),
            daily_interest=self._daily(as_of + ONE_DAY),
            imputations=tuple(self.imputations),
        )

    def _daily(self, day: date) -> Decimal | None:
        if not self.principal or not self.regime.bears(day):
            return ZERO
        try:
            percent = self.regime.percent(day)
        except MissingRate:
            return None
        return interest_of(self.principal + self.capitalised, percent, 1)


def _indemnity(claim: Claim, as_of: date) -> Decimal:
    """The fixed indemnity of an invoice that is, or was, paid late.

    Owed by professionals (C. com. L441-10 II, D441-5) and public buyers (CCP
    D2192-35); not when an opening judgment forbade payment on the due date.
    """
    if claim.needs_notice or as_of <= claim.due_date:
        return ZERO
    if claim.insolvency is not None and claim.due_date >= claim.insolvency:
        return ZERO
    in_time = [pay.amount for pay in claim.payments if pay.date <= claim.due_date]
    late = claim.principal - claim.credit_notes - sum(in_time, ZERO)
    return claim.fixed_indemnity if late > 0 else ZERO


def interest_of(base: Decimal, percent: Decimal, days: int) -> Decimal:
    """Interest of a number of days at one rate, rounded half-up to the cent."""
    return (base * percent * days / _PERCENT_DAYS).quantize(_CENT, ROUND_HALF_UP)
