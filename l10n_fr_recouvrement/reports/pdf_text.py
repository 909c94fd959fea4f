"""Text of a page of wkhtmltopdf, a hundred times faster than a full extraction.

Qt writes glyph numbers as hexadecimal strings, and how to read them beside each font.
"""

import re

_FONT_OR_TEXT = re.compile(rb"(/\S+)\s+[\d.]+\s+Tf|<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*(?:\[([^\]]*)\]|<(\w+)>)")
_CHAR = re.compile(rb"<(\w+)>\s*<(\w+)>")
_SECTION = re.compile(rb"beginbf(range|char)(.*?)endbf", re.DOTALL)


class PageText:
    """Reader of the pages of one document, which share their fonts."""

    def __init__(self):
        self._maps = {}

    def text_of(self, page):
        """The text of a page without its spaces, in the order of painting."""
        fonts = page["/Resources"].get("/Font", {})
        pieces, current = [], {}
        for name, glyphs in _FONT_OR_TEXT.findall(_content(page)):
            if name:
                current = self._map(fonts, name.decode())
            else:
                pieces += (
                    current.get(glyphs[start : start + 4].upper(), "")
                    for start in range(0, len(glyphs), 4)
                )
        return "".join("".join(pieces).split())

    def _map(self, fonts, name):
        if name not in fonts:
            return {}
        key = getattr(fonts.raw_get(name), "idnum", name)
        if key not in self._maps:
            table = fonts[name].get("/ToUnicode")
            # A stream without entries is false: it is a dictionary.
            found = () if table is None else _unicode(table.get_object().get_data())
            self._maps[key] = dict(found)
        return self._maps[key]


def _content(page):
    content = page["/Contents"]
    parts = content if isinstance(content, list) else [content]
    return b"\n".join(part.get_object().get_data() for part in parts)


def _unicode(table):
    """(glyph in four capital hexadecimal digits, text) of a ToUnicode table."""
    for kind, body in _SECTION.findall(table):
        if kind == b"char":
            for glyph, text in _CHAR.findall(body):
                yield glyph.upper(), _text(text)
            continue
        for first, last, texts, start in _RANGE.findall(body):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                glyph = b"%04X" % (int(first, 16) + offset)
                if start:
                    yield glyph, chr(int(start, 16) + offset)
                elif offset < len(listed := re.findall(rb"<(\w+)>", texts)):
                    yield glyph, _text(listed[offset])


def _text(code):
    return bytes.fromhex(code.decode()).decode("utf-16-be", "ignore")
