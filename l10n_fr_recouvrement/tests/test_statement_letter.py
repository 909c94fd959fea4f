import io
from datetime import date, datetime

from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_statement import StatementReportCase

L9_CONVENTION = (
    "Principal × taux annuel × nombre de jours ÷ 365, arrondi au centime, taux révisé "
    "au 1er janvier et au 1er juillet (art. L441-10, II c. com.)"
)
NEVER_TO_A_CONSUMER = ("40,00 €", "BCE", "L441-10", "D441-5", "Indemnité")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestStatementLetter(StatementReportCase):
    """Letter L9, read by pdftotext."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.customer.lang = "fr_FR"

    def test_letter_to_a_professional(self):
        text = self.text(self.report(self.paid_in_part()))
        for expected in (
            "Décompte des intérêts arrêté au 22 novembre 2026",
            L9_CONVENTION,
            "6 000,00 € 519,00 € 40,00 € 6 559,00 €",
            "01/05/2026 30/06/2026 61 10 000,00 € 12,15 % (1) 203,05 €",
            "16/07/2026 22/11/2026 130 6 000,00 € 12,40 % (2) 264,99 €",
            "15/07/2026 Règlement",
            "4 000,00 € 4 000,00 € 0,00 €",
            "imputés d’abord sur le principal",
            "2,04 € par jour",
            "taux BCE 2,40 % + 10 points, 2e semestre 2026",
            "SAS au capital de 150 000 €",
            "Garage Martin",
        ):
            self.assertIn(expected, text)

    def test_annex_has_no_letterhead_but_both_parties(self):
        text = self.text(self.report(self.paid_in_part(), annexed=True))
        self.assertIn("Débiteur : Garage Martin", text)
        self.assertIn("Créancier : ", text)
        self.assertIn(L9_CONVENTION, text)
        self.assertNotIn("Madame, Monsieur", text)

    def test_letter_to_a_consumer(self):
        consumer = self.debtor("Jeanne Durand", kind="consumer", lang="fr_FR")
        invoice = self.invoice(consumer, 900, date(2026, 5, 31))
        text = self.text(self.report(invoice))
        self.assertIn("Aucun intérêt n’est compté avant la mise en demeure", text)
        self.assertIn("Total dû au 22 novembre 2026 900,00 €", text)
        policy = self.policy({"delay_days": 50, "letter": "L5"})
        notice = self.notice(invoice, policy.level_ids, on=date(2026, 9, 10))
        notice.presented_on = date(2026, 9, 15)
        later = self.text(self.report(invoice))
        self.assertIn("16/09/2026 22/11/2026 68 900,00 € 2,75 % (1) 4,61 €", later)
        self.assertIn("à compter du lendemain de la première présentation", later)
        self.assertIn("taux légal 2,75 %", later)
        for pattern in NEVER_TO_A_CONSUMER:
            self.assertNotIn(pattern, text)
            self.assertNotIn(pattern, later)

    def test_letter_to_a_public_buyer(self):
        public = self.debtor("Commune de Vif", kind="public", lang="fr_FR")
        invoice = self.invoice(public, 20000, date(2026, 6, 19))
        text = self.text(self.report(invoice))
        for expected in (
            "Intérêts moratoires arrêtés au 22 novembre 2026 867,62 €",
            "au cours duquel les intérêts ont commencé à courir, majoré de huit points",
            "R2192-31",
            "taux BCE 2,15 % + 8 points, figé au 1er semestre 2026",
        ):
            self.assertIn(expected, text)
        self.assertNotIn("L441-10", text)

    def test_letter_in_the_language_of_the_customer(self):
        self.customer.lang = "en_US"
        text = self.text(self.report(self.paid_in_part()))
        self.assertIn("Statement of interest as of 22 November 2026", text)
        self.assertIn("€6,559.00", text)
        annex = self.text(self.report(self.paid_in_part(), annexed=True))
        self.assertIn("Décompte des intérêts", annex)

    def test_long_statements_repeat_their_heads_and_number_their_pages(self):
        text = self.text(self.report(self.invoices(60, due=-200)))
        self.assertIn("60 factures", text)
        self.assertIn("Calcul des intérêts (suite)", text)
        self.assertGreater(text.count("Jours Base Taux Source Intérêts"), 2)
        self.assertRegex(text, "page 1/[5-9]")

    def test_nothing_late_says_so(self):
        with self.assertRaisesRegex(UserError, "Nothing is late"):
            self.report(partners=self.debtor("Nobody")).action_pdf()


@tagged("post_install_l10n", "post_install", "-at_install")
class TestStatementWorkbook(StatementReportCase):
    """The spreadsheet, read back."""

    def load(self, report, values=True):
        url = report.action_xlsx()["url"]
        number = int(url.split("/web/content/")[1].split("?")[0])
        content = self.env["ir.attachment"].browse(number).raw
        return load_workbook(io.BytesIO(content), data_only=values)

    def test_dates_and_numbers_are_real(self):
        book = self.load(self.report(self.paid_in_part()))
        self.assertEqual(book.sheetnames, ["Invoices", "Interest", "Payments"])
        sheet = book["Invoices"]
        self.assertEqual(sheet["D4"].value, datetime(2026, 4, 30))
        self.assertEqual(sheet["F4"].value, 10000)
        self.assertEqual(sheet["J4"].value, 519)
        self.assertEqual(sheet["L4"].value, 6559)
        self.assertEqual(sheet.freeze_panes, "C4")
        lines = book["Interest"]
        self.assertEqual(
            [lines.cell(row, 9).value for row in (4, 5, 6)], [203.05, 50.96, 264.99]
        )
        self.assertEqual(lines["G4"].number_format, "0.00%")
        self.assertEqual(lines["G4"].value, 0.1215)
        self.assertIn("ECB 2.15%", lines["H4"].value)
        self.assertEqual(book["Payments"]["F4"].value, 4000)

    def test_totals_are_formulas_by_currency(self):
        dollar = self.setup_other_currency("USD")
        moves = self.paid_in_part() | self.invoice(due=-60, currency_id=dollar.id)
        report = self.report(moves | self.invoice(amount=500, due=-60))
        values, formulas = self.load(report), self.load(report, values=False)
        rows = {row[4].value: row[0].row for row in values["Invoices"].iter_rows(8)}
        row = rows["EUR"]
        self.assertTrue(formulas["Invoices"][f"L{row}"].value.startswith("=SUMIF("))
        euros = [sheet for sheet in report._sheets() if sheet.currency == self.eur]
        expected = float(sum(sheet.total("total") for sheet in euros))
        self.assertAlmostEqual(values["Invoices"][f"L{row}"].value, expected, 2)
        line = formulas["Interest"]["I4"].value
        self.assertEqual(line, "=ROUND(F4*G4*E4/365,2)")

    def test_a_name_is_never_a_formula(self):
        self.customer.name = "=HYPERLINK(1)"
        sheet = self.load(self.report(self.invoice(due=-60)), values=False)["Invoices"]
        self.assertEqual(sheet["A4"].data_type, "s")
