from datetime import datetime

from psycopg2.errors import CheckViolation

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TODAY
from .common_sending import SEND_CRON, SendingCommon


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
        self.assertTrue(notices[0].handed_at)

    def test_letters_are_no_e_mails(self):
        self.company.recovery_mail_limit = 1
        notices = self.ready(3, by_email=False, by_letter=True)
        self.cron(SEND_CRON)
        self.assertEqual(self.states(notices), ["sent"] * 3)
        self.assertFalse(any(notices.mapped("handed_at")))

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
