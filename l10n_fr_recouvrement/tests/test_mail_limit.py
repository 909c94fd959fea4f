from datetime import datetime
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY
from .common_sending import SEND_CRON, SendingCommon, pdf


@tagged("post_install_l10n", "post_install", "-at_install")
class TestMailLimit(SendingCommon):
    """The mail provider takes so many e-mails an hour; the rest leaves later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"recovery_hour_from": 0, "recovery_hour_to": 24})

    def ready(self, count, **level):
        self.policy({"delay_days": 5, **level}, grouping="invoice")
        self.invoices(count)
        return self.decide()

    def states(self, notices):
        notices.invalidate_recordset()
        return [notice.state for notice in notices]

    def planned(self):
        cron = self.env.ref(SEND_CRON)
        triggers = self.env["ir.cron.trigger"].sudo()
        return triggers.search([("cron_id", "=", cron.id)]).mapped("call_at")

    def room(self):
        room, _later = self.company._recovery_mail_room()[self.company]
        return room

    def test_sender_stops_at_the_limit_and_goes_on_in_the_next_hour(self):
        self.company.recovery_mail_limit = 2
        notices = self.ready(5)
        self.cron(SEND_CRON)
        self.assertEqual(self.states(notices), ["sent"] * 2 + ["ready"] * 3)
        self.assertIn(datetime(2026, 11, 22, 10), self.planned())
        with freeze_time(f"{TODAY} 09:59:00"):
            self.cron(SEND_CRON)
        self.assertEqual(len(self.outbox), 2)
        with freeze_time(f"{TODAY} 10:00:00"):
            self.cron(SEND_CRON)
        self.assertEqual(self.states(notices), ["sent"] * 4 + ["ready"])

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_what_the_server_refused_was_handed_to_it(self):
        self.company.recovery_mail_limit = 1
        self.customer.email = "nobody@refused.example.com"
        notices = self.ready(2)
        self.cron(SEND_CRON)
        self.assertEqual(self.states(notices), ["failed", "ready"])
        self.assertTrue(notices[0].mail_id.sudo().recovery_handed_at)

    def test_letters_are_no_e_mails(self):
        self.company.recovery_mail_limit = 1
        notices = self.ready(3, by_email=False, by_letter=True)
        self.cron(SEND_CRON)
        self.assertEqual(self.states(notices), ["sent"] * 3)
        self.assertEqual(self.room(), 1)

    def test_no_limit(self):
        notices = self.ready(3)
        self.cron(SEND_CRON)
        self.assertEqual(self.states(notices), ["sent"] * 3)

    def test_human_stops_at_the_limit_too_and_the_rest_is_approved(self):
        self.company.recovery_mail_limit = 1
        notices = self.ready(2, needs_validation=True)
        notices.with_user(self.collector()).action_send()
        self.assertEqual(self.states(notices), ["sent", "ready"])

    def test_each_company_has_its_own(self):
        self.company.recovery_mail_limit = 1
        self.ready(2)
        other = self.setup_other_company()["company"]
        other.recovery_mail_limit = 3
        self.cron(SEND_CRON)
        room = (self.company | other)._recovery_mail_room()
        self.assertEqual(
            {company: count for company, (count, _later) in room.items()},
            {self.company: 0, other: 3},
        )

    def test_counting_takes_as_many_queries_for_many_as_for_few(self):
        self.company.recovery_mail_limit = 100
        self.ready(12)
        counts = []
        for limit in (2, 10):
            notices = self.env["recovery.notice"].search(
                [("state", "=", "ready")], limit=limit
            )
            notices.mapped("by_email")
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.env["recovery.sender"]._within_limit(notices)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)

    @mute_logger("odoo.sql_db")
    def test_negative_limit_is_refused(self):
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.company.recovery_mail_limit = -1
            self.env.flush_all()


@tagged("post_install_l10n", "post_install", "-at_install")
class TestStatementLimit(SendingCommon):
    """Statements of account count in the hourly limit as reminders do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"recovery_hour_from": 0, "recovery_hour_to": 24})
        cls.company.recovery_mail_limit = 2
        cls.debtors = cls.env["res.partner"]
        for name in "ABC":
            cls.debtors |= cls.debtor(name)
        cls.debtors.recovery_statement_period = "monthly"

    def setUp(self):
        super().setUp()
        for debtor in self.debtors:
            self.invoice(debtor)

    def _render(self, documents):
        return {document.id: pdf("Statement") for document in documents}

    def run_at(self, moment):
        with freeze_time(moment):
            self.env["recovery.account.statement.sender"].sudo()._cron_send()

    def written(self):
        """Who was written to."""
        mails = self.env["mail.mail"].sudo()
        ours = [("model", "=", "res.partner"), ("res_id", "in", self.debtors.ids)]
        return sorted(self.debtors.browse(mails.search(ours).mapped("res_id")).ids)

    def by_hand(self, debtors):
        return self.env["recovery.account.statement.send"].create(
            {"partner_ids": [(6, 0, debtors.ids)]}
        )

    def test_job_goes_on_with_the_others_in_the_next_hour(self):
        self.run_at("2026-12-01 05:00:00")
        self.assertEqual(self.written(), self.debtors[:2].ids)
        self.assertFalse(self.debtors[2].recovery_statement_checked_on)
        job = self.env.ref("l10n_fr_recouvrement.ir_cron_recovery_account_statement")
        triggers = self.env["ir.cron.trigger"].sudo()
        planned = triggers.search([("cron_id", "=", job.id)]).mapped("call_at")
        self.assertIn(datetime(2026, 12, 1, 6), planned)
        self.run_at("2026-12-01 05:59:00")
        self.assertEqual(len(self.written()), 2)
        self.run_at("2026-12-01 06:00:00")
        self.assertEqual(self.written(), self.debtors.ids)

    def test_reminders_leave_no_more_room_than_statements_do(self):
        self.by_hand(self.debtors[:1]).action_send()
        self.policy(5)
        notices = self.decide()
        self.cron(SEND_CRON)
        notices.invalidate_recordset()
        self.assertEqual(sorted(notices.mapped("state")), ["ready", "ready", "sent"])
        with self.refused("still takes 0 e-mails until"):
            self.by_hand(self.debtors[1:2]).action_send()

    def test_more_than_the_limit_at_once_is_refused_with_what_to_do(self):
        with self.refused("still takes 2 e-mails .* choose fewer customers"):
            self.by_hand(self.debtors).action_send()
        self.assertFalse(self.written())

    def test_they_leave_in_the_hour_in_which_they_count(self):
        queue = self.env.ref("mail.ir_cron_mail_scheduler_action")
        triggers = self.env["ir.cron.trigger"].sudo()
        before = triggers.search_count([("cron_id", "=", queue.id)])
        self.by_hand(self.debtors[:1]).action_send()
        after = triggers.search_count([("cron_id", "=", queue.id)])
        self.assertEqual(after, before + 1)

    def test_statement_waits_in_the_queue_while_the_server_is_silent(self):
        self.by_hand(self.debtors[:1]).action_send()
        mail = (
            self.env["mail.mail"].sudo().search([("res_id", "=", self.debtors[0].id)])
        )
        server = type(self.env["ir.mail_server"])
        with patch.object(server, "_connect__", side_effect=TimeoutError("timed out")):
            mail.send()
        self.assertEqual(mail.state, "outgoing")
        self.assertTrue(self.company.recovery_mail_silent_since)
        mail.send()
        self.assertEqual(mail.state, "sent")
        self.assertFalse(self.company.recovery_mail_silent_since)
