from odoo.tests import tagged

from .common import TODAY, day
from .test_dispute import DisputeCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestUndone(DisputeCommon):
    """A payment that comes undone opens again what it had ended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_user_id = cls.clerk

    def watch(self, on=0):
        job = self.env["recovery.promise.watch"]
        job.with_context(recovery_date=str(day(on)))._watch()

    def kept(self, move, on=5, **values):
        """A promise of an invoice, and the payment that keeps it."""
        promise = self.promise(move.partner_id, move, on, made_on=day(-20), **values)
        payment = self.pay(move, on=-2)
        self.watch()
        self.assertEqual(promise.state, "kept")
        return promise, payment

    def reject(self, payment):
        """As a collector does with what the bank sent back."""
        wizard = self.env["recovery.rejection"].with_user(self.clerk)
        wizard.create({"payment_id": payment.id, "call": False}).action_reject()

    def bodies(self, record):
        return " ".join(record.message_ids.mapped("body"))

    # Promises

    def test_promise_is_open_again_until_its_day(self):
        move = self.invoice()
        promise, payment = self.kept(move)
        self.reject(payment)
        self.watch()
        self.assertEqual((promise.state, promise.closed_on), ("open", False))
        self.assertEqual(promise.paid, 0)
        self.assertIn("open again", self.bodies(promise))
        self.assertEqual(self.status(move), "promise")
        self.assertFalse(self.customer.recovery_promise_count)

    def test_promise_whose_day_is_over_is_broken(self):
        promise, payment = self.kept(self.invoice(), on=-1)
        self.reject(payment)
        self.watch()
        self.assertEqual((promise.state, promise.share), ("broken", 0))
        self.assertEqual(promise.activity_ids.user_id, self.clerk)
        self.assertEqual(self.customer.recovery_difficulty, "promise")

    def test_promise_kept_by_a_receipt_that_is_cancelled_is_open_again(self):
        promise = self.promise(on=5, made_on=day(-20))
        payment = self.payment(amount=1000, on=-1)
        self.watch()
        self.assertEqual(promise.state, "kept")
        payment.action_cancel()
        self.watch()
        self.assertEqual(promise.state, "open")

    def test_promise_stays_kept_while_the_money_is_there(self):
        move = self.invoice()
        promise, _payment = self.kept(move)
        self.items(move).remove_move_reconcile()
        self.watch()
        self.assertEqual(promise.state, "kept", "the receipt waits to be allocated")

    def test_promise_kept_for_its_creditor_by_hand_stays_kept(self):
        promise = self.promise(on=5, made_on=day(-20))
        payment = self.payment(amount=600, on=-1)
        promise.action_kept()
        payment.action_cancel()
        self.watch()
        self.assertEqual((promise.state, promise.share), ("kept", 1))

    def test_promise_kept_thirteen_months_ago_is_over_for_good(self):
        promise, payment = self.kept(self.invoice())
        promise.closed_on = day(-400)
        self.reject(payment)
        self.watch()
        self.assertEqual(promise.state, "kept")

    def test_promises_of_other_payments_stay_kept(self):
        (one, payment), (other, _other) = (
            self.kept(self.invoice(self.debtor(name))) for name in ("One", "Two")
        )
        self.reject(payment)
        self.watch()
        self.assertEqual((one.state, other.state), ("open", "kept"))

    # Disputes

    def paid(self, move=None, **values):
        """A dispute on a part of an invoice, and the payment that ended it."""
        move = move or self.invoice(due=-20)
        dispute = self.dispute(move, 300, reason_id=self.reason.id, **values)
        payment = self.pay(move)
        self.assertEqual((dispute.state, dispute.closed_on), ("paid", TODAY))
        self.assertFalse(dispute.activity_ids)
        return dispute, payment

    def again(self, dispute, claimable=700):
        self.assertEqual((dispute.state, dispute.closed_on), ("open", False))
        self.assertIn("undone", self.bodies(dispute))
        self.assertEqual(dispute.activity_ids.user_id, self.clerk)
        self.assertEqual(self.claimable(dispute.move_id), [claimable])

    def test_dispute_runs_again_when_the_bank_rejects_the_payment(self):
        dispute, payment = self.paid()
        self.reject(payment)
        self.again(dispute)

    def test_dispute_runs_again_when_the_payment_is_cancelled(self):
        dispute, payment = self.paid()
        payment.action_draft()
        self.assertEqual(dispute.state, "paid", "the ledger still holds it")
        payment.action_cancel()
        self.again(dispute)

    def test_dispute_runs_again_when_the_payment_is_no_longer_allocated(self):
        dispute, payment = self.paid()
        self.items(dispute.move_id).remove_move_reconcile()
        self.again(dispute, 0)
        self.items(dispute.move_id | payment.move_id).reconcile()
        self.assertEqual((dispute.state, dispute.closed_on), ("paid", TODAY))
        self.assertFalse(dispute.activity_ids)

    def test_dispute_that_a_credit_note_ended_runs_again(self):
        invoice = self.invoice(due=-20)
        dispute = self.dispute(invoice, 300, reason_id=self.reason.id)
        self.allocate(self.credit(amount=300, due=0, invoice_date=TODAY), invoice)
        self.assertEqual(dispute.state, "founded")
        self.items(invoice).remove_move_reconcile()
        self.again(dispute, 400)

    def test_founded_dispute_waits_for_its_credit_note_again(self):
        invoice = self.invoice(due=-20)
        dispute = self.dispute(invoice, 300, reason_id=self.reason.id)
        self.allocate(self.reverse(dispute.action_founded()), invoice)
        self.assertEqual(dispute.closed_on, TODAY)
        self.items(invoice).remove_move_reconcile()
        self.assertEqual((dispute.state, dispute.closed_on), ("founded", False))
        self.assertEqual(dispute.activity_ids.summary, "Make the credit note")
        self.assertEqual(self.claimable(invoice), [400])

    def test_dispute_that_somebody_ended_stays_so(self):
        invoice = self.invoice(due=-20)
        answered, agreed = self.dispute(invoice, 300), self.dispute(invoice, 200)
        answered.action_unfounded()
        agreed.action_settled()
        self.reject(self.pay(invoice))
        self.assertEqual((answered.state, agreed.state), ("unfounded", "settled"))
        self.assertEqual((answered | agreed).mapped("closed_on"), [TODAY, TODAY])

    def test_dispute_that_is_still_settled_stays_so(self):
        invoice = self.invoice(due=-20)
        dispute = self.dispute(invoice, 300)
        self.allocate(self.credit(amount=300, due=0, invoice_date=TODAY), invoice)
        payment = self.pay(invoice)
        self.reject(payment)
        self.assertEqual(dispute.state, "founded", "the credit note is still there")

    def test_dispute_that_was_paid_long_ago_stays_so(self):
        dispute, payment = self.paid()
        dispute.closed_on = day(-400)
        self.reject(payment)
        self.assertEqual(dispute.state, "paid")

    def test_night_finds_what_an_invoice_in_draft_hid(self):
        dispute, payment = self.paid()
        invoice = dispute.move_id
        invoice.button_draft()
        self.items(invoice).remove_move_reconcile()
        self.assertEqual(dispute.state, "paid", "nothing is claimed of a draft")
        invoice.action_post()
        self.env["recovery.promise.watch"]._cron_watch()
        self.assertEqual(dispute.state, "open")

    def test_many_run_again_with_as_many_queries_as_few(self):
        moves = self.invoices(56)
        disputes = self.env["recovery.dispute"].union(
            *(self.dispute(move, 300, reason_id=self.reason.id) for move in moves)
        )
        disputes.activity_ids.unlink()
        disputes.write({"state": "paid", "ended_from": "open", "closed_on": TODAY})

        def queries(part):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["recovery.dispute.watch"]._reopen(part.move_id)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(disputes[:1])
        few, many = queries(disputes[1:6]), queries(disputes[6:])
        self.assertEqual(set(disputes.mapped("state")), {"open"})
        self.assertEqual(few, many, f"{few} queries for 5, {many} for 50")
