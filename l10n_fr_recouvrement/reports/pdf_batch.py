"""Many letters in one call of wkhtmltopdf, cut apart afterwards.

Right with a patched and an unpatched Qt: one document, no header nor footer, page
numbers written afterwards, and a scale measured once instead of trusted.
"""

import logging
import os
import subprocess
import tempfile
from functools import lru_cache
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject
from reportlab.pdfbase.pdfmetrics import stringWidth

from odoo.addons.base.models.ir_actions_report import _wkhtml

from .pdf_text import PageText

_logger = logging.getLogger(__name__)

TOP, BOTTOM = 12, 11  # margins of each page, mm; the sides belong to the letters
POINT = 25.4 / 72  # mm
PROBE = 100  # mm between two marks of the probe
TIMEOUT = 120  # seconds for one call
FONT_SIZE = 7.5
FOOT = (190, 6.5)  # right end and base line of the page number, mm from bottom left
HEAD = (190, 289)  # the same of the mark of a copy: above the letter, off the window

_PROBE_HTML = f"""<!DOCTYPE html><html><body style="margin:0">
<div style="position:absolute;left:0;top:0">A</div>
<div style="position:absolute;left:0;top:{PROBE}mm">B</div></body></html>"""


class PrintError(Exception):
    """wkhtmltopdf is missing or failed."""


def print_html(html):
    """PDF of one html document, A4."""
    with tempfile.TemporaryDirectory(prefix="recovery.letter.") as folder:
        source = os.path.join(folder, "letters.html")
        target = os.path.join(folder, "letters.pdf")
        with open(source, "w", encoding="utf-8") as file:
            file.write(html)
        _run([*_options(), source, target], folder)
        with open(target, "rb") as file:
            return file.read()


def _options():
    options = ["--quiet", "--page-size", "A4", "--encoding", "utf-8"]
    options += ["--margin-top", f"{TOP}mm", "--margin-bottom", f"{BOTTOM}mm"]
    options += ["--margin-left", "0", "--margin-right", "0"]
    # Letters hold all they need: nothing is read elsewhere, no script runs.
    options += ["--disable-javascript", "--disable-local-file-access"]
    if _wkhtml().is_patched_qt:
        options += ["--disable-smart-shrinking", "--dpi", "96"]
    return options


def _run(arguments, folder):
    if _wkhtml().state != "ok":
        raise PrintError("wkhtmltopdf is not installed")
    environment = {**os.environ, "XDG_RUNTIME_DIR": folder}
    try:
        process = subprocess.run(
            [_wkhtml().bin, *arguments],
            capture_output=True,
            check=False,
            env=environment,
            timeout=TIMEOUT,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrintError(str(error)) from error
    # 1 is a warning (something could not be loaded): the document is there.
    if process.returncode not in (0, 1) or not os.path.exists(arguments[-1]):
        raise PrintError(process.stderr.decode(errors="replace")[-1000:])


@lru_cache(maxsize=1)
def zoom():
    """What makes a millimetre of css a millimetre of paper: measured once.

    It depends on the build of Qt and on the screen it believes in.
    """
    heights = {}

    def visit(text, matrix, text_matrix, _font, _size):
        if (mark := text.strip()) in ("A", "B"):
            _a, b, _c, d, _e, f = matrix
            heights[mark] = text_matrix[4] * b + text_matrix[5] * d + f

    PdfReader(BytesIO(print_html(_PROBE_HTML))).pages[0].extract_text(
        visitor_text=visit
    )
    measured = abs(heights["A"] - heights["B"]) * POINT
    return round(PROBE / measured, 4)


def split(pdf, markers):
    """Pages of each letter: a list of lists of pages, or None if the count differs.

    :param markers: texts, each on the first page of its letter and nowhere else
    """
    pages = PdfReader(BytesIO(pdf)).pages
    if len(markers) == 1:
        return [list(pages)]
    markers = ["".join(marker.split()) for marker in markers]
    letters, reader = [], PageText()
    for page in pages:
        text = reader.text_of(page)
        found = [marker for marker in markers if marker in text]
        if (found or not letters) and found != markers[len(letters) :][:1]:
            return None
        letters += [[]] if found else []
        letters[-1].append(page)
    return letters if len(letters) == len(markers) else None


def letter(pages, number, author):
    """The PDF of one letter; page x/y with its number when it has several pages."""
    writer = PdfWriter()
    for index, page in enumerate(pages, 1):
        added = writer.add_page(page)
        if len(pages) > 1:
            _stamp(writer, added, f"{number} \u2013 page {index}/{len(pages)}")
    writer.add_metadata({"/Title": number, "/Author": author})
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def duplicate(pdf, text):
    """An archived letter with a mark on each page that says it is a copy."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        _stamp(writer, page, text, HEAD)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _stamp(writer, page, text, place=FOOT):
    """Write a line on a page, after its content and out of its scale."""
    right, base = (length / POINT for length in place)
    left = right - stringWidth(text, "Helvetica", FONT_SIZE)
    written = text.encode("cp1252", "replace").hex()
    commands = f"Q q 0.4 g BT /RecoveryFoot {FONT_SIZE} Tf {left:.2f} {base:.2f} Td"
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q ")
    after.set_data(f" {commands} <{written}> Tj ET Q".encode())
    streams = page["/Contents"] if "/Contents" in page else ArrayObject()
    if not isinstance(streams, ArrayObject):
        streams = [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject(
        [writer._add_object(before), *streams, writer._add_object(after)]
    )
    fonts = page["/Resources"].setdefault(NameObject("/Font"), DictionaryObject())
    fonts.get_object()[NameObject("/RecoveryFoot")] = _helvetica()


def _helvetica():
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
