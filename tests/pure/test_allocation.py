"""One payment among several debts (C. civ. 1342-10)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.allocation import allocate
from law.interest import Claim, MissingRate, Payment, statement

ON = date(2026, 11, 22)
D = Decimal


def claim(principal, due, debtor="professional", **facts):
    return Claim(D(principal), due, debtor, **facts)


def contract(principal, percent, due=date(2026, 9, 30), **facts):
    return claim(principal, due, rule="contractual", percent=D(percent), **facts)


def test_due_debts_come_before_those_that_are_not(rates):
    later = contract("500", "30", due=date(2026, 12, 31))
    today = contract("500", "10", due=ON)
    assert allocate([later, today], D(600), ON, rates) == (100, 500)


def test_the_dearest_debt_comes_before_the_oldest(rates):
    old = contract("500", "10", due=date(2026, 1, 31))
    dear = contract("500", "15", due=date(2026, 10, 31))
    assert allocate([old, dear], D(600), ON, rates) == (100, 500)


def test_a_debt_without_running_interest_is_the_cheapest(rates):
    consumer = claim("500", date(2026, 1, 31), "consumer")
    noticed = claim(
        "500", date(2026, 9, 30), "consumer", formal_notice=date(2026, 10, 1)
    )
    assert allocate([consumer, noticed], D(500), ON, rates) == (0, 500)


def test_at_equal_rate_the_oldest_comes_first(rates):
    pair = [claim("500", date(2026, 9, 30)), claim("500", date(2026, 8, 31))]
    assert allocate(pair, D(600), ON, rates) == (100, 500)


def test_a_debt_due_today_ranks_at_its_rate(rates):
    today = claim("500", ON)
    cheap = contract("500", "9", due=date(2026, 1, 31))
    assert allocate([cheap, today], D(500), ON, rates) == (0, 500)


@pytest.mark.parametrize(
    ("principals", "amount", "parts"),
    [
        (("100", "200"), "150", ("50", "100")),
        (("100", "100", "100"), "100", ("33.33", "33.33", "33.34")),
        (("0.01", "0.01", "0.01"), "0.02", ("0", "0.01", "0.01")),
        (("0", "10"), "5", ("0", "5")),
        (("10", "0"), "5", ("5", "0")),
    ],
)
def test_equal_debts_share_pro_rata_to_the_cent(rates, principals, amount, parts):
    claims = [claim(one, ON) for one in principals]
    assert allocate(claims, D(amount), ON, rates) == tuple(D(part) for part in parts)


def test_principals_are_paid_before_any_interest_by_default(rates):
    first, second = contract("36500", "10"), contract("36500", "9")
    shares = allocate([first, second], D(73100), ON, rates)
    # 530.00 of interest and 40 EUR are owed on the first, 477.00 on the second
    assert shares == (36600, 36500)


def test_interest_first_takes_the_interest_with_its_principal(rates):
    first = contract("36500", "10", imputation="interest_first")
    second = contract("36500", "9", imputation="interest_first")
    assert allocate([first, second], D(37130), ON, rates) == (37030, 100)


def test_what_exceeds_everything_is_not_allocated(rates):
    pair = [contract("36500", "10"), contract("36500", "9")]
    owed = [statement(one, rates, ON).total for one in pair]
    assert allocate(pair, D(100000), ON, rates) == tuple(owed)
    assert allocate([], D(5), ON, rates) == ()


@pytest.mark.parametrize("amount", [D(-1), 5.0, D("NaN"), "5"])
def test_bad_amounts_are_refused(rates, amount):
    with pytest.raises(ValueError, match="amount"):
        allocate([], amount, ON, rates)


def test_a_missing_rate_is_not_guessed(rates):
    with pytest.raises(MissingRate):
        allocate([claim("1", ON)], D(1), date(2027, 2, 1), rates)


claims_strategy = st.builds(
    claim,
    st.decimals(0, 5000, places=2),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.sampled_from(["professional", "public", "consumer"]),
    formal_notice=st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    imputation=st.sampled_from(["principal_first", "interest_first"]),
)


@settings(deadline=None)
@given(
    claims=st.lists(claims_strategy, max_size=6), amount=st.decimals(0, 9000, places=2)
)
def test_parts_use_the_payment_and_lower_each_debt_by_as_much(rates, claims, amount):
    parts = allocate(claims, amount, ON, rates)
    before = [statement(one, rates, ON).total for one in claims]
    assert sum(parts) == min(amount, sum(before))
    for one, part, total in zip(claims, parts, before, strict=True):
        assert 0 <= part <= total
        payments = (*one.payments, Payment(ON, part))
        assert statement(replace(one, payments=payments), rates, ON).total == (
            total - part
        )
