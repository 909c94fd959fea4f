from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReminder(SendingCommon):
    """Remind now: outside the run, by the same rules, with the same trace."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 15, interval_days=7).level_ids
        cls.clerk = cls.collector()

    def remind(self, records):
        return records.with_user(self.clerk).action_recovery_remind()

    def sent(self):
        return self.env["recovery.notice"].search([("state", "=", "sent")])

    def assert_refused(self, records, *words):
        with self.assertRaises(UserError) as refusal:
            self.remind(records)
        for word in words:
            self.assertIn(word, str(refusal.exception))
        self.assertFalse(self.outbox)
        self.assertFalse(self.env["recovery.notice"].search_count([]))

    def test_invoice_is_reminded_at_once(self):
        move = self.invoice()
        self.remind(move)
        [notice] = self.sent()
        self.assertEqual((notice.origin, notice.run_id.id), ("manual", False))
        self.assertEqual((notice.level_id, notice.date), (self.steps[0], TODAY))
        self.assertEqual(notice.line_ids.move_id, move)
        self.assertEqual(len(self.outbox), 1)

    def test_debtor_is_reminded_of_all_that_is_late(self):
        moves = self.invoices(2)
        self.remind(self.customer)
        self.assertEqual(self.claimed(self.sent()).move_id, moves)

    def test_contact_stands_for_its_debtor(self):
        move = self.invoice()
        self.remind(self.contact(self.customer))
        self.assertEqual(self.sent().line_ids.move_id, move)

    def test_debtor_of_the_worklist_is_reminded(self):
        move = self.invoice()
        self.worklist().with_user(self.clerk).action_remind()
        self.assertEqual(self.sent().line_ids.move_id, move)

    def test_items_of_the_situation_are_reminded(self):
        move, _other = self.invoice(), self.invoice()
        self.situation(move).with_user(self.clerk).action_remind()
        self.assertEqual(self.claimed(self.sent()).move_id, move)

    def test_other_invoices_of_the_debtor_are_only_listed(self):
        move, other = self.invoice(), self.invoice()
        self.remind(move)
        kinds = {line.move_id: line.kind for line in self.sent().line_ids}
        self.assertEqual(kinds, {move: "claimed", other: "also_due"})

    def test_reminder_goes_ahead_of_the_calendar(self):
        move = self.invoice(due=-1)
        self.assertEqual(self.status(move), "waiting")
        self.remind(move)
        self.assertEqual(self.sent().level_id, self.steps[0])

    def test_reminder_goes_ahead_of_the_interval(self):
        move = self.invoice(due=-30)
        self.remind(move)
        self.remind(move)
        self.assertEqual(self.sent().level_id, self.steps)

    def test_run_counts_a_reminder_by_hand(self):
        self.remind(self.invoice())
        self.assertFalse(self.decide())

    def test_invoice_not_late_is_refused(self):
        move = self.invoice(due=3)
        self.assert_refused(move, move.name)

    def test_disputed_invoice_is_refused_with_its_reason(self):
        move = self.invoice()
        self.dispute(move)
        self.assert_refused(move, move.name, "disputed")

    def test_promised_invoice_is_refused_with_its_reason(self):
        move = self.invoice()
        self.promise(on=3)
        self.assert_refused(move, "promised")

    def test_paused_debtor_is_refused_with_its_reason(self):
        self.invoice()
        self.pause(until=3)
        self.assert_refused(self.customer, "Paused")

    def test_blocked_invoice_is_refused_with_its_reason(self):
        move = self.invoice()
        move.action_toggle_block_payment()
        self.assert_refused(move, "blocked")

    def test_paid_invoice_is_refused(self):
        move = self.invoice()
        self.pay(move)
        self.assert_refused(move)

    def test_refusal_speaks_of_the_chosen_invoice_only(self):
        move, other = self.invoice(), self.invoice()
        self.dispute(move)
        with self.assertRaises(UserError) as refusal:
            self.remind(move)
        self.assertNotIn(other.name, str(refusal.exception))

    def test_invoice_with_a_notice_under_way_is_refused_with_its_number(self):
        move = self.invoice()
        notice = self.decide()
        with self.assertRaises(UserError) as refusal:
            self.remind(move)
        self.assertIn(notice.name, str(refusal.exception))
        self.assertEqual(self.env["recovery.notice"].search([]), notice)

    def test_last_level_reached_is_refused(self):
        move = self.invoice()
        self.reach(move, self.steps[1], on=-30)
        self.assert_refused(move, "no further level")

    def test_missing_rate_is_refused_with_what_to_do(self):
        self.steps.claims = "claims"
        self.env["recovery.rate"].sudo().search([]).unlink()
        self.assert_refused(self.invoice(), "Statutory rates")

    def test_level_that_needs_approval_is_approved_by_the_click(self):
        self.steps.needs_validation = True
        self.remind(self.invoice())
        self.assertTrue(self.sent())

    def test_user_is_told_what_was_sent(self):
        action = self.remind(self.invoice())
        self.assertIn(self.sent().name, action["params"]["message"])
        self.assertEqual(action["params"]["type"], "success")

    def test_user_is_told_what_could_not_be_sent(self):
        self.steps.letter = "L1"
        self.unprintable = self.customer
        action = self.remind(self.invoice())
        self.assertIn("no paper", action["params"]["message"])
        self.assertNotEqual(action["params"]["type"], "success")

    def test_only_collectors_remind(self):
        move = self.invoice()
        for group in ("account.group_account_invoice", "sales_team.group_sale_manager"):
            user = self.member(group.split("_")[-1], group)
            for records in (move, self.customer):
                with self.assertRaises(AccessError):
                    records.with_user(user).action_recovery_remind()
        self.assertFalse(self.outbox)

    def test_collector_reminds_in_their_companies_only(self):
        other = self.setup_other_company(name="Second company")["company"]
        stranger = self.collector(
            "stranger", company_id=other.id, company_ids=[other.id]
        )
        move = self.invoice()
        with self.assertRaises(UserError):
            move.with_user(stranger).action_recovery_remind()
        with self.assertRaises(UserError):
            self.customer.with_user(stranger).action_recovery_remind()
        self.assertFalse(self.outbox)
