"""Late payment mentions: rules, kinds of debtors, languages, what is said already."""

from datetime import date
from decimal import Decimal

import pytest

from law.clause import Terms, mentions, missing, suits_consumer, topics
from law.rates import RateTable

ON = date(2026, 11, 22)
RATES = RateTable(
    [
        ("ecb_refi", date(2026, 7, 1), Decimal("2.40")),
        ("legal_other", date(2026, 7, 1), Decimal("2.75")),
    ]
)
NO_RATES = RateTable([])
FORTY = Decimal(40)


def text(debtor="professional", rule="statutory", french=True, rates=RATES, **values):
    values.setdefault("indemnity", FORTY)
    lines = mentions(Terms(debtor, rule, **values), rates, ON, french)
    return "\n".join(lines).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("debtor", "rule", "expected"),
    [
        (
            "professional",
            "statutory",
            "taux de refinancement de la BCE majoré de 10 points, soit 12,40 % au 2e "
            "semestre 2026 (art. L441-10, II",
        ),
        ("professional", "contractual", "au taux annuel de 15,00 % (art. L441-10"),
        (
            "professional",
            "floor",
            "à trois fois le taux de l’intérêt légal, soit 8,25 % au 2e semestre 2026",
        ),
        ("professional", "legal", "au taux de l’intérêt légal, soit 2,75 % au 2e"),
        (
            "public",
            "statutory",
            "BCE majoré de 8 points, soit 10,40 % au 2e semestre 2026 (art. L2192-13",
        ),
        ("consumer", "statutory", "la somme due porte intérêt au taux légal à compter"),
        ("consumer", "contractual", "au taux annuel de 15,00 % à compter de la mise"),
        ("non_professional", "floor", "à trois fois le taux de l’intérêt légal à"),
        (None, "statutory", "Entre professionnels, en cas de retard de paiement"),
    ],
)
def test_rate_in_words_and_percent(debtor, rule, expected):
    percent = Decimal(15) if rule == "contractual" else None
    assert expected in text(debtor, rule, percent=percent)


@pytest.mark.parametrize(
    ("debtor", "rule", "expected"),
    [
        (
            "professional",
            "statutory",
            "at the ECB refinancing rate plus 10 percentage points, i.e. 12.40% in the "
            "2nd half of 2026 (article L441-10",
        ),
        ("professional", "contractual", "at 15.00% a year"),
        ("professional", "floor", "three times the French legal interest rate, i.e."),
        ("public", "statutory", "plus 8 percentage points, i.e. 10.40%"),
        ("consumer", "statutory", "bears interest at the French legal interest rate"),
    ],
)
def test_other_languages_are_told_in_english(debtor, rule, expected):
    percent = Decimal(15) if rule == "contractual" else None
    assert expected in text(debtor, rule, french=False, percent=percent)


def test_indemnity_cites_the_article_of_the_debtor():
    assert "cas de retard : 40 € (art. D441-5 du code de commerce)" in text()
    assert "40 € (art. D2192-35 du code de la commande publique)" in text("public")
    assert "€40 (article D441-5 of the French" in text(french=False)
    assert ": 42,50 € (" in text(indemnity=Decimal("42.5"))


@pytest.mark.parametrize("debtor", ["consumer", "non_professional"])
@pytest.mark.parametrize("french", [True, False])
@pytest.mark.parametrize("rule", ["statutory", "floor", "legal"])
def test_consumer_reads_nothing_that_only_a_professional_owes(debtor, french, rule):
    words = text(debtor, rule, french)
    assert suits_consumer(words)
    assert "scompte" not in words and "iscount" not in words


def test_unknown_rate_leaves_the_percentage_out():
    words = text(rates=NO_RATES)
    assert "majoré de 10 points (art. L441-10" in words
    assert "soit" not in words.split("Indemnité")[0]
    assert "au taux annuel de 15,00 %" in text(
        rule="contractual", percent=Decimal(15), rates=NO_RATES
    )


def test_no_interest_says_nothing_of_a_rate():
    assert "taux" not in text(rule="none")
    assert "40 €" in text(rule="none")


def test_discount_of_the_payment_term_else_its_absence():
    assert text().endswith("Pas d’escompte pour paiement anticipé.")
    granted = text(discount=(Decimal(2), 10), no_discount="Néant.")
    assert "2,00 % pour un paiement dans les 10 jours de la date" in granted
    assert "Néant" not in granted
    assert text(no_discount="Néant.").endswith("Néant.")
    english = text(french=False, discount=(Decimal(2), 10))
    assert english.endswith("2.00% if paid within 10 days of the invoice date.")


def test_clause_penale_follows_a_formal_notice():
    words = text(penalty_percent=Decimal(10))
    assert "Clause pénale : après une mise en demeure" in words
    assert "10,00 % de la somme restant due (art. 1231-5 du code civil)" in words


@pytest.mark.parametrize("debtor", ["professional", "public", "consumer", None])
@pytest.mark.parametrize("french", [True, False])
def test_each_line_speaks_of_one_thing(debtor, french):
    """Else a line could not be left out without leaving out what stands beside."""
    lines = text(debtor, french=french, penalty_percent=Decimal(10)).split("\n")
    found = [topics(line) for line in lines]
    assert all(len(topic) == 1 for topic in found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("elsewhere", "left"),
    [
        ("", ["penalty", "indemnity", "discount"]),
        ("Merci de votre confiance.", ["penalty", "indemnity", "discount"]),
        ("Pénalités de retard : 3 fois le taux légal.", ["indemnity", "discount"]),
        ("Art. L 441-10 du code de commerce", ["indemnity", "discount"]),
        ("Une indemnité\nforfaitaire de 40 € est due.", ["penalty", "discount"]),
        ("Aucun escompte ne sera accordé.", ["penalty", "indemnity"]),
        ("2% early payment discount under 7 days", ["penalty", "indemnity"]),
        (
            "Pénalités de retard : 12 %. Indemnité forfaitaire : 40 €. Sans escompte",
            [],
        ),
    ],
)
def test_what_stands_elsewhere_is_left_out(elsewhere, left):
    lines = text().split("\n")
    kept = missing(lines, elsewhere)
    assert [next(iter(topics(line))) for line in kept] == left


def test_own_words_on_nothing_known_are_kept():
    assert missing(["Réserve de propriété."], "Pénalités de retard") == (
        "Réserve de propriété.",
    )
