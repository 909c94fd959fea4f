from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import day
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReplace(SendingCommon):
    """A notice that has not left is cancelled and written anew, with a reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 15, interval_days=7)
        cls.moves = cls.invoice(amount=300) + cls.invoice(amount=500)

    def replace(self, notice, leave_out=None, user=None, **values):
        wizard = self.env["recovery.replace"].with_user(user or self.env.user)
        leave_out = self.moves.browse() if leave_out is None else leave_out
        action = wizard.create(
            {
                "notice_id": notice.id,
                "move_ids": [Command.set(leave_out.ids)],
                "reason": "Wrong invoice",
                **values,
            }
        ).action_apply()
        return self.env["recovery.notice"].browse(action["res_id"])

    def test_new_notice_waits_and_the_old_one_says_why(self):
        notice = self.decide()
        new = self.replace(notice)
        self.assertEqual(
            (notice.state, notice.cancel_reason), ("cancelled", "Wrong invoice")
        )
        self.assertEqual((new.state, new.level_id), ("draft", notice.level_id))
        self.assertEqual(self.claimed(new).move_id, self.moves)
        self.assertEqual(new.principal, 800)

    def test_invoice_left_out_is_in_no_letter_until_its_day(self):
        new = self.replace(self.decide(), self.moves[0], until=day(10))
        self.assertEqual(new.line_ids.move_id, self.moves[1])
        self.assertEqual(self.status(self.moves[0]), "paused")
        self.assertEqual(self.status(self.moves[0], date=11), "due")

    def test_day_is_asked_for(self):
        notice = self.decide()
        with self.assertRaisesRegex(UserError, "until when"):
            self.replace(notice, self.moves[0])
        self.assertEqual(notice.state, "ready")

    def test_day_that_is_over_is_refused(self):
        notice = self.decide()
        with self.assertRaisesRegex(UserError, "is over"):
            self.replace(notice, self.moves[0], until=day(-1))
        self.assertEqual(notice.state, "ready")

    def test_invoice_left_out_keeps_its_level(self):
        self.reach(self.moves[0], self.steps.level_ids[0], on=-1)
        self.replace(self.decide(), self.moves[0], until=day(10))
        self.assertEqual(self.situation(self.moves[0]).level_id.position, 10)

    def test_line_of_a_letter_is_left_out_in_one_click(self):
        lines = self.claimed(self.decide()).with_user(self.collector())
        context = lines[0].action_leave_out()["context"]
        wizard = self.env["recovery.replace"].with_context(**context)
        wizard = wizard.create({"until": day(10), "reason": "Being checked"})
        self.assertEqual(wizard.move_ids, lines[0].move_id)
        self.send(lines.notice_id)
        with self.assertRaisesRegex(UserError, "not possible any more"):
            lines[0].action_leave_out()

    def test_nothing_is_written_where_nothing_is_left(self):
        notice = self.decide()
        self.assertEqual(self.replace(notice, self.moves, until=day(10)), notice)
        self.assertEqual(notice.state, "cancelled")

    def test_sent_notice_is_not_replaced(self):
        notice = self.decide()
        self.send(notice)
        with self.assertRaisesRegex(UserError, "not possible any more"):
            self.replace(notice)

    def test_only_a_collector_replaces(self):
        notice = self.decide()
        user = self.member("invoicing", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.replace(notice, user=user)

    def test_collector_replaces(self):
        new = self.replace(self.decide(), user=self.collector())
        self.assertEqual(new.state, "draft")
