from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import recovery_run_process
from .common import TODAY, day
from .common_sending import RUN_CRON, SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRunRates(SendingCommon):
    def setUp(self):
        super().setUp()
        self.policy({"delay_days": 5, "claims": "claims"})
        self.env["recovery.rate"].sudo().search(
            [("kind", "=", "ecb_refi"), ("date_from", ">=", "2026-07-01")]
        ).unlink()

    def test_missing_rate_stops_only_the_letters_that_need_it(self):
        self.invoice()
        consumer = self.debtor("Mme Petit", kind="consumer")
        self.invoice(consumer)
        run = self.launch()
        self.assertEqual(run.notice_ids.partner_id, consumer)
        self.assertEqual((run.notice_count, run.failure_count), (1, 1))

    def test_missing_rate_is_logged_with_the_customer_and_what_to_do(self):
        self.invoice()
        [failure] = self.launch().failure_line_ids
        self.assertEqual(failure.partner_id, self.customer)
        self.assertIn("2026", failure.message)
        self.assertIn("Statutory rates", failure.message)

    def test_letter_is_written_once_the_rate_is_there(self):
        self.invoice()
        self.assertFalse(self.decide())
        self.env["recovery.rate"].sudo().create(
            {"kind": "ecb_refi", "date_from": "2026-07-01", "percent": 2.4}
        )
        self.assertEqual(len(self.decide()), 1)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRunCron(SendingCommon):
    """The night job, run as its engine runs it."""

    def setUp(self):
        super().setUp()
        self.policy(5)
        self.debtors = self.env["res.partner"]
        for number in range(6):
            self.debtors |= self.debtor(f"Debtor {number}")
            self.invoice(self.debtors[-1:])
        self.startPatcher(patch.object(recovery_run_process, "CHUNK_DEBTORS", 2))

    def night_run(self):
        return self.last_run(origin="cron", company_id=self.company.id)

    @contextmanager
    def time_over_after(self, chunks):
        """The engine says that its time is over after some commits."""
        cron, calls = type(self.env["ir.cron"]), []
        original = cron._commit_progress

        def commit_progress(self, processed=0, **values):
            original(self, processed, **values)
            calls.append(processed)
            return 0 if len(calls) >= chunks else 60

        with patch.object(cron, "_commit_progress", commit_progress):
            yield calls

    def test_one_run_a_day_for_each_live_company(self):
        self.cron(RUN_CRON)
        self.cron(RUN_CRON)
        runs = self.env["recovery.run"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(runs), 1)
        self.assertEqual((runs.origin, runs.state), ("cron", "done"))
        self.assertEqual((runs.date, runs.notice_count), (TODAY, 6))

    def test_no_run_where_no_company_is_live(self):
        self.env["res.company"].sudo().search([]).recovery_live = False
        self.cron(RUN_CRON)
        self.assertFalse(self.env["recovery.run"].search_count([]))
        self.assertFalse(self.env["recovery.notice"].search_count([]))

    def test_run_launched_in_the_background_is_done_by_the_cron(self):
        run = self.env["recovery.run"].launch_in_background(company=self.company)
        self.assertEqual((run.state, run.notice_count), ("running", 0))
        self.company.recovery_live = False
        self.cron(RUN_CRON)
        self.assertEqual((run.state, run.notice_count), ("done", 6))

    @mute_logger("odoo.addons.base.models.ir_cron")
    def test_run_without_time_left_stops_after_a_chunk(self):
        with self.time_over_after(1):
            self.decide_once()
        run = self.night_run()
        self.assertEqual((run.state, run.notice_count), ("running", 2))
        self.assertEqual(run.cursor, self.debtors.sorted("id")[1].id)
        self.assertAlmostEqual(run.progress, 100 / 3, 1)

    def decide_once(self):
        """One call of the job, as the engine makes it, without its loop."""
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            cron = self.env.ref(RUN_CRON).id
            env = self.env(cr=cr, user=1, context={})
            progress = env["ir.cron.progress"].create({"cron_id": cron})
            context = {"ir_cron_progress_id": progress.id, "cron_id": cron}
            env["recovery.run"].with_context(**context)._cron_decide()

    def test_stopped_run_continues_after_its_last_chunk(self):
        with self.time_over_after(1):
            self.decide_once()
        written = self.night_run().notice_ids
        self.cron(RUN_CRON)
        run = self.night_run()
        self.assertEqual((run.state, run.debtor_count), ("done", 6))
        self.assertEqual((run.notice_count, run.read_count), (6, 6))
        self.assertLess(written, run.notice_ids)
        self.assertEqual(run.notice_ids.partner_id, self.debtors)

    def test_stopped_run_keeps_its_pinned_day(self):
        with self.time_over_after(1):
            self.decide_once()
        company = type(self.env["res.company"])
        with patch.object(company, "_recovery_today", lambda self: day(1)):
            self.cron(RUN_CRON)
        runs = self.env["recovery.run"].search([], order="date")
        self.assertEqual(runs.mapped("date"), [TODAY, day(1)])
        self.assertEqual(runs.mapped("notice_count"), [6, 0])
        self.assertEqual(set(runs.notice_ids.mapped("date")), {TODAY})

    def test_engine_is_told_how_much_remains(self):
        remaining = []
        cron = type(self.env["ir.cron"])
        original = cron._commit_progress

        def commit_progress(self, processed=0, **values):
            remaining.append(values["remaining"])
            return original(self, processed, **values)

        with patch.object(cron, "_commit_progress", commit_progress):
            self.decide_once()
        self.assertEqual(remaining[-1], 0)
        self.assertEqual(remaining, sorted(remaining, reverse=True))
        self.assertLess(remaining[1], remaining[0])

    def test_debtors_locked_elsewhere_wait_for_the_last_pass(self):
        run_class = type(self.env["recovery.run"])
        original, passes = run_class._lock, []

        def lock(run, situation):
            passes.append(situation.env.context["recovery_scope"]["debtors"])
            locked_out = original(run, situation)
            return locked_out | {self.debtors[0].id} if len(passes) == 1 else locked_out

        with patch.object(run_class, "_lock", lock):
            self.cron(RUN_CRON)
        run = self.night_run()
        self.assertEqual(passes[-1], self.debtors[0].ids)
        self.assertEqual((run.state, run.notice_count), ("done", 6))
        self.assertEqual((run.debtor_count, run.failure_count), (6, 0))

    def locking(self, debtor):
        """Somebody else changes the items of a debtor, in each pass."""

        def lock(run, situation):
            scope = situation.env.context["recovery_scope"]["debtors"]
            return {debtor.id}.intersection(scope)

        return patch.object(type(self.env["recovery.run"]), "_lock", lock)

    def test_run_stays_open_for_a_debtor_that_is_locked_at_its_end(self):
        with self.locking(self.debtors[0]):
            self.cron(RUN_CRON)
        run = self.night_run()
        self.assertEqual((run.state, run.notice_count), ("running", 5))
        self.assertEqual((run.debtor_count, run.debtor_total), (5, 6))
        again = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref(RUN_CRON).id)], order="id desc", limit=1
        )
        self.assertGreater(again.call_at, fields.Datetime.now())
        self.cron(RUN_CRON)
        self.assertEqual((run.state, run.notice_count), ("done", 6))
        self.assertEqual((run.debtor_count, run.failure_count), (6, 0))

    def test_debtor_that_stays_locked_is_logged(self):
        locked = self.debtors[0]
        with (
            self.locking(locked),
            patch.object(recovery_run_process, "LAST_PASSES", 1),
        ):
            self.cron(RUN_CRON)
            self.assertEqual(self.night_run().state, "running")
            self.cron(RUN_CRON)
        run = self.night_run()
        self.assertEqual((run.state, run.notice_count), ("done", 5))
        self.assertEqual(run.failure_line_ids.partner_id, locked)

    def test_debtor_whose_items_change_in_each_attempt_waits(self):
        with self.failing(100):
            self.cron(RUN_CRON)
        run = self.night_run()
        self.assertEqual((run.state, run.notice_count), ("running", 0))
        self.cron(RUN_CRON)
        self.assertEqual((run.state, run.notice_count), ("done", 6))
        self.assertFalse(run.failure_count)

    def test_who_launches_by_hand_leaves_the_locked_to_the_job(self):
        with self.locking(self.debtors[0]):
            run = self.launch()
        self.assertEqual((run.state, run.notice_count), ("running", 5))
        self.cron(RUN_CRON)
        self.assertEqual((run.state, run.notice_count), ("done", 6))
        self.assertFalse(self.night_run(), "it is today's run")

    @mute_logger("odoo.addons.base.models.ir_cron")
    def test_debtors_locked_when_the_time_is_over_are_not_forgotten(self):
        run_class, locked = type(self.env["recovery.run"]), self.debtors[0]
        with (
            patch.object(run_class, "_lock", lambda *args: {locked.id}),
            self.time_over_after(1),
        ):
            self.decide_once()
        self.cron(RUN_CRON)
        run = self.night_run()
        self.assertEqual(run.state, "done")
        known = run.notice_ids.partner_id | run.failure_line_ids.partner_id
        self.assertEqual(known, self.debtors)

    def failing(self, times):
        """`_read` that fails as PostgreSQL does when somebody else was first."""
        run_class, calls = type(self.env["recovery.run"]), []
        original = run_class._read

        def read(run, situation):
            calls.append(1)
            if len(calls) <= times:
                raise SerializationFailure("could not serialize access")
            return original(run, situation)

        return patch.object(run_class, "_read", read)

    def test_serialization_failure_is_tried_again(self):
        with self.failing(2):
            self.cron(RUN_CRON)
        run = self.night_run()
        self.assertEqual((run.state, run.notice_count), ("done", 6))
        self.assertEqual((run.debtor_count, run.read_count), (6, 6))

    def test_debtor_whose_decision_fails_leaves_the_others(self):
        writer, bad = type(self.env["recovery.writer"]), self.debtors[0]
        original = writer._plans

        def plans(this, rows):
            if bad.id in [row["partner_id"] for row in rows]:
                raise ValueError("bad record")
            return original(this, rows)

        with patch.object(writer, "_plans", plans):
            self.cron(RUN_CRON)
        run = self.night_run()
        self.assertEqual((run.state, run.notice_count), ("done", 5))
        self.assertEqual(run.failure_line_ids.partner_id, bad)
        self.assertIn("bad record", run.failure_line_ids.message)

    def test_debtor_without_address_is_a_task_and_leaves_the_others(self):
        lost = self.debtors[0]
        lost.write({"email": False, "city": False})
        self.cron(RUN_CRON)
        run = self.night_run()
        self.assertEqual((run.state, run.notice_count), ("done", 5))
        self.assertFalse(run.failure_count)
        self.assertEqual(self.counters(run)[0]["no_address"], 1)
        row = self.env["recovery.debtor"].search([("partner_id", "=", lost.id)])
        self.assertEqual(row.status, "no_address")
        self.assertGreater(row.priority, 0)  # among those to call

    def test_launch_by_hand_leaves_serialization_failures_to_the_server(self):
        with self.failing(1), self.assertRaises(SerializationFailure):
            self.launch()


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRunQueries(SendingCommon):
    def queries(self, debtors):
        """Number of queries of a run for so many new debtors."""
        for number in range(debtors):
            self.invoices(2, self.debtor(f"Debtor {number}"))
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        run = self.launch()
        self.assertEqual(run.notice_count, debtors)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_run_costs_the_same_queries_for_10_and_100_debtors(self):
        self.policy({"delay_days": 5, "claims": "claims"})
        self.queries(1)  # caches
        ten = self.queries(10)
        self.assertEqual(self.queries(100), ten)
