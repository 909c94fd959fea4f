"""What a letter says of one notice, ready to print: QWeb only displays it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from ..models.vocabulary import THIRD_PARTY_LETTERS
from . import typography as typo
from .letter_amounts import LetterAmounts
from .letter_items import LetterItems
from .letter_language import LetterLanguage
from .letter_note import LetterNote
from .letter_parties import Addressee, Sender
from .letter_payment import LetterPayment
from .letter_rate import LetterRate
from .letter_totals import LetterTotals
from .letter_transfer import LetterTransfer
from .letter_variables import LetterVariables


@dataclass(frozen=True)
class LetterDocument(
    LetterLanguage,
    LetterItems,
    LetterAmounts,
    LetterRate,
    LetterTotals,
    LetterPayment,
    LetterVariables,
    LetterTransfer,
    LetterNote,
):
    """A notice seen by its letter. Amounts, dates and rates come out as text.

    `edited` gives {part: words} that a user wrote, by language.
    """

    notice: object
    sender: Sender
    text_lang: str | None = None
    edited: Callable = dict

    @cached_property
    def addressee(self):
        notice = self.notice
        debtor = notice.partner_id
        if self.third_party:
            debtor = notice.contact_id.commercial_partner_id
        home = notice.company_id.country_id
        return Addressee.of(notice.contact_id, debtor, home, self.fr)

    @cached_property
    def collector(self):
        # Name, phone and e-mail of a colleague are meant for the debtor.
        return self.notice.user_id.sudo()

    @property
    def signatory(self):
        return self.sender.signatory or self.collector.name or ""

    @property
    def mediator(self):
        """Of a consumer only (C. conso. L616-1); a non-professional has none."""
        return self.sender.mediator if self.notice.debtor_kind == "consumer" else ""

    @property
    def third_party(self):
        """Written about the debtor, not to them."""
        return self.notice.letter in THIRD_PARTY_LETTERS

    @property
    def public(self):
        return self.notice.debtor_kind == "public"

    @property
    def registered(self):
        return self.notice.by_registered or self.notice.by_electronic

    @property
    def encloses_invoices(self):
        return self.notice.level_id.attach_invoices

    @property
    def plan_offer(self):
        """A debtor in difficulty is told that the debt can be spread."""
        return self.notice.offers_plan and self.say(
            "Si vous traversez des difficultés passagères, nous sommes disposés à "
            "convenir avec vous d’un échéancier de paiement\u00a0: appelez-nous ou "
            "écrivez-nous sans attendre. Un échéancier accepté et respecté suspend nos "
            "relances.",
            "If you are going through temporary difficulties, we are willing to agree "
            "a payment plan with you: call or write to us without delay. Our reminders "
            "stop while an agreed plan is respected.",
        )

    @property
    def date(self):
        return self.long(self.notice.date)

    @property
    def before(self):
        """Until when to pay, in a reminder."""
        if not self.notice.granted_days:
            return self.say("dès réception de la présente", "upon receipt")
        day = self.long(self.notice.deadline)
        return self.say(f"au plus tard le {day}", f"by {day}")

    @property
    def within(self):
        """Time granted by a formal notice, from its first presentation (CPC 668)."""
        days = self.notice.granted_days
        if not days:
            return "dès réception de la présente"
        start = "de la réception de la présente"
        if self.registered:
            start = "de la première présentation de ce courrier"
        unit = "jours" if days > 1 else "jour"
        return f"dans un délai de {days}{typo.NBSP}{unit} à compter {start}"
