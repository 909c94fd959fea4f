from contextlib import contextmanager
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..models import recovery_sender
from ..models.recovery_watch import ACTIVITY
from .common import TODAY
from .common_sending import SEND_CRON, SendingCommon

QUARTER_LATER = f"{TODAY} 09:15:00"


def refused_recipient(*codes):
    """As smtplib says that a server refused all recipients of an e-mail."""
    return SMTPRecipientsRefused(
        {f"{code}@example.com": (code, b"refused") for code in codes}
    )


@tagged("post_install_l10n", "post_install", "-at_install")
class TestMailServer(SendingCommon):
    """A mail server that does not answer is no fault of a notice: nothing left, so that
    the notices stay ready and leave, once, when it does.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"recovery_hour_from": 0, "recovery_hour_to": 24})
        cls.boss = cls.manager()

    def setUp(self):
        super().setUp()
        self.answers, self.attempts = False, 0
        server = type(self.env["ir.mail_server"])
        self.startPatcher(patch.object(server, "_connect__", self.connect))

    def connect(self, *args, **kwargs):
        self.attempts += 1
        if not self.answers:
            raise TimeoutError("timed out")

    def ready(self, count=2, **level):
        self.policy({"delay_days": 5, "letter": "L1", **level}, grouping="invoice")
        self.invoices(count)
        return self.decide()

    def states(self, notices):
        notices.invalidate_recordset()
        return [notice.state for notice in notices]

    def try_again(self, at=QUARTER_LATER):
        with freeze_time(at):
            self.cron(SEND_CRON)

    def planned(self):
        """Moments for which the sending job is asked to come back."""
        triggers = self.env["ir.cron.trigger"].sudo()
        job = [("cron_id", "=", self.env.ref(SEND_CRON).id)]
        return triggers.search(job).mapped("call_at")

    def told(self):
        """What the manager is asked to look at."""
        requests = self.env["mail.activity"].sudo()
        mine = [
            ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
            ("user_id", "=", self.boss.id),
        ]
        return requests.search(mine).mapped("summary")

    def test_notices_stay_ready_and_say_why(self):
        notices = self.ready()
        self.cron(SEND_CRON)
        self.assertEqual(self.states(notices), ["ready", "ready"])
        self.assertEqual(set(notices.mapped("failure_reason")), {"timed out"})
        self.assertEqual(set(notices.line_ids.mapped("state")), {"ready"})
        self.assertFalse(notices.sudo().activity_ids)

    def test_nothing_is_kept_of_what_did_not_leave(self):
        notices = self.ready()
        self.cron(SEND_CRON)
        self.assertFalse(notices.document_id)
        self.assertFalse(any(notices.mapped("document_sha256")))
        self.assertFalse(notices.mail_id)
        ours = [("model", "=", "recovery.notice"), ("res_id", "in", notices.ids)]
        self.assertFalse(self.env["mail.mail"].sudo().search(ours))
        letters = [("res_model", "=", "recovery.notice"), ("res_id", "in", notices.ids)]
        self.assertFalse(self.env["ir.attachment"].sudo().search(letters))

    def test_each_leaves_once_when_the_server_answers(self):
        notices = self.ready()
        self.cron(SEND_CRON)
        self.answers = True
        self.try_again()
        self.assertEqual(self.states(notices), ["sent", "sent"])
        self.assertEqual(len(self.outbox), 2)
        self.assertFalse(any(notices.mapped("failure_reason")))
        self.assertEqual(len(notices.document_id), 2)

    def test_job_comes_back_after_a_rest_and_not_before(self):
        notices = self.ready()
        self.cron(SEND_CRON)
        self.assertIn(datetime(2026, 11, 22, 9, 15), self.planned())
        self.answers = True
        self.try_again(f"{TODAY} 09:14:00")
        self.assertEqual(self.states(notices), ["ready", "ready"])

    def test_other_batches_do_not_wait_for_the_same_server(self):
        notices = self.ready(5)
        with patch.object(recovery_sender, "BATCH", 1):
            self.cron(SEND_CRON)
        self.assertEqual(self.states(notices), ["ready"] * 5)
        self.assertEqual(self.attempts, 1)

    def test_letters_on_paper_do_not_wait(self):
        mailed = self.ready(1)
        self.cron(SEND_CRON)
        mailed.level_id.write({"by_email": False, "by_letter": True})
        self.invoice(self.debtor("On paper"))
        printed = self.decide()
        self.cron(SEND_CRON)
        self.assertEqual(self.states(mailed | printed), ["ready", "sent"])

    def test_invoice_paid_while_the_server_was_silent_is_not_reminded(self):
        notice = self.ready(1)
        self.cron(SEND_CRON)
        self.pay(notice.line_ids.move_id)
        self.answers = True
        self.try_again()
        self.assertEqual((notice.state, self.outbox), ("cancelled", []))

    def test_send_button_tries_at_once_and_leaves_the_notice_ready(self):
        notice = self.ready(1, needs_validation=True)
        clerk = self.collector()
        notice.with_user(clerk).action_send()
        self.assertEqual(notice.state, "ready")
        self.assertTrue(self.company.recovery_mail_tried_at)
        self.answers = True
        notice.with_user(clerk).action_send()
        self.assertEqual((notice.state, len(self.outbox)), ("sent", 1))

    def test_refused_login_is_the_server_s_too(self):
        notices = self.ready()
        with patch.object(
            type(self.env["ir.mail_server"]), "_connect__", side_effect=OSError("535")
        ):
            self.cron(SEND_CRON)
        self.assertEqual(self.states(notices), ["ready", "ready"])

    @contextmanager
    def refusal(self, *errors):
        """A mail server that answers, and refuses each e-mail with the next error."""
        self.answers, refused = True, iter(errors)

        def refuse(*args, **kwargs):
            try:
                raise next(refused)
            except SMTPException as error:  # as Odoo tells it
                raise MailDeliveryException("Refused", str(error)) from error

        server = type(self.env["ir.mail_server"])
        with (
            patch.object(server, "send_email", refuse),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            yield

    def test_sender_that_the_server_refuses_is_the_server_s_too(self):
        notices = self.ready()
        sender = SMTPSenderRefused(530, b"Log in first", "compta@example.com")
        with self.refusal(sender, sender):
            self.cron(SEND_CRON)
        self.assertEqual(self.states(notices), ["ready", "ready"])
        self.assertIn("Log in first", notices[0].failure_reason)
        self.try_again()
        self.assertEqual(self.states(notices), ["sent", "sent"])
        self.assertEqual(len(self.outbox), 2)

    def test_e_mail_that_the_server_wants_later_leaves_later_alone(self):
        """Greylisting, a full mailbox, a provider's limit: the others do not wait."""
        notices = self.ready(3)
        with self.refusal(*map(refused_recipient, (451, 550, 452))):
            self.cron(SEND_CRON)
        self.assertEqual(self.states(notices), ["ready", "failed", "ready"])
        self.assertIn("451", notices[0].failure_reason)
        self.assertFalse(self.company.recovery_mail_silent_since)
        self.assertFalse(notices[0].document_id)
        self.try_again()
        self.assertEqual(self.states(notices), ["sent", "failed", "sent"])
        self.assertEqual(len(self.outbox), 2)

    def test_recipients_of_whom_one_is_unknown_are_not_tried_again(self):
        notice = self.ready(1)
        with self.refusal(refused_recipient(451, 550)):
            self.cron(SEND_CRON)
        self.assertEqual(notice.state, "failed")

    def test_e_mail_that_the_server_wants_later_for_days_has_failed(self):
        notice = self.ready(1)
        for day, state in (("22", "ready"), ("24", "ready"), ("25", "failed")):
            with (
                freeze_time(f"2026-11-{day} 09:00:00"),
                self.refusal(refused_recipient(452)),
            ):
                self.cron(SEND_CRON)
                self.assertEqual(self.states(notice), [state], day)
        self.assertEqual(notice.mail_id.sudo().state, "exception")
        self.answers = True
        self.env["mail.mail"].process_email_queue()
        self.assertFalse(self.outbox)

    def test_job_comes_back_for_what_the_server_wants_later(self):
        self.ready(1)
        with self.refusal(refused_recipient(421)):
            self.cron(SEND_CRON)
        self.assertIn(datetime(2026, 11, 22, 9, 15), self.planned())

    def test_what_did_not_leave_does_not_count_in_the_hourly_limit(self):
        self.company.recovery_mail_limit = 2
        self.ready()
        self.cron(SEND_CRON)
        self.assertEqual(self.company._recovery_mail_room()[self.company][0], 2)

    def test_manager_is_told_once_and_no_more_when_it_is_over(self):
        self.ready()
        self.cron(SEND_CRON)
        self.try_again()
        [sentence] = self.told()
        self.assertIn("has not answered since", sentence)
        self.assertIn("9:00", sentence)  # when it began, not the last attempt
        self.assertIn("timed out", sentence)
        self.answers = True
        self.try_again(f"{TODAY} 09:30:00")
        self.assertFalse(self.told())

    def test_manager_is_told_in_his_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(
            ["l10n_fr_recouvrement"], ["fr_FR"]
        )
        self.boss.lang = "fr_FR"
        self.ready()
        self.cron(SEND_CRON)
        self.assertIn("serveur de messagerie", self.told()[0])

    def test_health_shows_it_as_long_as_it_lasts(self):
        self.ready()
        self.assertNotIn("Mail server", self.health())
        self.cron(SEND_CRON)
        text, right = self.health()["Mail server"]
        self.assertIn("timed out", text)
        self.assertFalse(right)
        self.answers = True
        self.try_again()
        self.assertNotIn("Mail server", self.health())

    def health(self):
        lines = self.env["recovery.health"]._lines(self.company)
        return {title: (text, right) for title, text, right in lines}

    def test_notice_that_left_through_the_queue_stays_sent_while_it_waits(self):
        notice = self.ready(1)
        self.answers = True
        self.cron(SEND_CRON)
        mail = notice.mail_id.sudo()
        mail.state = "outgoing"  # as a personal mail server spreads its e-mails
        self.answers = False
        mail.send()
        self.assertEqual((notice.state, mail.state), ("sent", "outgoing"))
        self.answers = True
        mail.send()
        self.assertEqual((notice.state, mail.state), ("sent", "sent"))

    def test_e_mails_of_others_are_odoo_s_own(self):
        mail = self.env["mail.mail"].sudo().create({"email_to": "a@example.com"})
        mail.send()
        self.assertEqual(mail.state, "exception")
        self.assertFalse(self.told())
