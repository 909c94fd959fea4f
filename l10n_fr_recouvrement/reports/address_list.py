"""Letters in posting order, and the address list that mailing services read."""

import csv
import io

from .letter_parties import BELOW_STREET

HEADERS = (
    "Référence",
    "Mode d’envoi",
    "Destinataire",
    "À l’attention de",
    "Complément d’adresse",
    "Voie",
    "Lieu-dit ou boîte postale",
    "Code postal",
    "Ville",
    "Pays",
    "Pages",
)
ELECTRONIC, REGISTERED, PLAIN = "LRE", "LRAR", "Lettre simple"
_ORDER = (REGISTERED, PLAIN, ELECTRONIC)


def mode(notice):
    """How a letter is posted, in the words of the post."""
    if notice.by_registered:
        return REGISTERED
    return PLAIN if notice.by_letter else ELECTRONIC


def posting_order(notice):
    """Registered letters first, France before abroad, then by postal code."""
    partner = notice.contact_id or notice.partner_id
    home = notice.company_id.country_id
    abroad = partner.country_id and partner.country_id != home
    return (
        _ORDER.index(mode(notice)),
        partner.country_id.name or "" if abroad else "",
        partner.zip or "",
        partner.city or "",
        notice.partner_id.name or "",
        notice.id,
    )


def address(notice):
    """Cells of the address in the order of NF Z 10-011, country empty for France."""
    partner, debtor = notice.contact_id or notice.partner_id, notice.partner_id
    name = debtor.name or partner.name or ""
    street, complement = partner.street or "", partner.street2 or ""
    below = ""
    if complement.lower().startswith(BELOW_STREET):
        complement, below = "", complement
    abroad = partner.country_id and partner.country_id != notice.company_id.country_id
    return (
        partner.commercial_company_name or name if partner != debtor else name,
        partner.name if partner != debtor and partner.name != name else "",
        complement,
        street,
        below,
        partner.zip or "",
        (partner.city or "").upper(),
        partner.country_id.name.upper() if abroad else "",
    )


def to_csv(letters):
    """Address list, one row per letter; UTF-8 with its mark and semicolons, as
    spreadsheets and mailing services in France read it.

    :param letters: list of (notice, number of pages), in posting order
    :return: bytes
    """
    content = io.StringIO()
    writer = csv.writer(content, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    for notice, pages in letters:
        cells = (notice.name, mode(notice), *address(notice), pages)
        writer.writerow([_harmless(cell) for cell in cells])
    return content.getvalue().encode("utf-8-sig")


def _harmless(cell):
    """A cell that no spreadsheet takes for a formula."""
    text = " ".join(str(cell or "").split())
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
