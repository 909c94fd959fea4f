import io

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..reports import pdf_batch
from .common import TODAY, day
from .common_sending import SendingCommon, pdf


@tagged("post_install_l10n", "post_install", "-at_install")
class TestResend(SendingCommon):
    """A letter that was sent leaves again, as it was; the level does not move."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy({"delay_days": 5, "letter": "L1"}, 15)
        cls.move = cls.invoice(amount=300)
        cls.clerk = cls.collector()

    def sent(self):
        """The first letter, sent two days ago."""
        notice = self.decide(day(-2))
        self.send(notice)
        self.outbox.clear()
        return notice

    def again(self, notice, user=None, **values):
        action = notice.with_user(user or self.clerk).action_resend()
        wizards = self.env["recovery.resend"].with_user(user or self.clerk)
        wizard = wizards.with_context(**action["context"]).create(
            {"reason": "Not received", **values}
        )
        wizard.action_apply()
        return self.copies(notice)[:1]

    def copies(self, notice):
        notices = self.env["recovery.notice"]
        return notices.search([("original_id", "=", notice.id)])

    def test_same_claim_leaves_again_and_says_that_it_is_a_copy(self):
        first = self.sent()
        copy = self.again(first)
        self.assertEqual((copy.state, copy.date), ("sent", TODAY))
        self.assertEqual((copy.total, copy.letter), (first.total, "L1"))
        self.assertEqual(copy.line_ids.claimable, 300)
        mail = copy.mail_id.sudo()
        self.assertEqual(mail.subject, f"Second sending – Notice {copy.name}")
        self.assertEqual((mail.state, mail.email_to), ("sent", first.email_to))
        marked = f"Second sending of our letter {first.name} of 11/20/2026"
        self.assertIn(marked, str(mail.body_html))

    def test_it_counts_as_no_level(self):
        first = self.sent()
        before = self.situation(self.move)
        facts = (before.level_id, before.level_date, before.next_level_id)
        self.again(first)
        after = self.situation(self.move)
        self.assertEqual((after.level_id, after.level_date, after.next_level_id), facts)
        self.assertEqual(after.level_id, self.steps.level_ids[0])

    def test_both_say_why(self):
        first = self.sent()
        copy = self.again(first)
        self.assertEqual(copy.resend_reason, "Not received")
        trace = str(first.sudo().message_ids[:1].body)
        self.assertIn(f"Sent again as {copy.name}: Not received", trace)

    def test_what_was_sent_first_does_not_change(self):
        first = self.sent()
        proof = (first.document_sha256, first.document_id.raw, first.deadline)
        copy = self.again(first)
        self.assertEqual(
            (first.document_sha256, first.document_id.raw, first.deadline), proof
        )
        self.assertEqual(copy.deadline, first.deadline)
        with self.assertRaisesRegex(UserError, "evidence"):
            copy.sudo().name = "REL/X"
        with self.assertRaisesRegex(UserError, "use the buttons"):
            copy.sudo().resend_reason = "Other"

    def test_copy_of_a_copy_is_one_of_the_first(self):
        first = self.sent()
        self.again(self.again(first))
        self.assertEqual(len(self.copies(first)), 2)

    def test_way_may_be_another_one(self):
        copy = self.again(self.sent(), by_email=False, by_letter=True)
        self.assertEqual((copy.by_email, copy.to_print), (False, True))
        self.assertFalse(copy.mail_id)
        with self.refused("Choose how"):
            self.again(copy, by_letter=False)

    def test_letter_that_has_not_left_is_not_sent_again(self):
        notice = self.decide()
        with self.assertRaisesRegex(UserError, "not possible any more"):
            notice.action_resend()

    def test_claim_that_changed_is_not_sent_again(self):
        first = self.sent()
        self.pay(self.move, 100)
        with self.refused("changed meanwhile.*write a new one"):
            self.again(first)
        self.assertFalse(self.copies(first))

    def test_disputed_invoice_is_not_sent_again(self):
        first = self.sent()
        self.dispute(self.move)
        with self.refused("Wholly disputed"):
            self.again(first)

    def test_last_letter_of_a_customer(self):
        first = self.sent()
        self.again(first)
        action = self.customer.with_user(self.clerk).action_recovery_resend()
        self.assertEqual(action["context"], {"default_notice_id": first.id})
        row = self.worklist().with_user(self.clerk)
        self.assertEqual(row.action_resend()["context"], action["context"])

    def test_customer_who_got_nothing_is_reminded_instead(self):
        with self.assertRaisesRegex(UserError, "remind now instead"):
            self.customer.with_user(self.clerk).action_recovery_resend()

    def test_only_a_collector_of_the_company_sends_again(self):
        first = self.sent()
        biller = self.member("biller", "account.group_account_invoice")
        other = self.setup_other_company()["company"]
        stranger = self.collector(
            "stranger", company_id=other.id, company_ids=other.ids
        )
        for user in (biller, stranger):
            with self.assertRaises(AccessError):
                self.again(first, user=user)
        self.assertFalse(self.copies(first))

    def test_every_page_bears_the_mark(self):
        once = pdf_batch.duplicate(pdf("Letter"), "COPY")
        pages = PdfReader(io.BytesIO(pdf_batch.duplicate(once, "AGAIN"))).pages
        self.assertEqual(len(pages), 1)
        self.assertIn("AGAIN", pages[0].extract_text())
        self.assertIn("COPY", pages[0].extract_text())
