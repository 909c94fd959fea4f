"""Law of limitation, with figures added by hand."""

from datetime import date

import pytest

from law.limitation import Event, limitation_date

DUE = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("kind", "start", "last"),
    [
        ("commercial", DUE, date(2029, 3, 31)),
        ("consumer", DUE, date(2026, 3, 31)),
        ("transport", DUE, date(2025, 3, 31)),
        ("title", DUE, date(2034, 3, 31)),
        # From 1 January 2025, four years: the last day is a 31 December.
        ("public", DUE, date(2028, 12, 31)),
        ("public", date(2024, 1, 1), date(2028, 12, 31)),
        ("public", date(2024, 12, 31), date(2028, 12, 31)),
        # 29 February: the last day of the month (CPC 641 reads so too).
        ("consumer", date(2024, 2, 29), date(2026, 2, 28)),
        ("commercial", date(2024, 2, 29), date(2029, 2, 28)),
    ],
)
def test_period_of_each_kind(kind, start, last):
    assert limitation_date(kind, start) == last


@pytest.mark.parametrize(
    "event", ["interruption", "recognition", "claim", "enforcement", "declaration"]
)
def test_an_interruption_opens_a_whole_new_period(event):
    events = (Event(date(2025, 6, 10), event),)
    assert limitation_date("commercial", DUE, events) == date(2030, 6, 10)
    assert limitation_date("consumer", DUE, events) == date(2027, 6, 10)
    assert limitation_date("public", DUE, events) == date(2029, 12, 31)


def test_proceedings_hold_the_period_until_they_end():
    """C. civ. 2242."""
    events = (Event(date(2025, 6, 10), "claim", end=date(2026, 2, 1)),)
    assert limitation_date("commercial", DUE, events) == date(2031, 2, 1)


def test_a_formal_notice_interrupts_nothing_but_against_a_public_body():
    """Cass. com. 18/05/2022, n° 20-23.204; loi n° 68-1250, art. 2."""
    events = (Event(date(2025, 6, 10), "formal_notice"),)
    assert limitation_date("commercial", DUE, events) == date(2029, 3, 31)
    assert limitation_date("consumer", DUE, events) == date(2026, 3, 31)
    assert limitation_date("public", DUE, events) == date(2029, 12, 31)


def test_a_suspension_adds_its_own_length():
    """C. civ. 2230, 2238: 1 June to 31 August 2025 are 91 days."""
    events = (Event(date(2025, 6, 1), "suspension", end=date(2025, 8, 31)),)
    assert limitation_date("commercial", DUE, events) == date(2029, 6, 30)


def test_six_months_at_least_remain_after_a_suspension():
    """C. civ. 2238 al. 3: ten days were left."""
    events = (Event(date(2026, 3, 21), "mediation", end=date(2026, 4, 30)),)
    assert limitation_date("consumer", DUE, events) == date(2026, 10, 30)


def test_the_last_day_still_counts_and_the_next_is_too_late():
    late = limitation_date("consumer", DUE, (Event(date(2026, 4, 1), "recognition"),))
    assert late == date(2026, 3, 31)
    just = limitation_date("consumer", DUE, (Event(date(2026, 3, 31), "recognition"),))
    assert just == date(2028, 3, 31)


def test_events_count_in_the_order_of_their_days():
    first, second = Event(date(2026, 1, 5)), Event(date(2027, 12, 20))
    expected = date(2029, 12, 20)
    assert limitation_date("consumer", DUE, (first, second)) == expected
    assert limitation_date("consumer", DUE, (second, first)) == expected
    # Alone, the second one comes too late.
    assert limitation_date("consumer", DUE, (second,)) == date(2026, 3, 31)


def test_after_twenty_years_only_a_judge_helps():
    """C. civ. 2232."""
    start = date(2000, 1, 10)
    years = range(2004, 2020, 4)
    events = tuple(Event(date(year, 1, 10), "recognition") for year in years)
    assert limitation_date("commercial", start, events) == date(2020, 1, 10)
    claim = Event(date(2019, 5, 2), "claim")
    assert limitation_date("commercial", start, (*events, claim)) == date(2024, 5, 2)


def test_a_title_started_anew_by_enforcement():
    events = (Event(date(2030, 9, 1), "enforcement"),)
    assert limitation_date("title", DUE, events) == date(2040, 9, 1)


@pytest.mark.parametrize(
    "bad",
    [
        lambda: limitation_date("rent", DUE),
        lambda: Event(DUE, "phone call"),
        lambda: Event(DUE, "suspension"),
        lambda: Event(DUE, "claim", end=date(2024, 3, 30)),
    ],
)
def test_what_makes_no_sense_is_refused(bad):
    with pytest.raises(ValueError):
        bad()
