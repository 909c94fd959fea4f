from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import day
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestAnswer(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.collector()
        cls.company.recovery_user_id = cls.clerk
        cls.policy({"delay_days": 5, "by_call": True, "by_email": True})
        cls.move = cls.invoice()

    def called(self):
        """A sent notice whose call is still to be made."""
        notice = self.decide()
        self.send(notice)
        self.assertEqual(len(notice.sudo().activity_ids), 1)
        return notice

    def answer(self, answer, notice=None, user=None, **values):
        values = {
            "answer": answer,
            "partner_id": self.customer.id,
            "notice_id": notice.id if notice else False,
            **values,
        }
        wizard = self.env["recovery.answer"].with_user(user or self.clerk)
        return wizard.create(values).action_record()

    def assert_told(self, notice, *words):
        body = notice.sudo().message_ids[0].body
        for word in words:
            self.assertIn(word, body)

    def test_promise_suspends_until_its_day(self):
        notice = self.called()
        self.answer("promise", notice, amount=1000, date=day(5), note="by transfer")
        [promise] = self.env["recovery.promise"].search([])
        self.assertEqual((promise.amount, promise.date), (1000, day(5)))
        self.assertEqual(promise.partner_id, self.customer)
        self.assertEqual(self.status(self.move), "promise")
        self.assert_told(notice, "Promises to pay", "by transfer")

    def test_promise_for_one_invoice_leaves_the_others(self):
        other = self.invoice()
        self.answer("promise", amount=1, date=day(5), move_id=self.move.id)
        self.assertEqual(self.status(self.move), "promise")
        self.assertEqual(self.status(other), "due")

    def test_promise_without_amount_says_what_is_missing(self):
        with self.assertRaises(UserError):
            self.answer("promise", date=day(5))

    def test_promise_without_date_says_what_is_missing(self):
        with self.assertRaises(UserError):
            self.answer("promise", amount=100)

    def test_announced_payment_pauses_for_some_days(self):
        self.answer("sent_today")
        self.assertEqual(self.status(self.move), "paused")
        self.assertEqual(self.status(self.move, date=5), "paused")
        self.assertEqual(self.status(self.move, date=6), "due")

    def test_announced_payment_of_one_invoice_leaves_the_others(self):
        other = self.invoice()
        self.answer("sent_today", move_id=self.move.id)
        self.assertEqual(self.status(self.move), "paused")
        self.assertEqual(self.status(other), "due")

    def test_dispute_of_the_whole_invoice(self):
        self.answer("dispute", move_id=self.move.id, note="Goods missing")
        [dispute] = self.env["recovery.dispute"].search([])
        self.assertEqual((dispute.amount, dispute.description), (1000, "Goods missing"))
        self.assertEqual(self.status(self.move), "disputed")

    def test_dispute_of_a_part(self):
        self.answer("dispute", move_id=self.move.id, amount=300, note="One broken")
        self.assertEqual(self.situation(self.move).claimable, 700)

    def test_dispute_without_invoice_says_what_is_missing(self):
        with self.assertRaises(UserError):
            self.answer("dispute", note="Goods missing")

    def test_dispute_without_reason_says_what_is_missing(self):
        with self.assertRaises(UserError):
            self.answer("dispute", move_id=self.move.id)

    def test_dispute_of_more_than_the_invoice_is_refused(self):
        with self.assertRaises(UserError):
            self.answer("dispute", move_id=self.move.id, amount=1001, note="All")

    def test_answered_call_is_done(self):
        for answer, values in (
            ("promise", {"amount": 1000, "date": day(5)}),
            ("sent_today", {}),
            ("wrong_person", {}),
            ("other", {}),
        ):
            with self.subTest(answer), self.cr.savepoint() as savepoint:
                notice = self.called()
                self.answer(answer, notice, **values)
                self.assertFalse(self.calls(notice))
                savepoint.rollback()
                self.env.invalidate_all()

    def calls(self, notice):
        call = self.env.ref("mail.mail_activity_data_call")
        return notice.sudo().activity_ids.filtered(
            lambda activity: activity.activity_type_id == call
        )

    def test_call_without_answer_stays_to_be_made(self):
        notice = self.called()
        self.answer("unreachable", notice)
        self.assertTrue(self.calls(notice))
        self.assert_told(notice, "Could not be reached")

    def test_wrong_person_asks_for_the_right_contact(self):
        self.answer("wrong_person", note="left the company")
        [activity] = self.customer.sudo().activity_ids
        self.assertEqual(activity.user_id, self.clerk)
        self.assertIn("left the company", activity.note)

    def test_other_answer_is_kept_in_the_history(self):
        self.answer("other", note="on holiday until Monday")
        self.assert_told(self.customer, "on holiday until Monday")

    def test_answer_changes_no_evidence(self):
        notice = self.called()
        before = notice.read(["state", "total", "document_id"])
        self.answer("other", notice, note="noted")
        self.assertEqual(notice.read(["state", "total", "document_id"]), before)

    def test_answer_of_a_debtor_of_others_is_refused(self):
        other = self.setup_other_company(name="Second company")["company"]
        with self.assertRaises(UserError):
            self.answer(
                "promise", company_id=other.id, amount=100, date=day(5), note="x"
            )

    def test_only_collectors_record_answers(self):
        invoicing = self.member("invoicing", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.answer("other", user=invoicing, note="x")
