"""The published worked examples (LAW.md §16), line by line."""

import cProfile
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from law.interest import Claim, Payment, Segment, statement


def day(text):
    """31/12/2026."""
    return datetime.strptime(text, "%d/%m/%Y").date()


def claim(principal, due, debtor="professional", payments=(), **facts):
    paid = tuple(Payment(day(on), Decimal(amount)) for on, amount in payments)
    return Claim(Decimal(principal), day(due), debtor, payments=paid, **facts)


def line(start, end, days, base, percent, interest):
    numbers = (Decimal(number) for number in (base, percent, interest))
    base, percent, interest = numbers
    return Segment(day(start), day(end), days, base, percent, interest)


INTEREST_FIRST = {"imputation": "interest_first"}
LATE_APRIL = [
    ("01/05/2026", "30/06/2026", 61, "10000", "12.15", "203.05"),
    ("01/07/2026", "15/07/2026", 15, "10000", "12.4", "50.96"),
]
PAID_JULY = [("15/07/2026", "4000")]

# name, claim, as of, lines, (principal due, accrued, interest due, 40 EUR, total)
EXAMPLES = [
    (
        "02 two half-years",
        claim("5000", "31/03/2026"),
        "22/11/2026",
        [
            ("01/04/2026", "30/06/2026", 91, "5000", "12.15", "151.46"),
            ("01/07/2026", "22/11/2026", 145, "5000", "12.4", "246.30"),
        ],
        ("5000", "397.76", "397.76", "40", "5437.76"),
    ),
    (
        "05 leap year over 365",
        claim("36500", "31/12/2023"),
        "31/12/2024",
        [
            ("01/01/2024", "30/06/2024", 182, "36500", "14.5", "2639.00"),
            ("01/07/2024", "31/12/2024", 184, "36500", "14.25", "2622.00"),
        ],
        ("36500", "5261", "5261", "40", "41801"),
    ),
    (
        "07 the due date is not a late day",
        claim("1000", "22/11/2026"),
        "22/11/2026",
        [],
        ("1000", "0", "0", "0", "1000"),
    ),
    (
        "09 floor stipulated",
        claim("8000", "31/01/2026", rule="floor"),
        "22/11/2026",
        [
            ("01/02/2026", "30/06/2026", 150, "8000", "7.86", "258.41"),
            ("01/07/2026", "22/11/2026", 145, "8000", "8.25", "262.19"),
        ],
        ("8000", "520.60", "520.60", "40", "8560.60"),
    ),
    (
        "12 part payment, interest first",
        claim("10000", "30/04/2026", payments=PAID_JULY, **INTEREST_FIRST),
        "22/11/2026",
        [
            *LATE_APRIL,
            ("16/07/2026", "22/11/2026", 130, "6254.01", "12.4", "276.20"),
        ],
        ("6254.01", "530.21", "276.20", "40", "6570.21"),
    ),
    (
        "13 part payment, principal first",
        claim("10000", "30/04/2026", payments=PAID_JULY),
        "22/11/2026",
        [*LATE_APRIL, ("16/07/2026", "22/11/2026", 130, "6000", "12.4", "264.99")],
        ("6000", "519.00", "519.00", "40", "6559.00"),
    ),
    (
        "18 invoice A",
        claim("1200", "30/06/2026"),
        "22/11/2026",
        [("01/07/2026", "22/11/2026", 145, "1200", "12.4", "59.11")],
        ("1200", "59.11", "59.11", "40", "1299.11"),
    ),
    (
        "18 invoice B",
        claim("800", "31/07/2026"),
        "22/11/2026",
        [("01/08/2026", "22/11/2026", 114, "800", "12.4", "30.98")],
        ("800", "30.98", "30.98", "40", "870.98"),
    ),
    (
        "18 invoice C",
        claim("2500", "30/09/2026"),
        "22/11/2026",
        [("01/10/2026", "22/11/2026", 53, "2500", "12.4", "45.01")],
        ("2500", "45.01", "45.01", "40", "2585.01"),
    ),
    (
        "21 consumer without notice",
        claim("900", "31/05/2026", "consumer"),
        "31/08/2026",
        [],
        ("900", "0", "0", "0", "900"),
    ),
    (
        "22 consumer after notice",
        claim("900", "31/05/2026", "consumer", formal_notice=day("15/09/2026")),
        "22/11/2026",
        [("16/09/2026", "22/11/2026", 68, "900", "2.75", "4.61")],
        ("900", "4.61", "4.61", "0", "904.61"),
    ),
    (
        "25 public buyer, frozen rate",
        claim("20000", "19/06/2026", "public"),
        "22/11/2026",
        [
            ("20/06/2026", "30/06/2026", 11, "20000", "10.15", "61.18"),
            ("01/07/2026", "22/11/2026", 145, "20000", "10.15", "806.44"),
        ],
        ("20000", "867.62", "867.62", "40", "20907.62"),
    ),
    (
        "27 insolvency stops interest on the eve",
        claim("7500", "31/03/2026", insolvency=day("15/10/2026")),
        "22/11/2026",
        [
            ("01/04/2026", "30/06/2026", 91, "7500", "12.15", "227.19"),
            ("01/07/2026", "14/10/2026", 106, "7500", "12.4", "270.08"),
        ],
        ("7500", "497.27", "497.27", "40", "8037.27"),
    ),
    (
        "30 broken plan, interest first",
        claim(
            "9000", "28/02/2026", payments=[("15/05/2026", "3000")], **INTEREST_FIRST
        ),
        "22/11/2026",
        [
            ("01/03/2026", "15/05/2026", 76, "9000", "12.15", "227.69"),
            ("16/05/2026", "30/06/2026", 46, "6227.69", "12.15", "95.36"),
            ("01/07/2026", "22/11/2026", 145, "6227.69", "12.4", "306.78"),
        ],
        ("6227.69", "629.83", "402.14", "40", "6669.83"),
    ),
]


