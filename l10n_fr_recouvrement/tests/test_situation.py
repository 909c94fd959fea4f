from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .common import TODAY, RecoveryCommon, day

# (the case, its status, words that its sentence must hold); the cases are methods.
STATUSES = [
    ("credit_note", "nothing_due", ["Credit", "deducted from the oldest"]),
    ("blocked_payment", "blocked", ["blocked", "unblock"]),
    ("without_followup", "blocked", ["excluded from follow-up"]),
    ("opening_balance", "not_invoice", ["opening balance", "include"]),
    ("whole_dispute", "disputed", ["disputed", "close the dispute"]),
    ("promise_until_tomorrow", "promise", ["promised", "11/23/2026"]),
    ("pause_until_tomorrow", "paused", ["Paused", "11/23/2026"]),
    ("covered_by_credit", "covered", ["1,000.00", "allocate"]),
    ("small_debt", "below_minimum", ["minimum", "Demanding"]),
    ("without_policy", "no_policy", ["policy", "choose"]),
    ("unconfirmed_kind", "unconfirmed_kind", ["kind of debtor", "confirm"]),
    ("no_address", "no_address", ["Step 10", "complete the e-mail"]),
    ("not_yet", "waiting", ["Step 10", "11/25/2026", "2 days late"]),
    ("coming_invoice", "waiting", ["Step 10", "due on 12/02/2026"]),
    ("notice_to_approve", "waiting", ["not sent yet", "approve"]),
    ("after_last_level", "waiting", ["no further level", "decide"]),
    ("late_enough", "due", ["Step 10", "to be sent since 11/17/2026", "10 days late"]),
    ("after_first_level", "due", ["Step 20", "Step 10", "reached on 11/17/2026"]),
]
# Day of the due date, from today: days late and age bucket.
AGES = [
    (5, -5, "b0_not_due"),
    (0, 0, "b0_not_due"),
    (-1, 1, "b1_30"),
    (-30, 30, "b1_30"),
    (-31, 31, "b2_60"),
    (-60, 60, "b2_60"),
    (-61, 61, "b3_90"),
    (-90, 90, "b3_90"),
    (-91, 91, "b4_more"),
]
# Each case is also true of the ones after it: the first match wins.
PRECEDENCE = [
    ("blocked", "action_block"),
    ("disputed", "action_dispute"),
    ("promise", "action_promise"),
    ("paused", "action_pause"),
    ("covered", "action_cover"),
    ("below_minimum", "action_raise_minimum"),
    ("waiting", "action_pend"),
    ("unconfirmed_kind", "action_doubt_kind"),
    ("no_address", "action_lose_address"),
    ("due", None),
]


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSituation(RecoveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 10, name="Usual")

    def case_credit_note(self):
        return self.credit()

    def case_blocked_payment(self):
        invoice = self.invoice()
        invoice.action_toggle_block_payment()
        return invoice

    def case_without_followup(self):
        invoice = self.invoice()
        invoice.no_followup = True
        return invoice

    def case_opening_balance(self):
        return self.entry()

    def case_whole_dispute(self):
        invoice = self.invoice()
        self.dispute(invoice)
        return invoice

    def case_promise_until_tomorrow(self):
        invoice = self.invoice()
        self.promise(moves=invoice, on=1)
        return invoice

    def case_pause_until_tomorrow(self):
        invoice = self.invoice()
        self.pause(move=invoice, until=1)
        return invoice

    def case_covered_by_credit(self):
        self.credit()
        return self.invoice()

    def case_small_debt(self):
        policy = self.policy(5, name="Demanding", minimum_amount=1001, automatic=False)
        return self.invoice(recovery_policy_id=policy.id)

    def case_without_policy(self):
        self.steps.active = False
        return self.invoice()

    def case_unconfirmed_kind(self):
        policy = self.policy({"delay_days": 5, "claims": "shows"}, automatic=False)
        debtor = self.debtor(kind=None, vat="FR23334175221")
        return self.invoice(debtor, recovery_policy_id=policy.id)

    def case_no_address(self):
        return self.invoice(self.debtor(email=False, city=False))

    def case_not_yet(self):
        return self.invoice(due=-2)

    def case_coming_invoice(self):
        return self.invoice(due=10)

    def case_notice_to_approve(self):
        invoice = self.invoice()
        self.notice(invoice, self.steps.level_ids[0], state="draft")
        return invoice

    def case_after_last_level(self):
        invoice = self.invoice()
        self.reach(invoice, self.steps.level_ids[1], on=-1)
        return invoice

    def case_late_enough(self):
        return self.invoice()

    def case_after_first_level(self):
        invoice = self.invoice()
        self.notice(invoice, self.steps.level_ids[0], on=-5)
        return invoice

    def test_each_status_has_its_sentence(self):
        for case, status, words in STATUSES:
            debtor = patch.object(type(self), "customer", self.debtor(case))
            with self.subTest(case), debtor:
                self.steps.active = True
                row = self.situation(getattr(self, f"case_{case}")())
                self.assertEqual(row.status, status)
                for word in words:
                    self.assertIn(word, row.reason)

    def action_block(self, invoice):
        invoice.action_toggle_block_payment()

    def action_dispute(self, invoice):
        self.dispute(invoice)

    def action_promise(self, invoice):
        self.promise(invoice.partner_id, on=3)

    def action_pause(self, invoice):
        self.pause(invoice.partner_id, until=5)

    def action_cover(self, invoice):
        self.credit(invoice.partner_id)

    def action_raise_minimum(self, invoice):
        invoice.recovery_policy_id.minimum_amount = 5000

    def action_pend(self, invoice):
        level = invoice.recovery_policy_id.level_ids[0]
        self.notice(invoice, level, state="ready")

    def action_doubt_kind(self, invoice):
        invoice.partner_id.recovery_debtor_kind_confirmed = False

    def action_lose_address(self, invoice):
        invoice.partner_id.write({"email": False, "city": False})

    def test_the_first_status_of_the_list_wins(self):
        policy = self.policy(
            {"delay_days": 5, "claims": "claims"}, {"delay_days": 8, "claims": "claims"}
        )
        invoice = self.invoice(self.debtor(), recovery_policy_id=policy.id)
        for status, action in reversed(PRECEDENCE):
            with self.subTest(status):
                if action:
                    getattr(self, action)(invoice)
                self.assertEqual(self.status(invoice), status)

    def test_no_policy_comes_before_the_address(self):
        self.steps.active = False
        debtor = self.debtor(email=False, city=False)
        self.assertEqual(self.status(self.invoice(debtor)), "no_policy")

    def test_missing_address_shows_before_the_day_of_the_level(self):
        """It is a task: there must be time to complete the address."""
        debtor = self.debtor(email=False, city=False)
        self.assertEqual(self.status(self.invoice(debtor, due=20)), "no_address")

    def test_age_and_lateness_at_their_edges(self):
        for due, days_late, bucket in AGES:
            with self.subTest(due=due):
                row = self.situation(self.invoice(due=due))
                self.assertEqual((row.days_late, row.bucket), (days_late, bucket))

    def test_credits_have_their_own_age(self):
        self.assertEqual(self.situation(self.credit(due=-45)).bucket, "credit")

    def test_the_due_day_itself_is_not_late(self):
        row = self.situation(self.invoice(due=0))
        self.assertEqual((row.days_late, row.overdue_company), (0, 0))
        self.assertIn("due on 11/22/2026", row.reason)

    def test_one_transaction_sees_two_dates(self):
        invoice = self.invoice(due=0)
        self.assertEqual(self.status(invoice, 4), "waiting")
        self.assertEqual(self.status(invoice, 5), "due")
        self.assertEqual(self.situation(invoice, 40).bucket, "b2_60")
        self.assertEqual(self.situation(invoice).bucket, "b0_not_due")

    def test_a_record_read_at_two_dates_keeps_both(self):
        row = self.situation(self.invoice(due=0))
        later = row.with_context(recovery_date=str(day(31)))
        self.assertEqual((row.days_late, later.days_late), (0, 31))
        self.assertEqual((row.status, later.status), ("waiting", "due"))
        self.assertNotEqual(row.reason, later.reason)

    def test_a_payment_in_the_same_transaction_is_seen(self):
        invoice = self.invoice()
        self.assertEqual(self.situation(invoice).residual, 1000)
        self.pay(invoice, 400)
        self.assertEqual(self.situation(invoice).residual, 600)
        self.pay(invoice)
        self.assertFalse(self.situation(invoice))

    def test_today_is_the_french_day(self):
        """23:30 in London, and in the server's UTC, is tomorrow in Paris."""
        self.env.user.tz = "Europe/London"
        invoice = self.invoice(due=0)
        with freeze_time(f"{TODAY} 23:30:00"):
            self.assertEqual(self.situation(invoice).days_late, 1)

    def test_date_of_the_context_may_be_a_date_or_a_string(self):
        invoice = self.invoice(due=0)
        for value in (date(2026, 11, 24), "2026-11-24"):
            row = self.situation(invoice).with_context(recovery_date=value)
            self.assertEqual(row.days_late, 2)

    def test_draft_and_cancelled_invoices_are_no_debts(self):
        draft = self.invoice(state="draft")
        cancelled = self.invoice(state="draft")
        cancelled.button_cancel()
        self.assertFalse(self.situation(draft | cancelled))

    def test_an_item_without_partner_is_never_due(self):
        """Nobody can be written to, not even called."""
        self.level(self.steps, position=1, by_call=True)
        move = self.entry(self.env["res.partner"])
        move.action_recovery_include()
        self.env.flush_all()
        row = self.env["recovery.situation"].search([("move_id", "=", move.id)])
        self.assertEqual(row.status, "no_address")

    def test_included_opening_balance_is_reminded(self):
        move = self.entry()
        move.action_recovery_include()
        self.assertEqual(self.status(move), "due")

    def test_non_trade_receivables_are_left_out(self):
        account = self.copy_account(self.receivable, {"non_trade": True})
        debtor = self.debtor(property_account_receivable_id=account.id)
        invoice = self.invoice(debtor)
        self.assertFalse(self.situation(invoice))
