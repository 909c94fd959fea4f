from odoo.tests import tagged

from ..models import sms_text
from .common import day
from .common_channel import ChannelCommon, WithoutModule


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSms(ChannelCommon):
    def setUp(self):
        super().setUp()
        if "sms.sms" not in self.env:
            self.skipTest("sms is not installed")

    def sms(self, notice):
        return self.env["sms.sms"].search(
            [("mail_message_id", "in", notice.sudo().message_ids.ids)]
        )

    def texted(self, **level):
        notice = self.written(by_sms=True, by_email=False, **level)
        self.send(notice)
        return notice

    def test_text_message_waits_in_the_queue_with_its_figures(self):
        notice = self.texted(
            sms_text="{company} {amount} {count} {number} {date} {phone}"
        )
        sms = self.sms(notice)
        self.assertEqual(notice.state, "sent")
        self.assertEqual((sms.state, sms.number), ("outgoing", "+33612345678"))
        for part in (self.company.name, notice.name, "+33472000000", " 1 "):
            self.assertIn(part, sms.body)
        self.assertRegex(sms.body, r"1[,\s\u202f\xa0]?000[.,]00")

    def test_text_speaks_the_language_of_the_debtor(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        notice = self.written(by_sms=True, by_email=False, sms_text="Please pay")
        notice.level_id.sudo().with_context(lang="fr_FR").sms_text = "Merci de payer"
        self.send(notice)
        self.assertEqual(self.sms(notice).body, "Merci de payer")

    def test_contact_without_phone_is_texted_at_the_customer(self):
        self.contact(self.customer, recovery_contact=True, email="c@example.com")
        self.assertEqual(self.sms(self.texted()).number, "+33612345678")

    def test_wrong_phone_fails_the_notice_and_says_so(self):
        self.customer.phone = "12"
        notice = self.texted()
        self.assertEqual(notice.state, "failed")
        self.assertIn("no valid phone", notice.failure_reason)
        self.assertFalse(self.sms(notice))

    def test_wrong_phone_beside_an_e_mail_is_a_task(self):
        self.customer.phone = False
        notice = self.written(by_sms=True, by_email=True)
        self.send(notice)
        self.assertEqual(notice.state, "sent")
        self.assertIn("no valid phone", notice.sms_failure)
        self.assertEqual(self.tasks(notice), ["Text message not delivered"])

    def test_undelivered_text_message_is_like_a_bounce(self):
        notice = self.texted()
        notification = notice.sudo().message_ids.notification_ids
        notification.write(
            {"notification_status": "bounce", "failure_type": "sms_not_delivered"}
        )
        self.assertEqual(notice.state, "failed")
        self.assertIn("Not Delivered", notice.failure_reason)
        self.assertFalse(self.situation(notice.line_ids.move_id).level_id)

    def test_undelivered_text_message_leaves_a_notice_that_was_written_too(self):
        notice = self.written(by_sms=True, by_email=True)
        self.send(notice)
        notification = notice.sudo().message_ids.notification_ids.filtered(
            lambda line: line.notification_type == "sms"
        )
        notification.write(
            {"notification_status": "exception", "failure_type": "sms_credit"}
        )
        self.assertEqual(notice.state, "sent")
        self.assertIn("Credit", notice.sms_failure)

    def wrong(self, sentence, **values):
        with self.refused(sentence):
            self.policy({"delay_days": 5, "by_sms": True, **values})

    def test_placeholders_are_those_of_the_list(self):
        self.wrong("{iban} is unknown", sms_text="{iban}")
        self.wrong("is unknown", sms_text="{company.partner_id}")
        self.wrong("is unknown", sms_text="{amount!r}")
        self.wrong("brace", sms_text="{company")

    def test_text_never_threatens(self):
        for text in (
            "Nous saisirons le tribunal",
            "Dernier avis avant huissier",
            "Pay or we sue you",
        ):
            self.wrong("threat", sms_text=text)

    def test_text_is_short_and_there(self):
        self.wrong("write its text", sms_text=" ")
        self.wrong("characters", sms_text="x" * (sms_text.MAX_LENGTH + 1))

    def test_formal_notice_is_never_a_text_message_alone(self):
        self.wrong("in writing", letter="L4")
        self.policy(
            {"delay_days": 5, "by_sms": True, "letter": "L4", "by_registered": True}
        )

    def test_without_the_application_the_channel_cannot_be_chosen(self):
        with WithoutModule(self, "sms.sms"):
            level = self.policy(5).level_ids
            self.assertFalse(level.has_sms)
            with self.refused("install the application SMS"):
                level.by_sms = True

    def test_application_removed_meanwhile_fails_with_its_sentence(self):
        notice = self.written(by_sms=True, by_email=False)
        with WithoutModule(self, "sms.sms"):
            self.send(notice)
        self.assertEqual(notice.state, "failed")
        self.assertIn("not installed any more", notice.failure_reason)

    def test_a_brace_in_a_name_is_not_read_again(self):
        self.company.name = "Ateliers {amount}"
        notice = self.texted(sms_text="{company}")
        self.assertEqual(self.sms(notice).body, "Ateliers {amount}")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestMailService(ChannelCommon):
    """Plain letters that Odoo's mail service prints and posts."""

    def setUp(self):
        super().setUp()
        if "snailmail.letter" not in self.env:
            self.skipTest("snailmail is not installed")

    def posted(self, **level):
        notice = self.written(
            **{"by_letter": True, "by_email": False, "by_service": True} | level
        )
        self.send(notice)
        return notice

    def carried(self, notice):
        domain = [("model", "=", "recovery.notice"), ("res_id", "=", notice.id)]
        return self.env["snailmail.letter"].search(domain)

    def test_plain_letter_goes_to_the_service_and_not_to_the_printer(self):
        notice = self.posted()
        letter = self.carried(notice)
        self.assertEqual(letter.state, "pending")
        self.assertEqual(letter.partner_id, self.customer)
        self.assertTrue(letter.attachment_id.raw.startswith(b"%PDF"))
        self.assertNotEqual(letter.attachment_id, notice.document_id)
        self.assertFalse(notice.to_print)
        self.assertEqual(notice.posting_state, "service")

    def test_registered_letters_never_go_to_the_service(self):
        notice = self.posted(by_letter=False, by_registered=True)
        self.assertFalse(self.carried(notice))
        self.assertTrue(notice.to_print)

    def test_levels_of_our_own_printer_do_not(self):
        self.assertFalse(self.carried(self.posted(by_service=False)))

    def test_incomplete_address_stays_with_our_printer(self):
        self.customer.street = False
        notice = self.posted()
        self.assertFalse(self.carried(notice))
        self.assertTrue(notice.to_print)

    def test_day_of_posting_is_recorded_when_the_service_posts_it(self):
        notice = self.posted()
        self.carried(notice).sudo().notification_ids.write(
            {"notification_status": "sent"}
        )
        self.assertEqual(notice.posted_on, day(0))
        self.assertEqual(notice.posting_state, "posted")

    def test_refused_letter_comes_back_to_our_printer_with_a_task(self):
        notice = self.posted()
        self.carried(notice).sudo().notification_ids.write(
            {"notification_status": "exception", "failure_reason": "No<br>credit"}
        )
        self.assertTrue(notice.to_print)
        self.assertEqual(notice.posting_state, "to_print")
        self.assertEqual(self.tasks(notice), ["Print and post the letter"])

    def test_without_the_application_letters_are_printed_here(self):
        with WithoutModule(self, "snailmail.letter"):
            notice = self.posted()
        self.assertTrue(notice.to_print)
        self.assertFalse(self.carried(notice))
