"""What the facts of a debt may be."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from law.interest import Claim, Payment, statement

AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"principal": Decimal(-1)}, "principal cannot be negative"),
        ({"principal": 1000.0}, "principal must be a finite Decimal"),
        ({"principal": True}, "principal must be a finite Decimal"),
        ({"principal": "1000"}, "principal must be a finite Decimal"),
        ({"principal": Decimal("NaN")}, "principal must be a finite Decimal"),
        ({"credit_notes": Decimal(-1)}, "credit_notes cannot be negative"),
        ({"fixed_indemnity": Decimal(-40)}, "fixed_indemnity cannot be negative"),
        ({"debtor": "company"}, "unknown debtor 'company'"),
        ({"rule": "ecb"}, "unknown rule 'ecb'"),
        ({"imputation": "oldest"}, "unknown imputation 'oldest'"),
        ({"rule": "contractual"}, "needs its percent"),
        ({"rule": "contractual", "percent": Decimal(-1)}, "percent cannot be negative"),
        ({"percent": 12.5}, "percent must be a finite Decimal"),
        ({"due_date": None}, "due_date must be a date"),
        ({"due_date": "2026-09-30"}, "due_date must be a date"),
        ({"due_date": datetime(2026, 9, 30)}, "due_date must be a date"),
        ({"insolvency": datetime(2026, 9, 30)}, "insolvency must be a date"),
        ({"formal_notice": "hier"}, "formal_notice must be a date"),
        ({"payments": ((date(2026, 9, 30), Decimal(1)),)}, "Payment objects"),
    ],
)
def test_impossible_claims_are_refused(facts, reason):
    base = {"principal": Decimal(1), "due_date": AS_OF, "debtor": "professional"}
    with pytest.raises(ValueError, match=reason):
        Claim(**{**base, **facts})


@pytest.mark.parametrize("amount", [Decimal(-1), 10.0, Decimal("Infinity"), None])
def test_impossible_payments_are_refused(amount):
    with pytest.raises(ValueError, match="amount"):
        Payment(AS_OF, amount)


def test_as_of_must_be_a_day(rates):
    with pytest.raises(ValueError, match="as_of must be a date"):
        statement(Claim(1, AS_OF, "public"), rates, datetime(2026, 11, 22))


def test_claims_are_frozen_hashable_and_accept_exact_integers():
    facts = Claim(1000, AS_OF, "public", payments=[Payment(AS_OF, 5)])
    assert hash(facts) == hash(
        Claim(Decimal(1000), AS_OF, "public", payments=facts.payments)
    )
    assert isinstance(facts.principal, Decimal)
    with pytest.raises(AttributeError):
        facts.principal = Decimal(1)
