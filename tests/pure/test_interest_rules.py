"""Who owes interest, at which rate, on which days, and the 40 EUR."""

from datetime import date
from decimal import Decimal

import pytest

from law.interest import Claim, MissingRate, Payment, statement
from law.rates import ECB_REFI, LEGAL_OTHER, RateTable

AS_OF = date(2026, 11, 22)
NO_RATES = RateTable(())
ON_NOTICE = ("consumer", "non_professional")
LATE_PAYERS = ("professional", "public")


def claim(debtor="professional", due=date(2026, 9, 30), principal="1000", **facts):
    return Claim(Decimal(principal), due, debtor, **facts)


def paid(*pairs):
    return tuple(Payment(on, Decimal(amount)) for on, amount in pairs)


def runs(found):
    """The lines without their sums: first day, last day, base, percent."""
    return [(seg.start, seg.end, seg.base, seg.percent) for seg in found.segments]


@pytest.mark.parametrize(
    ("due", "as_of", "days"),
    [
        (date(2026, 9, 30), date(2026, 9, 29), 0),
        (date(2026, 9, 30), date(2026, 9, 30), 0),
        (date(2026, 9, 30), date(2026, 10, 1), 1),
        (date(2024, 2, 28), date(2024, 3, 1), 2),
        (date(2023, 2, 28), date(2023, 3, 1), 1),
        (date(2024, 12, 31), date(2025, 12, 31), 365),
    ],
)
def test_first_day_is_the_day_after_and_the_last_counts(rates, due, as_of, days):
    found = statement(claim(due=due), rates, as_of)
    assert sum(segment.days for segment in found.segments) == days
    assert found.indemnity == (40 if days else 0)


def test_half_year_ends_split_lines_without_empty_ones(rates):
    found = statement(claim(due=date(2025, 6, 30)), rates, date(2026, 7, 1))
    assert runs(found) == [
        (date(2025, 7, 1), date(2025, 12, 31), 1000, Decimal("12.15")),
        (date(2026, 1, 1), date(2026, 6, 30), 1000, Decimal("12.15")),
        (date(2026, 7, 1), date(2026, 7, 1), 1000, Decimal("12.4")),
    ]


def test_each_line_is_rounded_half_up(rates):
    # 36.50 × 10 % × 5 / 365 = 0.05 ; 3.65 × 10 % × 5 / 365 = 0.005 → 0.01
    ten = {"rule": "contractual", "percent": Decimal(10)}
    as_of = date(2026, 10, 5)
    assert statement(claim(principal="36.50", **ten), rates, as_of).total == Decimal(
        "76.55"
    )
    tie = statement(claim(principal="3.65", **ten), rates, as_of)
    assert tie.interest_accrued == Decimal("0.01")


@pytest.mark.parametrize("debtor", ON_NOTICE)
@pytest.mark.parametrize(
    ("rule", "percent", "individual", "expected"),
    [
        ("statutory", None, False, "2.75"),
        ("statutory", None, True, "6.84"),
        ("legal", None, False, "2.75"),
        ("contractual", Decimal(10), False, "10"),
        ("floor", None, False, "8.25"),
    ],
)
def test_consumer_owes_nothing_before_the_notice_and_then_its_rate(
    rates, debtor, rule, percent, individual, expected
):
    facts = {"rule": rule, "percent": percent, "creditor_individual": individual}
    silent = statement(claim(debtor, **facts), rates, AS_OF)
    assert (silent.segments, silent.total) == ((), 1000)
    facts["formal_notice"] = date(2026, 10, 15)
    assert statement(claim(debtor, **facts), rates, date(2026, 10, 15)).total == 1000
    found = statement(claim(debtor, **facts), rates, AS_OF)
    assert runs(found) == [(date(2026, 10, 16), AS_OF, 1000, Decimal(expected))]
    assert found.indemnity == 0


def test_notice_before_the_due_date_starts_nothing_earlier(rates):
    early = claim("consumer", formal_notice=date(2026, 9, 1))
    assert statement(early, rates, AS_OF).segments[0].start == date(2026, 10, 1)


