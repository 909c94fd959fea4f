from decimal import Decimal

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_charge import OCTOBER, SEPTEMBER, ChargeCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestChargeCollect(ChargeCommon):
    """Penalties booked only when collected, and the receipts put on them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_book_collected = True

    def allocate(self, payment, **values):
        action = payment.with_user(self.collector).action_recovery_allocate()
        wizard = self.env["recovery.allocate"].browse(action["res_id"])
        wizard.write(values)
        wizard.with_user(self.collector).action_allocate()

    def test_claim_creates_no_note_and_stays_due(self):
        invoice = self.late()
        charges = self.claim(invoice, date=SEPTEMBER[1])
        self.assertFalse(charges.debit_move_id)
        statement = invoice.recovery_statement(SEPTEMBER[1])
        self.assertEqual(statement["total"], Decimal("10141.92"))
        again = self.claim(invoice)
        self.assertEqual(again.mapped("kind"), ["interest"])
        self.assertEqual(again.date_from, OCTOBER[0])

    def test_receipt_is_allocated_in_one_click(self):
        invoice = self.late()
        charges = self.claim(invoice, date=SEPTEMBER[1])
        payment = self.payment(amount=141.92)
        self.allocate(payment)
        note = charges.debit_move_id
        self.assertEqual((note.state, note.amount_total), ("posted", 141.92))
        self.assertEqual(note.payment_state, "paid")
        self.assertEqual(set(charges.mapped("state")), {"collected"})
        self.assertTrue(payment.is_reconciled)
        self.assertEqual(
            invoice.recovery_statement(SEPTEMBER[1])["total"], Decimal("10000")
        )

    def test_only_whole_penalties_that_the_receipt_covers(self):
        charges = self.claim(self.late(), date=SEPTEMBER[1])
        payment = self.payment(amount=60)
        self.allocate(payment)
        collected = charges.filtered(lambda c: c.state == "collected")
        self.assertEqual(collected.kind, "indemnity")
        self.assertEqual(payment.move_id.line_ids[-1].move_id, payment.move_id)

    def test_receipt_that_covers_nothing_is_a_clear_sentence(self):
        self.claim(self.late(), date=SEPTEMBER[1])
        with self.assertRaisesRegex(UserError, "covers none"):
            self.payment(amount=10).action_recovery_allocate()

    def test_more_than_the_receipt_is_refused(self):
        charges = self.claim(self.late(), date=SEPTEMBER[1])
        with self.assertRaisesRegex(UserError, "at most"):
            self.allocate(self.payment(amount=60), charge_ids=charges.ids)

    def test_allocated_receipt_is_refused(self):
        invoice = self.late()
        self.claim(invoice, date=SEPTEMBER[1])
        payment = self.pay(invoice)
        with self.assertRaisesRegex(UserError, "allocated already"):
            payment.action_recovery_allocate()

    def test_customer_without_receipt_is_a_clear_sentence(self):
        with self.assertRaisesRegex(UserError, "no receipt"):
            self.customer.action_recovery_allocate()

    def test_unbooked_claim_is_cancelled_by_a_collector(self):
        invoice = self.late()
        charges = self.claim(invoice, date=SEPTEMBER[1])
        charges.with_user(self.collector).action_cancel()
        self.assertEqual(len(self.claim(invoice, date=SEPTEMBER[1])), 2)

    def test_payment_of_the_note_undone_is_claimed_again(self):
        charges = self.claim(self.late(), date=SEPTEMBER[1])
        payment = self.payment(amount=141.92)
        self.allocate(payment)
        payment.action_cancel()
        self.assertEqual(set(charges.mapped("state")), {"claimed"})


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPenaltyList(ChargeCommon):
    """The penalties worth claiming at the end of the month."""

    def rows(self, **values):
        search = self.env["recovery.penalty.search"].create(values)
        search.action_show()
        rows = self.env["recovery.penalty"].search([("search_id", "=", search.id)])
        return rows.sorted("partner_id")

    def test_figures_by_customer(self):
        self.late()
        paid = self.late()
        self.pay(paid, on=SEPTEMBER[1])
        row = self.rows(date=SEPTEMBER[1])
        self.assertEqual(row.partner_id, self.customer)
        self.assertEqual(row.invoice_count, 2)
        self.assertEqual(round(row.interest, 2), 203.84)
        self.assertEqual((row.indemnity, round(row.total, 2)), (80, 283.84))

    def test_claimed_and_paid_in_time_are_out(self):
        self.claim(self.late())
        self.pay(self.late(), on=SEPTEMBER[0].replace(month=8))
        self.assertFalse(self.rows())

    def test_minimum_and_flag_leave_out_but_public_buyers(self):
        for kind in ("professional", "public"):
            self.late(self.debtor(f"Small {kind}", kind), amount=10)
            self.late(
                self.debtor(
                    f"Spared {kind}",
                    kind,
                    recovery_no_penalties=True,
                    recovery_no_penalties_reason="Group company",
                )
            )
        rows = self.rows(minimum=100)
        self.assertEqual(
            rows.partner_id.mapped("name"), ["Small public", "Spared public"]
        )

    def test_row_opens_the_wizard_at_the_day_of_the_list(self):
        self.late()
        row = self.rows(date=SEPTEMBER[1])
        wizard = self.env["recovery.claim"].browse(row.action_claim()["res_id"])
        self.assertEqual(wizard.date, SEPTEMBER[1])
        self.assertEqual(len(wizard.line_ids), 2)

    def queries(self, count):
        for number in range(count):
            self.late(self.debtor(f"Debtor {number}"))
        self.rows()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.rows()
        return self.cr.sql_log_count - before

    def test_as_many_queries_for_many_customers_as_for_few(self):
        self.assertEqual(self.queries(3), self.queries(15))

    def reminders(self):
        return self.env["mail.activity"].search([("summary", "ilike", "Penalties to")])

    def test_manager_is_reminded_once_at_the_end_of_the_month(self):
        self.company.recovery_live = True
        self.company.recovery_live_user_id = self.env.user
        self.late()
        searches = self.env["recovery.penalty.search"]
        searches._cron_remind()
        self.assertFalse(self.reminders(), "22 November is not the end of the month")
        with freeze_time("2026-11-29 05:00:00"):
            searches._cron_remind()
        with freeze_time("2026-11-30 05:00:00"):
            searches._cron_remind()
        self.assertEqual(self.reminders().user_id, self.env.user)
        self.assertEqual(len(self.reminders()), 1)
        with freeze_time("2026-12-30 05:00:00"):
            searches._cron_remind()
        self.assertEqual(len(self.reminders()), 2)

    def test_reminder_is_switched_off(self):
        self.company.write({"recovery_live": True, "recovery_penalty_reminder": False})
        self.late()
        with freeze_time("2026-11-30 05:00:00"):
            self.env["recovery.penalty.search"]._cron_remind()
        self.assertFalse(self.reminders())

    def test_customer_opens_the_wizard_with_all_invoices(self):
        invoices = self.late() | self.late()
        action = self.customer.action_recovery_claim()
        wizard = self.env["recovery.claim"].browse(action["res_id"])
        self.assertEqual(wizard.move_ids, invoices)
