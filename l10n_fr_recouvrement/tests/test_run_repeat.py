from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TODAY, day
from .common_sending import RUN_CRON, SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRunRepeat(SendingCommon):
    """Runs that follow each other: never twice the same, one level at a time."""

    def test_second_run_of_the_day_makes_no_second_notice(self):
        self.policy(5, 15)
        self.invoices(2)
        self.assertEqual(len(self.decide()), 1)
        self.assertFalse(self.decide())

    def test_run_by_hand_is_the_only_run_of_its_day(self):
        self.policy(5, 15)
        self.invoice()
        self.company.write({"recovery_live": True, "recovery_live_since": TODAY})
        run = self.env["recovery.run"].launch_in_background(company=self.company)
        self.cron(RUN_CRON)
        runs = run.search([("company_id", "=", self.company.id)])
        self.assertEqual((runs, run.state), (run, "done"))

    def test_second_run_after_the_sending_makes_no_second_notice(self):
        self.policy(5, 15, interval_days=7)
        self.invoice(due=-20)
        self.send(self.decide())
        self.assertFalse(self.decide())

    def test_coming_items_left_out_for_late_ones_stay_out_the_same_day(self):
        self.policy(-5, 5, interval_days=7)
        self.invoice(due=-10)
        self.invoice(due=3)
        self.assertEqual(len(self.decide()), 1)
        self.assertFalse(self.decide())

    def test_debtor_with_a_notice_to_approve_gets_no_other_within_the_interval(self):
        self.policy({"delay_days": 5, "needs_validation": True}, interval_days=7)
        self.invoice(due=-5)
        self.invoice(due=-4)
        self.assertEqual(self.decide().state, "draft")
        self.assertFalse(self.decide(day(1)))

    def test_missed_runs_are_caught_up_one_level_at_a_time(self):
        policy = self.policy(5, 15, 30, interval_days=7)
        self.invoice(due=-60)
        reached = []
        for offset in (0, 3, 7, 14, 21):
            notices = self.decide(day(offset))
            self.send(notices)
            reached.append(notices.level_id)
        first, second, third = policy.level_ids
        none = first.browse()
        self.assertEqual(reached, [first, none, second, third, none])

    def test_last_level_repeats_as_a_new_occurrence(self):
        self.policy(5, repeat_days=10)
        self.invoice()
        self.send(self.decide())
        self.assertFalse(self.decide(day(9)))
        [again] = self.decide(day(10))
        self.assertEqual(self.claimed(again).occurrence, 2)

    def test_cancelled_notice_comes_back(self):
        self.policy(5)
        self.invoice()
        notice = self.decide()
        notice.action_cancel()
        [again] = self.decide(day(1))
        self.assertEqual(again.level_id, notice.level_id)
        self.assertEqual(self.claimed(again).occurrence, 1)

    def test_level_with_validation_waits_for_a_human(self):
        self.policy({"delay_days": 5, "needs_validation": True})
        self.invoice()
        notice = self.decide()
        self.assertEqual(notice.state, "draft")
        self.cron("l10n_fr_recouvrement.ir_cron_recovery_send")
        self.assertEqual(notice.state, "draft")
        notice.action_validate()
        self.assertEqual(notice.state, "ready")

    def test_live_company_without_validation_is_ready(self):
        self.policy(5)
        self.invoice()
        self.assertEqual(self.decide().state, "ready")

    def test_company_not_live_holds_everything_back(self):
        self.company.recovery_live = False
        self.policy(5)
        self.invoice()
        notice = self.decide()
        self.assertEqual(notice.state, "draft")
        self.assertEqual(set(notice.line_ids.mapped("state")), {"draft"})

    @mute_logger("odoo.sql_db")
    def test_index_makes_a_double_notice_impossible(self):
        self.policy(5)
        self.invoice()
        line = self.claimed(self.decide())
        columns = "notice_id, kind, move_line_id, level_id, occurrence, date"
        copy = (
            f"INSERT INTO recovery_notice_line ({columns}, state)"
            f" SELECT {columns}, %s FROM recovery_notice_line"
            " WHERE id = %s"
        )
        for state in ("draft", "ready", "sending", "sent", "closed", "to_check"):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self.cr.execute(copy, (state, line.id))
        for state in ("failed", "cancelled"):
            self.cr.execute(copy, (state, line.id))


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRunCounters(SendingCommon):
    def test_items_are_counted_by_reason_and_notices_by_level(self):
        policy = self.policy(5, 15)
        first, second = policy.level_ids
        self.invoice(due=-10)
        self.dispute(self.invoice(due=-10))
        self.invoice(due=-2)
        old = self.invoice(self.debtor("Other"), due=-20)
        self.reach(old, first, on=-8)
        run = self.launch()
        skipped, levels = self.counters(run)
        self.assertEqual(skipped, {"disputed": 1, "waiting": 1})
        self.assertEqual(levels, {first: 1, second: 1})
        self.assertEqual((run.read_count, run.due_count), (4, 2))
        self.assertEqual((run.notice_count, run.failure_count), (2, 0))

    def test_finished_run_has_read_all_its_debtors(self):
        self.policy(5)
        self.invoice()
        self.invoice(self.debtor("Other"))
        run = self.launch()
        self.assertEqual((run.state, run.progress), ("done", 100))
        self.assertEqual((run.debtor_count, run.debtor_total), (2, 2))
        self.assertTrue(run.ended_at)

    def test_run_decides_for_the_day_it_is_given(self):
        self.policy(5)
        self.invoice(due=0)
        self.assertFalse(self.decide(day(4)))
        [notice] = self.decide(day(5))
        self.assertEqual((notice.date, notice.run_id.date), (day(5), day(5)))

    def test_preview_writes_nothing_and_says_what_the_run_does(self):
        self.policy(5, 15)
        old = self.invoice(due=-20)
        self.reach(old, self.env["recovery.level"].search([])[:1], on=-8)
        moves = old | self.invoice() | self.invoice(self.debtor("Other"), due=-1)
        moves |= self.invoice(self.debtor("Third"))
        preview = self.previewed(moves)
        self.assertFalse(self.env["recovery.notice"].search_count([]))
        self.assertEqual(self.written(), preview)

    def test_preview_leaves_out_coming_items_beside_late_ones(self):
        self.policy(-5, 5)
        moves = self.invoice(due=-10) | self.invoice(due=3)
        preview = self.previewed(moves)
        self.assertEqual(self.written(), preview)

    def previewed(self, moves):
        """What the preview announces: items and their levels."""
        rows = self.situation(moves)
        due = rows.filtered(lambda row: row.status == "due")
        return {(row.move_line_id, row.next_level_id) for row in due}

    def written(self):
        lines = self.decide().line_ids.filtered("level_id")
        return {(line.move_line_id, line.level_id) for line in lines}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRunCompanies(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(name="Second company")["company"]
        cls.env.user.company_ids |= cls.other

    def invoice_of_other(self):
        other = type(self)
        debtor = self.debtor("Foreign", property_account_receivable_id=False)
        return other._post_moves(
            [
                other._move_values("out_invoice", debtor, 500, -10, {})
                | {"company_id": self.other.id}
            ]
        )

    def test_each_company_gets_its_own_run_and_notices(self):
        self.policy(5)
        ours, theirs = self.invoice(), self.invoice_of_other()
        runs = self.env["recovery.run"].launch(company=self.company | self.other)
        self.assertEqual(runs.company_id, self.company | self.other)
        found = {run.company_id: run.notice_ids.line_ids.move_id for run in runs}
        self.assertEqual(found, {self.company: ours, self.other: theirs})
        for notice in runs.notice_ids:
            self.assertEqual(notice.company_id, notice.run_id.company_id)

    def test_no_company_means_all_that_the_user_works_in(self):
        runs = self.env(context={"allowed_company_ids": self.company.ids})[
            "recovery.run"
        ].launch()
        self.assertEqual(runs.company_id, self.company)

    def test_other_company_not_live_holds_only_its_own_notices(self):
        self.policy(5)
        self.invoice()
        self.invoice_of_other()
        runs = self.env["recovery.run"].launch(company=self.company | self.other)
        states = {run.company_id: run.notice_ids.state for run in runs}
        self.assertEqual(states, {self.company: "ready", self.other: "draft"})

    def test_launch_is_refused_in_a_company_of_others(self):
        manager = self.manager()
        with self.assertRaises(AccessError):
            self.env["recovery.run"].with_user(manager).launch(company=self.other)

    def test_launch_is_refused_to_who_is_no_manager(self):
        invoicing = self.member("invoicing", "account.group_account_invoice")
        for user in (self.collector(), invoicing):
            with self.assertRaises(AccessError):
                self.env["recovery.run"].with_user(user).launch()
            with self.assertRaises(AccessError):
                self.env["recovery.run"].with_user(user).launch_in_background()

    def test_manager_without_other_rights_may_launch(self):
        self.policy({"delay_days": 5, "claims": "claims"})
        self.invoice()
        run = self.env["recovery.run"].with_user(self.manager()).launch()
        self.assertEqual(run.sudo().notice_count, 1)
        self.assertEqual(run.sudo().date, TODAY)
