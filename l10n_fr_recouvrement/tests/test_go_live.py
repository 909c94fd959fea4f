from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY, day
from .common_sending import RUN_CRON, SEND_CRON, SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestGoLive(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_live = False
        cls.steps = cls.policy(5, 15, 30, interval_days=7).level_ids
        cls.boss = cls.manager()

    def wizard(self, **values):
        wizard = self.env["recovery.go.live"].with_user(self.boss)
        return wizard.create({"company_id": self.company.id, **values})

    def levels_tonight(self, moves):
        rows = self.situation(moves, date=1)
        return {row.move_id: row.next_level_id for row in rows if row.status == "due"}

    def test_preview_has_a_line_for_each_policy_and_level(self):
        old = self.invoice(due=-60)
        self.reach(old, self.steps[0], on=-20)
        self.invoices(2, self.debtor("Other"), due=-10)
        lines = {line.next_level_id: line for line in self.wizard().line_ids}
        self.assertEqual(set(lines), {self.steps[0], self.steps[1]})
        first = lines[self.steps[0]]
        self.assertEqual((first.item_count, first.amount), (2, 2000))
        self.assertEqual(first.days_late, 11)

    def test_preview_is_the_one_of_the_coming_night(self):
        self.invoice(due=-4)
        self.assertEqual(self.wizard().line_ids.item_count, 1)

    def test_preview_shows_this_company_only(self):
        other = self.setup_other_company(name="Second company")["company"]
        self.boss.company_ids |= other
        self.invoice()
        wizard = self.env["recovery.go.live"].with_user(self.boss)
        wizard = wizard.with_context(allowed_company_ids=[other.id, self.company.id])
        self.assertFalse(wizard.create({"company_id": other.id}).line_ids)

    def test_preview_writes_nothing(self):
        self.invoice()
        self.wizard().action_preview()
        self.assertFalse(self.env["recovery.notice"].search_count([]))
        self.assertFalse(self.env["recovery.level.change"].search_count([]))

    def test_start_level_is_given_to_old_debts_only(self):
        old, new = self.invoice(due=-60), self.invoice(due=-10)
        wizard = self.wizard()
        wizard.line_ids.write({"older_than": 30, "start_level_id": self.steps[1].id})
        wizard.action_start_levels()
        rows = {row.move_id: row.level_id for row in self.situation(old | new)}
        self.assertEqual(rows, {old: self.steps[1], new: self.steps.browse()})
        self.assertEqual(self.env["recovery.level.change"].search([]).move_id, old)

    def test_debt_with_a_start_level_goes_on_at_the_next_one(self):
        old = self.invoice(due=-60)
        wizard = self.wizard()
        wizard.line_ids.start_level_id = self.steps[1]
        wizard.action_approve()
        self.assertEqual(self.levels_tonight(old), {old: self.steps[2]})

    def test_start_levels_show_a_new_preview(self):
        self.invoice(due=-60)
        wizard = self.wizard()
        wizard.line_ids.start_level_id = self.steps[1]
        action = wizard.action_start_levels()
        self.assertEqual(action["res_id"], wizard.id)
        self.assertEqual(wizard.line_ids.next_level_id, self.steps[2])
        self.assertFalse(wizard.line_ids.start_level_id)

    def test_start_levels_do_not_switch_the_night_job_on(self):
        self.invoice()
        self.wizard().action_start_levels()
        self.assertFalse(self.company.recovery_live)

    def test_kinds_are_confirmed_on_request(self):
        debtor = self.debtor("Unconfirmed", kind=None, vat="FR23334175221")
        self.invoice(debtor)
        wizard = self.wizard()
        self.assertEqual(wizard.unconfirmed_count, 1)
        wizard.action_start_levels()
        self.assertFalse(debtor.recovery_debtor_kind_confirmed)
        wizard.confirm_kinds = True
        wizard.action_start_levels()
        self.assertTrue(debtor.recovery_debtor_kind_confirmed)
        self.assertEqual(debtor.recovery_debtor_kind, "professional")

    def test_approval_switches_the_night_job_on(self):
        self.invoice()
        self.wizard().action_approve()
        self.assertTrue(self.company.recovery_live)
        self.assertEqual(self.company.recovery_live_since, TODAY)
        self.assertEqual(self.company.recovery_live_user_id, self.boss)

    def test_nothing_leaves_before_the_approval(self):
        self.invoice()
        self.launch()
        self.cron(RUN_CRON)
        self.cron(SEND_CRON)
        self.assertFalse(self.outbox)

    def test_first_night_after_the_approval_sends(self):
        self.invoice()
        self.wizard().action_approve()
        self.cron(RUN_CRON)
        self.cron(SEND_CRON)
        self.assertEqual(len(self.outbox), 1)

    def test_only_managers_go_live(self):
        wizard = self.wizard()
        for user in (
            self.collector(),
            self.member("invoicing", "account.group_account_invoice"),
            self.member("seller", "sales_team.group_sale_manager"),
        ):
            with self.assertRaises(AccessError):
                self.env["recovery.go.live"].with_user(user).create({})
            for action in ("action_approve", "action_start_levels"):
                with self.assertRaises(AccessError):
                    getattr(wizard.with_user(user), action)()
        self.assertFalse(self.company.recovery_live)

    def test_company_of_others_cannot_be_switched_on(self):
        other = self.setup_other_company(name="Second company")["company"]
        with self.assertRaises(UserError):
            wizard = self.wizard(company_id=other.id)
            wizard.action_approve()
        self.assertFalse(other.recovery_live)

    def test_night_job_is_not_switched_on_by_writing_on_the_company(self):
        for user in (self.boss, self.collector()):
            with self.assertRaises(AccessError):
                self.company.with_user(user).recovery_live = True

    def test_change_of_level_says_who_and_why(self):
        self.invoice(due=-60)
        wizard = self.wizard()
        wizard.line_ids.start_level_id = self.steps[0]
        wizard.action_start_levels()
        change = self.env["recovery.level.change"].search([])
        self.assertEqual((change.user_id, change.date), (self.boss, TODAY))
        self.assertEqual((change.rank, bool(change.reason)), (1, True))
        self.assertLess(change.date, day(1))
