"""Public holidays of C. trav. L3133-1."""

from datetime import date, timedelta

import pytest

from law.calendar import is_public_holiday, public_holidays

YEARS = {
    2026: "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25",
    2027: "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25",
    # Ascension falls on 1 May.
    2008: "01-01 03-24 05-01 05-08 05-12 07-14 08-15 11-01 11-11 12-25",
    2024: "01-01 04-01 05-01 05-08 05-09 05-20 07-14 08-15 11-01 11-11 12-25",
}


@pytest.mark.parametrize("year", YEARS)
def test_holidays_of_the_year(year):
    days = {date.fromisoformat(f"{year}-{day}") for day in YEARS[year].split()}
    assert public_holidays(year) == days


def test_eleven_holidays_unless_two_fall_together():
    for year in range(2000, 2100):
        assert len(public_holidays(year)) in (10, 11)


@pytest.mark.parametrize("year", range(2020, 2040))
def test_movable_holidays_fall_on_their_day_of_the_week(year):
    spring = [
        day
        for day in sorted(public_holidays(year))
        if (day.month, day.day) not in ((5, 1), (5, 8)) and 3 <= day.month <= 6
    ]
    assert {day.weekday() for day in spring} <= {0, 3}


@pytest.mark.parametrize("day", ["2026-05-14", "2026-11-11", "2026-04-06"])
def test_the_day_after_a_lone_holiday_is_none(day):
    holiday = date.fromisoformat(day)
    assert is_public_holiday(holiday)
    assert not is_public_holiday(holiday + timedelta(days=1))


def test_good_friday_and_boxing_day_are_holidays_in_alsace_only():
    assert not is_public_holiday(date(2026, 4, 3))
    assert not is_public_holiday(date(2026, 12, 26))
