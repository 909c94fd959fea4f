"""Text messages of levels: what may stand in them, and how they are filled in."""

import re
from string import Formatter

MAX_LENGTH = 306  # two messages of 153 characters once it is cut in two
PLACEHOLDERS = ("company", "amount", "count", "number", "date", "phone")
# A text message reminds; what it may lead to belongs in a letter (C. pén. 433-13 too).
_THREATS = re.compile(
    r"tribuna|justice|huissier|avocat|judiciair|poursuit|poursuivr|saisie|plainte|"
    r"mise en demeure|contentieux|sommation|lawsuit|\bcourt\b|lawyer|bailiff|"
    r"\bsue\b|legal action|formal notice|seizure|police",
    re.IGNORECASE,
)


def unknown_placeholders(text):
    """Names between braces that nobody fills in.

    :raises ValueError: a brace is not closed
    """
    return sorted(
        {
            name
            for _text, name, spec, conversion in Formatter().parse(text)
            if name is not None and (name not in PLACEHOLDERS or spec or conversion)
        }
    )


def threat(text):
    """First word that threatens, or ""."""
    found = _THREATS.search(text)
    return found.group() if found else ""


def fill(text, values):
    """The text with its placeholders replaced; nothing is evaluated."""
    return re.sub(r"\{(\w+)\}", lambda match: str(values[match.group(1)]), text)
