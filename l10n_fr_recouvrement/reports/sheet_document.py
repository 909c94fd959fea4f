"""A document of one customer that no notice carries: décompte, relevé de compte."""

from dataclasses import dataclass
from functools import cached_property

from odoo.exceptions import UserError

from .letter_language import LetterLanguage
from .letter_parties import Addressee, Bank, Sender
from .letter_qr import sepa_code


@dataclass(frozen=True)
class SheetDocument(LetterLanguage):
    """`sheet` has a company, partner, currency and date; what the renderer of letters
    asks of a notice (id, name, company_id) is here too.
    """

    sheet: object
    sender: Sender
    id: int
    contact: object
    french: bool = True

    @property
    def fr(self):
        return self.french

    @property
    def company_id(self):
        return self.sheet.company

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
