from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import TODAY, RecoveryCommon

RECEIVED = date(2026, 5, 20)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPublicBuyer(RecoveryCommon):
    """The legal due date of a public buyer, beside the ledger's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy(5)
        cls.town = cls.debtor("Ville de Lyon", kind="public")
        # due on 12 November in the ledger
        cls.bill = cls.invoice(cls.town, 20000, due=-10)

    def received(self, invoice=None, on=RECEIVED, **values):
        invoice = self.bill if invoice is None else invoice
        invoice.write({"recovery_received_on": on, **values})
        self.env.flush_all()
        return invoice

    def test_the_ledger_is_never_touched(self):
        before = self.bill.line_ids.read(), self.bill.invoice_date_due
        self.received(
            recovery_interrupted_on="2026-05-30", recovery_documents_on="2026-06-15"
        )
        self.bill.line_ids.invalidate_recordset()
        self.assertEqual(
            (self.bill.line_ids.read(), self.bill.invoice_date_due), before
        )

    def test_the_delay_is_that_of_the_kind_of_body(self):
        """20 May + 30 = 19 June, + 50 = 9 July, + 60 = 19 July 2026."""
        for body, delay, due in (
            (False, 30, date(2026, 6, 19)),
            ("public_local", 30, date(2026, 6, 19)),
            ("public_health", 50, date(2026, 7, 9)),
            ("public_undertaking", 60, date(2026, 7, 19)),
        ):
            with self.subTest(body=body):
                self.town.recovery_public_body = body
                self.assertEqual(self.town.recovery_public_delay, delay)
                bill = self.received(self.invoice(self.town))
                self.assertEqual(bill.recovery_public_delay, delay)
                self.assertEqual(bill.recovery_legal_due_date, due)

    def test_the_delay_of_the_law_is_dated(self):
        """From 2027 on, the law gives 20 days."""
        self.env["recovery.legal.parameter"].create(
            {
                "key": "public_local",
                "date_from": "2027-01-01",
                "value": 20,
                "unit": "days",
            }
        )
        self.assertEqual(self.received().recovery_public_delay, 30)
        later = self.received(self.invoice(self.town), date(2027, 1, 1))
        self.assertEqual(later.recovery_legal_due_date, date(2027, 1, 21))

    def test_a_later_change_of_the_customer_does_not_change_the_invoice(self):
        self.received()
        self.town.recovery_public_body = "public_undertaking"
        self.bill.recovery_received_on = date(2026, 5, 21)
        self.assertEqual(self.bill.recovery_public_delay, 30)
        self.assertEqual(self.bill.recovery_legal_due_date, date(2026, 6, 20))

    def test_a_delay_of_the_contract_may_be_entered(self):
        self.received(recovery_public_delay=20)
        self.assertEqual(self.bill.recovery_legal_due_date, date(2026, 6, 9))

    def test_an_interruption_opens_a_new_delay(self):
        """Interrupted on day 10, documents on 15 June: 15 June + 30 = 15 July."""
        self.received(recovery_interrupted_on="2026-05-30")
        self.assertFalse(self.bill.recovery_legal_due_date)
        self.assertEqual(self.bill.recovery_reopened_days, 30)
        self.bill.recovery_documents_on = "2026-06-15"
        self.assertEqual(self.bill.recovery_legal_due_date, date(2026, 7, 15))
        self.assertEqual(self.bill.recovery_reopened_days, 0)

    def test_a_longer_balance_stays(self):
        """50 of 60 days are left on 30 May: 15 June + 50 = 4 August."""
        self.town.recovery_public_body = "public_undertaking"
        self.received(
            recovery_interrupted_on="2026-05-30", recovery_documents_on="2026-06-15"
        )
        self.assertEqual(self.bill.recovery_legal_due_date, date(2026, 8, 4))

    def test_dates_out_of_order_are_refused(self):
        for values in (
            {"recovery_interrupted_on": "2026-05-19"},
            {"recovery_documents_on": "2026-06-15"},
            {
                "recovery_interrupted_on": "2026-06-16",
                "recovery_documents_on": "2026-06-15",
            },
            {"recovery_received_on": False, "recovery_interrupted_on": "2026-05-30"},
            {"recovery_public_delay": -1},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                with self.cr.savepoint():
                    self.received(**({"recovery_received_on": RECEIVED} | values))

    def test_without_receipt_there_is_no_legal_date(self):
        self.received()
        self.bill.recovery_received_on = False
        self.assertFalse(self.bill.recovery_legal_due_date)
        self.assertEqual(self.bill.recovery_public_delay, 0)
        self.assertEqual(self.situation(self.bill).days_late, 10)

    def test_a_copy_has_no_dates_of_chorus_pro(self):
        self.received(
            recovery_interrupted_on="2026-05-30", recovery_documents_on="2026-06-15"
        )
        copy = self.bill.copy()
        for name in ("received_on", "interrupted_on", "documents_on", "legal_due_date"):
            self.assertFalse(copy[f"recovery_{name}"])

    def test_reminders_follow_the_legal_date(self):
        """Received on 1 November: due on 1 December; the ledger says 12 November."""
        self.assertEqual(self.status(self.bill), "due")
        self.received(on=date(2026, 11, 1))
        row = self.situation(self.bill)
        self.assertEqual(row.date_maturity, date(2026, 12, 1))
        self.assertEqual((row.days_late, row.status), (-9, "waiting"))
        self.assertEqual(row.next_date, date(2026, 12, 6))
        self.assertEqual(row.bucket, "b0_not_due")
        self.assertEqual(row.overdue_company, 0)
        self.assertEqual(self.status(self.bill, date(2026, 12, 5)), "waiting")
        self.assertEqual(self.status(self.bill, date(2026, 12, 6)), "due")
        self.assertEqual(self.bill.recovery_days_late, 0)

    def test_an_earlier_legal_date_is_followed_too(self):
        """A payment term beyond the legal delay: received 20 May, due 19 June."""
        bill = self.received(self.invoice(self.town, due=10))
        row = self.situation(bill)
        self.assertEqual(row.days_late, (TODAY - date(2026, 6, 19)).days)
        self.assertEqual(row.status, "due")

    def test_nothing_is_late_while_documents_are_missing(self):
        self.received(recovery_interrupted_on="2026-05-30")
        for on in (TODAY, date(2027, 6, 1)):
            row = self.situation(self.bill, on)
            self.assertEqual((row.days_late, row.status), (-30, "waiting"))
        self.assertIn("30 days after that", self.situation(self.bill).reason)
        figures = self.bill.recovery_statement()
        self.assertEqual((figures["interest_due"], figures["indemnity"]), (0, 0))

    def test_worklist_run_and_invoice_agree(self):
        self.received(on=date(2026, 10, 3))  # due on 2 November, 20 days late
        self.assertEqual(self.worklist(self.town).days_late, 20)
        self.assertEqual(self.bill.recovery_days_late, 20)
        run = self.env["recovery.run"].launch(company=self.company)
        line = run.notice_ids.line_ids.filtered(lambda line: line.move_id == self.bill)
        self.assertEqual(line.days_late, 20)
        self.assertEqual(line.date_maturity, date(2026, 11, 2))

    def test_the_statement_runs_from_the_legal_date(self):
        """LAW.md example 25: 20 000 EUR received on 20/05/2026, due on 19/06/2026,
        until 22/11/2026: 156 days at the rate of the first semester of 2026, 2.15 + 8:
        20000 x 10.15 % x 156 / 365 = 867.62, and 40 EUR.
        """
        self.received()
        figures = self.bill.recovery_statement()
        self.assertEqual(sum(line.days for line in figures["segments"]), 156)
        self.assertEqual(
            {line.percent for line in figures["segments"]}, {Decimal("10.15")}
        )
        self.assertAlmostEqual(figures["interest_due"], Decimal("867.62"), delta=0.01)
        self.assertEqual(figures["indemnity"], 40)

    def test_only_a_public_buyer_has_it(self):
        """The kind is corrected after the receipt was entered: the ledger holds."""
        self.received(on=date(2026, 11, 1))
        self.town.recovery_debtor_kind = "professional"
        self.assertEqual(self.situation(self.bill).days_late, 10)
        segments = self.bill.recovery_statement()["segments"]
        self.assertEqual(segments[0].start, date(2026, 11, 13))

    def test_instalments_keep_the_dates_of_the_accounts(self):
        bill = self.received(self.instalments(self.town), date(2026, 11, 1))
        self.assertFalse(bill.recovery_legal_due_date)
        self.assertEqual(self.situation(bill).mapped("days_late"), [40, 10])

    def test_the_next_reading_sees_a_change(self):
        self.assertEqual(self.situation(self.bill).days_late, 10)
        self.received(on=date(2026, 11, 1))
        self.assertEqual(self.situation(self.bill).days_late, -9)

    def test_invoices_of_two_companies_keep_their_own_dates(self):
        other = self.setup_other_company(name="Second company")["company"]
        there = self.received(self.invoice_of(other, self.town), date(2026, 11, 1))
        self.assertEqual(self.situation(there).days_late, -9)
        self.assertEqual(self.situation(self.bill).days_late, 10)

    def test_a_collector_enters_the_dates_in_the_dialog(self):
        collector = new_test_user(
            self.env,
            "collector",
            "l10n_fr_recouvrement.group_recovery_user",
            company_id=self.company.id,
        )
        bill = self.bill.with_user(collector)
        action = bill.action_recovery_treatment()
        self.assertEqual((action["res_id"], action["target"]), (bill.id, "new"))
        with Form(bill, self.env["ir.ui.view"].browse(action["view_id"][0])) as form:
            form.recovery_received_on = RECEIVED
            self.assertEqual(form.recovery_public_delay, 30)
            self.assertEqual(form.recovery_legal_due_date, date(2026, 6, 19))
            form.recovery_interrupted_on = date(2026, 5, 30)
            form.recovery_documents_on = date(2026, 6, 15)
        self.assertEqual(self.bill.recovery_legal_due_date, date(2026, 7, 15))

    def test_a_receipt_before_the_law_is_refused(self):
        with self.assertRaisesRegex(UserError, "State, local authority"):
            self.received(on=date(2009, 1, 1))

    def test_what_is_paid_is_not_read_any_more(self):
        self.received()
        marked = self.bill.search_count(
            [("id", "=", self.bill.id), ("payment_state", "in", ("not_paid",))]
        )
        self.assertEqual(marked, 1)
        self.pay(self.bill)
        self.assertFalse(self.situation(self.bill))

    def test_as_many_queries_for_many_as_for_few(self):
        bills = self._post_moves(
            [self._move_values("out_invoice", self.town, 1000, -10, {})] * 100
        )

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.recovery_received_on = RECEIVED
            self.env.flush_all()
            written = self.cr.sql_log_count - before
            self.situation(records).mapped("reason")
            return self.cr.sql_log_count - before - written

        queries(bills[:1])
        self.assertEqual(queries(bills[:10]), queries(bills))

    def test_contacts_have_the_body_of_their_company(self):
        self.town.recovery_public_body = "public_health"
        contact = self.contact(self.town)
        self.assertEqual(contact.recovery_public_body, "public_health")
        bill = self.received(self.invoice(contact))
        self.assertEqual(bill.recovery_public_delay, 50)

    def test_a_term_of_several_parts_chosen_in_draft_removes_the_legal_date(self):
        bill = self.received(self.invoice(self.town, state="draft"))
        self.assertTrue(bill.recovery_legal_due_date)
        parts = [
            Command.create({"value": "percent", "value_amount": 50, "nb_days": days})
            for days in (10, 40)
        ]
        bill.invoice_payment_term_id = self.env["account.payment.term"].create(
            {"name": "Parts", "line_ids": parts}
        )
        self.assertFalse(bill.recovery_legal_due_date)