@pytest.mark.parametrize("debtor", LATE_PAYERS)
@pytest.mark.parametrize("rule", ["statutory", "legal", "floor"])
def test_notice_changes_nothing_for_a_professional_or_public_buyer(rates, debtor, rule):
    plain = statement(claim(debtor, rule=rule), rates, AS_OF)
    noticed = claim(debtor, rule=rule, formal_notice=date(2026, 11, 1))
    assert statement(noticed, rates, AS_OF) == plain
    assert plain.segments[0].start == date(2026, 10, 1)


def test_professional_at_the_legal_rate_runs_from_the_due_date(rates):
    found = statement(claim(rule="legal"), rates, AS_OF)
    assert runs(found) == [(date(2026, 10, 1), AS_OF, 1000, Decimal("2.75"))]


def test_public_rate_is_that_of_the_half_year_of_the_first_day(rates):
    # due on 30/06: the first day, 1 July, is in the second half-year
    found = statement(claim("public", due=date(2026, 6, 30)), rates, AS_OF)
    assert {segment.percent for segment in found.segments} == {Decimal("10.40")}
    old = statement(claim("public", due=date(2024, 6, 29)), rates, AS_OF)
    assert {segment.percent for segment in old.segments} == {Decimal("12.50")}
    assert len(old.segments) == 6


def test_public_rate_needs_no_later_rate():
    only = RateTable([(ECB_REFI, date(2026, 1, 1), "2.15")])
    found = statement(claim("public", due=date(2026, 3, 31)), only, date(2028, 1, 1))
    assert found.segments[-1].percent == Decimal("10.15")


def test_statutory_rate_stays_below_the_floor_of_2024(rates):
    # LAW.md §1: the floor limits stipulations only
    found = statement(claim(due=date(2023, 12, 31)), rates, date(2024, 1, 10))
    assert (found.segments[0].percent, found.warnings) == (Decimal("14.5"), ())


def test_floor_follows_the_column_of_the_creditor(rates):
    individual = claim(rule="floor", creditor_individual=True)
    assert statement(individual, rates, AS_OF).segments[0].percent == Decimal("20.52")


def test_rule_none_bears_no_interest_and_keeps_the_indemnity_it_is_given(rates):
    found = statement(claim(rule="none"), rates, AS_OF)
    assert (found.segments, found.interest_due, found.total) == ((), 0, 1040)
    note = claim(rule="none", fixed_indemnity=Decimal(0))
    assert statement(note, NO_RATES, AS_OF).total == 1000


@pytest.mark.parametrize(
    "facts",
    [
        claim(due=date(2027, 5, 1)),
        claim("consumer", due=date(2026, 9, 30)),
        claim(rule="contractual", percent=Decimal(12)),
        claim(rule="none"),
        claim(insolvency=date(2026, 9, 1)),
        claim(payments=paid((date(2026, 9, 30), "1000"))),
        claim(credit_notes=Decimal(1000)),
    ],
    ids="not-due no-notice contractual none insolvent paid-in-time credited".split(),
)
def test_rates_are_read_only_for_days_that_bear_interest(facts):
    assert statement(facts, NO_RATES, AS_OF).principal_due >= 0


def test_a_missing_half_year_raises_and_is_never_guessed(rates):
    facts = claim()
    assert statement(facts, rates, date(2026, 12, 31)).segments
    with pytest.raises(MissingRate, match="taux BCE du 1er semestre 2027 absent"):
        statement(facts, rates, date(2027, 1, 1))


def test_a_debt_paid_before_the_missing_half_year_needs_no_rate(rates):
    facts = claim(payments=paid((date(2026, 12, 31), "1000")))
    assert statement(facts, rates, date(2027, 6, 1)).interest_due == Decimal("31.25")


# --- +5 points (CMF L313-3)


def enforceable(debtor="consumer", rule="statutory", on=date(2026, 8, 31), **facts):
    facts.setdefault("formal_notice", date(2026, 9, 30))
    return claim(debtor, rule=rule, enforceable=on, **facts)


@pytest.mark.parametrize(
    ("on", "first_day"),
    [
        (date(2026, 8, 31), date(2026, 11, 1)),
        (date(2026, 9, 10), date(2026, 11, 11)),
        (date(2025, 12, 31), date(2026, 10, 1)),
    ],
)
def test_five_points_from_the_day_after_two_months(rates, on, first_day):
    found = statement(enforceable(on=on), rates, AS_OF)
    dearer = [segment for segment in found.segments if segment.percent > 5]
    assert dearer[0].start == first_day
    assert {segment.percent for segment in dearer} == {Decimal("7.75")}
    assert sum(segment.days for segment in found.segments) == 53


