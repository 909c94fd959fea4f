"""Sums in words: as an agreement prints them, and as a debtor types them."""

import re
import unicodedata

from num2words import num2words

_MILLIONS = re.compile(r"(millions?|milliards?) (?=euros)")
LINKS = {"et", "and", "de", "d", "euro"}


def in_words(amount, currency, lang="fr"):
    """`mille deux cents euros et cinquante centimes`; others by their name."""
    amount = float(currency.round(amount))
    try:
        words = num2words(amount, lang=lang, to="currency", currency=currency.name)
    except NotImplementedError:
        words = num2words(amount, lang=lang)
        return f"{words} {currency.full_name or currency.name}"
    words = _MILLIONS.sub(r"\1 d’", words)
    return words.removesuffix(" et zéro centimes").removesuffix(", zero cents")


def is_in_words(typed, amount, currency):
    """Whether somebody typed this sum in words, in French or in English.

    Accents, hyphens, plurals and link words do not count.
    """
    plain = _plain(typed or "")
    return plain in (_plain(in_words(amount, currency, one)) for one in ("fr", "en"))


def _plain(text):
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = (
        word.removesuffix("s") for word in re.findall(r"[a-z0-9]+", letters.lower())
    )
    return " ".join(word for word in words if word not in LINKS)
