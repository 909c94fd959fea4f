"""What is left of a statement once days were charged."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.charged import Charge, left
from law.interest import Claim, Payment, statement

DUE = date(2026, 8, 31)
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))
OCTOBER_END = date(2026, 10, 31)


def drawn(rates, as_of, principal=10000, **facts):
    return statement(
        Claim(Decimal(principal), DUE, "professional", **facts), rates, as_of
    )


def charge(start, end, amount):
    return Charge(start, end, Decimal(amount))


def test_nothing_charged_leaves_everything(rates):
    figures = drawn(rates, OCTOBER_END)
    rest = left(figures, [], OCTOBER_END)
    assert rest.interest == figures.interest_due == Decimal("207.23")
    assert rest.periods == (figures.segments,)
    assert rest.taken == 0


def test_a_charged_month_is_cut_out_to_the_cent(rates):
    figures = drawn(rates, OCTOBER_END)
    rest = left(figures, [charge(*SEPTEMBER, "101.92")], OCTOBER_END)
    [[line]] = rest.periods
    assert (line.start, line.days) == (date(2026, 10, 1), 31)
    assert rest.interest == line.interest == Decimal("105.32")


def test_days_on_both_sides_of_a_charge_are_two_periods(rates):
    figures = drawn(rates, OCTOBER_END)
    middle = charge(date(2026, 9, 11), date(2026, 9, 20), "33.97")
    rest = left(figures, [middle], OCTOBER_END)
    days = [(p[0].start.day, p[-1].end.day) for p in rest.periods]
    assert days == [(1, 10), (21, 31)]


def test_all_days_charged_leave_nothing(rates):
    figures = drawn(rates, OCTOBER_END)
    rest = left(figures, [charge(SEPTEMBER[0], OCTOBER_END, "1.00")], OCTOBER_END)
    assert rest.interest == 0
    assert rest.periods == ()


def test_a_charge_that_was_too_high_is_taken_from_the_next_days(rates):
    paid = (Payment(DUE, Decimal(5000)),)
    figures = drawn(rates, OCTOBER_END, payments=paid)
    rest = left(figures, [charge(*SEPTEMBER, "101.92")], OCTOBER_END)
    assert rest.interest == Decimal("1.70")
    assert rest.taken == Decimal("50.96")


def test_a_charge_that_was_too_high_never_makes_interest_negative(rates):
    figures = drawn(rates, OCTOBER_END, principal=100)
    rest = left(figures, [charge(*SEPTEMBER, "101.92")], OCTOBER_END)
    assert rest.interest == 0


def test_a_day_within_the_charged_period_owes_nothing(rates):
    day = date(2026, 9, 15)
    rest = left(drawn(rates, day), [charge(*SEPTEMBER, "101.92")], day)
    assert rest.interest == 0


def test_interest_that_a_payment_took_is_not_claimed_again(rates):
    """Interest first: 101.92 paid on 30 September, before anything was charged."""
    facts = {
        "payments": (Payment(SEPTEMBER[1], Decimal("101.92")),),
        "imputation": "interest_first",
    }
    rest = left(drawn(rates, OCTOBER_END, **facts), [], OCTOBER_END)
    assert rest.interest == Decimal("105.32")
    assert rest.taken == Decimal("101.92")


@pytest.mark.parametrize("amount", ["33.97", "0"])
def test_waived_or_claimed_days_never_come_back(rates, amount):
    first = charge(date(2026, 9, 1), date(2026, 9, 10), amount)
    rest = left(drawn(rates, OCTOBER_END), [first], OCTOBER_END)
    assert rest.periods[0][0].start == date(2026, 9, 11)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=5, unique=True))
def test_claimed_bit_by_bit_everything_is_claimed_once(rates, ends):
    """Charging up to one day after the other leaves nothing, and no day is twice."""
    charges, days = [], 0
    for end in sorted(ends):
        as_of = DUE + timedelta(days=end)
        rest = left(drawn(rates, as_of), charges, as_of)
        [period] = rest.periods
        days += sum(line.days for line in period)
        charges.append(Charge(period[0].start, period[-1].end, rest.interest))
        assert left(drawn(rates, as_of), charges, as_of).interest == 0
    assert days == max(ends)