@pytest.mark.parametrize(
    ("facts", "as_of", "lines", "sums"),
    [example[1:] for example in EXAMPLES],
    ids=[example[0] for example in EXAMPLES],
)
def test_published_example(rates, facts, as_of, lines, sums):
    found = statement(facts, rates, day(as_of))
    assert found.segments == tuple(line(*expected) for expected in lines)
    assert found.warnings == ()
    assert (
        found.principal_due,
        found.interest_accrued,
        found.interest_due,
        found.indemnity,
        found.total,
    ) == tuple(Decimal(number) for number in sums)


def test_example_18_adds_up(rates):
    invoices = [example[1] for example in EXAMPLES if example[0].startswith("18")]
    totals = [statement(one, rates, date(2026, 11, 22)).total for one in invoices]
    assert sum(totals) == Decimal("4755.10")


# LAW.md §2.3, as the rate of the line that holds a day
@pytest.mark.parametrize(
    ("start", "professional", "public", "floor"),
    [
        ("2014-01-01", "10.25", "8.25", "0.12"),
        ("2014-07-01", "10.15", "8.15", "0.12"),
        ("2015-01-01", "10.05", "8.05", "2.79"),
        ("2016-07-01", "10.00", "8.00", "2.79"),
        ("2022-07-01", "10.00", "8.00", "2.31"),
        ("2023-01-01", "12.50", "10.50", "6.18"),
        ("2023-07-01", "14.00", "12.00", "12.66"),
        ("2024-01-01", "14.50", "12.50", "15.21"),
        ("2024-07-01", "14.25", "12.25", "14.76"),
        ("2025-01-01", "13.15", "11.15", "11.13"),
        ("2025-07-01", "12.15", "10.15", "8.28"),
        ("2026-01-01", "12.15", "10.15", "7.86"),
        ("2026-07-01", "12.40", "10.40", "8.25"),
    ],
)
def test_derived_rate_of_each_semester(rates, start, professional, public, floor):
    due = date.fromisoformat(start)
    as_of = due.replace(day=20)

    def percent(debtor, rule="statutory"):
        found = statement(Claim(Decimal(1), due, debtor, rule), rates, as_of)
        return found.segments[0].percent

    assert percent("professional") == Decimal(professional)
    assert percent("public") == Decimal(public)
    assert percent("professional", "floor") == Decimal(floor)


def test_segment_unpacks_in_the_agreed_order(rates):
    found = statement(claim("5000", "31/03/2026"), rates, day("22/11/2026"))
    start, end, days, base, percent, interest = found.segments[0]
    assert (start, end, days) == (date(2026, 4, 1), date(2026, 6, 30), 91)
    assert interest == round(base * percent * days / 36500, 2)


def calls(rates, payments):
    """Function calls of one statement with so many payments, one a day."""
    days = [day("01/07/2026") + timedelta(days=n) for n in range(payments)]
    paid = [(f"{on:%d/%m/%Y}", "1") for on in days]
    facts = claim("10000", "30/06/2026", payments=paid)
    profile = cProfile.Profile()
    profile.runcall(statement, facts, rates, day("22/11/2026"))
    return sum(entry.callcount for entry in profile.getstats())


def test_work_grows_with_the_payments_not_with_their_square(rates):
    assert calls(rates, 100) < 12 * calls(rates, 10)
