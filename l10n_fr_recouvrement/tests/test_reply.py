from email.message import EmailMessage

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import day
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestReply(SendingCommon):
    """What customers write back stops the next level until somebody reads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 8)
        cls.clerk = cls.collector()
        cls.company.recovery_user_id = cls.clerk
        cls.move = cls.invoice()

    def sent(self):
        notice = self.decide()
        self.send(notice)
        return notice.sudo()

    def answer(self, notice, author="comptabilite@example.com"):
        """An e-mail that answers the one of a notice comes in."""
        message = EmailMessage()
        message["From"] = author
        message["To"] = "compta@vendeur.example.com"
        message["Subject"] = "Re: reminder"
        message["Message-Id"] = f"<{author}.{len(notice.reply_ids)}@example.com>"
        message["In-Reply-To"] = notice.mail_id.message_id
        message.set_content("We <b>cannot</b> pay before January.")
        self.env["mail.thread"].sudo().message_process(None, message.as_bytes())
        notice.invalidate_recordset()

    def reply(self, **values):
        replies = self.env["recovery.reply"].sudo()  # nobody writes one by hand
        values = {"partner_id": self.customer.id, "body": "<p>Later</p>", **values}
        return replies.create(values).sudo(False)

    def test_mail_lands_on_the_notice_and_with_the_collector(self):
        notice = self.sent()
        self.answer(notice)
        [reply] = notice.reply_ids
        self.assertEqual((reply.partner_id, reply.state), (self.customer, "unread"))
        self.assertEqual((reply.origin, reply.subject), ("mail", "Re: reminder"))
        self.assertIn("before January", reply.excerpt)
        self.assertNotIn("<b>", reply.body)
        self.assertEqual(reply.activity_id.user_id, self.clerk)
        self.assertIn("before January", notice.message_ids[0].body)

    def test_mail_of_a_colleague_is_no_answer(self):
        notice = self.sent()
        self.clerk.sudo().email = "clerk@vendeur.example.com"
        self.answer(notice, "clerk@vendeur.example.com")
        self.assertFalse(notice.reply_ids)

    def test_unread_answer_stops_the_next_level_and_says_so(self):
        notice = self.sent()
        self.assertEqual(self.status(self.move), "due")
        self.answer(notice)
        row = self.situation(self.move)
        self.assertEqual(row.status, "reply")
        self.assertIn("read the answer", row.reason)
        self.assertEqual(self.worklist().status, "reply")
        self.assertFalse(self.decide())

    def test_letter_that_waits_does_not_leave(self):
        notice = self.decide()
        self.reply()
        self.send(notice)
        self.assertEqual(notice.state, "cancelled")
        self.assertIn("read the answer", notice.cancel_reason)

    def test_read_the_reminders_go_on(self):
        notice = self.sent()
        self.answer(notice)
        notice.with_user(self.clerk).action_read_replies()
        [reply] = notice.reply_ids
        self.assertEqual((reply.state, reply.read_by_id), ("read", self.clerk))
        self.assertFalse(reply.activity_id)
        self.assertEqual(self.status(self.move), "due")

    def test_policy_may_go_on_all_the_same(self):
        self.steps.waits_for_reply = False
        self.reply()
        self.assertEqual(self.status(self.move), "due")

    def test_other_holds_are_stronger(self):
        self.reply()
        self.pause(until=3)
        self.assertEqual(self.status(self.move), "paused")
        self.assertEqual(self.status(self.move, 4), "reply")

    def test_answer_of_a_contact_is_that_of_the_customer(self):
        reply = self.reply(partner_id=self.contact(self.customer).id)
        self.assertEqual(reply.partner_id, self.customer)

    def test_answer_in_another_company_holds_nothing_here(self):
        other = self.setup_other_company(name="Second")["company"]
        reply = self.reply(company_id=other.id)
        self.assertEqual(self.status(self.move), "due")
        with self.assertRaises(AccessError):
            reply.with_user(self.clerk).action_read()

    def test_recording_the_answer_reads_it(self):
        reply = self.reply().with_user(self.clerk)
        action = reply.action_answer()
        self.assertEqual(action["context"]["default_partner_id"], self.customer.id)
        self.assertEqual(reply.state, "read")

    def test_only_collectors_read(self):
        user = self.member("invoicing", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.reply().with_user(user).action_read()

    def test_script_in_an_answer_is_taken_out(self):
        reply = self.reply(body="<p>Hi<script>alert(1)</script></p>")
        self.assertNotIn("script", reply.body)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestDifficulty(SendingCommon):
    """Signs of difficulty: the letters offer a plan until the flag is cleared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.collector()
        cls.steps = cls.policy({"delay_days": 5, "letter": "L2"})
        cls.move = cls.invoice()

    def letter(self, notice):
        doc = self.env["recovery.letter.renderer"].document(notice)
        return doc.plan_offer

    def test_answer_flags_the_debtor_and_the_letter_offers_a_plan(self):
        self.env["recovery.answer"].with_user(self.clerk).create(
            {"partner_id": self.customer.id, "answer": "difficulty", "note": "x"}
        ).action_record()
        self.assertEqual(self.customer.recovery_difficulty_on, day(0))
        self.assertEqual(self.customer.recovery_difficulty, "answer")
        notice = self.decide()
        self.assertTrue(notice.offers_plan)
        self.assertIn("payment plan", self.letter(notice))
        notice.lang = "fr_FR"
        self.assertIn("échéancier", self.letter(notice))

    def test_letter_of_others_offers_none(self):
        other = self.debtor("Sound")
        self.invoice(other)
        self.customer._recovery_signal(self.company, "answer")
        offers = {notice.partner_id: notice.offers_plan for notice in self.decide()}
        self.assertEqual(offers, {self.customer: True, other: False})

    def test_first_reminder_offers_none(self):
        self.steps.level_ids.letter = "L1"
        self.customer._recovery_signal(self.company, "answer")
        notice = self.decide()
        self.assertFalse(notice.offers_plan or self.letter(notice))

    def test_rejected_payment_is_a_sign_and_the_first_sign_stays(self):
        self.payment(amount=100).action_reject()
        self.assertEqual(self.customer.recovery_difficulty, "payment")
        self.customer._recovery_signal(self.company, "answer")
        self.assertEqual(self.customer.recovery_difficulty, "payment")

    def test_cleared_by_hand(self):
        self.customer._recovery_signal(self.company, "answer")
        self.customer.with_user(self.clerk).sudo().action_recovery_difficulty_over()
        self.assertFalse(self.customer.recovery_difficulty_on)
        self.assertFalse(self.decide().offers_plan)

    def test_flag_is_of_one_company(self):
        other = self.setup_other_company(name="Second")["company"]
        self.customer._recovery_signal(other, "answer")
        self.assertFalse(self.customer.recovery_difficulty_on)
        self.assertFalse(self.decide().offers_plan)
