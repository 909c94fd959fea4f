from datetime import date
from decimal import Decimal

from odoo.fields import Command
from odoo.tests import tagged

from ..law.rates import MissingRate
from .common import TODAY, RecoveryCommon, day

# Worked examples of the law's dossier: kind, principal, due date, payments, the day
# at whose evening it stands, and (interest, indemnity, total).
EXAMPLES = {
    "two half-years": (
        ("professional", 5000, date(2026, 3, 31), [], TODAY),
        ("397.76", "40", "5437.76"),
    ),
    "leap year": (
        ("professional", 36500, date(2023, 12, 31), [], date(2024, 12, 31)),
        ("5261.00", "40", "41801.00"),
    ),
    "not late yet": (
        ("professional", 1000, TODAY, [], TODAY),
        ("0", "0", "1000"),
    ),
    "partial payment, principal first": (
        (
            "professional",
            10000,
            date(2026, 4, 30),
            [(4000, date(2026, 7, 15))],
            TODAY,
        ),
        ("519.00", "40", "6559.00"),
    ),
    "consumer before the formal notice": (
        ("consumer", 900, date(2026, 5, 31), [], date(2026, 8, 31)),
        ("0", "0", "900"),
    ),
    "public buyer, rate of the first day": (
        ("public", 20000, date(2026, 6, 19), [], TODAY),
        ("867.62", "40", "20907.62"),
    ),
}


def figures(statement):
    return tuple(statement[name] for name in ("interest_due", "indemnity", "total"))


def decimals(values):
    return tuple(map(Decimal, values))


