"""One payment, several debts of one debtor (imputation des paiements).

C. civ. 1342-10, when the debtor names no debt: those that are due come first; among
them the dearest (the rate that runs that day: the only interest to pay that figures
show), then the oldest due date; equal debts share pro rata. A debt takes its
principal, with its interest under `interest_first`; only what all debts have left
then pays interest and indemnities, in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal
from itertools import groupby

from .claim import ZERO, Claim, check_day
from .interest import Statement, statement
from .rates import RateTable
from .regime import ONE_DAY, Regime

_CENT = Decimal("0.01")
_Rank = tuple[bool, Decimal, date]


def allocate(
    claims: Sequence[Claim], amount: Decimal, on: date, rates: RateTable
) -> tuple[Decimal, ...]:
    """Share what the debtor paid without saying for what (C. civ. 1342-10).

    See this module for the order. One part per claim, in their order; their sum is
    less than `amount` when it exceeds all that is owed. Raises ValueError on a
    negative amount, MissingRate as `statement` does.
    """
    check_day("on", on)
    if not isinstance(amount, Decimal) or not amount.is_finite() or amount < 0:
        raise ValueError(f"amount must be a positive Decimal, not {amount!r}")
    parts = [ZERO] * len(claims)
    groups = _groups(claims, rates, on)
    for capacities in _calls(claims, rates, on):
        for group in groups:
            amount -= _fill(parts, group, capacities, amount)
    return tuple(parts)


def _calls(
    claims: Sequence[Claim], rates: RateTable, on: date
) -> tuple[list[Decimal], list[Decimal]]:
    """What each debt takes in the first round, and what it still takes after it."""
    owed = [statement(claim, rates, on) for claim in claims]
    first = [_first_call(*pair) for pair in zip(claims, owed, strict=True)]
    second = [one.total - part for one, part in zip(owed, first, strict=True)]
    return first, second


def _first_call(claim: Claim, owed: Statement) -> Decimal:
    if claim.imputation == "interest_first":
        return owed.principal_due + owed.interest_due
    return owed.principal_due


def _groups(claims: Sequence[Claim], rates: RateTable, on: date) -> list[list[int]]:
    """Positions of the claims, those of equal rank together, first to pay first."""
    ranks = [_rank(claim, rates, on) for claim in claims]
    order = sorted(range(len(ranks)), key=ranks.__getitem__)
    return [list(group) for _rank, group in groupby(order, ranks.__getitem__)]  # pylint: disable=bad-builtin-groupby


def _rank(claim: Claim, rates: RateTable, on: date) -> _Rank:
    if claim.due_date > on:
        return True, ZERO, claim.due_date
    regime = Regime.of(claim, rates)
    # a debt due today bears interest tomorrow: rank it at today's rate
    runs = regime.bears(on) or regime.first == on + ONE_DAY
    return False, -regime.percent(on) if runs else ZERO, claim.due_date


def _fill(
    parts: list[Decimal], group: list[int], capacities: list[Decimal], amount: Decimal
) -> Decimal:
    """Add to the parts of one group, pro rata to the cent; return what was used."""
    wanted = sum((capacities[i] for i in group), ZERO)
    used = left = min(amount, wanted)
    for position in group:
        capacity = capacities[position]
        share = left if wanted == capacity else _cents(left * capacity / wanted)
        parts[position] += share
        left -= share
        wanted -= capacity
    return used


def _cents(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_DOWN)
