"""The variables of a letter: what a text may print of its notice, each as text."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from markupsafe import Markup

from ..models.vocabulary import PENALTY_KINDS, SHEETS
from . import typography as typo
from .letter_text import LetterText, shipped

# Of the notice itself. Each name is an attribute of the document.
COMMON = (
    "amount",
    "principal",
    "interest",
    "indemnity",
    "daily_interest",
    "penalty_name",
    "invoices",
    "where",
    "oldest_due",
    "date",
    "before",
    "debtor",
    "company",
    "number",
    "collector_name",
    "collector_phone",
    "collector_email",
    "signatory",
)
# Of the documents that no notice carries.
SHEET = ("amount", "date", "debtor", "company", "signatory")
_PLAN = (
    "recognised_on",
    "valid_until",
    "cure",
    "principal",
    "interest",
    "indemnity",
    "penalty_name",
    "invoices",
    "number",
    "collector_name",
    "collector_phone",
    "collector_email",
)
# Of one letter, or of the occasion that it is written on.
SPECIAL = {
    "L0": ("discount",),
    "L3": ("penalties_to_come",),
    "L4": ("within", "breakdown", "court"),
    "L5": ("within", "interest_to_run", "mediator"),
    "L5p": ("included",),
    "L6": _PLAN,
    "L7": _PLAN,
    "L8": (
        "within",
        "plan",
        "signed_on",
        "plan_amount",
        "missed_instalments",
        "balance",
    ),
    "L9": ("penalty_name", "of_invoices", "where"),
    "account": ("overdue", "where"),
    "L10": ("mandate", "instructions"),
    "L18": (
        "note",
        "note_about",
        "note_date",
        "note_amount",
        "of_origins",
        "penalty_basis",
    ),
    "promise": ("promised_amount", "promised_on"),
    "grace": ("grace_until",),
    "meeting": ("met_on", "outcome"),
    "unfounded": ("disputed_on", "disputed_amount", "dispute_answer", "mediator"),
    "rejected": ("paid_on", "paid_amount", "rejection_reason"),
}
# How the facts of an occasion are printed; others are texts.
MONEY = (
    "promised_amount",
    "disputed_amount",
    "paid_amount",
    "note_amount",
    "plan_amount",
    "balance",
)
DATES = (
    "promised_on",
    "grace_until",
    "met_on",
    "disputed_on",
    "paid_on",
    "note_date",
    "signed_on",
)
# Printed only where the letter shows interest: never to a consumer.
PENALTY_WORDS = ("interest", "indemnity", "daily_interest")
FEW = 6  # numbers of invoices in a sentence
_SPACES = re.compile("[ \n]+")  # not the ones that do not break


def allowed(letter):
    """Names that the texts of a letter may use."""
    return (SHEET if letter in SHEETS else COMMON) + SPECIAL.get(letter, ())


class Values(Mapping):
    """{variable: text} of one document, computed when asked for."""

    def __init__(self, doc):
        self._doc = doc
        self._names = allowed(doc.letter)

    def __getitem__(self, name):
        if name not in self._names:
            raise KeyError(name)
        if name in self._doc.facts:
            return self._fact(name, self._doc.facts[name])
        if name in PENALTY_WORDS and not self._doc.shows_interest:
            return ""
        attribute = f"text_{name}" if hasattr(self._doc, f"text_{name}") else name
        return getattr(self._doc, attribute, "")

    def _fact(self, name, value):
        if name in MONEY:
            return self._doc.money(value)
        if name in DATES:
            return self._doc.long(date.fromisoformat(value))
        return value

    def __iter__(self):
        return iter(self._names)

    def __len__(self):
        return len(self._names)


class PartyVariables:
    """Variables that say who writes, of any document."""

    @property
    def company(self):
        return self.sender.name

    @property
    def collector_name(self):
        return self.collector.name or ""

    @property
    def collector_phone(self):
        return self.collector.phone or ""

    @property
    def collector_email(self):
        return self.collector.email or ""

    def _numbers_of(self, numbers):
        """Numbers of invoices, when they are few enough for a sentence."""
        numbers = list(dict.fromkeys(numbers))
        if len(numbers) > FEW:
            return self.say("dont la liste suit", "listed below")
        return self._enumerate(numbers)

    def _enumerate(self, words):
        if len(words) < 2:
            return "".join(words)
        last = self.say(" et ", " and ") + words[-1]
        return ", ".join(words[:-1]) + last


class LetterVariables(PartyVariables):
    """Variables that are not simply an amount or a date of the document."""

    @cached_property
    def text(self):
        """The words of this letter: the user's where there are some, else ours."""
        original = shipped(self.letter, self.lang)
        texts = original | self.edited(self.lang)
        return LetterText(texts, Values(self), self.several, self.lang)

    @property
    def amount(self):
        return self.asked

    @property
    def debtor(self):
        return self.notice.partner_id.name or ""

    @property
    def number(self):
        return self.notice.name

    @cached_property
    def invoices(self):
        """Numbers of the claimed invoices, when they are few enough for a sentence."""
        return self._numbers_of([line.number or "" for line in self._lines["claimed"]])

    @property
    def text_mediator(self):
        """Of a consumer only (C. conso. L616-1)."""
        if not self.mediator:
            return ""
        return (
            "En cas de désaccord, vous pouvez saisir gratuitement notre médiateur de la"
            " consommation (article L616-1 du code de la consommation)"
            f"{typo.NBSP}: {self.mediator}"
        )

    @property
    def text_penalty_name(self):
        """Consumers and non-professionals owe no late payment penalty."""
        return self.penalty_name if self.notice.debtor_kind in PENALTY_KINDS else ""

    @property
    def interest_to_run(self):
        """Sentence on the interest that a formal notice starts against a consumer; ""
        where none does.
        """
        if not self.notice_rate:
            return ""
        start = "cette présentation" if self.registered else "cette réception"
        return f"À compter de {start}, cette somme produit intérêt {self.notice_rate}."

    @property
    def court(self):
        """No enforcement officer against a public body."""
        court = "la juridiction compétente"
        return court if self.public else f"{court} ou un commissaire de justice"

    @property
    def penalties_to_come(self):
        """What the formal notice will claim besides; "" when that is claimed now."""
        if not self.shows_interest or self.claims_interest:
            return ""
        parts = []
        if self.plural_accessories:
            parts.append(self.say(f"sur les {self.penalty_name}", "late interest"))
        if self.notice.indemnity:
            parts.append(
                self.say("sur l’indemnité forfaitaire", "the fixed compensation")
            )
        words = self._enumerate(parts)
        return self.say(
            f", qui portera aussi {words}", f", which will also cover {words}"
        )

    @property
    def included(self):
        """Interest and indemnity within the sum, to the end of its sentence."""
        parts = []
        if self.claims_interest and self.notice.interest:
            parts.append(f"{self.interest} d’{self.penalty_name}")
        if self.claims_interest and self.notice.indemnity:
            parts.append(f"{self.indemnity} d’indemnité forfaitaire")
        return f"dont {self._enumerate(parts)}" if parts else "en principal"

    @cached_property
    def breakdown(self):
        """How the sum of a formal notice is made up, to the end of its sentence."""
        if not self.claims_interest:
            return ", en principal."
        qweb = self.notice.env["ir.qweb"]
        words = qweb._render("l10n_fr_recouvrement.letter_breakdown", {"doc": self})
        return Markup(_SPACES.sub(" ", str(words).strip()))  # safe: QWeb escaped it

    @cached_property
    def discount(self):
        """Early payment discount that can still be had (escompte, C. com. L441-9)."""
        offers = [
            (line.discount_date, line.amount_currency - line.discount_amount_currency)
            for line in self._lines["claimed"].move_line_id.sudo()  # on the invoice
            if self._discount_open(line)
        ]
        if not offers:
            return ""
        day = self.long(min(day for day, _amount in offers))
        amount = self.money(sum(amount for _day, amount in offers))
        return self.say(
            f"Un escompte de {amount} vous est acquis si votre paiement nous parvient "
            f"au plus tard le {day}.",
            f"A discount of {amount} is yours if your payment reaches us by {day}.",
        )

    def _discount_open(self, line):
        return line.move_id._is_eligible_for_early_payment_discount(
            line.currency_id, self.day
        ) and bool(line.discount_date)
