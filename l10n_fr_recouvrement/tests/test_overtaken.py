from odoo.tests import tagged

from .common_sending import SEND_CRON, SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestOvertaken(SendingCommon):
    """What happens between the decision and the sending."""

    def setUp(self):
        super().setUp()
        self.policy(5)
        self.move = self.invoice()
        self.written = self.decide()

    def assert_cancelled(self, *words):
        self.cron(SEND_CRON)
        self.assertEqual(self.written.state, "cancelled")
        self.assertFalse(self.outbox)
        self.assertEqual(set(self.written.line_ids.mapped("state")), {"cancelled"})
        for word in (self.move.name, *words):
            self.assertIn(word, self.written.cancel_reason)

    def test_paid_invoice_is_not_reminded(self):
        self.pay(self.move)
        self.assert_cancelled("paid")

    def test_partly_paid_invoice_is_decided_again(self):
        self.pay(self.move, 100)
        self.assert_cancelled("changed")

    def test_disputed_invoice_is_not_reminded(self):
        self.dispute(self.move)
        self.assert_cancelled("disputed")

    def test_invoice_disputed_in_part_is_decided_again(self):
        self.dispute(self.move, 100)
        self.assert_cancelled("changed")

    def test_promised_invoice_is_not_reminded(self):
        self.promise(on=3)
        self.assert_cancelled("promised")

    def test_paused_customer_is_not_reminded(self):
        self.pause(until=3)
        self.assert_cancelled("Paused")

    def test_blocked_invoice_is_not_reminded(self):
        self.move.action_toggle_block_payment()
        self.assert_cancelled("blocked")

    def test_invoice_excluded_from_follow_up_is_not_reminded(self):
        self.items(self.move).no_followup = True
        self.assert_cancelled("excluded")

    def test_invoice_covered_by_a_credit_is_not_reminded(self):
        self.credit()
        self.assert_cancelled("cover")

    def test_cancelled_invoice_is_not_reminded(self):
        self.move.button_draft()
        self.assert_cancelled("cancelled")

    def test_letter_never_lists_an_invoice_that_was_paid_meanwhile(self):
        self.written.action_cancel()
        apart = self.invoice(due=-2)
        self.written = self.decide()
        kinds = {line.move_id: line.kind for line in self.written.line_ids}
        self.assertEqual(kinds[apart], "also_due")
        self.pay(apart)
        self.cron(SEND_CRON)
        self.assertFalse(self.outbox)
        self.assertIn(apart.name, self.written.cancel_reason)

    def test_untouched_invoice_is_reminded(self):
        self.cron(SEND_CRON)
        self.assertEqual(self.written.state, "sent")

    def test_send_button_checks_again_too(self):
        self.pay(self.move)
        self.written.with_user(self.collector()).action_send()
        self.assertEqual(self.written.state, "cancelled")
