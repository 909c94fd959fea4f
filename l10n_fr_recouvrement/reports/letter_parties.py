"""Who writes and who is written to: letterhead and window address of a letter."""

import base64
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from odoo.tools import get_lang
from odoo.tools.image import image_data_uri, image_process

from . import typography as typo

ADDRESS_LINES = 6  # NF Z 10-011
WINDOW_WIDTH = 87 / 25.4 * 72  # points
SIZES = (9.5, 8.5, 7.5)  # points
LOGO_PIXELS = (600, 300)
MENTIONS_HEIGHT = 24  # millimetres under the logo and the name
LEADING = 3.3  # millimetres from line to line
MENTION_WIDTH = 54  # characters of a mention on one line
# What NF Z 10-011 puts after the street: post-office boxes and hamlets.
BELOW_STREET = ("bp", "b.p", "cs", "tsa", "lieu-dit", "lieu dit", "lieudit")


@dataclass(frozen=True)
class Sender:
    """Mentions of R123-237 and R123-238: name, form, capital, SIREN, RCS, seat, VAT."""

    name: str
    logo: str
    lines: tuple[str, ...]
    city: str
    signatory: str
    signatory_title: str
    mediator: str

    @property
    def leading(self):
        """Millimetres from line to line, so that all mentions hold above the
        references.
        """
        rows = sum(1 + len(line) // MENTION_WIDTH for line in self.lines)
        return round(min(LEADING, MENTIONS_HEIGHT / max(rows, 1)), 2)

    @property
    def points(self):
        """Size of the mentions that this leading allows."""
        return round(min(7.5, self.leading * 2.5), 1)

    @classmethod
    def of(cls, company):
        """Letterhead of a company; a branch bears the mentions of its legal person."""
        # Mentions are public (they are printed on each invoice), and a user of a
        # branch may not read the company it belongs to.
        company = company.sudo()
        return cls(
            name=company.name,
            logo=_logo(company),
            lines=tuple(filter(None, _mentions(company))),
            city=company.recovery_city or company.city or "",
            signatory=company.recovery_signatory_name or "",
            signatory_title=company.recovery_signatory_title or "",
            mediator=", ".join((company.recovery_mediator or "").splitlines()),
        )


def _logo(company):
    """The logo as a data URI, small enough to be repeated in a batch; "" if none."""
    if company.uses_default_logo or not company.logo:
        return ""
    try:
        image = image_process(base64.b64decode(company.logo), size=LOGO_PIXELS)
    except (ValueError, OSError):
        return ""
    return image_data_uri(base64.b64encode(image))


def _inherited(company, name):
    """Value of a field, of the nearest company above that has one."""
    while company and not company[name]:
        company = company.parent_id
    return company[name] if company else False


def _mentions(company):
    """Lines under the name, in print order; some may be empty."""
    root = company.root_id
    if root != company:
        yield f"Établissement de {root.name}"
    yield _form(company)
    yield from _street_lines(company)
    yield _city_line(company)
    if root != company:
        seat = ", ".join(filter(None, (*_street_lines(root), _city_line(root))))
        yield f"Siège{typo.NBSP}: {seat}"
    yield _register(company)
    if vat := _inherited(company, "vat"):
        yield f"TVA{typo.NBSP}{vat}"
    yield company.phone
    yield company.email


def _form(company):
    """`SAS au capital de 10 000 €` (R123-238)."""
    form = _inherited(company, "recovery_legal_form") or ""
    if capital := _inherited(company, "recovery_capital"):
        digits = 0 if capital == int(capital) else 2
        amount = typo.money(capital, company.currency_id.symbol, "fr", digits)
        form = f"{form} au capital de {amount}".strip()
    return form


def _register(company):
    """`123 456 789 RCS Lyon` (R123-237); a French VAT number holds the SIREN."""
    code = _inherited(company, "company_registry")
    vat = (_inherited(company, "vat") or "").replace(" ", "").upper()
    if not code and vat.startswith("FR"):
        code = vat[4:]
    if not code:
        return ""
    if city := _inherited(company, "recovery_rcs_city"):
        return f"{typo.siren(code)} RCS{typo.NBSP}{city}"
    return f"SIREN{typo.NBSP}{typo.siren(code)}"


@dataclass(frozen=True)
class Bank:
    """Where to pay."""

    iban: str
    bic: str
    name: str
    holder: str

    @classmethod
    def of(cls, account):
        return cls(
            iban=typo.by_four(account.acc_number),
            bic=account.bank_bic or "",
            name=account.bank_name or "",
            holder=account.acc_holder_name or "",
        )


@dataclass(frozen=True)
class Addressee:
    """Block of the envelope's window: at most six lines, postal order NF Z 10-011."""

    lines: tuple[str, ...]
    points: float

    @classmethod
    def of(cls, contact, partner, home, french=True):
        """Address of the contact, under the name of the commercial partner.

        :param home: country of the sender, whose name is not printed
        """
        # The country is named in the language of the sender's.
        lang = get_lang(partner.env, "fr_FR").code
        contact = (contact or partner).with_context(lang=lang)
        lines = filter(None, _address(contact, partner, home, french))
        return cls(*_fit(list(lines)))


def _address(contact, partner, home, french):
    name, attention = partner.name or contact.name, ""
    if contact != partner:
        name = contact.commercial_company_name or name
        attention = contact.name if contact.name and contact.name != name else ""
    yield name
    if attention:
        yield ("À l’attention de " if french else "Attn. ") + attention
    if contact.country_id and contact.country_id != home:
        yield from _foreign_lines(contact)
        yield contact.country_id.name.upper()
    else:
        yield from _street_lines(contact)
        yield _city_line(contact)


def _street_lines(record):
    """Building before street, post-office box after it (NF Z 10-011)."""
    street, complement = record.street or "", record.street2 or ""
    if complement.lower().startswith(BELOW_STREET):
        return tuple(filter(None, (street, complement)))
    return tuple(filter(None, (complement, street)))


def _city_line(record):
    """`69003 LYON CEDEX 03`: capitals, no punctuation."""
    return " ".join(filter(None, (record.zip, (record.city or "").upper())))


def address_line(partner):
    """An address on one line, in postal order, with its country."""
    country = partner.country_id.name
    lines = (*_street_lines(partner), _city_line(partner), country)
    return ", ".join(filter(None, lines))


def _foreign_lines(contact):
    """Lines in the order of the country of destination, without its name."""
    text = contact._display_address(without_company=True)
    country = contact.country_id.name
    return [line for line in map(str.strip, text.split("\n")) if line != country]


def _fit(lines):
    """At most six lines and the size they are printed in, the largest that fits."""
    while len(lines) > ADDRESS_LINES:
        # The lines that may share one are the street's, just above the city.
        lines[-3:-1] = [", ".join(lines[-3:-1])]
    for points in SIZES:
        fitted = [piece for line in lines for piece in _wrap(line, points)]
        if len(fitted) <= ADDRESS_LINES:
            return tuple(fitted), points
    return tuple(_wrap(line, points)[0] for line in lines), points


def _wide(text, points):
    return stringWidth(text, "Helvetica", points) > WINDOW_WIDTH


def _words(line, points):
    """Words of a line; one that is wider than the window is cut."""
    for word in line.split():
        while _wide(word, points):
            end = len(word)
            while _wide(word[:end], points):
                end -= 1
            yield word[:end]
            word = word[end:]
        yield word


def _wrap(line, points):
    """Cut a line between words where it is wider than the window."""
    pieces = []
    for word in _words(line, points):
        longer = f"{pieces[-1]} {word}" if pieces else word
        if pieces and not _wide(longer, points):
            pieces[-1] = longer
        else:
            pieces.append(word)
    return pieces


def address_line_of(partner):
    """An address in one line, as an agreement names its parties."""
    lines = (*_street_lines(partner), _city_line(partner))
    return ", ".join(filter(None, lines))
