import hashlib

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.recovery_notice import EVIDENCE
from .common import TODAY, day
from .common_sending import SendingCommon

LETTER = {"delay_days": 5, "letter": "L1", "by_email": True}
SENT_STATES = ("sending", "sent", "closed", "failed", "to_check")


class NoticeCommon(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(LETTER, 15, interval_days=7)
        cls.move = cls.invoice()
        cls.clerk = cls.collector()

    def sent(self):
        notice = self.decide()
        self.send(notice)
        return notice


@tagged("post_install_l10n", "post_install", "-at_install")
class TestNoticeEvidence(NoticeCommon):
    def other_value(self, notice, name):
        """A value that differs from the present one."""
        field = notice._fields[name]
        if field.type == "many2one":
            return notice[name].search([("id", "!=", notice[name].id)], limit=1).id
        if field.type == "date":
            return day(-99)
        if field.type == "selection":
            keys = [key for key, _label in field._description_selection(self.env)]
            return next(key for key in keys if key != notice[name])
        if field.type == "one2many":
            return [(5, 0, 0)]
        return {"char": "other", "boolean": not notice[name]}.get(field.type, 999)

    def test_no_field_of_a_sent_notice_can_change(self):
        notice = self.sent()
        for name in sorted(EVIDENCE):
            value = self.other_value(notice, name)
            for user in (self.env.user, self.clerk):
                with self.subTest(name), self.assertRaises(UserError):
                    notice.with_user(user).write({name: value})

    def test_evidence_holds_in_every_state_after_the_sending(self):
        notice = self.sent()
        for state in SENT_STATES:
            notice.sudo()._set_state(state)
            with self.assertRaises(UserError):
                notice.with_user(self.clerk).write({"email_to": "other@example.com"})

    def test_context_of_a_remote_call_opens_nothing(self):
        notice = self.sent()
        for key in ("recovery_flow", "recovery_sending"):
            for value in (True, 1, "FLOW"):
                forced = notice.with_user(self.clerk).with_context(**{key: value})
                with self.assertRaises(UserError):
                    forced.write({"total": 1})

    def test_state_changes_by_the_buttons_only(self):
        notice = self.decide()
        for state in ("draft", "sent", "cancelled", "failed"):
            with self.assertRaises(UserError):
                notice.with_user(self.clerk).write({"state": state})
        self.assertEqual(notice.state, "ready")

    def test_sent_notice_cannot_be_deleted(self):
        notice = self.sent()
        for state in SENT_STATES:
            notice.sudo()._set_state(state)
            with self.assertRaises(UserError):
                notice.sudo().unlink()

    def test_nobody_deletes_or_creates_a_notice(self):
        notice = self.decide()
        for user in (self.clerk, self.manager()):
            with self.assertRaises(AccessError):
                notice.with_user(user).unlink()
            with self.assertRaises(AccessError):
                notice.with_user(user).copy()

    def test_lines_cannot_be_written_added_or_deleted(self):
        line = self.sent().line_ids[:1]
        for user in (self.clerk, self.manager()):
            mine = line.with_user(user)
            with self.assertRaises(AccessError):
                mine.write({"claimable": 1})
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.copy()

    def test_lines_cannot_change_through_the_notice(self):
        notice = self.sent()
        [line] = self.claimed(notice)
        for name in ("line_ids", "claimed_line_ids", "also_due_line_ids"):
            for command in ((1, line.id, {"claimable": 1}), (2, line.id)):
                with self.assertRaises(UserError):
                    notice.with_user(self.clerk).write({name: [command]})
        self.assertEqual(line.claimable, 1000)

    def test_archived_letter_has_its_hash(self):
        notice = self.sent()
        content = notice.document_id.raw
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertEqual(notice.document_sha256, hashlib.sha256(content).hexdigest())

    def test_archived_letter_cannot_be_changed_or_deleted(self):
        document = self.sent().document_id
        for user in (self.clerk, self.manager(), self.env.user):
            mine = document.with_user(user)
            for values in (
                {"raw": b"other"},
                {"datas": "b3RoZXI="},
                {"name": "other.pdf"},
                {"res_model": "res.partner", "res_id": self.customer.id},
                {"mimetype": "text/plain"},
                {"type": "url", "url": "https://example.com"},
                {"public": True},
            ):
                with self.subTest(values), self.assertRaises(UserError):
                    mine.write(values)
            with self.assertRaises(UserError):
                mine.unlink()

    def test_facts_of_the_post_stay_open(self):
        notice = self.sent().with_user(self.clerk)
        notice.write({"registered_number": "2C0123", "posted_on": TODAY})
        self.assertEqual(notice.registered_number, "2C0123")


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
