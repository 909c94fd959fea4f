from datetime import date
from decimal import Decimal

import pytest

from law.schedule import instalments

FIRST = date(2026, 1, 31)


def amounts(*args, **options):
    return [str(line.amount) for line in instalments(*args, **options)]


def test_the_last_instalment_bears_the_rounding():
    assert amounts(Decimal(1000), 3, "monthly", FIRST) == ["333.33", "333.33", "333.34"]


def test_months_count_from_the_first_day():
    days = [line.date for line in instalments(Decimal(4), 4, "monthly", FIRST)]
    assert days == [FIRST, date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_weeks_are_seven_days():
    days = [line.date for line in instalments(Decimal(2), 2, "weekly", FIRST)]
    assert days == [FIRST, date(2026, 2, 7)]


def test_down_payment_comes_first_and_lowers_the_others():
    plan = instalments(
        Decimal(1000), 2, "monthly", FIRST, Decimal("200.01"), date(2026, 1, 15)
    )
    assert [str(line.amount) for line in plan] == ["200.01", "399.99", "400.00"]
    assert plan[0].date == date(2026, 1, 15)


def test_sum_is_the_total_to_the_cent():
    for count in range(1, 60):
        plan = instalments(Decimal("997.97"), count, "weekly", FIRST)
        assert sum(line.amount for line in plan) == Decimal("997.97")
        assert len(plan) == count


def test_currency_without_cents():
    plan = amounts(Decimal(1000), 3, "monthly", FIRST, cent=Decimal(1))
    assert plan == ["333", "333", "334"]


@pytest.mark.parametrize(
    ("total", "count", "options"),
    [
        (Decimal(0), 1, {}),
        (Decimal(10), 0, {}),
        (Decimal("0.02"), 3, {}),
        (Decimal(10), 1, {"down_payment": Decimal(10), "down_date": FIRST}),
        (Decimal(10), 1, {"down_payment": Decimal(1)}),
        (Decimal(10), 1, {"down_payment": Decimal(1), "down_date": date(2026, 2, 1)}),
    ],
)
def test_what_cannot_be_spread_is_refused(total, count, options):
    with pytest.raises(ValueError):
        instalments(total, count, "monthly", FIRST, **options)


def test_unknown_frequency_is_refused():
    with pytest.raises(ValueError):
        instalments(Decimal(10), 1, "yearly", FIRST)
