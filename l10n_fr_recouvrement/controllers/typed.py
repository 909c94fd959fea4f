"""What a visitor types in a form, as values; nothing of Odoo is needed."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

_SPACES = re.compile(r"[\s\u00a0\u202f€]")
_CENTS = re.compile(r"[.,](\d{1,2})$")
INTEGER_DIGITS = 12


def amount_of(text):
    """`1 234,56 €`, `1,234.56` or `1234.5` as a Decimal; None if it is no amount."""
    text = _SPACES.sub("", text or "")
    cents = _CENTS.search(text)
    whole = re.sub(r"[.,]", "", text[: cents.start()] if cents else text)
    if not whole.isascii() or not whole.isdigit() or len(whole) > INTEGER_DIGITS:
        return None
    try:
        return Decimal(f"{whole}.{cents[1] if cents else 0}")
    except InvalidOperation:
        return None


def day_of(text):
    """A date field as a date; None if it is none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def number_of(text):
    """An identifier; 0 if it is none."""
    return int(text) if (text or "").isascii() and (text or "").isdigit() else 0
