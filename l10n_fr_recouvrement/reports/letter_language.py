"""The language of a letter: which one it is, and how it writes things."""

from functools import cached_property

from ..models.vocabulary import FORMAL_NOTICES
from . import typography as typo
from .letter_text import shipped


class LetterLanguage:
    """A letter that has an English text is in English for a debtor who reads it; legal
    letters are in French. An e-mail says in which language its text is.
    """

    @cached_property
    def fr(self):
        if self.text_lang:
            return self.text_lang.startswith("fr")
        english = (self.notice.lang or "").startswith("en")
        return not (english and shipped(self.notice.letter or "L1", "en"))

    @property
    def formal(self):
        return self.notice.letter in FORMAL_NOTICES

    @property
    def lang(self):
        return "fr" if self.fr else "en"

    def say(self, french, english):
        return french if self.fr else english

    def plural(self, one, many):
        """The form that agrees with the number of claimed invoices."""
        return many if self.several else one

    def money(self, amount, currency=None):
        currency = currency or self.notice.currency_id
        symbol = currency.symbol or currency.name
        return typo.money(amount, symbol, self.lang, currency.decimal_places)

    def long(self, day):
        return typo.long_date(day, self.lang)

    def percent(self, value):
        return typo.percent(value, self.lang)