def test_five_points_end_of_month_and_half_year_together(rates):
    # 31/12 + 2 months = 28/02, first dearer day 01/03
    facts = enforceable(
        on=date(2025, 12, 31), due=date(2025, 9, 1), formal_notice=date(2026, 2, 1)
    )
    assert [line[:2] for line in runs(statement(facts, rates, date(2026, 7, 2)))] == [
        (date(2026, 2, 2), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 7, 2)),
    ]


def test_five_points_may_begin_on_the_last_day_of_a_half_year(rates):
    facts = enforceable(
        on=date(2026, 4, 29), due=date(2026, 6, 1), formal_notice=date(2026, 6, 1)
    )
    assert runs(statement(facts, rates, date(2026, 6, 30))) == [
        (date(2026, 6, 2), date(2026, 6, 29), 1000, Decimal("2.62")),
        (date(2026, 6, 30), date(2026, 6, 30), 1000, Decimal("7.62")),
    ]


@pytest.mark.parametrize(
    ("debtor", "rule", "dearer"),
    [
        ("professional", "statutory", False),
        ("professional", "floor", False),
        ("professional", "legal", True),
        ("public", "statutory", False),
        ("consumer", "contractual", False),
        ("non_professional", "statutory", True),
    ],
)
def test_five_points_only_where_the_legal_rate_runs(rates, debtor, rule, dearer):
    percent = Decimal(9) if rule == "contractual" else None
    facts = enforceable(debtor, rule, percent=percent)
    percents = {one.percent for one in statement(facts, rates, AS_OF).segments}
    assert (len(percents) == 2) is dearer


# --- insolvency (C. com. L622-28)


@pytest.mark.parametrize(
    ("judgment", "days", "indemnity"),
    [
        (date(2026, 9, 29), 0, 0),
        (date(2026, 9, 30), 0, 0),
        (date(2026, 10, 1), 0, 40),
        (date(2026, 10, 2), 1, 40),
        (date(2027, 3, 1), 53, 40),
    ],
)
def test_interest_stops_on_the_eve_of_the_judgment(rates, judgment, days, indemnity):
    found = statement(claim(insolvency=judgment), rates, AS_OF)
    assert sum(segment.days for segment in found.segments) == days
    assert found.indemnity == indemnity
    assert bool(found.daily_interest) is (judgment > AS_OF)


# --- the 40 EUR (C. com. L441-10 II, CCP D2192-35)


@pytest.mark.parametrize("debtor", LATE_PAYERS)
@pytest.mark.parametrize(
    ("payments", "indemnity"),
    [
        ((), 40),
        (paid((date(2026, 9, 30), "1000")), 0),
        (paid((date(2026, 8, 1), "1000")), 0),
        (paid((date(2026, 9, 30), "999.99")), 40),
        (paid((date(2026, 10, 1), "1000")), 40),
    ],
)
def test_indemnity_is_owed_as_soon_as_a_part_is_late(
    rates, debtor, payments, indemnity
):
    assert statement(claim(debtor, payments=payments), rates, AS_OF).indemnity == (
        indemnity
    )


def test_indemnity_may_be_none_or_more(rates):
    assert statement(claim(fixed_indemnity=Decimal(0)), rates, AS_OF).indemnity == 0
    assert statement(claim(fixed_indemnity=Decimal(55)), rates, AS_OF).indemnity == 55


@pytest.mark.parametrize("debtor", ON_NOTICE)
def test_consumer_never_owes_the_indemnity(rates, debtor):
    facts = claim(debtor, formal_notice=date(2026, 10, 1))
    assert statement(facts, rates, AS_OF).indemnity == 0


def test_only_the_rates_of_the_rule_are_needed():
    ecb = RateTable([(ECB_REFI, date(2026, 7, 1), "2.40")])
    assert statement(claim(), ecb, AS_OF).segments[0].percent == Decimal("12.40")
    with pytest.raises(MissingRate) as caught:
        statement(claim(rule="floor"), ecb, AS_OF)
    assert caught.value.kind == LEGAL_OTHER
