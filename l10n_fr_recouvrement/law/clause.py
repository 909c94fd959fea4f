"""What an invoice says of late payment (mentions de retard de paiement).

C. com. L441-9 I and L441-10 II between professionals, CCP L2192-13 for public buyers;
a consumer or non-professional is told of the interest after a formal notice only
(C. civ. 1231-6), never of an ECB rate or of a fixed indemnity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .claim import MILD_DEBTORS, Claim
from .rates import MissingRate, RateTable, semester_label
from .regime import Regime

NBSP = "\u00a0"
_POINTS = {"professional": 10, "public": 8}
_TOPICS = {
    "penalty": (
        r"L\.? ?441-(6|10)\b|L\.? ?2192-13|pénalités? (de|pour) retard"
        r"|intérêts? (moratoires|de retard)|porte(nt)? intérêt"
        r"|late[ -]payment (interest|penalt)|late (interest|fees?)\b|bears? interest"
    ),
    "indemnity": (
        r"indemnité forfaitaire|D\.? ?441-5\b|D\.? ?2192-35"
        r"|frais de recouvrement|recovery costs|fixed compensation"
    ),
    "clause": r"clause pénale|penalty clause",
    "discount": r"escompte|early[ -]payment discount|discount for early|cash discount",
}
_FORBIDDEN = r"\bBCE\b|\bECB\b|banque centrale|central bank|L\.? ?441-10|40 ?€|€ ?40\b"


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed with one debtor, as an invoice tells it.

    - `debtor`: one of DEBTORS, or None while nobody knows;
    - `rule`, `percent`: as in `Claim`;
    - `indemnity`: EUR; `penalty_percent`: clause pénale (C. civ. 1231-5);
    - `discount`: (percent, days) granted for an early payment, or None;
    - `no_discount`: own sentence where none is granted, "" for the usual one.
    """

    debtor: str | None
    rule: str = "statutory"
    percent: Decimal | None = None
    indemnity: Decimal = Decimal(0)
    penalty_percent: Decimal = Decimal(0)
    discount: tuple[Decimal, int] | None = None
    no_discount: str = ""

    @property
    def mild(self) -> bool:
        """Neither the ECB rate nor an indemnity is for this debtor."""
        return self.debtor in MILD_DEBTORS

    def rate(self, rates: RateTable, on: date) -> Decimal | None:
        """Percent a year of the half-year that holds `on`; None when unknown."""
        debtor = self.debtor or "professional"
        due = on - timedelta(days=1)
        claim = Claim(Decimal(0), due, debtor, self.rule, self.percent)
        try:
            return Regime.of(claim, rates).percent(on)
        except MissingRate:
            return None


def mentions(terms: Terms, rates: RateTable, on: date, french: bool) -> tuple[str, ...]:
    """The sentences of an invoice of the day `on`, in French or in English."""
    write = _French if french else _English
    percent = terms.rate(rates, on)
    lines = []
    if terms.rule != "none":
        lines.append(write.interest(terms, write.basis(terms, percent, on)))
    if terms.indemnity and not terms.mild:
        lines.append(write.indemnity(terms))
    if terms.penalty_percent:
        lines.append(write.clause(terms.penalty_percent))
    if not terms.mild:
        lines.append(write.discount(terms))
    return tuple(lines)


def topics(text: str) -> frozenset[str]:
    """What a text speaks of: penalty, indemnity, clause, discount."""
    plain = _plain(text)
    return frozenset(
        name for name, words in _TOPICS.items() if re.search(words, plain, re.I)
    )


def missing(lines: Iterable[str], elsewhere: str) -> tuple[str, ...]:
    """The lines that say more than what already stands elsewhere on the document."""
    said = topics(elsewhere)
    return tuple(line for line in lines if not topics(line) or topics(line) - said)


def suits_consumer(text: str) -> bool:
    """Whether a text has no word of what a consumer does not owe."""
    plain = _plain(text)
    forbidden = re.search(_FORBIDDEN, plain, re.I)
    return forbidden is None and "indemnity" not in topics(plain)


def _plain(text: str) -> str:
    return " ".join(text.split())


