from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TODAY, day
from .common_notice import NoticeCommon

SENT_STATES = ("sending", "sent", "closed", "failed", "to_check")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestNoticeFlow(NoticeCommon):
    ALLOWED = {
        "action_validate": {"draft"},
        "action_send": {"draft", "ready"},
        "action_cancel": {"draft", "ready"},
        "action_confirm_sent": {"to_check"},
        "action_confirm_failed": {"to_check"},
    }

    def test_every_other_transition_is_refused(self):
        notice = self.decide()
        states = [state for state, _label in notice._fields["state"].selection]
        for action, allowed in self.ALLOWED.items():
            for state in set(states) - allowed:
                notice.sudo()._set_state(state)
                with self.subTest(f"{action} {state}"), self.assertRaises(UserError):
                    getattr(notice.with_user(self.clerk), action)()
                self.assertEqual(notice.state, state)

    def test_collector_approves_and_cancels(self):
        notice = self.decide().with_user(self.clerk)
        notice.sudo()._set_state("draft")
        notice.action_validate()
        self.assertEqual(set(notice.line_ids.mapped("state")), {"ready"})
        notice.action_cancel()
        self.assertEqual(set(notice.line_ids.mapped("state")), {"cancelled"})
        self.assertTrue(notice.cancel_reason)

    def test_interrupted_notice_that_left_counts_as_sent(self):
        notice = self.decide().with_user(self.clerk)
        notice.sudo()._set_state("to_check")
        notice.action_confirm_sent()
        self.assertEqual((notice.state, notice.sent_at.date()), ("sent", TODAY))
        self.assertEqual(self.situation(self.move).level_id, notice.level_id)

    def test_interrupted_notice_that_did_not_leave_counts_for_nothing(self):
        notice = self.decide().with_user(self.clerk)
        notice.sudo()._set_state("to_check")
        notice.action_confirm_failed()
        self.assertEqual(notice.state, "failed")
        self.assertFalse(self.situation(self.move).level_id)

    def test_closing_keeps_when_it_was_sent(self):
        notice = self.sent()
        sent_at = notice.line_ids.sent_at
        notice.sudo()._set_state("closed")
        self.assertEqual(notice.line_ids.sent_at, sent_at)

    def test_reader_changes_nothing(self):
        notice = self.decide()
        reader = self.member("reader", "account.group_account_invoice")
        for action in self.ALLOWED:
            for state in self.ALLOWED[action]:
                notice.sudo()._set_state(state)
                with self.subTest(action), self.assertRaises(AccessError):
                    getattr(notice.with_user(reader), action)()


@tagged("post_install_l10n", "post_install", "-at_install")
class TestNoticeBounce(NoticeCommon):
    def bounced(self):
        notice = self.sent()
        notice._message_receive_bounce(self.customer.email, self.customer)
        return notice

    def test_bounced_notice_has_failed_with_its_address(self):
        notice = self.bounced()
        self.assertEqual(notice.state, "failed")
        self.assertIn(self.customer.email, notice.failure_reason)
        self.assertTrue(notice.sudo().activity_ids)

    def test_bounced_notice_is_no_level_reached(self):
        self.bounced()
        self.assertFalse(self.situation(self.move).level_id)

    def test_bounced_notice_is_tried_again_after_the_interval(self):
        notice = self.bounced()
        self.assertFalse(self.decide(day(1)))
        self.assertFalse(self.decide(day(6)))
        [again] = self.decide(day(7))
        self.assertEqual(again.level_id, notice.level_id)

    def test_bounce_of_a_cancelled_notice_changes_nothing(self):
        notice = self.decide()
        notice.action_cancel()
        notice._message_receive_bounce(self.customer.email, self.customer)
        self.assertEqual(notice.state, "cancelled")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestNoticeHistory(NoticeCommon):
    def test_level_history_survives_a_reset_to_draft_with_a_new_due_date(self):
        notice = self.sent()
        self.move.button_draft()
        self.move.invoice_date_due = day(-8)
        self.move.action_post()
        self.assertEqual(self.situation(self.move).level_id, notice.level_id)
        self.assertEqual(self.claimed(notice).move_line_id, self.items(self.move))
        self.assertEqual(self.claimed(notice).date_maturity, day(-10))

    def test_level_history_finds_an_item_that_was_made_again(self):
        notice = self.sent()
        old = self.items(self.move)
        self.move.button_draft()
        self.move.invoice_line_ids = [Command.clear()]
        line = {"name": "Service", "price_unit": 900, "tax_ids": []}
        self.move.invoice_line_ids = [Command.create(line)]
        self.move.action_post()
        new = self.items(self.move)
        self.assertNotEqual(old, new)
        self.assertEqual(self.claimed(notice).move_line_id, new)
        self.assertEqual(self.situation(self.move).level_id, notice.level_id)

    def test_each_instalment_gets_its_own_history_back(self):
        move = self.instalments(dues=(-40, -2))
        notice = self.sent()
        first, second = self.items(move)
        move.button_draft()
        move.invoice_date = day(-38)
        move.action_post()
        first, second = self.items(move)
        levels = {row.move_line_id: row.level_id for row in self.situation(move)}
        self.assertEqual(levels, {first: notice.level_id, second: levels[second]})
        self.assertFalse(levels[second])


@tagged("post_install_l10n", "post_install", "-at_install")
class TestNoticePost(NoticeCommon):
    def posted_letter(self):
        notice = self.decide()
        notice.sudo().write({"by_email": False, "by_letter": True})
        self.send(notice)
        return notice.with_user(self.clerk)

    def to_print(self):
        return self.env["recovery.notice"].search([("to_print", "=", True)])

    def test_sent_letter_waits_in_the_print_queue_until_it_is_printed(self):
        notice = self.posted_letter()
        notice.action_preview()
        self.assertEqual(self.to_print(), notice)
        action = notice.action_print()
        self.assertEqual(action["url"], f"/recouvrement/notices/{notice.id}.pdf")
        self.assertFalse(self.to_print())
        self.assertFalse(notice.to_print)

    def test_e_mail_is_not_in_the_print_queue(self):
        self.sent()
        self.assertFalse(self.to_print())

    def test_letter_not_sent_is_not_in_the_print_queue(self):
        notice = self.decide()
        notice.sudo().write({"by_letter": True})
        self.assertFalse(self.to_print())

    def test_deadline_counts_from_the_first_presentation(self):
        notice = self.posted_letter()
        self.assertEqual(notice.deadline, day(8))
        with freeze_time(day(3)):
            notice.presented_on = day(3)
        self.assertEqual(notice.deadline, day(11))
