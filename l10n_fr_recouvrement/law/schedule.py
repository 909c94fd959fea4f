"""Dates and amounts of the instalments of a payment plan (échéancier)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

__all__ = ["Instalment", "instalments"]


class Instalment(NamedTuple):
    date: date
    amount: Decimal


def instalments(
    total: Decimal,
    count: int,
    frequency: str,
    first: date,
    down_payment: Decimal = Decimal(0),
    down_date: date | None = None,
    cent: Decimal = Decimal("0.01"),
) -> list[Instalment]:
    """Equal instalments, rounded down; the last one bears the rounding.

    A down payment (acompte) comes first, on `down_date`, beside the `count` others.
    Months count from the first date, so that the 31st stays the last day of a month.
    Raises ValueError where the amounts cannot be spread.
    """
    rest = total - down_payment
    if count < 1 or down_payment < 0 or rest <= 0:
        raise ValueError("nothing to spread")
    if down_payment and (down_date is None or down_date > first):
        raise ValueError("the down payment comes first")
    part = (rest / count).quantize(cent, ROUND_DOWN)
    if part <= 0:
        raise ValueError("instalments of less than a cent")
    amounts = [part] * (count - 1) + [rest - part * (count - 1)]
    plan = [Instalment(down_date, down_payment)] if down_payment else []
    plan += [
        Instalment(first + _after(frequency, rank), amount)
        for rank, amount in enumerate(amounts)
    ]
    return plan


def _after(frequency: str, rank: int) -> relativedelta:
    if frequency == "weekly":
        return relativedelta(weeks=rank)
    if frequency == "monthly":
        return relativedelta(months=rank)
    raise ValueError(f"unknown frequency: {frequency}")