class _French:
    """The mentions in French."""

    @classmethod
    def basis(cls, terms: Terms, percent: Decimal | None, on: date) -> str:
        if terms.rule == "contractual":
            return f"au taux annuel de {cls.percent(terms.percent or Decimal(0))}"
        known = percent is not None and not terms.mild
        now = f", soit {cls.percent(percent)} au {semester_label(on)}" if known else ""
        if terms.rule == "floor":
            return f"à trois fois le taux de l’intérêt légal{now}"
        if terms.mild:
            return "au taux légal"
        if terms.rule == "legal":
            return f"au taux de l’intérêt légal{now}"
        points = _POINTS[terms.debtor or "professional"]
        ecb = "au taux de refinancement de la BCE"
        return f"{ecb} majoré de {points}{NBSP}points{now}"

    @classmethod
    def interest(cls, terms: Terms, basis: str) -> str:
        if terms.mild:
            article = "1231-6" if terms.rule in ("statutory", "legal") else "1231-5"
            return (
                f"En cas de retard de paiement, la somme due porte intérêt {basis} à "
                f"compter de la mise en demeure (art.{NBSP}{article} et 1344-1 du code "
                "civil)."
            )
        if terms.debtor == "public":
            return (
                "En cas de retard de paiement, des intérêts moratoires sont dus de "
                "plein droit dès le lendemain de l’expiration du délai de paiement, "
                f"{basis} (art.{NBSP}L2192-13 et R2192-31 du code de la commande "
                "publique)."
            )
        opening = "En" if terms.debtor else "Entre professionnels, en"
        return (
            f"{opening} cas de retard de paiement, des pénalités sont exigibles sans "
            f"rappel dès le lendemain de l’échéance, {basis} (art.{NBSP}L441-10, II du "
            "code de commerce)."
        )

    @classmethod
    def indemnity(cls, terms: Terms) -> str:
        article = "D441-5 du code de commerce"
        if terms.debtor == "public":
            article = "D2192-35 du code de la commande publique"
        return (
            "Indemnité forfaitaire pour frais de recouvrement, due de plein droit en "
            f"cas de retard{NBSP}: {cls.number(terms.indemnity)}{NBSP}€ "
            f"(art.{NBSP}{article})."
        )

    @classmethod
    def clause(cls, percent: Decimal) -> str:
        return (
            f"Clause pénale{NBSP}: après une mise en demeure restée sans effet, une "
            f"indemnité de {cls.percent(percent)} de la somme restant due "
            f"(art.{NBSP}1231-5 du code civil)."
        )

    @classmethod
    def discount(cls, terms: Terms) -> str:
        if terms.discount is None:
            return terms.no_discount or "Pas d’escompte pour paiement anticipé."
        percent, days = terms.discount
        return (
            f"Escompte pour paiement anticipé{NBSP}: {cls.percent(percent)} pour un "
            f"paiement dans les {days}{NBSP}jours de la date de la facture."
        )

    @classmethod
    def percent(cls, value: Decimal) -> str:
        return f"{value:.2f}".replace(".", ",") + f"{NBSP}%"

    @classmethod
    def number(cls, value: Decimal) -> str:
        return f"{value:.{0 if value == int(value) else 2}f}".replace(".", ",")


class _English:
    """The mentions in English."""

    @classmethod
    def basis(cls, terms: Terms, percent: Decimal | None, on: date) -> str:
        if terms.rule == "contractual":
            return f"at {terms.percent:.2f}% a year"
        half = f"{'1st' if on.month < 7 else '2nd'} half of {on.year}"
        known = percent is not None and not terms.mild
        now = f", i.e. {percent:.2f}% in the {half}" if known else ""
        if terms.rule == "floor":
            return f"at three times the French legal interest rate{now}"
        if terms.rule == "legal" or terms.mild:
            return f"at the French legal interest rate{now}"
        points = _POINTS[terms.debtor or "professional"]
        return f"at the ECB refinancing rate plus {points} percentage points{now}"

    @classmethod
    def interest(cls, terms: Terms, basis: str) -> str:
        if terms.mild:
            article = "1231-6" if terms.rule in ("statutory", "legal") else "1231-5"
            return (
                f"In case of late payment the amount due bears interest {basis} from "
                f"the formal notice on (articles {article} and 1344-1 of the French "
                "civil code)."
            )
        if terms.debtor == "public":
            return (
                "Late payment interest is due by operation of law from the day after "
                f"the time allowed for payment, {basis} (articles L2192-13 and "
                "R2192-31 of the French public procurement code)."
            )
        opening = "L" if terms.debtor else "Between businesses, l"
        return (
            f"{opening}ate payment interest is due without reminder from the day after "
            f"the due date, {basis} (article L441-10, II of the French commercial "
            "code)."
        )

    @classmethod
    def indemnity(cls, terms: Terms) -> str:
        article = "D441-5 of the French commercial code"
        if terms.debtor == "public":
            article = "D2192-35 of the French public procurement code"
        digits = 0 if terms.indemnity == int(terms.indemnity) else 2
        return (
            "Fixed compensation for recovery costs, due by operation of law in case of "
            f"late payment: €{terms.indemnity:.{digits}f} (article {article})."
        )

    @classmethod
    def clause(cls, percent: Decimal) -> str:
        return (
            "Penalty clause: after a formal notice without effect, a compensation of "
            f"{percent:.2f}% of the amount due (article 1231-5 of the French civil "
            "code)."
        )

    @classmethod
    def discount(cls, terms: Terms) -> str:
        if terms.discount is None:
            return terms.no_discount or "No discount for early payment."
        percent, days = terms.discount
        return (
            f"Discount for early payment: {percent:.2f}% if paid within {days} days of "
            "the invoice date."
        )
