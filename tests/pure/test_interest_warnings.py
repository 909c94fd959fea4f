"""What a statement tells its reader, in French."""

from datetime import date
from decimal import Decimal

import pytest

from law.interest import Claim, Payment, statement
from law.rates import ECB_REFI, LEGAL_OTHER, RateTable

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


def test_contract_rate_below_the_floor_is_computed_and_told(rates):
    facts = claim(percent=D(8), due_date=date(2026, 5, 31))
    found = statement(facts, rates, AS_OF)
    assert {segment.percent for segment in found.segments} == {8}
    assert found.warnings == (
        "Taux appliqué inférieur au plancher de 3 fois le taux légal "
        "(C. com. L441-10 II) : 2e semestre 2026 (8,25\u00a0%).",
    )


def test_contract_rate_at_the_floor_is_not_told(rates):
    assert statement(claim(percent=D("8.25")), rates, AS_OF).warnings == ()


def test_a_missing_legal_rate_turns_the_check_into_a_warning():
    ecb = RateTable([(ECB_REFI, date(2026, 7, 1), "2.40")])
    found = statement(claim(percent=D(8)), ecb, AS_OF)
    assert found.interest_due == D("424.00")
    assert found.warnings == (
        "Taux légal (autres cas) du 2e semestre 2026 absent, plancher de 3 fois le "
        "taux légal (C. com. L441-10 II) non vérifié.",
    )


def test_legal_rate_between_professionals_is_below_the_floor_unless_judged(rates):
    assert "plancher" in statement(claim(rule="legal"), rates, AS_OF).warnings[0]
    judged = claim(rule="legal", enforceable=date(2026, 11, 1))
    assert statement(judged, rates, AS_OF).warnings == ()


def test_public_buyer_cannot_be_granted_less_than_the_regulation(rates):
    told = statement(claim(debtor="public", percent=D(10)), rates, AS_OF).warnings
    assert "CCP R2192-31" in told[0]
    assert "10,40" in told[0]
    above = claim(debtor="public", percent=D(11))
    assert statement(above, rates, AS_OF).warnings == ()
    waived = statement(claim(debtor="public", rule="none"), rates, AS_OF).warnings
    assert "CCP L2192-14" in waived[0]
    note = claim(debtor="public", rule="none", fixed_indemnity=D(0))
    assert statement(note, rates, AS_OF).warnings == ()


@pytest.mark.parametrize("rule", ["contractual", "floor"])
def test_stipulated_rate_towards_a_consumer_is_told(rates, rule):
    facts = claim(rule=rule, debtor="consumer", formal_notice=DUE)
    assert "C. civ. 1231-5" in statement(facts, rates, AS_OF).warnings[0]


def test_title_against_a_consumer_without_notice_is_told(rates):
    facts = claim(rule="statutory", debtor="consumer", enforceable=DUE)
    found = statement(facts, rates, AS_OF)
    assert (found.segments, len(found.warnings)) == ((), 1)


def test_payment_after_the_judgment_counts_and_is_told(rates):
    before, after = (date(2026, 10, 14), "0.01"), (date(2026, 11, 1), "499.99")
    facts = claim(before, after, insolvency=date(2026, 10, 15))
    found = statement(facts, rates, AS_OF)
    assert (found.principal_due, found.interest_due) == (36000, 140)
    assert len(found.warnings) == 1
    assert "01/11/2026" in found.warnings[0]
    assert "L622-7" in found.warnings[0]


def test_overpayment_is_told_and_never_negative(rates):
    found = statement(claim((DUE, "36512.50")), rates, AS_OF)
    assert (found.total, found.principal_due) == (0, 0)
    assert found.warnings == ("Trop-perçu de 12,50 à rendre ou à imputer.",)


def test_statutory_claims_need_no_legal_rate_for_warnings():
    ecb = RateTable([(ECB_REFI, date(2026, 7, 1), "2.40")])
    assert statement(claim(rule="statutory"), ecb, AS_OF).warnings == ()
    legal = RateTable([(LEGAL_OTHER, date(2026, 7, 1), "2.75")])
    assert statement(claim(), legal, AS_OF).warnings == ()
