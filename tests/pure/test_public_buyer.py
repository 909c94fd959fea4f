"""Delay of a public buyer: a table counted by hand, and properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.public_buyer import legal_due_date, reopened_delay

RECEIPT = date(2026, 5, 20)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
DELAYS = st.sampled_from([30, 50, 60])
SPANS = st.integers(0, 200)

# receipt, delay, interruption, supply, last day in time
CASES = [
    # LAW.md example 25: received on 20/05/2026, 30 days
    (RECEIPT, 30, None, None, date(2026, 6, 19)),
    (RECEIPT, 50, None, None, date(2026, 7, 9)),
    (RECEIPT, 60, None, None, date(2026, 7, 19)),
    # 10 of 30 days are gone, 20 are left: a new delay of 30 days opens
    (RECEIPT, 30, date(2026, 5, 30), date(2026, 6, 15), date(2026, 7, 15)),
    # interrupted at once: 30 days are left, no more than the new delay
    (RECEIPT, 30, RECEIPT, date(2026, 6, 1), date(2026, 7, 1)),
    # 10 of 60 days are gone: the 50 that are left are longer than 30
    (RECEIPT, 60, date(2026, 5, 30), date(2026, 6, 15), date(2026, 8, 4)),
    # 20 of 50 days are gone: 30 are left
    (RECEIPT, 50, date(2026, 6, 9), date(2026, 6, 9), date(2026, 7, 9)),
    # 40 of 50 days are gone: 10 are left, 30 open
    (RECEIPT, 50, date(2026, 6, 29), date(2026, 7, 1), date(2026, 7, 31)),
    # interrupted after the delay was over
    (RECEIPT, 30, date(2026, 7, 1), date(2026, 7, 10), date(2026, 8, 9)),
]


@pytest.mark.parametrize(("receipt", "delay", "stop", "supply", "due"), CASES)
def test_published_and_counted_by_hand(receipt, delay, stop, supply, due):
    assert legal_due_date(receipt, delay, stop, supply) == due


def test_nothing_is_due_while_documents_are_missing():
    assert legal_due_date(RECEIPT, 30, date(2026, 5, 30)) is None


def test_the_new_delay_is_data():
    stop, supply = date(2026, 5, 30), date(2026, 6, 15)
    assert legal_due_date(RECEIPT, 30, stop, supply, 21) == date(2026, 7, 6)


@pytest.mark.parametrize(
    ("stop", "supply"),
    [
        (RECEIPT - timedelta(days=1), None),
        (date(2026, 6, 1), date(2026, 5, 31)),
        (None, date(2026, 6, 1)),
    ],
)
def test_dates_out_of_order_are_refused(stop, supply):
    with pytest.raises(ValueError, match="before|without"):
        legal_due_date(RECEIPT, 30, stop, supply)


def test_a_negative_delay_is_refused():
    with pytest.raises(ValueError, match="negative"):
        legal_due_date(RECEIPT, -1)


@given(DAYS, DELAYS, SPANS, SPANS)
def test_an_interruption_never_shortens_the_delay(receipt, delay, before, missing):
    stop = receipt + timedelta(days=before)
    supply = stop + timedelta(days=missing)
    due = legal_due_date(receipt, delay, stop, supply)
    assert due >= legal_due_date(receipt, delay)
    assert due >= supply + timedelta(days=30)


@given(DAYS, DELAYS, SPANS, SPANS)
def test_later_documents_move_the_due_date_by_as_many_days(
    receipt, delay, before, later
):
    stop = receipt + timedelta(days=before)
    at_once = legal_due_date(receipt, delay, stop, stop)
    moved = legal_due_date(receipt, delay, stop, stop + timedelta(days=later))
    assert (moved - at_once).days == later
    assert (at_once - stop).days == reopened_delay(receipt, delay, stop)
