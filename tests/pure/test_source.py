"""Where a rate comes from, and what each payment was counted on."""

from datetime import date
from decimal import Decimal

import pytest

from law.interest import Claim, Imputation, MissingRate, Payment, RateTable, statement
from law.source import rate_source

RATES = RateTable(
    (
        ("ecb_refi", "2026-01-01", "2.15", "BCE janvier"),
        ("ecb_refi", "2026-07-01", "2.40", "BCE juillet"),
        ("legal_other", "2026-01-01", "2.62", "arrêté de décembre"),
        ("legal_other", "2026-07-01", "2.75", "arrêté de juin"),
    )
)
S1, S2 = date(2026, 1, 1), date(2026, 7, 1)


def claim(debtor="professional", **facts):
    return Claim(Decimal(10000), date(2026, 4, 30), debtor, **facts)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ("commercial", S2, Decimal("2.40"), "BCE juillet", False)),
        ({"debtor": "public"}, ("public", S1, Decimal("2.15"), "BCE janvier", False)),
        (
            {"debtor": "consumer", "formal_notice": date(2026, 6, 1)},
            ("legal", S2, Decimal("2.75"), "arrêté de juin", False),
        ),
        ({"rule": "floor"}, ("floor", S2, Decimal("2.75"), "arrêté de juin", False)),
        (
            {"rule": "contractual", "percent": Decimal(15)},
            ("contract", None, None, "", False),
        ),
        (
            {"rule": "legal", "enforceable": date(2026, 5, 1)},
            ("legal", S2, Decimal("2.75"), "arrêté de juin", True),
        ),
    ],
)
def test_source_of_a_rate(facts, expected):
    assert rate_source(claim(**facts), RATES, date(2026, 8, 1)) == expected


def test_source_of_a_missing_rate():
    with pytest.raises(MissingRate):
        rate_source(claim(), RATES, date(2027, 1, 1))


def test_a_payment_is_counted_on_the_principal_first():
    paid = (Payment(date(2026, 7, 15), Decimal(4000)),)
    found = statement(claim(payments=paid), RATES, date(2026, 11, 22))
    assert found.imputations == (
        Imputation(date(2026, 7, 15), Decimal(4000), Decimal(4000), Decimal(0)),
    )


def test_a_payment_is_counted_on_interest_first():
    """Example 12: 254.01 on interest, 3 745.99 on the principal."""
    paid = (Payment(date(2026, 7, 15), Decimal(4000)),)
    facts = claim(payments=paid, imputation="interest_first")
    [found] = statement(facts, RATES, date(2026, 11, 22)).imputations
    assert (found.interest, found.principal) == (Decimal("254.01"), Decimal("3745.99"))


def test_what_exceeds_the_debt_is_on_neither():
    paid = (Payment(date(2026, 4, 30), Decimal(10100)),)
    [found] = statement(claim(payments=paid), RATES, date(2026, 5, 1)).imputations
    assert (found.amount, found.principal, found.interest) == (10100, 10000, 0)


def test_later_payments_are_not_counted():
    paid = (Payment(date(2026, 7, 15), Decimal(4000)),)
    assert not statement(claim(payments=paid), RATES, date(2026, 7, 14)).imputations
