from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import human_size

from ..models.recovery_watch import ACTIVITY
from .common import TODAY, day
from .common_sending import SEND_CRON, SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestHealth(SendingCommon):
    """The settings tell whether the recovery works."""

    def line(self, title):
        lines = {line[0]: line[1:] for line in self.lines()}
        return lines[title]

    def lines(self):
        return self.env["recovery.health"]._lines(self.company)

    def test_nothing_happened_yet(self):
        self.company.recovery_live = False
        self.assertEqual(self.line("Last run"), ("none", True))
        self.assertEqual(self.line("Last sending"), ("none", True))
        self.assertEqual(self.line("Bank entries"), ("none", True))
        self.assertEqual(
            self.line("Archive")[0], "0 letters, 0 (0 in the last 30 days)"
        )

    def test_last_run_with_its_figures(self):
        self.policy(5)
        self.invoice()
        self.decide()
        text, right = self.line("Last run")
        self.assertEqual(text, "11/22/2026: 1 notices, 0 failures")
        self.assertTrue(right)

    def test_run_that_is_missing_stands_out(self):
        text, right = self.line("Last run")
        self.assertEqual((text, right), ("none", False))
        self.launch(day(-1))
        text, right = self.line("Last run")
        self.assertEqual(text, "The night job did not run on 11/22/2026.")
        self.assertFalse(right)

    def test_what_was_sent_and_what_waits(self):
        self.policy({"delay_days": 5, "letter": "L1", "by_letter": True})
        for name in ("Sent", "Ready", "Approve", "Failed"):
            self.invoice(self.debtor(name))
        sent, _ready, approve, failed = self.decide()
        approve.sudo()._set_state("draft")
        failed.sudo()._set_state("failed")
        self.send(sent)
        text, right = self.line("Notices")
        self.assertEqual(
            text, "1 to approve, 1 to send, 1 to print, 0 to check, 1 failed"
        )
        self.assertFalse(right)
        self.assertIn("11/22/2026", self.line("Last sending")[0])
        size = human_size(sent.document_id.sudo().file_size)
        self.assertEqual(
            self.line("Archive")[0], f"1 letters, {size} ({size} in the last 30 days)"
        )

    def test_growth_of_the_archive_is_that_of_the_last_month(self):
        self.policy({"delay_days": 5, "letter": "L1"})
        self.invoice()
        notice = self.decide()
        self.send(notice)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = create_date - interval '31 days'"
            " WHERE id = %s",
            [notice.document_id.id],
        )
        self.assertIn("(0 in the last 30 days)", self.line("Archive")[0])

    def test_rates_are_known_until_the_end_of_their_semester(self):
        self.assertEqual(self.line("Statutory rates"), ("known until 12/31/2026", True))
        with freeze_time("2027-01-01 09:00:00"):
            self.assertFalse(self.line("Statutory rates")[1])

    def test_bank_entries_of_the_company_only(self):
        self.payment(on=-3)
        self.assertEqual(self.line("Bank entries")[0], "until 11/19/2026")
        other = self.setup_other_company()["company"]
        health = self.env["recovery.health"]
        self.assertEqual(health._bank_day(other), (None, False))

    def test_as_many_queries_for_many_notices_as_for_few(self):
        self.policy(5, grouping="invoice")
        self.invoice()
        self.send(self.decide())
        self.queries()
        few = self.queries()
        self.invoices(20)
        self.send(self.decide())
        self.assertEqual(self.queries(), few)

    def queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.lines()
        return self.cr.sql_log_count - before

    def test_settings_show_the_lines(self):
        with Form(self.env["res.config.settings"]) as settings:
            self.assertIn("Last run", settings.recovery_health)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestWatch(SendingCommon):
    """Managers are told when the night job failed or did not run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].sudo().search([]).recovery_live = False
        cls.company.write({"recovery_live": True, "recovery_live_since": day(-30)})
        cls.boss = cls.manager()

    def watch(self):
        self.env["recovery.watch"].sudo()._cron_watch()
        return self.requests()

    def requests(self):
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
                    ("user_id", "=", self.boss.id),
                ]
            )
        )

    def test_job_that_did_not_run_is_told_once(self):
        request = self.watch()
        self.assertEqual(len(request), 1)
        self.assertEqual(request.summary, "The night job did not run on 11/22/2026.")
        self.assertEqual(self.watch(), request)

    def test_request_is_done_by_itself_once_the_job_ran(self):
        self.watch()
        self.launch()
        self.assertFalse(self.watch())

    def test_run_that_is_not_finished_is_told(self):
        self.env["recovery.run"].launch_in_background(company=self.company)
        self.assertIn("is not finished", self.watch().summary)

    def test_failures_are_told(self):
        self.launch().failure_count = 3
        self.assertIn("for 3 debtors", self.watch().summary)

    def test_collectors_are_not_told(self):
        clerk = self.collector()
        self.watch()
        self.assertFalse(
            self.env["mail.activity"].sudo().search([("user_id", "=", clerk.id)])
        )

    def test_nothing_is_expected_on_a_closed_day(self):
        self.company.recovery_working_days = True
        self.assertFalse(self.watch())

    def test_request_waits_over_a_closed_day(self):
        request = self.watch()
        self.company.recovery_working_days = True
        self.assertEqual(self.watch(), request)

    def test_nothing_is_expected_of_a_company_that_is_not_live(self):
        self.company.recovery_live = False
        self.assertFalse(self.watch())

    def test_nothing_is_expected_on_the_day_it_goes_live(self):
        self.company.recovery_live_since = TODAY
        self.assertFalse(self.watch())

    def test_watch_has_a_schedule_of_its_own(self):
        cron = self.env.ref("l10n_fr_recouvrement.ir_cron_recovery_watch")
        with patch.object(type(self.env["recovery.watch"]), "_cron_watch") as watch:
            self.cron("l10n_fr_recouvrement.ir_cron_recovery_watch")
        watch.assert_called_once()
        self.assertNotEqual(cron.nextcall.hour, self.env.ref(SEND_CRON).nextcall.hour)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRetention(SendingCommon):
    """Old runs are forgotten, notices never."""

    def purge(self):
        self.env["recovery.run"].sudo()._gc_runs()

    def test_old_runs_go_and_their_notices_stay(self):
        self.policy(5)
        self.invoice(due=-1000)
        old, recent = self.launch(day(-800)), self.launch(day(-300))
        notice = old.notice_ids
        self.assertTrue(notice)
        self.purge()
        self.assertFalse(old.exists())
        self.assertTrue(recent.exists())
        self.assertEqual((notice.exists(), notice.origin), (notice, "run"))

    def test_each_company_says_how_long(self):
        run = self.launch(day(-40))
        self.purge()
        self.assertTrue(run.exists())
        self.company.recovery_run_months = 1
        self.purge()
        self.assertFalse(run.exists())

    def test_zero_keeps_them_for_good(self):
        self.company.recovery_run_months = 0
        run = self.launch(day(-2000))
        self.purge()
        self.assertTrue(run.exists())

    def test_run_that_is_not_finished_stays(self):
        run = self.launch(day(-2000))
        run.state = "running"
        self.purge()
        self.assertTrue(run.exists())

    def test_managers_delete_no_run(self):
        with self.assertRaises(AccessError):
            self.launch().with_user(self.manager()).unlink()
