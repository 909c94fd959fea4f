from datetime import date

from odoo.tests import tagged

from .common import TODAY, RecoveryCommon, day

# Basis, delay, due date, day of the level.
DATES = [
    ("due_date", 5, date(2026, 11, 10), date(2026, 11, 15)),
    ("due_date", 0, date(2026, 11, 10), date(2026, 11, 10)),
    ("due_date", -5, date(2026, 12, 10), date(2026, 12, 5)),
    ("end_of_month", 10, date(2026, 11, 1), date(2026, 12, 10)),
    ("end_of_month", 0, date(2026, 11, 30), date(2026, 11, 30)),
    ("end_of_month", 5, date(2026, 10, 31), date(2026, 11, 5)),
    ("end_of_month", 1, date(2026, 2, 3), date(2026, 3, 1)),
    ("end_of_month", 1, date(2028, 2, 28), date(2028, 3, 1)),
    ("end_of_month", 0, date(2026, 1, 31), date(2026, 1, 31)),
    ("end_of_month", 15, date(2025, 12, 15), date(2026, 1, 15)),
    ("previous_notice", 10, date(2026, 11, 1), date(2026, 11, 11)),
]


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPolicyCalendar(RecoveryCommon):
    """When a level comes."""

    def next_step(self, move, date=None):
        """(position of the next level, its day, status)"""
        row = self.situation(move, date)
        return row.next_level_id.position, row.next_date, row.status

    def test_delay_counts_from_its_basis(self):
        for basis, delay, due, expected in DATES:
            with self.subTest(basis=basis, delay=delay, due=due):
                policy = self.policy(
                    {"delay_basis": basis, "delay_days": delay}, automatic=False
                )
                invoice = self.invoice(due=due, recovery_policy_id=policy.id)
                if delay < 0 or due >= TODAY:
                    eve = min(expected, due)
                    self.assertEqual(self.situation(invoice, eve).next_date, expected)
                else:
                    self.assertEqual(self.situation(invoice).next_date, expected)

    def test_a_level_is_due_on_its_day_and_not_before(self):
        self.policy(5)
        invoice = self.invoice(due=-4)
        self.assertEqual(self.status(invoice), "waiting")
        self.assertEqual(self.status(invoice, 1), "due")

    def test_next_level_counts_from_the_previous_notice(self):
        policy = self.policy(5, {"delay_basis": "previous_notice", "delay_days": 8})
        invoice = self.invoice(due=-60)
        self.notice(invoice, policy.level_ids[0], on=-3)
        self.assertEqual(self.next_step(invoice), (20, day(5), "waiting"))
        self.assertEqual(self.status(invoice, 5), "due")

    def test_delay_from_a_notice_is_not_negative(self):
        with self.assertRaisesRegex(Exception, "previous_notice"):
            self.policy({"delay_basis": "previous_notice", "delay_days": -1})

    def test_reminder_before_the_due_date_goes_out_before_it_only(self):
        self.policy(-5, 10)
        for due, expected in (
            (6, (10, day(1), "waiting")),
            (5, (10, day(0), "due")),
            (1, (10, day(-4), "due")),
            (0, (10, day(-5), "due")),
            (-1, (20, day(9), "waiting")),
        ):
            with self.subTest(due=due):
                invoice = self.invoice(self.debtor(), due=due)
                self.assertEqual(self.next_step(invoice), expected)

    def test_reminder_before_the_end_of_the_month_never_comes_after_the_due_date(self):
        self.policy({"delay_basis": "end_of_month", "delay_days": -2}, 10)
        invoice = self.invoice(due=date(2026, 11, 10))
        self.assertEqual(self.next_step(invoice)[0], 20)

    def test_reminder_that_the_interval_puts_after_the_due_date_is_passed_over(self):
        policy = self.policy(-5, 10, interval_days=7)
        self.notice(self.invoice(due=-30), policy.level_ids[1])
        self.assertEqual(self.next_step(self.invoice(due=7)), (10, day(7), "waiting"))
        self.assertEqual(self.next_step(self.invoice(due=6)), (20, day(16), "waiting"))

    def test_after_the_reminder_before_the_due_date_comes_the_first_level(self):
        policy = self.policy(-5, 10)
        invoice = self.invoice(due=2)
        self.notice(invoice, policy.level_ids[0])
        self.assertEqual(self.next_step(invoice), (20, day(12), "waiting"))

    def test_missed_runs_are_caught_up_one_level_at_a_time(self):
        policy = self.policy(5, 15, 30)
        invoice = self.invoice(due=-90)
        for level in policy.level_ids:
            row = self.situation(invoice)
            self.assertEqual((row.status, row.next_level_id), ("due", level))
            self.notice(invoice, level)
        self.assertFalse(self.situation(invoice).next_level_id)

    def test_minimum_interval_keeps_two_notices_apart(self):
        policy = self.policy(5, 15, interval_days=7)
        invoice = self.invoice(due=-30)
        other = self.invoice(due=-6)
        self.notice(invoice, policy.level_ids[0], on=-3)
        self.assertEqual(self.next_step(invoice), (20, day(4), "waiting"))
        self.assertEqual(self.next_step(other), (10, day(4), "waiting"))
        self.assertEqual(self.status(invoice, 4), "due")

    def test_interval_is_per_debtor_and_over_after_its_days(self):
        policy = self.policy(5, 15, interval_days=7)
        self.notice(self.invoice(self.debtor()), policy.level_ids[0], on=-3)
        late = self.invoice(due=-30)
        self.assertEqual(self.status(late), "due")
        self.notice(late, policy.level_ids[0], on=-7)
        self.assertEqual(self.status(late), "due")

    def test_a_notice_that_waits_counts_for_the_interval(self):
        """Else each night adds a letter beside the one that is not approved yet."""
        policy = self.policy(5, interval_days=7)
        self.notice(self.invoice(), policy.level_ids[0], on=-1, state="draft")
        self.assertEqual(self.status(self.invoice(due=-6)), "waiting")

    def test_failed_notice_waits_for_the_interval_but_is_no_level_reached(self):
        policy = self.policy(5, 15, interval_days=7)
        invoice = self.invoice(due=-30)
        self.notice(invoice, policy.level_ids[0], on=-1, state="failed")
        self.assertEqual(self.next_step(invoice), (10, day(6), "waiting"))
        self.assertFalse(self.situation(invoice).level_id)

    def test_cancelled_notice_leaves_no_trace(self):
        policy = self.policy(5, 15, interval_days=7)
        invoice = self.invoice(due=-30)
        self.notice(invoice, policy.level_ids[0], on=-1, state="cancelled")
        self.assertEqual(self.next_step(invoice)[::2], (10, "due"))

    def test_minimum_amount_counts_what_the_debtor_owes(self):
        self.policy(5, minimum_amount=100)
        small = self.invoice(amount=60)
        self.assertEqual(self.status(small), "below_minimum")
        self.invoice(amount=60)
        self.assertEqual(self.status(small), "due")
        self.credit(amount=30)
        self.assertEqual(self.status(small), "below_minimum")

    def test_minimum_amount_itself_is_reminded(self):
        self.policy(5, minimum_amount=100)
        self.assertEqual(self.status(self.invoice(amount=100)), "due")

    def test_debts_to_come_do_not_count_for_the_minimum_amount(self):
        self.policy(5, minimum_amount=100)
        small = self.invoice(amount=60)
        self.invoice(amount=500, due=30)
        self.assertEqual(self.status(small), "below_minimum")

    def test_last_level_repeats_after_its_days(self):
        policy = self.policy(5, 15, repeat_days=20)
        invoice = self.invoice(due=-90)
        self.notice(invoice, policy.level_ids[1], on=-19)
        self.assertEqual(self.next_step(invoice), (20, day(1), "waiting"))
        self.assertEqual(self.status(invoice, 1), "due")

    def test_last_level_is_not_repeated_without_days(self):
        policy = self.policy(5)
        invoice = self.invoice(due=-90)
        self.notice(invoice, policy.level_ids[0], on=-80)
        self.assertEqual(self.next_step(invoice), (0, False, "waiting"))

    def test_a_skipped_level_is_not_sent(self):
        policy = self.policy(5, 15, 30)
        invoice = self.invoice(due=-40)
        self.reach(invoice, policy.level_ids[1])
        self.assertEqual(self.next_step(invoice)[0], 30)

    def test_a_lowered_level_is_sent_again(self):
        policy = self.policy(5, 15, 30)
        invoice = self.invoice(due=-40)
        self.notice(invoice, policy.level_ids[1], on=-5)
        self.reach(invoice, policy.level_ids[0], on=-1)
        self.assertEqual(self.next_step(invoice)[::2], (20, "due"))

    def test_an_emptied_level_begins_again(self):
        policy = self.policy(5, 15)
        invoice = self.invoice(due=-40)
        self.notice(invoice, policy.level_ids[1], on=-5)
        self.reach(invoice, None, on=-1)
        row = self.situation(invoice)
        self.assertFalse(row.level_id)
        self.assertEqual((row.next_level_id, row.status), (policy.level_ids[0], "due"))

    def test_a_notice_after_a_change_by_hand_counts(self):
        policy = self.policy(5, 15, 30)
        invoice = self.invoice(due=-40)
        self.reach(invoice, policy.level_ids[0], on=-9)
        self.notice(invoice, policy.level_ids[1], on=-2)
        self.assertEqual(self.situation(invoice).level_id, policy.level_ids[1])

    def test_each_instalment_has_its_own_level(self):
        policy = self.policy(5, 15)
        invoice = self.instalments(dues=(-40, -8))
        first, second = self.items(invoice)
        self.notice(invoice, policy.level_ids[0], on=-1).line_ids.filtered(
            lambda line: line.move_line_id == second
        ).sudo().unlink()
        rows = self.situation(invoice)
        self.assertEqual(rows.mapped("id"), [first.id, second.id])
        self.assertEqual(rows.next_level_id.mapped("position"), [20, 10])
