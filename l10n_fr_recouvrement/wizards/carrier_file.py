"""The file that a carrier gives of its letters, whatever its columns are called."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

HEADER_ROWS = 10  # some files have a title above their columns
SEPARATORS = (";", "\t", ",", "|")
# Words of a header, without accents; the first column whose header has all the words
# of one group is the one.
COLUMNS = {
    "number": (
        ("numero", "suivi"),
        ("n", "suivi"),
        ("numero", "recommande"),
        ("n", "recommande"),
        ("n", "lr"),
        ("numero", "envoi"),
        ("n", "envoi"),
        ("numero", "objet"),
        ("code", "suivi"),
        ("tracking",),
        ("registered", "number"),
        ("barcode",),
    ),
    "reference": (
        ("reference", "client"),
        ("ref", "client"),
        ("reference", "expediteur"),
        ("ref", "expediteur"),
        ("reference", "interne"),
        ("votre", "reference"),
        ("customer", "reference"),
        ("sender", "reference"),
        ("reference",),
        ("ref",),
        ("relance",),
        ("notice",),
    ),
    "posted_on": (
        ("date", "depot"),
        ("date", "prise", "charge"),
        ("date", "expedition"),
        ("date", "envoi"),
        ("depose", "le"),
        ("posting", "date"),
        ("posted",),
        ("date", "posted"),
        ("mailing", "date"),
    ),
    "presented_on": (
        ("date", "presentation"),
        ("date", "1ere", "presentation"),
        ("presente", "le"),
        ("date", "avis", "passage"),
        ("first", "attempt"),
        ("presentation", "date"),
        ("presented",),
    ),
    "delivered_on": (
        ("date", "distribution"),
        ("date", "livraison"),
        ("date", "remise"),
        ("distribue", "le"),
        ("delivery", "date"),
        ("delivered",),
    ),
    "status": (("statut",), ("etat",), ("status",), ("resultat",), ("outcome",)),
}
# Words of a status, without accents, in the order in which they are looked for.
OUTCOMES = (
    ("unknown", ("npai", "inconnu", "adresse incorrecte", "adresse incomplete")),
    ("unknown", ("defaut d'acces", "unknown", "wrong address", "insufficient address")),
    ("refused", ("refuse", "refus ")),
    ("unclaimed", ("non reclame", "unclaimed", "not claimed", "non retire")),
    ("lost", ("perdu", "lost")),
    ("", ("non distribue", "not delivered", "undelivered", "en cours", "in transit")),
    ("delivered", ("distribue", "livre", "remis au destinataire", "delivered")),
)
_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y%m%d")


class FileError(Exception):
    """The file cannot be read: `args[0]` says why, a key of the wizard's sentences."""


@dataclass(frozen=True)
class Row:
    """One letter as the carrier tells it; `errors` are (what, text as read)."""

    line: int
    number: str
    reference: str
    posted_on: date | None
    presented_on: date | None
    delivered_on: date | None
    status: str
    outcome: str
    errors: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CarrierFile:
    """What was recognised: columns are {name: header as it stands in the file}."""

    encoding: str
    separator: str
    columns: dict[str, str]
    ignored: tuple[str, ...]
    rows: tuple[Row, ...]


def plain(text):
    """Small letters without accents, single spaces."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("°", " "))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(text.lower().split())


def read(content):
    """Read the file of a carrier.

    :param content: bytes, CSV in UTF-8, UTF-16 or Windows-1252
    :raises FileError: "empty", "binary" or "columns"
    """
    text, encoding = _decode(content)
    separator = _separator(text)
    lines = list(csv.reader(io.StringIO(text), delimiter=separator))
    if not text.strip(f"{separator} \r\n"):
        raise FileError("empty")
    for index, header in enumerate(lines[:HEADER_ROWS]):
        columns = _columns(header)
        if {"number", "reference"} & columns.keys() and len(columns) > 1:
            rows = _rows(lines[index + 1 :], columns, index + 2)
            return CarrierFile(
                encoding,
                separator,
                {name: header[place] for name, place in columns.items()},
                tuple(
                    name
                    for place, name in enumerate(header)
                    if name.strip() and place not in columns.values()
                ),
                rows,
            )
    raise FileError("columns")


def _decode(content):
    if content.startswith((b"PK", b"%PDF", b"\xd0\xcf")):
        raise FileError("binary")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "Windows-1252"


def _separator(text):
    """The separator that cuts most of the first lines into the most columns."""
    head = text.splitlines()[:HEADER_ROWS]
    return max(SEPARATORS, key=lambda sign: sum(line.count(sign) for line in head))


def _columns(header):
    """{name: place} of the columns that are recognised by their header."""
    words = [set(re.findall(r"[a-z0-9]+", plain(name))) for name in header]
    found = {}
    for name, groups in COLUMNS.items():
        for group in groups:
            places = [
                place
                for place, present in enumerate(words)
                if set(group) <= present and place not in found.values()
            ]
            if places:
                found[name] = places[0]
                break
    return found


def _rows(lines, columns, first):
    return tuple(
        _row(number, {name: _cell(cells, place) for name, place in columns.items()})
        for number, cells in enumerate(lines, first)
        if any(cell.strip() for cell in cells)
    )


def _cell(cells, place):
    return cells[place].strip() if place < len(cells) else ""


def _row(line, cells):
    errors = []

    def day(name):
        try:
            return parse_date(cells.get(name, ""))
        except ValueError:
            errors.append((name, cells[name]))
            return None

    return Row(
        line=line,
        number=re.sub(r"[^0-9A-Za-z]", "", cells.get("number", "")).upper(),
        reference=cells.get("reference", ""),
        posted_on=day("posted_on"),
        presented_on=day("presented_on"),
        delivered_on=day("delivered_on"),
        status=cells.get("status", ""),
        outcome=outcome(cells.get("status", "")),
        errors=tuple(errors),
    )


def parse_date(text):
    """Day of a cell, with or without its time; None if empty.

    :raises ValueError: not a date
    """
    words = text.split("T")[0].split() if text else []
    if not words:
        return None
    for pattern in _FORMATS:
        try:
            return datetime.strptime(words[0], pattern).date()
        except ValueError:
            continue
    raise ValueError(text)


def outcome(status):
    """What a status means: an outcome, or "" where the letter is on its way."""
    text = f"{plain(status)} "
    for name, words in OUTCOMES:
        if any(word in text for word in words):
            return name
    return ""
