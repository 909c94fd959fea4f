"""A document of one customer that no notice carries: décompte, relevé de compte."""

from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from odoo.exceptions import UserError

from .letter_language import LetterLanguage
from .letter_parties import Addressee, Bank, Sender
from .letter_qr import sepa_code
from .letter_text import LetterText, shipped
from .letter_variables import PartyVariables, Values


@dataclass(frozen=True)
class SheetDocument(PartyVariables, LetterLanguage):
    """`sheet` has a company, partner, currency and date; what the renderer of letters
    asks of a notice (id, name, company_id …) is here too. `kept` keeps what was read
    for the documents of a batch.
    """

    sheet: object
    sender: Sender
    id: int
    contact: object
    french: bool = True
    kept: dict = field(default_factory=dict)
    facts = MappingProxyType({})
    letter = ""
    several = False
    shows_interest = True

    @property
    def fr(self):
        return self.french

    @property
    def company_id(self):
        return self.sheet.company

    @property
    def level_id(self):
        """No level sends it."""
        return self.sheet.partner.env["recovery.level"]

    @property
    def debtor_kind(self):
        return self.sheet.partner.recovery_debtor_kind

    @cached_property
    def edited(self):
        """{part: words} that a user wrote."""
        letters = self.sheet.partner.env["recovery.letter"]
        return letters._edited(self, self.lang, self.kept)

    @cached_property
    def text(self):
        """The words of this document: the user's where there are some, else ours."""
        texts = shipped(self.letter, self.lang) | self.edited
        return LetterText(texts, Values(self), self.several, self.lang)

    @property
    def debtor(self):
        return self.sheet.partner.name or ""

    @property
    def where(self):
        """Where its tables are."""
        if self.inline:
            return self.say("ci-dessous", "below")
        return self.say("ci-après", "on the following pages")

    @property
    def account(self):
        """Reference of the customer with us."""
        return self.sheet.partner.ref or ""

    @cached_property
    def addressee(self):
        home = self.sheet.company.country_id
        return Addressee.of(self.contact, self.sheet.partner, home, self.fr)

    @property
    def date(self):
        return self.long(self.sheet.date)

    @property
    def written_on(self):
        return self.long(self.sheet.company._recovery_today())

    @property
    def signatory(self):
        return self.sender.signatory

    def money(self, amount, currency=None):
        currency = currency or self.sheet.currency
        return LetterLanguage.money(self, amount, currency)

    @cached_property
    def _bank_account(self):
        # Printed on each invoice; a collector may not read bank accounts.
        return self.sheet.company.sudo().partner_id.bank_ids[:1]

    @cached_property
    def bank(self):
        return self._bank_account and Bank.of(self._bank_account)

    @property
    def reference(self):
        return self.account or self.sheet.partner.name

    @property
    def payable(self):
        """What the customer is asked to pay now."""
        return 0

    @cached_property
    def qr(self):
        """SEPA code that fills in a transfer, as a data URI; "" where impossible."""
        currency = self.sheet.currency
        amount = currency.round(float(self.payable))
        if not self._bank_account or amount <= 0:
            return ""
        try:
            return sepa_code(
                self._bank_account,
                amount,
                self.reference,
                currency,
                self.sheet.partner,
            )
        except (UserError, ValueError):
            return ""
