"""Days that an agreement suspends bear no interest."""

from datetime import date
from decimal import Decimal

from law.interest import Claim, statement
from law.suspension import Suspension, without

AS_OF = date(2026, 11, 22)


def drawn(rates):
    return statement(
        Claim(Decimal(10000), date(2026, 8, 31), "professional"), rates, AS_OF
    )


def test_line_is_cut_around_the_suspended_days(rates):
    october = Suspension(date(2026, 10, 1), date(2026, 10, 31))
    figures = without(drawn(rates), [october], AS_OF)
    # 30 and 22 days x 10,000 x 12.40 %
    assert [(line.days, str(line.interest)) for line in figures.segments] == [
        (30, "101.92"),
        (22, "74.74"),
    ]
    assert figures.interest_due == Decimal("176.66")
    assert figures.total == Decimal(10000) + Decimal("176.66") + Decimal(40)


def test_open_suspension_stops_tomorrow_too(rates):
    figures = without(drawn(rates), [Suspension(date(2026, 10, 1))], AS_OF)
    assert figures.interest_due == Decimal("101.92")
    assert figures.daily_interest == 0


def test_suspension_of_other_days_changes_nothing(rates):
    past = Suspension(date(2026, 1, 1), date(2026, 8, 31))
    figures = drawn(rates)
    assert without(figures, [past], AS_OF) == figures
