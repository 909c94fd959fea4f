from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import RecoveryCommon, day


@tagged("post_install_l10n", "post_install", "-at_install")
class TestStatementCurrency(RecoveryCommon):
    """Statements in dollars: interest in the item's currency, 40 EUR beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.setup_other_currency(
            "USD", rates=[("2016-01-01", 2.0), ("2026-07-10", 4.0)]
        )

    def dollars(self, amount, due):
        return self.invoice(amount=amount, due=due, currency_id=self.dollar.id)

    def test_indemnity_stays_in_euros_out_of_the_total(self):
        statement = self.dollars(5000, date(2026, 3, 31)).recovery_statement()
        self.assertEqual(statement["interest_due"], Decimal("397.76"))
        self.assertEqual(statement["indemnity"], 40)
        self.assertEqual(statement["total"], Decimal("5397.76"))

    def test_exchange_difference_is_no_payment(self):
        invoice = self.dollars(10000, date(2026, 4, 30))
        self.pay(invoice, 4000, date(2026, 7, 15), currency_id=self.dollar.id)
        self.pay(invoice, 6000, currency_id=self.dollar.id)
        self.assertTrue(
            self.items(invoice).matched_credit_ids.exchange_move_id,
            "no exchange difference: the test proves nothing",
        )
        statement = invoice.recovery_statement()
        self.assertEqual(
            [line.base for line in statement["segments"]], [10000, 10000, 6000]
        )
        self.assertEqual(statement["interest_due"], Decimal("519.00"))

    def test_payment_in_euros_of_a_dollar_invoice_counts_in_dollars(self):
        invoice = self.dollars(10000, date(2026, 4, 30))
        self.pay(invoice, 1000, date(2026, 7, 15), currency_id=self.eur.id)
        statement = invoice.recovery_statement()
        self.assertEqual(statement["segments"][-1].base, 6000)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestStatementScale(RecoveryCommon):
    def queries(self, invoices):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        invoices.recovery_statement()
        return self.cr.sql_log_count - before

    def test_as_many_queries_for_many_invoices_as_for_few(self):
        invoices = self.invoices(40, due=-60)
        invoices[0].recovery_statement()
        self.assertEqual(self.queries(invoices[:10]), self.queries(invoices))

    def test_statement_needs_access_to_the_invoice(self):
        invoice = self.invoice()
        employee = new_test_user(self.env, "employee", company_id=self.company.id)
        with self.assertRaises(AccessError):
            invoice.with_user(employee).recovery_statement()

    def test_statement_of_the_past_ignores_later_payments(self):
        invoice = self.invoice(due=-60)
        self.pay(invoice, on=-10)
        statement = invoice.recovery_statement(day(-20))
        self.assertEqual(statement["principal_due"], 1000)
