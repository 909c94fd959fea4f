"""The words of a letter: named parts of plain text, variables, agreement, typography.

A text is never evaluated. It knows three marks: `{{ variable }}` (the placeholders of
Odoo's inline templates, here names of a white list), `[one|several]` which agrees with
the number of invoices, and `**bold**`. A blank line begins a new paragraph.
"""

import re
from functools import cached_property, lru_cache

from markupsafe import Markup, escape

from odoo.tools.misc import file_open
from odoo.tools.rendering_tools import parse_inline_template

from . import typography as typo

PARTS = ("subject", "opening", "closing")
SHIPPED = "l10n_fr_recouvrement/reports/texts/%s.%s.txt"
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_AGREEMENT = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_PARAGRAPH = re.compile(r"\n\s*\n")
_SLOT = re.compile("\x00(\\d+)\x00")


@lru_cache(maxsize=64)
def shipped(letter, lang):
    """{part: text} as delivered; empty where the letter has no text in this language.

    :param lang: "fr" or "en"
    """
    try:
        with file_open(SHIPPED % (letter.lower(), lang)) as file:
            content = file.read()
    except FileNotFoundError:
        return {}
    sections = re.split(r"^== (\w+)\n", content, flags=re.MULTILINE)[1:]
    return {
        part: "\n\n".join(
            " ".join(paragraph.split()) for paragraph in _PARAGRAPH.split(text.strip())
        )
        for part, text in zip(sections[::2], sections[1::2], strict=True)
    }


def variables_of(text):
    """Names of the variables that a text uses, in order."""
    return [name.strip() for name in _PLACEHOLDER.findall(text or "")]


def fill(text, values, several=False, lang="fr"):
    """One paragraph as safe HTML: the text's words and the values, all escaped.

    :param values: {name of variable: text}; an unknown name prints nothing
    """
    chosen = _AGREEMENT.sub(lambda found: found[2 if several else 1], text)
    pieces, slots = [], []
    for literal, name, default in parse_inline_template(chosen.replace("\x00", "")):
        pieces.append(literal)
        if name:
            pieces.append(f"\x00{len(slots)}\x00")
            slots.append(_printed(values.get(name) or default.strip()))
    words = "".join(pieces)
    words = str(escape(typo.french(words) if lang == "fr" else words))
    words = _BOLD.sub(r"<b>\1</b>", words).replace("\n", "<br/>")
    # Safe: the words are escaped above, and so is each value.
    return Markup(_SLOT.sub(lambda slot: slots[int(slot[1])], words))


def _printed(value):
    """A value as safe HTML; its own lines stay lines."""
    return str(escape(value)).replace("\n", "<br/>")


def paragraphs(text, values, several=False, lang="fr"):
    """A text as paragraphs of safe HTML; those that say nothing are left out."""
    filled = (
        fill(paragraph, values, several, lang)
        for paragraph in _PARAGRAPH.split((text or "").strip())
    )
    return Markup().join(
        Markup("<p>%s</p>") % words for words in filled if words.striptags()
    )


class LetterText:
    """The three parts of one letter, ready to print."""

    def __init__(self, texts, values, several, lang):
        """:param texts: {part: text}"""
        self._texts, self._values = texts, values
        self._several, self._lang = several, lang

    @cached_property
    def subject(self):
        return self._fill(self._texts.get("subject") or "")

    @cached_property
    def opening(self):
        return self._paragraphs("opening")

    @cached_property
    def closing(self):
        return self._paragraphs("closing")

    def _fill(self, text):
        return fill(text, self._values, self._several, self._lang)

    def _paragraphs(self, part):
        text = self._texts.get(part)
        return paragraphs(text, self._values, self._several, self._lang)