@tagged("post_install_l10n", "post_install", "-at_install")
class TestStatement(RecoveryCommon):
    """Statements of interest of real invoices; the figures are the law's."""

    def test_worked_examples(self):
        for name, (facts, expected) in EXAMPLES.items():
            with self.subTest(name):
                kind, amount, due, payments, as_of = facts
                invoice = self.invoice(self.debtor(kind=kind), amount, due)
                for paid, on in payments:
                    self.pay(invoice, paid, on)
                statement = invoice.recovery_statement(as_of)
                self.assertEqual(figures(statement), decimals(expected))

    def test_lines_of_the_statement_are_those_of_the_law(self):
        invoice = self.invoice(amount=10000, due=date(2026, 4, 30))
        self.pay(invoice, 4000, date(2026, 7, 15))
        lines = invoice.recovery_statement()["segments"]
        self.assertEqual(
            [(line.days, line.base, line.percent, line.interest) for line in lines],
            [
                decimals(line)
                for line in (
                    ("61", "10000", "12.15", "203.05"),
                    ("15", "10000", "12.4", "50.96"),
                    ("130", "6000", "12.4", "264.99"),
                )
            ],
        )

    def test_each_late_invoice_bears_its_own_indemnity(self):
        invoices = self.env["account.move"]
        for amount, due in (
            (1200, date(2026, 6, 30)),
            (800, date(2026, 7, 31)),
            (2500, date(2026, 9, 30)),
        ):
            invoices |= self.invoice(amount=amount, due=due)
        statement = invoices.recovery_statement()
        self.assertEqual(statement["indemnity"], 120)
        self.assertEqual(statement["total"], Decimal("4755.10"))
        totals = [invoice.recovery_statement()["total"] for invoice in invoices]
        self.assertEqual(totals, list(decimals(("1299.11", "870.98", "2585.01"))))

    def test_interest_of_a_consumer_runs_from_the_presented_formal_notice(self):
        consumer = self.debtor(kind="consumer")
        invoice = self.invoice(consumer, 900, date(2026, 5, 31))
        policy = self.policy({"delay_days": 50, "letter": "L5"})
        notice = self.notice(invoice, policy.level_ids, on=date(2026, 9, 10))
        self.assertEqual(invoice.recovery_statement()["interest_due"], 0)
        notice.presented_on = date(2026, 9, 15)
        statement = invoice.recovery_statement()
        self.assertEqual(figures(statement), decimals(("4.61", "0", "904.61")))
        self.assertEqual(statement["segments"][0].start, date(2026, 9, 16))

    def test_a_simple_reminder_is_no_formal_notice(self):
        invoice = self.invoice(self.debtor(kind="consumer"), 900, due=-90)
        policy = self.policy({"delay_days": 5, "letter": "L3"})
        self.notice(invoice, policy.level_ids, on=-65, presented_on=day(-60))
        self.assertEqual(invoice.recovery_statement()["interest_due"], 0)

    def test_an_unknown_kind_bears_no_commercial_interest_nor_indemnity(self):
        invoice = self.invoice(self.debtor(kind=None), due=-90)
        self.assertEqual(figures(invoice.recovery_statement()), (0, 0, 1000))

    def test_kind_chosen_in_the_same_transaction_counts(self):
        debtor = self.debtor(kind=None)
        invoice = self.invoice(debtor, due=-90)
        debtor.recovery_debtor_kind = "professional"
        self.assertEqual(invoice.recovery_statement()["indemnity"], 40)

    def test_invoice_to_a_contact_has_the_kind_of_its_company(self):
        contact = self.contact(self.customer)
        invoice = self.invoice(contact, due=-90)
        self.assertEqual(invoice.recovery_statement()["indemnity"], 40)

    def test_instalments_bear_one_indemnity_and_their_own_interest(self):
        invoice = self.instalments(
            amount=2000, dues=(date(2026, 6, 30), date(2026, 9, 30))
        )
        statement = invoice.recovery_statement()
        self.assertEqual(statement["indemnity"], 40)
        self.assertEqual(
            [(line.days, line.base) for line in statement["segments"]],
            [(145, 1000), (53, 1000)],
        )
        interest = sum(line.interest for line in statement["segments"])
        self.assertEqual(statement["total"], 2000 + interest + 40)

    def test_first_late_instalment_bears_the_indemnity(self):
        """The first one was paid in time: the second late one bears it."""
        invoice = self.instalments(amount=2000, dues=(-60, -20))
        self.pay(invoice, 1000, on=-60)
        rows = self.env["recovery.statement"]._for_items(self.items(invoice).ids, TODAY)
        self.assertEqual(
            [rows[item.id].indemnity for item in self.items(invoice)], [0, 40]
        )

    def test_statement_of_one_instalment_leaves_the_indemnity_to_the_first(self):
        invoice = self.instalments(amount=2000, dues=(-60, -20))
        first, second = self.items(invoice)
        statements = self.env["recovery.statement"]._for_items(second.ids, TODAY)
        self.assertEqual(list(statements), [second.id])
        self.assertEqual(statements[second.id].indemnity, 0)

    def test_credit_note_reduces_the_base_from_the_due_date(self):
        """Whatever its own date: what it cancels was never due."""
        invoice = self.invoice(amount=6200, due=date(2026, 6, 30))
        credit = self.credit(amount=5000, due=0)
        (self.items(invoice) | self.items(credit)).reconcile()
        statement = invoice.recovery_statement()
        self.assertEqual(figures(statement), decimals(("59.11", "40", "1299.11")))
        self.assertEqual([line.base for line in statement["segments"]], [1200])

    def test_payment_allocated_late_counts_on_its_own_day(self):
        invoice = self.invoice(amount=10000, due=date(2026, 4, 30))
        payment = self.payment(amount=4000, on=date(2026, 7, 15))
        (self.items(invoice) | self.items(payment.move_id)).reconcile()
        expected = decimals(("519.00", "40", "6559.00"))
        self.assertEqual(figures(invoice.recovery_statement()), expected)

    def test_interest_outlives_the_payment_of_the_principal(self):
        invoice = self.invoice(amount=5000, due=date(2026, 3, 31))
        self.pay(invoice, on=date(2026, 11, 22))
        statement = invoice.recovery_statement()
        self.assertEqual(statement["principal_due"], 0)
        self.assertEqual(figures(statement), decimals(("397.76", "40", "437.76")))

    def test_cancelled_payment_leaves_the_interest_from_the_due_date(self):
        invoice = self.invoice(amount=5000, due=date(2026, 3, 31))
        payment = self.pay(invoice, on=date(2026, 4, 30))
        payment.action_draft()
        payment.action_cancel()
        expected = decimals(("397.76", "40", "5437.76"))
        self.assertEqual(figures(invoice.recovery_statement()), expected)

    def test_write_off_by_an_entry_reduces_the_base_from_the_due_date(self):
        invoice = self.invoice(amount=1210, due=date(2026, 6, 30))
        write_off = self.entry(amount=-10, due=0)
        (self.items(invoice) | self.items(write_off)).reconcile()
        bases = [line.base for line in invoice.recovery_statement()["segments"]]
        self.assertEqual(bases, [1200])

    def test_write_off_in_the_payment_register_is_no_payment(self):
        invoice = self.invoice(amount=1210, due=date(2026, 6, 30))
        self.pay(
            invoice,
            amount=1200,
            payment_difference_handling="reconcile",
            writeoff_account_id=self.company_data["default_account_expense"].id,
        )
        self.assertEqual(invoice.amount_residual, 0)
        statement = invoice.recovery_statement()
        self.assertEqual([line.base for line in statement["segments"]], [1200])
        self.assertEqual(statement["interest_due"], Decimal("59.11"))

    def test_payment_by_a_bank_statement_line_is_a_payment(self):
        invoice = self.invoice(amount=1200, due=date(2026, 6, 30))
        bank = self.company_data["default_journal_bank"]
        self.pay_with_statement_line(invoice, bank.id, date(2026, 7, 31), 1200)
        lines = invoice.recovery_statement()["segments"]
        self.assertEqual([line.days for line in lines], [31])

    def test_debit_note_bears_neither_interest_nor_indemnity(self):
        """Penalties bear no penalties."""
        invoice = self.invoice(due=-90)
        note = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": day(-80),
                "invoice_date_due": day(-80),
                "debit_origin_id": invoice.id,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Penalty", "price_unit": 75, "tax_ids": False}
                    )
                ],
            }
        )
        note.action_post()
        self.assertEqual(figures(note.recovery_statement()), (0, 0, 75))

    def test_statement_of_a_credit_note_is_empty(self):
        statement = self.credit().recovery_statement()
        self.assertEqual(figures(statement), (0, 0, 0))
        self.assertEqual(statement["segments"], [])

    def test_missing_rate_names_the_half_year(self):
        rates = self.env["recovery.rate"]
        rates.search([("date_from", ">=", "2026-07-01")]).unlink()
        invoice = self.invoice(due=date(2026, 6, 1))
        with self.assertRaisesRegex(MissingRate, "2026"):
            invoice.recovery_statement()
        statement = invoice.recovery_statement(date(2026, 6, 30))
        self.assertEqual(len(statement["segments"]), 1)
