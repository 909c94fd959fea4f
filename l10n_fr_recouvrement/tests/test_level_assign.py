from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestLevelAssign(SendingCommon):
    """A level given by hand to several open items at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 15)
        cls.moves = cls.invoices(3)
        cls.clerk = cls.collector()

    def wizard(self, items=None, user=None, **values):
        items = self.items(self.moves) if items is None else items
        context = {"active_model": "recovery.situation", "active_ids": items.ids}
        wizards = self.env["recovery.level.assign"].with_user(user or self.clerk)
        values = {"reason": "Reminded by phone", **values}
        return wizards.with_context(**context).create(values)

    def changes(self):
        return self.env["recovery.level.change"].search(
            [("move_id", "in", self.moves.ids)]
        )

    def test_each_selected_item_gets_the_level_and_its_reason(self):
        level = self.steps.level_ids[0]
        wizard = self.wizard(level_id=level.id)
        self.assertEqual((wizard.item_count, wizard.policy_ids), (3, self.steps))
        wizard.action_apply()
        self.assertEqual(self.situation(self.moves).level_id, level)
        self.assertEqual(len(self.changes()), 3)
        self.assertEqual(set(self.changes().mapped("reason")), {"Reminded by phone"})
        self.assertEqual(self.changes().user_id, self.clerk)

    def test_without_a_level_items_begin_again(self):
        self.reach(self.moves, self.steps.level_ids[1], on=-1)
        self.wizard().action_apply()
        self.assertFalse(self.situation(self.moves).level_id)

    def test_credits_are_left_out(self):
        credit = self.credit(amount=10)
        wizard = self.wizard(self.items(self.moves | credit))
        self.assertEqual(wizard.item_ids, self.items(self.moves))
        with self.assertRaises(UserError):
            self.wizard(self.items(credit)).action_apply()

    def test_level_of_another_policy_is_refused(self):
        other = self.policy(5, name="Other", sequence=2)
        self.moves[0].recovery_policy_id = other
        wizard = self.wizard(level_id=other.level_ids.id)
        with self.assertRaisesRegex(UserError, "Other"):
            wizard.action_apply()
        self.assertFalse(self.changes())

    def test_level_of_a_waiting_letter_is_skipped_and_the_letter_cancelled(self):
        notice = self.decide()
        context = {"active_model": notice._name, "active_ids": notice.ids}
        wizards = self.env["recovery.level.assign"].with_user(self.clerk)
        wizard = wizards.with_context(**context).create(
            {"level_id": notice.level_id.id, "reason": "Promised by phone"}
        )
        self.assertEqual(wizard.item_ids, self.items(self.moves))
        wizard.action_apply()
        self.assertEqual(
            (notice.state, notice.cancel_reason), ("cancelled", "Promised by phone")
        )
        rows = self.situation(self.moves)
        self.assertEqual(rows.level_id, self.steps.level_ids[0])
        self.assertEqual(rows.next_level_id, self.steps.level_ids[1])
        self.assertFalse(self.decide())

    def test_letter_that_left_stays_when_the_level_is_lowered(self):
        notice = self.decide()
        self.send(notice)
        with freeze_time(f"{TODAY} 10:00:00"):
            self.wizard().action_apply()
        self.assertEqual(notice.state, "sent")
        self.assertFalse(self.situation(self.moves).level_id)

    def test_only_a_collector_may_change_levels(self):
        biller = self.member("biller", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.wizard(user=biller)
