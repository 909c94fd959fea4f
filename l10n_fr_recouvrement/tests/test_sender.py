from pathlib import Path
from smtplib import SMTPServerDisconnected
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import recovery_sender
from .common import TODAY
from .common_sending import SEND_CRON, SendingCommon

LETTER = {"delay_days": 5, "letter": "L1"}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSending(SendingCommon):
    def ready(self, **level):
        """A ready notice of one invoice."""
        self.policy(LETTER | level)
        self.invoice()
        return self.decide()

    def test_sent_notice_and_lines_say_when(self):
        notice = self.ready()
        self.send(notice)
        self.assertEqual(notice.state, "sent")
        self.assertEqual(notice.sent_at.date(), TODAY)
        self.assertEqual(set(notice.line_ids.mapped("state")), {"sent"})
        self.assertEqual(notice.line_ids.sent_at, notice.sent_at)

    def test_e_mail_goes_to_the_address_of_the_notice(self):
        notice = self.ready()
        self.send(notice)
        [mail] = self.outbox
        self.assertIn(notice.email_to, mail["To"])
        self.assertEqual(mail["Subject"], f"Notice {notice.name}")
        self.assertEqual(notice.mail_id.sudo().state, "sent")

    def test_letter_is_attached_where_the_level_says_so(self):
        notice = self.ready(attach_letter=True)
        self.send(notice)
        self.assertEqual(notice.mail_id.sudo().attachment_ids, notice.document_id)

    def test_letter_is_archived_even_where_it_is_not_attached(self):
        notice = self.ready(attach_letter=False)
        self.send(notice)
        self.assertFalse(notice.mail_id.sudo().attachment_ids)
        self.assertTrue(notice.document_id)

    def test_claimed_invoices_are_attached_where_the_level_says_so(self):
        notice = self.ready(attach_letter=False, attach_invoices=True)
        self.send(notice)
        attached = notice.mail_id.sudo().attachment_ids
        self.assertEqual(len(attached), 1)
        self.assertEqual(attached.res_id, self.claimed(notice).move_id.id)

    def test_as_many_queries_for_the_invoices_of_many_notices_as_of_few(self):
        level = {"attach_letter": False, "attach_invoices": True}
        self.policy(LETTER | level, grouping="invoice")
        pdf = {
            "name": "Facture.pdf",
            "raw": b"%PDF-1.4",
            "res_model": "account.move",
            "res_field": "invoice_pdf_report_file",
        }
        self.env["ir.attachment"].create(
            [pdf | {"res_id": move.id} for move in self.invoices(20)]
        )
        ids = self.decide().ids

        def queries(part):
            part = self.env["recovery.notice"].browse(part)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            attached = [notice._email_attachments().res_id for notice in part]
            claimed = self.claimed(part).move_id
            self.assertEqual(sorted(attached), sorted(claimed.ids))
            return self.cr.sql_log_count - before

        queries(ids[:1])
        self.assertEqual(queries(ids[:2]), queries(ids))

    def test_job_sends_what_is_ready_and_nothing_else(self):
        self.policy(LETTER, grouping="invoice")
        self.invoices(2)
        held, ready = self.decide()
        held.sudo()._set_state("draft")
        self.cron(SEND_CRON)
        self.assertEqual((held.state, ready.state), ("draft", "sent"))
        self.assertFalse(held.document_id)

    def test_job_sends_in_batches(self):
        self.policy(5, grouping="invoice")
        self.invoices(5)
        notices = self.decide()
        with patch.object(recovery_sender, "BATCH", 2):
            self.cron(SEND_CRON)
        self.assertEqual(set(notices.mapped("state")), {"sent"})

    def test_job_never_sends_again(self):
        self.ready()
        self.cron(SEND_CRON)
        self.cron(SEND_CRON)
        self.assertEqual(len(self.outbox), 1)

    def test_interrupted_sending_is_to_check_and_never_sent_again(self):
        notice = self.ready()
        notice.sudo()._set_state("sending")
        self.age(notice, minutes=11)
        self.cron(SEND_CRON)
        self.assertEqual(notice.state, "to_check")
        self.assertTrue(notice.failure_reason)
        self.cron(SEND_CRON)
        self.assertEqual((notice.state, self.outbox), ("to_check", []))

    def test_sending_that_just_began_is_left_alone(self):
        notice = self.ready()
        notice.sudo()._set_state("sending")
        self.age(notice, minutes=5)
        self.cron(SEND_CRON)
        self.assertEqual(notice.state, "sending")

    def age(self, notice, minutes):
        self.env.flush_all()
        self.cr.execute(
            "UPDATE recovery_notice"
            " SET write_date = %s::timestamp - %s * interval '1 minute'"
            " WHERE id = %s",
            (f"{TODAY} 09:00:00", minutes, notice.id),
        )

    def test_call_and_meeting_become_activities_of_the_collector(self):
        collector = self.collector()
        self.company.recovery_user_id = collector
        notice = self.ready(by_call=True, by_meeting=True)
        self.send(notice)
        activities = notice.sudo().activity_ids
        call = self.env.ref("mail.mail_activity_data_call")
        meeting = self.env.ref("mail.mail_activity_data_meeting")
        self.assertEqual(activities.activity_type_id, call | meeting)
        self.assertEqual(activities.user_id, collector)

    def test_collector_can_approve_and_send(self):
        notice = self.ready(needs_validation=True)
        notice.with_user(self.collector()).action_send()
        self.assertEqual(notice.state, "sent")

    def test_letter_without_e_mail_is_ready_to_print(self):
        notice = self.ready(by_email=False, by_letter=True)
        self.send(notice)
        self.assertEqual((notice.state, notice.to_print), ("sent", True))
        self.assertFalse(notice.mail_id)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSendingFaults(SendingCommon):
    """One notice that cannot leave does not keep the others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good, cls.bad = cls.debtor("Good"), cls.debtor("Bad")

    def written(self, **level):
        self.policy(LETTER | level)
        self.invoice(self.good)
        self.invoice(self.bad)
        notices = self.decide()
        return tuple(
            notices.filtered(lambda notice, who=who: notice.partner_id == who)
            for who in (self.good, self.bad)
        )

    def assert_only_bad_failed(self, good, bad, reason):
        self.assertEqual((good.state, bad.state), ("sent", "failed"))
        self.assertIn(reason, bad.failure_reason)
        self.assertEqual(set(bad.line_ids.mapped("state")), {"failed"})
        self.assertEqual(bad.sudo().activity_ids.summary, "Notice not delivered")
        self.assertFalse(good.failure_reason)

    def test_text_that_raises_for_one_debtor_leaves_the_others(self):
        self.good.color = 1
        self.template.sudo().subject = "{{ 1 / object.partner_id.color }}"
        good, bad = self.written()
        self.cron(SEND_CRON)
        self.assert_only_bad_failed(good, bad, "division")

    def test_letter_that_cannot_be_made_leaves_the_others(self):
        good, bad = self.written()
        self.unprintable = self.bad
        self.cron(SEND_CRON)
        self.assert_only_bad_failed(good, bad, "no paper")
        self.assertFalse(bad.document_id)
        self.assertFalse(bad.mail_id)

    def test_invoice_that_cannot_be_attached_leaves_the_others(self):
        good, bad = self.written(attach_invoices=True)
        move = type(self.env["account.move"])
        original = move._recovery_invoice_pdf

        def invoice_pdf(moves):
            if moves.partner_id == self.bad:
                raise ValueError("no invoice")
            return original(moves)

        with patch.object(move, "_recovery_invoice_pdf", invoice_pdf):
            self.cron(SEND_CRON)
        self.assert_only_bad_failed(good, bad, "no invoice")

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_address_that_the_mail_server_refuses_leaves_the_others(self):
        self.bad.email = "nobody@refused.example.com"
        good, bad = self.written()
        self.cron(SEND_CRON)
        self.assert_only_bad_failed(good, bad, "550")

    def test_mail_server_that_hangs_up_leaves_the_other_batches(self):
        good, bad = self.written()
        sender = type(self.env["recovery.sender"])
        original = sender._email

        def email(this, notices):
            failures = original(this, notices)
            if self.bad in notices.partner_id:
                raise SMTPServerDisconnected("Connection unexpectedly closed")
            return failures

        with (
            patch.object(sender, "_email", email),
            patch.object(recovery_sender, "BATCH", 1),
            mute_logger("odoo.addons.l10n_fr_recouvrement.models.recovery_sender"),
        ):
            self.cron(SEND_CRON)
        self.assertEqual((good.state, bad.state), ("sent", "to_check"))
        self.assertIn("unexpectedly closed", bad.failure_reason)
        self.assertFalse(bad.mail_id)
        self.cron(SEND_CRON)
        self.assertEqual(bad.state, "to_check")

    def test_level_without_e_mail_text_fails_with_its_reason(self):
        good, _bad = self.written(mail_template_id=False)
        self.cron(SEND_CRON)
        self.assertEqual(good.state, "failed")
        self.assertIn("no e-mail text", good.failure_reason)

    def test_failed_notice_is_no_level_reached(self):
        good, bad = self.written()
        self.unprintable = self.bad
        self.cron(SEND_CRON)
        self.assertEqual(self.situation(good.line_ids.move_id).level_id, good.level_id)
        self.assertFalse(self.situation(bad.line_ids.move_id).level_id)

    def test_rest_of_a_file_that_a_full_disk_cut_is_no_obstacle(self):
        files, content = self.env["ir.attachment"], f"A letter {id(self)}".encode()
        _name, path = files._get_path(content, files._compute_checksum(content))
        self.addCleanup(Path(path).unlink)
        Path(path).write_bytes(content[:5])
        with self.assertRaises(UserError):
            files.create({"name": "Letter", "raw": content})
        files._recovery_remove_torn([content])
        self.assertEqual(files.create({"name": "Letter", "raw": content}).raw, content)
