"""One rate per half-year, never extrapolated."""

import copy
import pickle
from dataclasses import FrozenInstanceError
from datetime import date, datetime
from decimal import Decimal

import pytest

from law.rates import (
    ECB_REFI,
    LEGAL_INDIVIDUAL,
    LEGAL_OTHER,
    MissingRate,
    RateTable,
    semester_end,
    semester_label,
    semester_start,
)

# LAW.md §2.1 and §2.3: half-year, ECB, legal others, legal individual
PUBLISHED = [
    ("2014-01-01", "0.25", "0.04", "0.04"),
    ("2014-07-01", "0.15", "0.04", "0.04"),
    ("2015-01-01", "0.05", "0.93", "4.06"),
    ("2015-07-01", "0.05", "0.99", "4.29"),
    ("2016-01-01", "0.05", "1.01", "4.54"),
    ("2016-07-01", "0.00", "0.93", "4.35"),
    ("2017-01-01", "0.00", "0.90", "4.16"),
    ("2017-07-01", "0.00", "0.90", "3.94"),
    ("2018-01-01", "0.00", "0.89", "3.73"),
    ("2018-07-01", "0.00", "0.88", "3.60"),
    ("2019-01-01", "0.00", "0.86", "3.40"),
    ("2019-07-01", "0.00", "0.87", "3.26"),
    ("2020-01-01", "0.00", "0.87", "3.15"),
    ("2020-07-01", "0.00", "0.84", "3.11"),
    ("2021-01-01", "0.00", "0.79", "3.14"),
    ("2021-07-01", "0.00", "0.76", "3.12"),
    ("2022-01-01", "0.00", "0.76", "3.13"),
    ("2022-07-01", "0.00", "0.77", "3.15"),
    ("2023-01-01", "2.50", "2.06", "4.47"),
    ("2023-07-01", "4.00", "4.22", "6.82"),
    ("2024-01-01", "4.50", "5.07", "8.01"),
    ("2024-07-01", "4.25", "4.92", "8.16"),
    ("2025-01-01", "3.15", "3.71", "7.21"),
    ("2025-07-01", "2.15", "2.76", "6.65"),
    ("2026-01-01", "2.15", "2.62", "6.67"),
    ("2026-07-01", "2.40", "2.75", "6.84"),
]


@pytest.mark.parametrize(("start", "ecb", "other", "individual"), PUBLISHED)
def test_shipped_rates_are_the_published_ones(rates, start, ecb, other, individual):
    first = date.fromisoformat(start)
    for on in (first, first.replace(day=28), semester_end(first)):
        assert rates.percent(ECB_REFI, on) == Decimal(ecb)
        assert rates.percent(LEGAL_OTHER, on) == Decimal(other)
        assert rates.percent(LEGAL_INDIVIDUAL, on) == Decimal(individual)


@pytest.mark.parametrize("kind", [ECB_REFI, LEGAL_OTHER, LEGAL_INDIVIDUAL])
def test_shipped_rates_have_no_hole_and_a_source(rates, kind):
    for start, *_percents in PUBLISHED:
        assert rates.source(kind, date.fromisoformat(start))


@pytest.mark.parametrize(
    ("kind", "on", "sentence"),
    [
        (ECB_REFI, date(2027, 1, 1), "taux BCE du 1er semestre 2027 absent"),
        (ECB_REFI, date(2008, 12, 31), "taux BCE du 2e semestre 2008 absent"),
        (
            LEGAL_OTHER,
            date(2027, 7, 14),
            "taux légal (autres cas) du 2e semestre 2027 absent",
        ),
        (
            LEGAL_INDIVIDUAL,
            date(2013, 12, 31),
            "taux légal (créancier particulier) du 2e semestre 2013 absent",
        ),
    ],
)
def test_missing_rate_names_kind_and_semester(rates, kind, on, sentence):
    with pytest.raises(MissingRate) as caught:
        rates.percent(kind, on)
    assert str(caught.value) == sentence
    assert caught.value.kind == kind
    assert caught.value.semester_start == semester_start(on)
    with pytest.raises(MissingRate, match="absent"):
        rates.source(kind, on)


def test_a_hole_between_two_rates_is_missing():
    table = RateTable(
        [(ECB_REFI, date(2025, 1, 1), "3.15"), (ECB_REFI, date(2026, 1, 1), "2.15")]
    )
    with pytest.raises(MissingRate):
        table.percent(ECB_REFI, date(2025, 7, 1))


def test_missing_rate_survives_pickling():
    error = pickle.loads(pickle.dumps(MissingRate(ECB_REFI, date(2027, 3, 2))))
    assert (error.kind, error.semester_start) == (ECB_REFI, date(2027, 1, 1))


def test_rows_of_any_length_and_order_build_a_table():
    table = RateTable(
        iter(
            [
                (LEGAL_OTHER, "2026-07-01", Decimal("2.75"), "arrêté", "sure", 12),
                [ECB_REFI, date(2026, 1, 1), 2],
                (ECB_REFI, date(2025, 7, 1), "2.15", None),
            ]
        )
    )
    assert table.percent(ECB_REFI, date(2026, 6, 30)) == 2
    assert table.source(LEGAL_OTHER, date(2026, 12, 31)) == "arrêté"
    assert table.source(ECB_REFI, date(2025, 12, 31)) == ""


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("euribor", date(2026, 1, 1), "2")], "unknown kind"),
        ([(ECB_REFI, date(2026, 1, 2), "2")], "1 January or 1 July"),
        ([(ECB_REFI, date(2026, 4, 1), "2")], "1 January or 1 July"),
        ([(ECB_REFI, datetime(2026, 1, 1), "2")], "1 January or 1 July"),
        ([(ECB_REFI, date(2026, 1, 1), 2.15)], "float"),
        ([(ECB_REFI, date(2026, 1, 1), "2,15")], "not a decimal"),
        ([(ECB_REFI, date(2026, 1, 1), None)], "not a decimal"),
        ([(ECB_REFI, date(2026, 1, 1), "NaN")], "finite"),
        ([(ECB_REFI, date(2026, 1, 1), "2")] * 2, "two rates"),
        ([(ECB_REFI, "janvier", "2")], "isoformat"),
    ],
)
def test_bad_rows_are_refused(rows, reason):
    with pytest.raises(ValueError, match=reason):
        RateTable(rows)


def test_unknown_kind_is_not_a_missing_rate(rates):
    with pytest.raises(ValueError, match="unknown kind"):
        rates.percent("euribor", date(2026, 1, 1))


def test_table_is_frozen_and_comparable(rates):
    with pytest.raises(FrozenInstanceError):
        rates.rows = ()
    assert RateTable(rates.rows) == rates
    assert hash(RateTable(rates.rows)) == hash(rates)
    assert copy.deepcopy(rates).percent(ECB_REFI, date(2026, 7, 1)) == Decimal("2.40")


@pytest.mark.parametrize(
    ("on", "start", "end", "label"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 6, 30), "1er semestre 2026"),
        (date(2024, 2, 29), date(2024, 1, 1), date(2024, 6, 30), "1er semestre 2024"),
        (date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30), "1er semestre 2026"),
        (date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31), "2e semestre 2026"),
        (date(2026, 12, 31), date(2026, 7, 1), date(2026, 12, 31), "2e semestre 2026"),
    ],
)
def test_semesters(on, start, end, label):
    assert (semester_start(on), semester_end(on)) == (start, end)
    assert semester_label(on) == label
