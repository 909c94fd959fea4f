from datetime import date
from types import SimpleNamespace

from odoo.tests import tagged

from ..reports import typography as typo
from ..reports.letter_parties import Addressee, Sender
from ..reports.letter_table import HEAD, Row, Table, inline, paginate
from .common_letter import LetterCase


@tagged("post_install", "-at_install")
class TestLetterParts(LetterCase):
    def _plain(self, text):
        return text.replace(typo.NBSP, "_")

    def test_numbers(self):
        for value, french, english in (
            (1234567.891, "1_234_567,89", "1,234,567.89"),
            (0, "0,00", "0.00"),
            (-0.001, "0,00", "0.00"),
            (-120, "−120,00", "−120.00"),
        ):
            self.assertEqual(self._plain(typo.number(value, "fr")), french)
            self.assertEqual(typo.number(value, "en"), english)

    def test_money(self):
        self.assertEqual(self._plain(typo.money(1234.5, "€", "fr")), "1_234,50_€")
        self.assertEqual(typo.money(-1234.5, "€", "en"), "−€1,234.50")
        self.assertEqual(self._plain(typo.money(5, "CHF", "en")), "CHF_5.00")
        self.assertEqual(self._plain(typo.money(1500, "¥", "fr", 0)), "1_500_¥")

    def test_percent(self):
        self.assertEqual(self._plain(typo.percent(12.4, "fr")), "12,40_%")
        self.assertEqual(typo.percent(12.4, "en"), "12.40%")

    def test_dates(self):
        for day, french, english in (
            (date(2026, 12, 1), "1er_décembre_2026", "1_December_2026"),
            (date(2026, 2, 11), "11_février_2026", "11_February_2026"),
            (None, "", ""),
        ):
            self.assertEqual(self._plain(typo.long_date(day, "fr")), french)
            self.assertEqual(self._plain(typo.long_date(day, "en")), english)
        self.assertEqual(typo.short_date(date(2026, 2, 1)), "01/02/2026")

    def test_account_and_register_numbers(self):
        self.assertEqual(self._plain(typo.by_four("FR76 30006000")), "FR76_3000_6000")
        self.assertEqual(self._plain(typo.siren("40483304800022")), "404_833_048")
        self.assertEqual(typo.siren("CHE-123"), "CHE-123")

    def _addressee(self, partner, contact=None):
        home = self.env.ref("base.fr")
        contact = contact or self.env["res.partner"]
        return Addressee.of(contact, partner, home).lines

    def test_address_in_postal_order(self):
        """NF Z 10-011: building before the street, post-office box after it."""
        flat = self._partner("Durand", street2="Appartement 12")
        self.assertEqual(
            self._addressee(flat),
            ("Durand", "Appartement 12", "3 place du Marché", "38000 GRENOBLE"),
        )
        box = self._partner("Durand", street2="BP 40")
        self.assertEqual(self._addressee(box)[1:3], ("3 place du Marché", "BP 40"))

    def test_the_contact_of_a_company_is_named_under_it(self):
        company = self._partner("Martin SARL", is_company=True)
        contact = self._partner("Sophie", parent_id=company.id, type="invoice")
        expected = ("Martin SARL", "À l’attention de Sophie")
        self.assertEqual(self._addressee(company, contact)[:2], expected)
        unnamed = self._partner(False, parent_id=company.id, type="invoice")
        self.assertEqual(self._addressee(company, unnamed)[1], "3 place du Marché")

    def test_country_of_a_foreign_address_only(self):
        belgian = self._partner("Peeters", country_id=self.env.ref("base.be").id)
        french = self._partner("Durand", country_id=self.env.ref("base.fr").id)
        self.assertEqual(self._addressee(belgian)[-1], "BELGIQUE")
        self.assertEqual(self._addressee(french)[-1], "38000 GRENOBLE")

    def test_never_more_than_six_lines(self):
        company = self._partner("Very long name of a company " * 3, is_company=True)
        contact = self._partner(
            "Sophie Martin, responsable de la comptabilité fournisseurs",
            parent_id=company.id,
            street2="Bâtiment C, escalier 4, deuxième étage",
            country_id=self.env.ref("base.us").id,
            type="invoice",
        )
        self.assertLessEqual(len(self._addressee(company, contact)), 6)

    def test_siren_is_found_in_the_vat_number(self):
        self.company.company_registry = False
        lines = [self._plain(line) for line in Sender.of(self.company).lines]
        self.assertIn("404_833_048 RCS_Lyon", lines)

    def test_a_branch_bears_the_mentions_of_its_company(self):
        branch = self.env["res.company"].create(
            {"name": "Agence Sud", "parent_id": self.company.id, "city": "Nice"}
        )
        sender = Sender.of(branch)
        lines = [self._plain(line) for line in sender.lines]
        self.assertEqual(sender.name, "Agence Sud")
        self.assertIn("Établissement de Ateliers Delaunay", lines)
        self.assertIn("SAS au capital de 150_000_€", lines)
        self.assertIn("404_833_048 RCS_Lyon", lines)
        self.assertIn("Siège_: 14 rue des Forges, 69007 LYON", lines)

    def test_core_placeholder_logo_is_not_printed(self):
        self.company.logo = self.company._get_logo()
        self.assertEqual(Sender.of(self.company).logo, "")

    def test_pages_hold_what_they_can_and_no_more(self):
        rows = tuple(Row(str(n), "", "", "", "", "", "") for n in range(100))
        tall = tuple(Row(str(n), "PO", "", "", "", "", "") for n in range(7))
        pages = paginate([Table("claimed", rows), Table("also_due", tall)], capacity=20)
        for page in pages:
            self.assertLessEqual(sum(table.height for table in page), 20)
        printed = [row for page in pages for table in page for row in table.rows]
        self.assertEqual(printed, [*rows, *tall])
        self.assertEqual(sum(t.last for page in pages for t in page), 2)
        self.assertEqual(paginate([]), [])
        self.assertGreater(HEAD, 0)

    def test_the_letter_keeps_the_claimed_items_when_the_others_are_too_many(self):
        rows = tuple(Row(str(n), "", "", "", "", "", "") for n in range(9))
        claimed, also_due = Table("claimed", rows[:1]), Table("also_due", rows)
        self.assertEqual(inline([claimed, also_due], 10), [claimed])
        self.assertEqual(inline([claimed, also_due], 14), [claimed, also_due])
        self.assertEqual(inline([also_due, claimed], 8), [])

    def test_values_are_shared_between_letters_of_a_company(self):
        shared, notice = {}, self._notice()
        first = self.renderer.document(notice, shared)
        self.assertIs(self.renderer.document(notice, shared).sender, first.sender)

    def test_reference_is_the_one_of_the_only_invoice(self):
        notice = self._notice()
        self.assertEqual(self.renderer.document(notice).reference, notice.name)
        alone = self.renderer.document(notice)
        alone.__dict__["_move"] = SimpleNamespace(payment_reference="RF18")
        self.assertEqual(alone.reference, "RF18")
