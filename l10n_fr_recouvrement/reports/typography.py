"""How amounts, dates, rates and account numbers are written in a letter.

Pure functions: `lang` is "fr" or "en". A space that must not break is U+00A0: the
narrow U+202F is missing from common fonts and would be printed in another one.
"""

import re
from datetime import date
from decimal import Decimal

from babel.dates import format_date

NBSP = "\u00a0"
MINUS = "\u2212"
_BEFORE_SIGN = re.compile(r"(?<=\S) (?=[:;!?»€%])")
_LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def french(text: str) -> str:
    """Words typed with ordinary spaces and apostrophes, as French prints them."""
    text = text.replace("\u202f", NBSP).replace("'", "’").replace("« ", f"«{NBSP}")
    return _BEFORE_SIGN.sub(NBSP, text).replace("n° ", f"n°{NBSP}")


def number(value: float | Decimal, lang: str, digits: int = 2) -> str:
    """`1 234,56` in French, `1,234.56` in English; a true minus sign."""
    text = f"{abs(value):,.{digits}f}"
    if lang == "fr":
        text = text.replace(",", NBSP).replace(".", ",")
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return MINUS + text if negative else text


def money(value: float | Decimal, symbol: str, lang: str, digits: int = 2) -> str:
    """`1 234,56 €` in French, `€1,234.56` in English."""
    text = number(value, lang, digits)
    if lang == "fr":
        return f"{text}{NBSP}{symbol}"
    sign, text = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    space = NBSP if symbol.isalpha() else ""
    return f"{sign}{symbol}{space}{text}"


def percent(value: float | Decimal, lang: str) -> str:
    """`12,40 %` in French, `12.40%` in English."""
    return number(value, lang) + (f"{NBSP}%" if lang == "fr" else "%")


def long_date(day: date | None, lang: str) -> str:
    """`1er décembre 2026`, `1 December 2026`; never broken."""
    if not day:
        return ""
    text = format_date(day, "d MMMM y", locale=_LOCALES[lang]).replace(" ", NBSP)
    return f"1er{text[1:]}" if lang == "fr" and day.day == 1 else text


def short_date(day: date | None) -> str:
    """`22/11/2026`, for tables (both languages)."""
    return f"{day:%d/%m/%Y}" if day else ""


def by_four(code: str | None) -> str:
    """An IBAN as banks print it: `FR76 3000 6000 …`."""
    code = "".join((code or "").split())
    return NBSP.join(code[start : start + 4] for start in range(0, len(code), 4))


def siren(code: str | None) -> str:
    """`123 456 789` from a SIREN or a SIRET; as it stands when it is neither."""
    digits = "".join(char for char in code or "" if char.isdigit())
    if len(digits) not in (9, 14):
        return (code or "").strip()
    return NBSP.join((digits[:3], digits[3:6], digits[6:9]))
