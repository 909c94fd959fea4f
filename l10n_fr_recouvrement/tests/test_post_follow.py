from datetime import timedelta

from odoo.tests import tagged

from .common import TODAY, day
from .common_post import PostCommon

POST_CRON = "l10n_fr_recouvrement.ir_cron_recovery_post"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPostEscalation(PostCommon):
    """What follows counts from the first presentation, and waits for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        next_level = {"delay_days": 10, "delay_basis": "previous_notice"}
        policy = cls.policy(
            {"delay_days": 5, "by_registered": True, "letter": "L1"}, next_level
        )
        cls.registered_level = policy.level_ids[0]

    def row(self, notice, on=0):
        return self.situation(notice.sudo().line_ids.move_id, on)

    def test_nothing_follows_before_the_presentation(self):
        notice = self.letter(on=-30)
        row = self.row(notice)
        self.assertEqual((row.status, row.pending_notice_id), ("waiting", notice))
        self.assertIn("is to be posted", row.reason)
        notice.posted_on = day(-29)
        row = self.row(notice)
        self.assertEqual(row.status, "waiting")
        self.assertIn("first presentation", row.reason)

    def test_next_level_counts_from_the_presentation(self):
        notice = self.letter(on=-30)
        notice.write({"posted_on": day(-29), "presented_on": day(-8)})
        self.assertEqual(self.row(notice).next_date, day(2))
        self.assertEqual(self.row(notice).status, "waiting")
        self.assertEqual(self.row(notice, on=2).status, "due")

    def test_unclaimed_and_refused_letters_count_as_presented(self):
        for outcome in ("unclaimed", "refused"):
            notice = self.letter(on=-30)
            notice.write({"presented_on": day(-20), "registered_outcome": outcome})
            self.assertEqual(self.row(notice).status, "due", outcome)
            self.assertEqual(notice.posting_state, "returned")

    def test_by_hand_nothing_goes_ahead_of_the_post(self):
        notice = self.letter(on=-30)
        with self.refused("to be posted"):
            notice.line_ids.move_id.with_user(self.clerk).action_recovery_remind()

    def test_unknown_address_is_no_level_reached_and_opens_a_task(self):
        notice = self.letter(on=-30)
        notice.write({"posted_on": day(-29), "registered_outcome": "unknown"})
        row = self.row(notice)
        self.assertEqual(notice.state, "failed")
        self.assertFalse(row.level_id)
        self.assertEqual(row.status, "waiting")
        self.assertIn("Address found", row.reason)
        task = self.activities(notice)
        self.assertEqual(task.summary, "Find the address")
        self.assertEqual(task.user_id, self.clerk)

    def test_address_found_lets_the_same_level_go_out_again(self):
        notice = self.letter(on=-30)
        notice.registered_outcome = "unknown"
        notice.action_address_found()
        row = self.row(notice)
        self.assertEqual((row.status, row.next_level_id), ("due", notice.level_id))
        self.assertFalse(self.activities(notice))
        with self.refused("No address"):
            notice.action_address_found()

    def test_nobody_finds_an_address_but_by_the_button(self):
        notice = self.letter(on=-30)
        notice.registered_outcome = "unknown"
        with self.refused("use the buttons"):
            notice.address_found_on = day(0)

    def test_letter_lost_by_the_carrier_is_sent_again(self):
        notice = self.letter(on=-30)
        notice.registered_outcome = "lost"
        self.assertEqual(notice.state, "failed")
        self.assertEqual(self.row(notice).next_level_id, notice.level_id)
        self.assertEqual(self.row(notice).status, "due")

    def test_corrected_outcome_brings_the_notice_back(self):
        notice = self.letter(on=-30)
        notice.registered_outcome = "unknown"
        notice.write({"registered_outcome": "delivered", "presented_on": day(-20)})
        self.assertEqual(notice.state, "sent")
        self.assertEqual(self.row(notice).level_id, notice.level_id)
        self.assertFalse(self.activities(notice))

    def test_sending_makes_the_items_wait_for_the_post(self):
        self.invoice()
        notice = self.decide()
        self.send(notice)
        self.assertTrue(notice.awaits_post)
        self.assertTrue(notice.line_ids.awaits_post)

    def test_plain_letters_hold_nothing(self):
        notice = self.letter(on=-30, by_registered=False, by_letter=True)
        self.assertEqual(self.row(notice).status, "due")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPostTasks(PostCommon):
    """The daily job."""

    def follow(self):
        self.cron(POST_CRON)

    def test_ten_days_without_presentation_are_a_task_once(self):
        notice = self.letter(on=-20)
        notice.posted_on = day(-10)
        late = self.letter(on=-20)
        late.posted_on = day(-9)
        self.follow()
        self.assertEqual(
            self.activities(notice).summary, "Ask the carrier where the letter is"
        )
        self.assertEqual(self.activities(notice).user_id, self.clerk)
        self.assertFalse(self.activities(late))
        self.follow()
        self.assertEqual(len(self.activities(notice)), 1)

    def test_presentation_closes_the_task(self):
        notice = self.letter(on=-20)
        notice.posted_on = day(-12)
        self.follow()
        notice.presented_on = day(-5)
        self.assertFalse(self.activities(notice))

    def test_plain_letters_make_no_task(self):
        notice = self.letter(on=-20, by_registered=False, by_letter=True)
        notice.posted_on = day(-15)
        self.follow()
        self.assertFalse(self.activities(notice))

    def test_electronic_letter_is_unclaimed_after_fifteen_days(self):
        values = {"by_registered": False, "by_electronic": True}
        over, running = self.letter(on=-20, **values), self.letter(on=-20, **values)
        over.posted_on = TODAY - timedelta(days=16)
        running.posted_on = TODAY - timedelta(days=15)
        self.follow()
        self.assertEqual(over.registered_outcome, "unclaimed")
        self.assertEqual(over.presented_on, over.posted_on)
        self.assertIn("proof", self.activities(over).summary)
        self.assertFalse(running.registered_outcome)
        self.assertFalse(self.activities(running))
        self.follow()
        self.assertEqual(len(self.activities(over)), 1)

    def test_ten_and_a_hundred_letters_take_as_many_queries(self):
        counts = []
        for count in (10, 10, 100):
            letters = self.letters(count)
            self.env["recovery.post.follow"].sudo()._write_many(
                dict.fromkeys(letters.sudo(), {"posted_on": day(-12)})
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["recovery.post.follow"].sudo()._cron_follow()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 5, counts)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPostingState(PostCommon):
    """Where the letter is, told apart from the state of the notice."""

    def state(self, notice, expected):
        self.assertEqual(notice.posting_state, expected)
        Notice = self.env["recovery.notice"].with_user(self.clerk)
        found = Notice.search([("posting_state", "=", expected)])
        self.assertEqual(found & notice, notice)
        others = Notice.search([("posting_state", "!=", expected)])
        self.assertFalse(others & notice)

    def test_a_registered_letter_from_the_printer_to_the_debtor(self):
        notice = self.letter(on=-10)
        self.state(notice, "to_print")
        notice.action_print()
        self.state(notice, "to_post")
        notice.posted_on = day(-9)
        self.state(notice, "posted")
        notice.presented_on = day(-6)
        self.state(notice, "presented")
        notice.delivered_on = day(-6)
        self.state(notice, "delivered")

    def test_an_unknown_address_is_not_delivered(self):
        notice = self.letter(on=-10)
        notice.registered_outcome = "unknown"
        self.state(notice, "undeliverable")

    def test_an_electronic_letter_is_not_printed(self):
        notice = self.letter(by_registered=False, by_electronic=True)
        self.assertFalse(notice.to_print)
        self.state(notice, "to_post")

    def test_an_e_mail_is_not_posted(self):
        notice = self.letter(by_registered=False, by_email=True)
        self.assertFalse(notice.posting_state)

    def test_what_is_not_sent_is_not_posted(self):
        self.assertFalse(self.letter(state="ready").posting_state)
