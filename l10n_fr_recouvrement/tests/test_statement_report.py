import io
from datetime import date, datetime
from decimal import Decimal

from openpyxl import load_workbook

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import TODAY, RecoveryCommon, day
from .common_letter import COMPANY, LetterCase

L9_CONVENTION = (
    "Principal × taux annuel × nombre de jours ÷ 365, arrondi au centime, taux révisé "
    "au 1er janvier et au 1er juillet (art. L441-10, II c. com.)"
)
NEVER_TO_A_CONSUMER = ("40,00 €", "BCE", "L441-10", "D441-5", "Indemnité")


class StatementReportCase(RecoveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({name: COMPANY[name] for name in COMPANY if name != "name"})

    def report(self, moves=None, partners=None, **values):
        return self.env["recovery.statement.report"].create(
            {
                "move_ids": [(6, 0, moves.ids if moves else [])],
                "partner_ids": [(6, 0, partners.ids if partners else [])],
                "company_ids": [(6, 0, self.company.ids)],
                **values,
            }
        )

    def paid_in_part(self, **values):
        """LAW, example 13: 10 000 EUR due on 30/04/2026, 4 000 received on 15/07."""
        invoice = self.invoice(amount=10000, due=date(2026, 4, 30), **values)
        self.pay(invoice, 4000, date(2026, 7, 15))
        return invoice

    def text(self, report):
        """What the PDF prints."""
        renderer = self.env["recovery.statement.renderer"]
        pdfs = renderer._interest_pdfs(report._checked_sheets(), report.annexed)
        return LetterCase._text(self, renderer._joined(pdfs))


@tagged("post_install_l10n", "post_install", "-at_install")
class TestStatementReport(StatementReportCase):
    """The statement of interest on screen and as letter L9."""

    def test_each_figure_is_that_of_the_invoice(self):
        invoices = self.paid_in_part() | self.invoice(amount=800, due=-113)
        sheet = self.report(invoices)._sheets()[0]
        expected = invoices.recovery_statement()
        for name in (
            "principal_due",
            "interest_accrued",
            "interest_due",
            "indemnity",
            "total",
        ):
            self.assertEqual(sheet.total(name), expected[name], name)
        self.assertEqual(sheet.daily_interest, expected["daily_interest"])
        segments = [line.line for item in sheet.items for line in item.segments]
        self.assertEqual(sorted(segments), sorted(expected["segments"]))

    def test_lines_add_up_to_the_interest(self):
        invoices = self.invoice(due=-400) | self.paid_in_part()
        for item in self.report(invoices)._sheets()[0].items:
            lines = [segment.line for segment in item.segments]
            total = sum(line.interest for line in lines)
            self.assertEqual(total, item.figures.interest_accrued)
            for line in lines:
                exact = line.base * line.percent * line.days / Decimal(36500)
                self.assertLessEqual(abs(exact - line.interest), Decimal("0.005"))

    def test_payments_say_what_they_were_counted_on(self):
        invoice = self.paid_in_part()
        [item] = self.report(invoice)._sheets()[0].items
        [receipt] = item.receipts
        self.assertEqual(receipt.date, date(2026, 7, 15))
        self.assertEqual(
            (receipt.kind, receipt.amount, receipt.principal, receipt.interest),
            ("payment", 4000, 4000, 0),
        )
        self.assertEqual(
            receipt.label, invoice.matched_payment_ids.move_id.name or receipt.label
        )

    def test_a_credit_note_is_no_payment(self):
        invoice = self.invoice(amount=6200, due=date(2026, 6, 30))
        credit = self.credit(amount=5000, due=0)
        (self.items(invoice) | self.items(credit)).reconcile()
        [item] = self.report(invoice)._sheets()[0].items
        [receipt] = item.receipts
        self.assertEqual((receipt.kind, receipt.label), ("credit_note", credit.name))
        self.assertEqual([line.line.base for line in item.segments], [1200])

    def test_a_past_date_ignores_later_payments(self):
        invoice = self.paid_in_part()
        [item] = self.report(invoice, date=date(2026, 7, 14))._sheets()[0].items
        self.assertFalse(item.receipts)
        self.assertEqual(item.figures.principal_due, 10000)
        self.assertEqual(
            item.figures.interest_due, Decimal("203.05") + Decimal("47.56")
        )

    def test_an_invoice_paid_since_is_still_owed_at_a_past_date(self):
        invoice = self.invoice(due=-60)
        self.pay(invoice, on=-10)
        self.assertFalse(self.report(partners=self.customer)._sheets())
        [sheet] = self.report(partners=self.customer, date=day(-20))._sheets()
        self.assertEqual(sheet.items[0].move, invoice)

    def test_interest_of_invoices_paid_late_is_there_on_request(self):
        late, in_time = self.invoice(due=-60), self.invoice(due=-60)
        self.pay(late, on=-10)
        self.pay(in_time, on=-70)
        report = self.report(partners=self.customer, include_paid=True)
        [item] = report._sheets()[0].items
        self.assertEqual(item.move, late)
        self.assertGreater(item.figures.interest_due, 0)

    def test_a_customer_gets_what_is_late_only(self):
        late = self.invoice(due=-5)
        self.invoice(due=5)
        self.invoice(due=-5, state="draft")
        [sheet] = self.report(partners=self.customer)._sheets()
        self.assertEqual([item.move for item in sheet.items], [late])

    def test_a_future_date_needs_its_rates(self):
        invoice = self.invoice(due=-60)
        known = self.report(invoice, date=date(2026, 12, 31))
        self.assertTrue(known.content)
        self.assertFalse(known.missing_rate)
        unknown = self.report(invoice, date=date(2027, 1, 1))
        self.assertTrue(unknown.missing_rate)
        self.assertRegex(unknown.problem, "01/01/2027.*Statutory rates")
        self.assertFalse(unknown.content)
        with self.assertRaisesRegex(RedirectWarning, "01/01/2027"):
            unknown.action_pdf()

    def test_each_line_names_the_source_of_its_rate(self):
        rate = self.env["recovery.rate"].search(
            [("kind", "=", "ecb_refi"), ("date_from", "=", "2026-07-01")]
        )
        rate.reference = "Decision of 11 June 2026"
        [item] = self.report(self.invoice(due=-60))._sheets()[0].items
        source = item.segments[-1].source
        self.assertEqual(
            (source.basis, source.percent, source.reference),
            ("commercial", Decimal("2.40"), "Decision of 11 June 2026"),
        )
        content = self.report(self.invoice(due=-60)).content
        self.assertIn("Decision of 11 June 2026", content)

    def test_the_dialog_shows_the_figures(self):
        self.paid_in_part()
        form = Form(
            self.env["recovery.statement.report"].with_context(
                default_partner_ids=self.customer.ids
            )
        )
        content = form.content.replace("\u00a0", " ")
        for figure in ("6,559.00", "203.05", "264.99", "12.15 %", "40.00"):
            self.assertIn(figure, content)
        form.date = date(2027, 3, 1)
        self.assertIn("Statutory rates", form.problem)

    def test_currencies_and_customers_have_their_own_sheets(self):
        dollar = self.setup_other_currency("USD")
        other = self.debtor("Other")
        moves = self.invoice(due=-60) | self.invoice(other, due=-60)
        moves |= self.invoice(due=-60, currency_id=dollar.id)
        sheets = self.report(moves)._sheets()
        self.assertEqual(len(sheets), 3)
        [dollars] = [sheet for sheet in sheets if sheet.currency == dollar]
        self.assertEqual(dollars.total("indemnity"), 40)
        self.assertEqual(dollars.total("total"), 1000 + dollars.total("interest_due"))

    def test_companies_are_not_mixed(self):
        other = self.setup_other_company()["company"]
        mine = self.invoice(due=-60)
        theirs = self.invoice_of(other, due=-60)
        [sheet] = self.report(partners=self.customer)._sheets()
        self.assertEqual(sheet.items[0].move, mine)
        both = self.report(
            partners=self.customer, company_ids=[(6, 0, (self.company | other).ids)]
        )
        moves = [sheet.items[0].move for sheet in both._sheets()]
        self.assertEqual(set(moves), {mine, theirs})

    def test_a_user_of_one_company_does_not_read_the_other(self):
        other = self.setup_other_company()["company"]
        theirs = self.invoice_of(other, due=-60)
        user = new_test_user(
            self.env,
            "collector_here",
            groups="l10n_fr_recouvrement.group_recovery_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        report = self.env["recovery.statement.report"].with_user(user)
        with self.assertRaises(AccessError):
            report.create({"move_ids": [(6, 0, theirs.ids)]})._sheets()
        partner = self.customer.ids
        with self.assertRaises(UserError):
            report.create({"partner_ids": [(6, 0, partner)]}).action_pdf()

    def test_a_salesperson_has_no_statements(self):
        user = new_test_user(
            self.env, "seller", groups="sales_team.group_sale_salesman"
        )
        with self.assertRaises(AccessError):
            self.env["recovery.statement.report"].with_user(user).create({})

    def test_as_many_queries_for_many_customers_as_for_few(self):
        invoices = self.env["account.move"]
        for number in range(30):
            invoices |= self.invoice(self.debtor(f"Customer {number}"), due=-60)
        for invoice in invoices[:20]:
            self.pay(invoice, 100, on=-10)
        counts = []
        for some in (invoices[:10], invoices[:10], invoices[:20], invoices):
            items = self.items(some)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            sheets = self.env["recovery.statement.detail"]._sheets(items, TODAY)
            labels = [item.label for sheet in sheets for item in sheet.items]
            self.assertEqual(len(labels), len(some))
            counts.append(self.cr.sql_log_count - before)
        # the first one warms caches that outlive a transaction
        self.assertEqual(counts[1:], counts[1:2] * 3)


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
