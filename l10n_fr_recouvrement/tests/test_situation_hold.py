from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RecoveryCommon, day


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSituationHold(RecoveryCommon):
    """Disputes, promises and pauses: what they suspend, and until when."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5)

    def amounts(self, moves):
        return [
            (row.disputed, row.claimable, row.status) for row in self.situation(moves)
        ]

    def test_partial_dispute_suspends_its_part_only(self):
        invoice = self.invoice()
        self.dispute(invoice, 300)
        self.assertEqual(self.amounts(invoice), [(300, 700, "due")])

    def test_dispute_of_one_invoice_leaves_the_others(self):
        disputed, other = self.invoice(), self.invoice()
        self.dispute(disputed)
        self.assertEqual(self.status(disputed), "disputed")
        self.assertEqual(self.status(other), "due")

    def test_disputes_of_one_invoice_add_up(self):
        invoice = self.invoice()
        self.dispute(invoice, 300)
        self.dispute(invoice, 200)
        self.assertEqual(self.amounts(invoice), [(500, 500, "due")])

    def test_dispute_of_instalments_takes_the_oldest_first(self):
        invoice = self.instalments(amount=1000, dues=(-40, -10))
        self.dispute(invoice, 700)
        self.assertEqual(
            self.amounts(invoice), [(500, 0, "disputed"), (200, 300, "due")]
        )

    def test_dispute_never_exceeds_what_is_left_of_the_invoice(self):
        invoice = self.invoice()
        self.dispute(invoice, 700)
        self.pay(invoice, 600)
        self.assertEqual(self.amounts(invoice), [(400, 0, "disputed")])

    def test_disputed_part_and_credits_do_not_count_twice(self):
        invoice = self.invoice()
        self.dispute(invoice, 600)
        self.credit(amount=700)
        row = self.situation(invoice)
        self.assertEqual((row.disputed, row.covered, row.claimable), (600, 400, 0))
        self.assertEqual(row.status, "covered")

    def test_closed_dispute_suspends_nothing(self):
        invoice = self.invoice()
        dispute = self.dispute(invoice)
        self.assertEqual(self.status(invoice), "disputed")
        dispute.action_settled()
        self.assertEqual(self.status(invoice), "due")
        self.assertTrue(dispute.closed_on)

    def test_dispute_proposes_what_is_due_and_never_more_than_the_invoice(self):
        invoice = self.invoice()
        self.pay(invoice, 400)
        dispute = self.env["recovery.dispute"].create(
            {"move_id": invoice.id, "description": "Damaged"}
        )
        self.assertEqual(dispute.amount, 600)
        with self.assertRaisesRegex(ValidationError, "at most its total"):
            dispute.line_ids.amount = 1000.01

    def test_promise_holds_its_invoices_only(self):
        promised, other = self.invoice(), self.invoice()
        self.promise(moves=promised, on=4)
        self.assertEqual(self.status(promised), "promise")
        self.assertEqual(self.status(other), "due")

    def test_promise_without_invoices_holds_all_of_the_customer(self):
        invoices = self.invoice() | self.invoice(self.contact(self.customer))
        self.promise(on=4)
        for invoice in invoices:
            self.assertEqual(self.status(invoice), "promise")
        self.assertEqual(self.status(self.invoice(self.debtor())), "due")

    def test_promise_ends_the_day_after_its_grace_days(self):
        invoice = self.invoice()
        promise = self.promise(moves=invoice, on=4, grace_days=3)
        self.assertEqual(promise.until, day(7))
        self.assertEqual(self.status(invoice, 7), "promise")
        self.assertEqual(self.status(invoice, 8), "due")
        self.assertIn("11/29/2026", self.situation(invoice).reason)

    def test_promise_that_is_over_holds_nothing(self):
        for action in ("action_kept", "action_broken", "action_cancel"):
            with self.subTest(action):
                invoice = self.invoice(self.debtor())
                promise = self.promise(invoice.partner_id, moves=invoice, on=4)
                self.assertEqual(self.status(invoice), "promise")
                getattr(promise, action)()
                self.assertEqual(self.status(invoice), "due")

    def test_promise_is_for_the_invoices_of_its_customer(self):
        invoice = self.invoice(self.debtor())
        with self.assertRaisesRegex(ValidationError, "Garage Martin only"):
            self.promise(self.customer, moves=invoice)

    def test_pause_holds_an_invoice_or_a_whole_customer(self):
        paused, other = self.invoice(), self.invoice()
        pause = self.pause(move=paused, until=4)
        self.assertEqual((self.status(paused), self.status(other)), ("paused", "due"))
        pause.move_id = False
        self.assertEqual((self.status(paused), self.status(other)), ("paused",) * 2)

    def test_pause_of_a_contact_holds_the_customer(self):
        invoice = self.invoice()
        self.pause(self.contact(self.customer), until=4)
        self.assertEqual(self.status(invoice), "paused")

    def test_pause_ends_the_day_after_its_last_day(self):
        invoice = self.invoice()
        self.pause(until=4)
        self.assertEqual(self.status(invoice, 4), "paused")
        self.assertEqual(self.status(invoice, 5), "due")

    def test_longest_of_several_pauses_counts(self):
        invoice = self.invoice()
        for until in (9, 2):
            self.pause(move=invoice, until=until)
        self.assertEqual(self.status(invoice, 9), "paused")

    def test_promise_is_stronger_than_a_pause_of_the_customer(self):
        invoice = self.invoice()
        self.pause(until=9)
        self.promise(moves=invoice, on=4)
        self.assertEqual(self.status(invoice), "promise")
        self.assertEqual(self.status(invoice, 5), "paused")

    def test_sentence_names_the_day_of_the_hold_it_speaks_of(self):
        """The promise ends before the pause: each sentence has its own day."""
        invoice = self.invoice()
        self.pause(until=9)
        self.promise(moves=invoice, on=4)
        row = self.situation(invoice)
        self.assertIn("11/26/2026", row.reason)

    def test_hold_of_another_company_does_not_hold_here(self):
        other = self.env["res.company"].create({"name": "Second company"})
        self.env.user.company_ids += other
        invoice = self.invoice()
        self.pause(until=4).company_id = other
        self.assertEqual(self.status(invoice), "due")

    def test_blocked_payment_lasts_until_somebody_unblocks_it(self):
        invoice = self.invoice()
        invoice.action_toggle_block_payment()
        self.assertEqual(self.status(invoice, 400), "blocked")
        invoice.action_toggle_block_payment()
        self.assertEqual(self.status(invoice), "due")
