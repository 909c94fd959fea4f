"""Payments, credit notes, imputation, capitalisation, warnings, the daily amount."""

from datetime import date
from decimal import Decimal

import pytest

from law.interest import Claim, Payment, statement

AS_OF = date(2026, 11, 22)
DUE = date(2026, 9, 30)
D = Decimal


def claim(*payments, principal="36500", **facts):
    """36 500 EUR at 10 %: 10 EUR a day, unless a test says otherwise."""
    facts = {"rule": "contractual", "percent": D(10), **facts}
    paid = tuple(Payment(on, D(amount)) for on, amount in payments)
    facts.setdefault("due_date", DUE)
    facts.setdefault("debtor", "professional")
    return Claim(D(principal), payments=paid, **facts)


def bases(found):
    return [(segment.days, segment.base) for segment in found.segments]


# --- dates of payments


def test_payments_up_to_the_due_date_reduce_the_base_at_once(rates):
    facts = claim((date(2026, 8, 1), "6500"), (DUE, "10000"))
    found = statement(facts, rates, date(2026, 10, 10))
    assert bases(found) == [(10, 20000)]
    assert found.principal_due == 20000


def test_the_day_of_a_payment_bears_interest_on_the_old_base(rates):
    found = statement(claim((date(2026, 10, 1), "18250")), rates, date(2026, 10, 3))
    assert bases(found) == [(1, 36500), (2, 18250)]
    assert found.interest_due == D("20.00")


def test_payment_on_the_last_day_of_a_half_year_leaves_no_empty_line(rates):
    facts = claim((date(2026, 6, 30), "18250"), due_date=date(2026, 6, 20))
    assert bases(statement(facts, rates, date(2026, 7, 1))) == [(10, 36500), (1, 18250)]


def test_payment_on_the_day_of_the_statement_counts_and_later_ones_do_not(rates):
    facts = claim((AS_OF, "500"), (date(2026, 11, 23), "36000"))
    found = statement(facts, rates, AS_OF)
    assert (found.principal_due, len(found.segments)) == (36000, 1)


def test_before_the_due_date_only_the_principal_is_due(rates):
    facts = claim((date(2026, 9, 1), "500"), (date(2026, 9, 20), "100"))
    found = statement(facts, rates, date(2026, 9, 10))
    assert (found.principal_due, found.total, found.segments) == (36000, 36000, ())


def test_payments_may_come_in_any_order_and_several_on_one_day(rates):
    pairs = [(date(2026, 10, 20), "300"), (date(2026, 10, 5), "100")]
    double = [(date(2026, 10, 5), "60"), *pairs[:1], (date(2026, 10, 5), "40")]
    expected = statement(claim(*pairs), rates, AS_OF)
    assert statement(claim(*reversed(pairs)), rates, AS_OF) == expected
    assert statement(claim(*double), rates, AS_OF) == expected


def test_interest_stops_when_the_principal_is_nil_and_stays_due(rates):
    found = statement(claim((date(2026, 10, 10), "36500")), rates, AS_OF)
    assert bases(found) == [(10, 36500)]
    assert (found.principal_due, found.interest_due, found.indemnity) == (0, 100, 40)
    assert (found.total, found.daily_interest) == (140, 0)


# --- credit notes


def test_credit_notes_were_never_due(rates):
    found = statement(claim(credit_notes=D(18250)), rates, date(2026, 10, 4))
    assert (bases(found), found.interest_due) == ([(4, 18250)], 20)
    before = statement(claim(credit_notes=D(500)), rates, DUE)
    assert (before.principal_due, before.total) == (36000, 36000)


@pytest.mark.parametrize("credit", ["36500", "40000"])
def test_an_invoice_fully_credited_owes_nothing(rates, credit):
    found = statement(claim(credit_notes=D(credit)), rates, AS_OF)
    assert (found.total, found.segments, found.warnings) == (0, (), ())


def test_credit_and_payment_in_time_leave_no_late_part(rates):
    facts = claim((DUE, "30000"), credit_notes=D(6500))
    assert statement(facts, rates, AS_OF).total == 0


# --- imputation (C. civ. 1343-1)


def test_small_payment_on_interest_leaves_the_base(rates):
    facts = claim((date(2026, 10, 10), "60"), imputation="interest_first")
    found = statement(facts, rates, date(2026, 10, 20))
    assert bases(found) == [(10, 36500), (10, 36500)]
    assert (found.interest_accrued, found.interest_due) == (200, 140)
    assert found.principal_due == 36500


def test_interest_first_payment_of_the_bare_principal_leaves_principal(rates):
    facts = claim((date(2026, 10, 10), "36500"), imputation="interest_first")
    found = statement(facts, rates, date(2026, 10, 10))
    assert (found.principal_due, found.interest_due, found.total) == (100, 0, 140)


def test_interest_first_before_the_notice_of_a_consumer_is_all_principal(rates):
    facts = claim(
        (date(2026, 10, 15), "500"),
        debtor="consumer",
        formal_notice=date(2026, 11, 1),
        imputation="interest_first",
    )
    found = statement(facts, rates, date(2026, 11, 11))
    assert bases(found) == [(10, 36000)]


