"""What must hold for every claim, against an independent day-by-day count."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from law.interest import Claim, Payment, statement

CENT = Decimal("0.01")
FIRST, LAST = date(2021, 1, 1), date(2026, 12, 31)

days = st.dates(FIRST, LAST)
amounts = st.decimals(0, 20000, places=2)
payments = st.lists(st.builds(Payment, days, amounts), max_size=4).map(tuple)
two_days = st.tuples(days, days).map(sorted)
three_days = st.tuples(days, days, days).map(sorted)
maybe_day = st.none() | days
facts = {
    "principal": amounts,
    "due_date": days,
    "debtor": st.sampled_from(
        ["professional", "consumer", "public", "non_professional"]
    ),
    "rule": st.sampled_from(["statutory", "contractual", "floor", "legal", "none"]),
    "percent": st.decimals(0, 30, places=2),
    "payments": payments,
    "credit_notes": st.just(Decimal(0)) | amounts,
    "formal_notice": maybe_day,
    "insolvency": maybe_day,
    "enforceable": maybe_day,
    "creditor_individual": st.booleans(),
    "imputation": st.sampled_from(["principal_first", "interest_first"]),
}
simple = st.builds(Claim, **facts)
claims = st.builds(Claim, **facts, capitalisation=maybe_day)
lawful = settings(deadline=None, max_examples=100)


def slack(*statements):
    """Half a cent a line is what rounding may move."""
    return CENT * sum(len(one.segments) + 1 for one in statements) / 2


def past_payments(claim, as_of):
    kept = tuple(one for one in claim.payments if one.date <= as_of)
    return replace(claim, payments=kept)


def exact_percent(claim, rates, day, start):
    """The rate of one day, told another way than the package does."""
    legal = "legal_individual" if claim.creditor_individual else "legal_other"
    bare = claim.rule == "legal"
    if claim.rule == "contractual":
        return claim.percent
    if claim.rule == "floor":
        return rates.percent(legal, day) * 3
    if claim.rule == "statutory":
        if claim.debtor == "public":
            return rates.percent("ecb_refi", start) + 8
        if claim.debtor == "professional":
            return rates.percent("ecb_refi", day) + 10
        bare = True
    dearer = bare and claim.enforceable and is_over_two_months(claim.enforceable, day)
    return rates.percent(legal, day) + (5 if dearer else 0)


def is_over_two_months(start, day):
    """Is `day` after the same number two months later, or that month's end?"""
    month = start.month + 2
    year, month = start.year + (month > 12), (month - 1) % 12 + 1
    return (day.year, day.month, day.day) > (year, month, start.day) or (
        (day.year, day.month) > (year, month)
    )


def exact_interest(claim, rates, as_of):
    """Interest accrued, day by day and unrounded, principal first."""
    start = claim.due_date
    if claim.debtor in ("consumer", "non_professional"):
        if claim.formal_notice is None:
            return Fraction(0)
        start = max(start, claim.formal_notice)
    total, day = Fraction(0), start + timedelta(1)
    first = day
    while day <= as_of and (claim.insolvency is None or day < claim.insolvency):
        paid = sum(one.amount for one in claim.payments if one.date < day)
        base = claim.principal - claim.credit_notes - paid
        if base > 0 and claim.rule != "none":
            percent = exact_percent(claim, rates, day, first)
            total += Fraction(base) * Fraction(percent) / 36500
        day += timedelta(1)
    return total


@settings(deadline=None, max_examples=100)
@given(claim=simple, as_of=days)
def test_interest_is_the_sum_of_its_days(rates, claim, as_of):
    claim = replace(claim, imputation="principal_first")
    found = statement(claim, rates, as_of)
    gap = abs(Fraction(found.interest_accrued) - exact_interest(claim, rates, as_of))
    assert gap <= Fraction(5, 1000) * len(found.segments)


@lawful
@given(claim=claims, as_of=days)
def test_nothing_is_negative_and_everything_adds_up(rates, claim, as_of):
    found = statement(claim, rates, as_of)
    parts = (found.principal_due, found.interest_due, found.indemnity)
    assert min(parts) >= 0
    assert found.total == sum(parts)
    assert found.interest_due <= found.interest_accrued
    assert found.interest_accrued == sum(one.interest for one in found.segments)
    assert found.daily_interest is None or found.daily_interest >= 0
    if claim.debtor in ("consumer", "non_professional"):
        assert found.indemnity == 0


@lawful
@given(claim=claims, as_of=days)
def test_money_in_and_out_balances(rates, claim, as_of):
    """What was owed in all, less what was paid, is what remains."""
    found = statement(claim, rates, as_of)
    paid = sum(one.amount for one in claim.payments if one.date <= as_of)
    principal = max(claim.principal - claim.credit_notes, 0)
    remaining = found.principal_due + found.interest_due
    assert remaining == max(principal + found.interest_accrued - paid, 0)


