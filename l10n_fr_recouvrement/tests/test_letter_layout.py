from base64 import b64encode

from odoo.tests import tagged
from odoo.tools.misc import file_open

from .common_letter import COMPANY, LetterCase

# Millimetres from the top left corner of the sheet.
WINDOW = (100, 55, 190, 79)  # always seen through a French DL window
EVER_SEEN = (91, 45, 200, 90)  # seen when the sheet moves in its envelope


def inside(word, box):
    left, top, right, bottom, _text = word
    return left >= box[0] and top >= box[1] and right <= box[2] and bottom <= box[3]


def touches(word, box):
    left, top, right, bottom, _text = word
    return left < box[2] and right > box[0] and top < box[3] and bottom > box[1]


@tagged("post_install", "-at_install")
class TestLetterLayout(LetterCase):
    def _addressees(self):
        """Debtors whose addresses try the window, and the words it must show."""
        france = self.env.ref("base.fr")
        company = self._partner("Société d’exploitation", is_company=True)
        contact = self._partner("Sophie Martin", parent_id=company.id, type="invoice")
        belgian = self.env.ref("base.be").id
        return [
            (self._partner("Durand"), "Durand GRENOBLE"),
            (contact, "l’attention Sophie Martin GRENOBLE"),
            (self._partner("M" * 38, street2="Bâtiment C"), "Bâtiment C"),
            (self._partner("Van Damme", country_id=belgian), "BELGIQUE"),
            (
                self._partner(
                    "Direction départementale des finances publiques de "
                    "Meurthe-et-Moselle et service de la dépense",
                    street="Place Lazare-Goujon",
                    street2="BP 65051",
                    zip="69601",
                    city="Villeurbanne Cedex",
                    country_id=france.id,
                ),
                "Direction CEDEX 65051",
            ),
        ]

    def test_the_window_shows_the_whole_address_and_nothing_else(self):
        env = self.env(context={"lang": "fr_FR"})
        cases = {
            self._notice(
                letter,
                kind,
                partner_id=partner.commercial_partner_id.id,
                contact_id=partner.id,
                registered_number="1A 234 567 8901 2",
            ).with_env(env): shown
            for letter, kind in (("L1", "professional"), ("L5", "consumer"))
            for partner, shown in self._addressees()
        }
        for notice, pdf in self._render(env["recovery.notice"].union(*cases)).items():
            with self.subTest(notice.contact_id.name):
                seen = [word for word in self._words(pdf) if touches(word, EVER_SEEN)]
                self.assertFalse([word for word in seen if not inside(word, WINDOW)])
                shown = {text for *_box, text in seen}
                self.assertLessEqual(set(cases[notice].split()), shown)
                self.assertLessEqual(len({round(word[1]) for word in seen}), 6)

    def test_no_mention_of_the_sender_is_cut(self):
        """With a logo, and as many lines as a branch of a company needs."""
        self.company.write(
            {
                "logo": b64encode(file_open("web/static/img/logo.png", "rb").read()),
                "street2": "Parc d'activités des Forges, bâtiment 12",
            }
        )
        branch = self.env["res.company"].create(
            COMPANY | {"name": "Agence de Grenoble", "parent_id": self.company.id}
        )
        for company in (self.company, branch):
            notice = self._notice(company_id=company.id)
            words = self._words(self._render(notice)[notice])
            email = next(word for word in words if word[4] == COMPANY["email"])
            first = next(word for word in words if word[4] == "Nos")
            self.assertLess(email[3], 12 + 44, company.name)
            self.assertLess(email[3], first[1], company.name)

    def test_a_millimetre_is_a_millimetre(self):
        pdf = self._render(notice := self._notice())[notice]
        words = {text: box for *box, text in reversed(self._words(pdf))}
        self.assertAlmostEqual(words["Ateliers"][0], 20, delta=0.7)
        self.assertAlmostEqual(words["Boulangerie"][0], 101, delta=0.7)
        right = max(right for _left, _top, right, _bottom, _text in self._words(pdf))
        self.assertAlmostEqual(right, 189, delta=1.5)  # by the build of wkhtmltopdf

    def test_an_invoice_in_the_annex_is_said_to_be_there(self):
        line = self._line(1, "claims")
        for instalments, where in ((1, "ci-dessous"), (10, "en annexe")):
            lines = [line | {"reset_rank": rank} for rank in range(1, instalments + 1)]
            pdf = self._render(notice := self._notice("L4", lines=lines))[notice]
            first = " ".join(self._text(pdf, "-l", "1").split())
            with self.subTest(instalments=instalments):
                self.assertRegex(first, f"la facture[^,]* {where}, échue")

    def test_a_letter_of_one_page_has_no_page_number(self):
        self.assertNotIn("page 1/", self._letter("L4", count=1))

    def test_pages_are_numbered_with_the_number_of_the_letter(self):
        pdf = self._render(notice := self._notice("L4", count=40))[notice]
        pages = self._text(pdf).count(f"{notice.name} – page ")
        self.assertGreater(pages, 1)
        for page in range(1, pages + 1):
            limits = ("-f", str(page), "-l", str(page))
            expected = f"{notice.name} – page {page}/{pages}"
            self.assertIn(expected, self._text(pdf, *limits))

    def test_the_signature_stays_on_the_first_page_of_a_long_letter(self):
        pdf = self._render(notice := self._notice("L4", count=40))[notice]
        self.assertIn("Claire Delaunay", self._text(pdf, "-l", "1"))

    def test_each_page_of_a_long_table_repeats_its_head(self):
        pdf = self._render(notice := self._notice("L4", count=100))[notice]
        pages = self._text(pdf).count(" – page ")
        for page in range(2, pages + 1):
            text = self._text(pdf, "-f", str(page), "-l", str(page))
            self.assertRegex(text, "Facture Date Échéance|Facture Du Au Jours")

    def test_no_row_of_a_long_table_is_lost_nor_cut(self):
        """Each invoice is once in the table of items, once in the one of interest."""
        for count in (8, 9, 40, 41, 42, 43, 90, 200):
            with self.subTest(count):
                text = self._letter("L4", count=count)
                for number in range(1, count + 1):
                    self.assertEqual(text.count(f"FAC/2026/{number:05d}"), 2)

    def test_no_page_is_empty(self):
        notices = [self._notice("L4", count=count) for count in range(1, 12)]
        notices += [self._notice("L3", count=count, also=1) for count in range(1, 12)]
        union = self.env["recovery.notice"].union(*notices)
        for notice, pdf in self._render(union).items():
            pages = max(1, self._text(pdf).count(" – page "))
            for page in range(1, pages + 1):
                self.assertGreater(len(self._words(pdf, page)), 20, notice.line_ids)
