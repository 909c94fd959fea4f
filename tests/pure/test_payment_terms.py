"""Longest payment terms of C. com. L441-10 and L441-11."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from law.payment_terms import Cap, days_of_year, excess, worst_excess

GENERAL = (Cap(60), Cap(45, "days_end_of_month"))
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))

# cap, invoice, latest due date
LATEST = [
    (Cap(60), date(2026, 1, 31), date(2026, 4, 1)),
    (Cap(30), date(2026, 2, 1), date(2026, 3, 3)),
    # 15 February then the end of the month; the end of January + 45 days is later
    (Cap(45, "days_end_of_month"), date(2026, 1, 1), date(2026, 3, 17)),
    # 17 March, then the end of the month: later than 17 March
    (Cap(45, "days_end_of_month"), date(2026, 1, 31), date(2026, 3, 31)),
    (Cap(30, "days_after_month"), date(2026, 2, 10), date(2026, 3, 30)),
]


def end_of_month(day):
    return day + relativedelta(day=31)


@pytest.mark.parametrize(("cap", "invoiced", "latest"), LATEST)
def test_latest_due_date_counted_by_hand(cap, invoiced, latest):
    assert cap.latest(invoiced) == latest


def test_an_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="unknown unit"):
        Cap(30, "weeks")


@given(DAYS)
def test_accepted_terms_are_within_the_law(day):
    delay = timedelta(days=45)
    for due in (
        day,
        day + timedelta(days=60),
        end_of_month(day + delay),
        end_of_month(day) + delay,
        end_of_month(day + timedelta(days=30)),
    ):
        assert excess(day, due, GENERAL) is None


@given(DAYS)
def test_60_days_end_of_month_is_beyond_the_law(day):
    """« 60 jours fin de mois » is illegal unless 60 days end a month."""
    sixty = day + timedelta(days=60)
    found = excess(day, end_of_month(sixty), GENERAL)
    latest = max(cap.latest(day) for cap in GENERAL)
    assert bool(found) == (end_of_month(sixty) > latest)
    if sixty.day < 15:
        assert found


def test_the_worst_day_of_the_year_is_shown():
    days = list(days_of_year(2026))
    assert (len(days), days[0], days[-1]) == (365, date(2026, 1, 1), date(2026, 12, 31))
    worst = worst_excess(
        ((day, end_of_month(day + timedelta(days=60))) for day in days), GENERAL
    )
    # 31 December + 60 days = 1 March, end of the month: 31 March; allowed: 1 March
    assert (worst.invoiced, worst.due, worst.latest) == (
        date(2026, 12, 31),
        date(2027, 3, 31),
        date(2027, 3, 1),
    )


def test_a_lawful_term_has_no_excess_in_a_year():
    days = ((day, day + timedelta(days=60)) for day in days_of_year(2028))
    assert worst_excess(days, GENERAL) is None


@given(DAYS, st.integers(0, 120), st.integers(0, 90))
def test_a_stricter_cap_never_allows_more(day, term, cap):
    due = day + timedelta(days=term)
    if excess(day, due, (Cap(cap + 1),)):
        assert excess(day, due, (Cap(cap),))
