from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import day
from .common_sending import SendingCommon

REASON = "l10n_fr_recouvrement.recovery_shortfall_reason_"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestShortfall(SendingCommon):
    """A customer paid less: the difference is written off, disputed or waited for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy(5)
        cls.clerk = cls.collector()
        cls.company.recovery_write_off_limit = 10

    def short(self, left, **values):
        move = self.invoice(**values)
        currency = {"currency_id": move.currency_id.id}
        self.payment_made = self.pay(move, 1000 - left, **currency)
        return move

    def explain(self, move, reason, user=None, **values):
        move = move.with_user(user or self.clerk)
        action = move.action_recovery_shortfall()
        wizard = self.env["recovery.shortfall"].with_user(user or self.clerk)
        with Form(wizard.with_context(**action["context"])) as form:
            form.reason_id = self.env.ref(REASON + reason)
            for name, value in values.items():
                form[name] = value
        return form.record.action_apply()

    def test_small_difference_is_written_off_to_the_account_of_its_reason(self):
        move = self.short(10)
        self.explain(move, "discount")
        self.assertEqual(move.payment_state, "paid")
        partials = self.items(move).matched_credit_ids.credit_move_id.move_id
        entry = partials.filtered(lambda entry: "Discount" in (entry.ref or ""))
        expense = entry.line_ids.filtered("debit")
        self.assertEqual((expense.debit, expense.account_id.code), (10, "665000"))
        self.assertIn("Discount", move.sudo().message_ids[0].body)

    def test_larger_difference_is_disputed(self):
        move = self.short(10.01)
        action = self.explain(move, "discount", note="3 % instead of 2 %")
        dispute = self.env["recovery.dispute"].browse(action["res_id"])
        self.assertEqual((dispute.move_id, dispute.amount), (move, 10.01))
        self.assertEqual(dispute.description, "3 % instead of 2 %")
        self.assertEqual(self.status(move), "disputed")

    def register(self, move, amount, user=None, reason="discount"):
        """The dialog of core with which a payment is allocated to its invoice."""
        action = move.with_user(user or self.clerk).action_register_payment()
        dialog = self.env["account.payment.register"].with_user(user or self.clerk)
        form = Form(dialog.with_context(**action["context"]))
        form.amount = amount
        if reason:
            form.recovery_reason_id = self.env.ref(REASON + reason)
        return form.save().action_create_payments()

    def test_reason_is_asked_when_a_payment_is_allocated(self):
        move = self.invoice()
        action = self.register(move, 992)
        self.assertEqual(action["res_model"], "recovery.shortfall")
        wizard = self.env["recovery.shortfall"].with_user(self.clerk)
        with Form(wizard.with_context(**action["context"])) as form:
            self.assertEqual((form.outcome, form.amount), ("write_off", 8))
        form.record.action_apply()
        self.assertEqual(move.payment_state, "paid")

    def test_dispute_is_proposed_above_the_limit_when_a_payment_is_allocated(self):
        action = self.register(self.invoice(), 900)
        wizard = self.env["recovery.shortfall"].with_user(self.clerk)
        with Form(wizard.with_context(**action["context"])) as form:
            self.assertEqual(form.outcome, "dispute")

    def test_payment_in_full_or_without_reason_asks_nothing_more(self):
        for amount in (1000, 900):
            action = self.register(self.invoice(), amount, reason=None)
            self.assertNotEqual(
                isinstance(action, dict) and action["res_model"], "recovery.shortfall"
            )
        with self.assertRaisesRegex(AssertionError, "invisible"):
            self.register(self.invoice(), 1000)

    def test_only_collectors_are_asked_when_a_payment_is_allocated(self):
        user = self.member("billing", "account.group_account_invoice")
        with self.assertRaisesRegex(AssertionError, "recovery_reason_id"):
            self.register(self.invoice(), 900, user)
        self.register(self.invoice(), 900, user, reason=None)

    def test_reason_is_asked_when_a_receipt_that_waits_is_put_on_an_invoice(self):
        for due, amount, asked in (
            (-10, 900, True),
            (10, 900, False),  # an advance
            (10, 995, True),
            (-10, 1000, False),
        ):
            move = self.invoice(due=due)
            receipt = self.payment(amount=amount)
            clerk = move.with_user(self.clerk)
            clerk.js_assign_outstanding_line(self.items(receipt.move_id).id)
            action = clerk.recovery_ask_shortfall()
            self.assertEqual(bool(action), asked, (due, amount))
        user = self.member("billing", "account.group_account_invoice")
        self.assertFalse(self.short(5).with_user(user).recovery_ask_shortfall())

    def test_dispute_is_never_written_off(self):
        move = self.short(1)
        self.explain(move, "dispute")
        self.assertEqual(self.status(move), "disputed")

    def test_retention_waits_until_its_day(self):
        move = self.short(50)
        with self.refused("until which"):
            self.explain(move, "retention", until=day(-1))
        self.explain(move, "retention", until=day(30))
        self.assertEqual(self.status(move, 30), "paused")
        self.assertEqual(self.status(move, 31), "due")

    def test_nothing_paid_or_nothing_left_has_nothing_to_explain(self):
        unpaid, paid = self.invoice(), self.invoice()
        self.pay(paid)
        for move in (unpaid, paid):
            with self.refused("paid in part"):
                self.explain(move, "discount")

    def test_foreign_currency_is_compared_in_the_company_s(self):
        dollar = self.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        move = self.short(20, currency_id=dollar.id)
        self.explain(move, "fee")
        self.assertEqual((move.payment_state, move.amount_residual), ("paid", 0))

    def test_without_a_limit_nothing_is_written_off(self):
        self.company.recovery_write_off_limit = 0
        move = self.short(0.01)
        self.explain(move, "error")
        self.assertEqual(self.status(move), "disputed")

    def test_account_that_is_missing_is_asked_for(self):
        reason = self.env.ref(REASON + "discount")
        reason.chart_account = False
        with self.refused("Choose the write-off account"):
            self.explain(self.short(1), "discount")

    def test_payment_opens_the_invoice_that_it_leaves_open(self):
        move = self.short(5)
        payment = self.payment_made.with_user(self.clerk)
        action = payment.action_recovery_shortfall()
        self.assertEqual(action["context"]["default_move_id"], move.id)

    def test_only_collectors_decide(self):
        user = self.member("invoicing", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.explain(self.short(5), "discount", user)

    def test_invoice_of_another_company_is_refused(self):
        other = self.setup_other_company(name="Second")["company"]
        move = self.invoice_of(other)
        self.pay(move, 999)
        with self.assertRaises(AccessError):
            self.explain(move, "discount")
