from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import TODAY, day
from .common_statement import StatementReportCase


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