@pytest.mark.parametrize("imputation", ["principal_first", "interest_first"])
@pytest.mark.parametrize(
    ("amount", "indemnity", "total"),
    [
        ("36600", "40", "40"),
        ("36625", "15", "15"),
        ("36640", "0", "0"),
        ("50000", "0", "0"),
    ],
)
def test_what_exceeds_principal_and_interest_pays_the_indemnity(
    rates, imputation, amount, indemnity, total
):
    facts = claim((date(2026, 10, 10), amount), imputation=imputation)
    found = statement(facts, rates, AS_OF)
    assert (found.principal_due, found.interest_due) == (0, 0)
    assert (found.indemnity, found.total) == (D(indemnity), D(total))


def test_a_second_payment_clears_the_interest_left(rates):
    facts = claim((date(2026, 10, 10), "36500"), (date(2026, 11, 1), "75"))
    found = statement(facts, rates, AS_OF)
    assert (found.interest_accrued, found.interest_due) == (100, 25)


# --- capitalisation (C. civ. 1343-2)


def years(capitalisation, *payments, **facts):
    facts.setdefault("due_date", date(2023, 12, 31))
    return claim(*payments, principal="10000", capitalisation=capitalisation, **facts)


def test_a_whole_year_of_interest_joins_the_base_every_year(rates):
    found = statement(years(date(2023, 12, 31)), rates, date(2026, 1, 1))
    assert [(one.days, one.base, one.interest) for one in found.segments] == [
        (182, 10000, D("498.63")),
        (184, 10000, D("504.11")),
        (181, D("11002.74"), D("545.62")),
        (184, D("11002.74"), D("554.66")),
        (1, D("12103.02"), D("3.32")),
    ]
    assert (found.principal_due, found.interest_due) == (10000, D("2106.34"))


@pytest.mark.parametrize("as_of", [date(2024, 11, 30), date(2024, 12, 31)])
def test_less_than_a_year_changes_nothing(rates, as_of):
    plain = statement(years(None), rates, as_of)
    found = statement(years(date(2023, 12, 31)), rates, as_of)
    assert (found.segments, found.total) == (plain.segments, plain.total)


def test_a_clause_older_than_the_due_date_counts_from_it(rates):
    as_of = date(2025, 6, 30)
    assert statement(years(date(2020, 2, 29)), rates, as_of) == statement(
        years(date(2023, 12, 31)), rates, as_of
    )


def test_a_later_request_counts_its_own_year_and_takes_all_that_is_due(rates):
    found = statement(years(date(2024, 6, 30)), rates, date(2025, 7, 31))
    assert bases(found) == [
        (182, 10000),
        (184, 10000),
        (181, 10000),
        (31, D("11498.63")),
    ]


def test_a_payment_on_the_anniversary_comes_before_the_capitalisation(rates):
    facts = years(
        date(2023, 12, 31), (date(2024, 12, 31), "1002.74"), imputation="interest_first"
    )
    assert statement(facts, rates, date(2025, 1, 10)).segments[-1].base == 10000


def test_interest_first_pays_uncapitalised_then_capitalised_interest(rates):
    paid = (date(2025, 3, 31), "800")
    facts = years(date(2023, 12, 31), paid, imputation="interest_first")
    found = statement(facts, rates, date(2025, 4, 1))
    # 271.30 accrued on 11 002.74 since 1 January, then 528.70 of the 1 002.74
    assert found.segments[-2].interest == D("271.30")
    assert found.segments[-1].base == D("10474.04")
    assert found.principal_due == 10000


def test_capitalisation_ends_with_the_principal_and_with_insolvency(rates):
    paid = years(date(2023, 12, 31), (date(2025, 1, 31), "10000"))
    found = statement(paid, rates, AS_OF)
    assert (found.segments[-1].end, found.daily_interest) == (date(2025, 1, 31), 0)
    stopped = years(date(2023, 12, 31), insolvency=date(2025, 2, 1))
    found = statement(stopped, rates, AS_OF)
    assert (found.segments[-1].end, found.daily_interest) == (date(2025, 1, 31), 0)


# --- the daily amount


def test_daily_interest_is_that_of_the_next_day(rates):
    facts = claim((date(2026, 11, 22), "18250"))
    assert statement(facts, rates, date(2026, 11, 21)).daily_interest == 10
    assert statement(facts, rates, AS_OF).daily_interest == 5
    assert statement(facts, rates, DUE).daily_interest == 10
    assert statement(facts, rates, date(2026, 9, 29)).daily_interest == 0


def test_daily_interest_knows_what_changes_tomorrow(rates):
    facts = claim(insolvency=date(2026, 11, 23))
    assert statement(facts, rates, date(2026, 11, 21)).daily_interest == 10
    assert statement(facts, rates, AS_OF).daily_interest == 0
    anniversary = years(date(2023, 12, 31))
    assert statement(anniversary, rates, date(2024, 12, 30)).daily_interest == D("2.74")
    assert statement(anniversary, rates, date(2024, 12, 31)).daily_interest == D("3.01")


def test_daily_interest_is_unknown_where_the_next_rate_is(rates):
    facts = claim(rule="statutory")
    assert statement(facts, rates, date(2026, 12, 30)).daily_interest == D("12.40")
    assert statement(facts, rates, date(2026, 12, 31)).daily_interest is None
    eve = claim(rule="statutory", due_date=date(2026, 12, 31))
    assert statement(eve, rates, date(2026, 12, 31)).total == 36500