@lawful
@given(claim=claims, as_of=days)
def test_lines_follow_each_other_inside_one_half_year(rates, claim, as_of):
    lines = statement(claim, rates, as_of).segments
    for line in lines:
        assert claim.due_date < line.start <= line.end <= as_of
        assert line.days == (line.end - line.start).days + 1
        assert (line.start.year, line.start.month > 6) == (
            line.end.year,
            line.end.month > 6,
        )
        assert line.base > 0
    for before, after in zip(lines, lines[1:], strict=False):
        assert after.start == before.end + timedelta(1)


@lawful
@given(claim=simple, dates=three_days)
def test_a_period_cut_in_two_changes_only_roundings(rates, claim, dates):
    """Interest of a claim = interest to a day + interest of what then remains."""
    due, as_of, later = dates
    claim = replace(claim, due_date=due, debtor="professional", payments=())
    whole = statement(claim, rates, later)
    first = statement(claim, rates, as_of)
    second = statement(replace(claim, due_date=as_of), rates, later)
    gap = whole.interest_accrued - first.interest_accrued - second.interest_accrued
    assert abs(gap) <= slack(whole, first, second)


@lawful
@given(claim=claims, dates=three_days, amount=amounts)
def test_paying_earlier_never_costs_more(rates, claim, dates, amount):
    earlier, paid, as_of = dates

    def total(on):
        one = replace(claim, payments=(*claim.payments, Payment(on, amount)))
        return statement(one, rates, as_of)

    early, late = total(earlier), total(paid)
    assert early.total <= late.total + slack(early, late)


@lawful
@given(claim=claims, as_of=days, amount=amounts, on=days)
def test_paying_never_costs_more_than_not_paying(rates, claim, as_of, amount, on):
    paid = replace(claim, payments=(*claim.payments, Payment(on, amount)))
    before, after = statement(claim, rates, as_of), statement(paid, rates, as_of)
    assert after.total <= before.total + slack(before, after)


@lawful
@given(claim=claims, as_of=days, on=days)
def test_a_payment_of_zero_is_no_payment(rates, claim, as_of, on):
    nothing = replace(claim, payments=(*claim.payments, Payment(on, Decimal(0))))
    assert statement(nothing, rates, as_of) == statement(claim, rates, as_of)


@lawful
@given(claim=claims, as_of=days)
def test_the_order_of_payments_is_indifferent(rates, claim, as_of):
    turned = replace(claim, payments=claim.payments[::-1])
    found, expected = (statement(one, rates, as_of) for one in (turned, claim))
    assert (found.segments, found.total) == (expected.segments, expected.total)


@lawful
@given(claim=claims, as_of=days)
def test_interest_first_never_leaves_less_than_principal_first(rates, claim, as_of):
    dear = statement(replace(claim, imputation="interest_first"), rates, as_of)
    cheap = statement(replace(claim, imputation="principal_first"), rates, as_of)
    assert dear.total >= cheap.total - slack(dear, cheap)


@lawful
@given(claim=claims, dates=two_days)
def test_a_credit_note_is_worth_a_payment_on_the_due_date(rates, claim, dates):
    due, as_of = dates
    credit = min(claim.credit_notes, claim.principal)
    claim = replace(claim, due_date=due, credit_notes=credit)
    payment = Payment(claim.due_date, claim.credit_notes)
    paid = replace(claim, credit_notes=Decimal(0), payments=(*claim.payments, payment))
    found, expected = (statement(one, rates, as_of) for one in (paid, claim))
    assert (found.segments, found.total) == (expected.segments, expected.total)


@lawful
@given(claim=claims, dates=three_days)
def test_paying_the_total_settles_for_good(rates, claim, dates):
    due, as_of, later = dates
    assume(due < as_of)
    claim = replace(past_payments(claim, as_of), due_date=due)
    due = statement(claim, rates, as_of).total
    settled = replace(claim, payments=(*claim.payments, Payment(as_of, due)))
    assert statement(settled, rates, later).total == 0


@lawful
@given(claim=claims, dates=two_days)
def test_time_never_lowers_a_debt_by_itself(rates, claim, dates):
    as_of, later = dates
    claim = replace(claim, payments=())
    before, after = statement(claim, rates, as_of), statement(claim, rates, later)
    assert after.total >= before.total - slack(before, after)


@lawful
@given(claim=simple, as_of=days, on=days)
def test_capitalisation_never_lowers_a_debt(rates, claim, as_of, on):
    found = statement(replace(claim, capitalisation=on), rates, as_of)
    plain = statement(claim, rates, as_of)
    assert found.total >= plain.total - slack(found, plain)


@lawful
@given(claim=simple, as_of=days)
def test_the_daily_amount_is_what_tomorrow_adds(rates, claim, as_of):
    tomorrow = as_of + timedelta(1)
    assume(tomorrow <= LAST)
    claim = past_payments(claim, as_of)
    today, next_day = (statement(claim, rates, on) for on in (as_of, tomorrow))
    added = next_day.interest_accrued - today.interest_accrued
    assert abs(added - today.daily_interest) <= CENT
