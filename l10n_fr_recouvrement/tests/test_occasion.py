from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import TODAY, RecoveryCommon, day
from .common_charge import ChargeCommon


@tagged("post_install", "-at_install")
class TestOccasion(RecoveryCommon):
    """Letters without a level, from the event to the notice that waits for approval."""

    def _notice_of(self, action):
        self.assertEqual(action["res_model"], "recovery.notice")
        return self.env["recovery.notice"].browse(action["res_id"])

    def test_a_promise_is_confirmed_in_writing(self):
        move, other = self.invoice(), self.invoice(amount=300)
        promise = self.promise(moves=move, on=10, amount=600)
        notice = self._notice_of(promise.action_confirm_in_writing())
        self.assertEqual(notice.letter, "promise")
        self.assertEqual(notice.state, "draft")
        self.assertFalse(notice.level_id)
        self.assertEqual(notice.line_ids.move_id, move)
        self.assertNotIn(other, notice.line_ids.move_id)
        self.assertFalse(notice.line_ids.level_id)
        facts = {"promised_amount": 600, "promised_on": day(10).isoformat()}
        self.assertEqual(notice.facts, facts)
        self.assertEqual(notice.total, 1000)

    def test_a_promise_on_everything_is_about_what_is_overdue(self):
        late, early = self.invoice(), self.invoice(due=20)
        notice = self._notice_of(self.promise(on=5).action_confirm_in_writing())
        self.assertIn(late, notice.line_ids.move_id)
        self.assertNotIn(early, notice.line_ids.move_id)

    def test_a_letter_of_an_occasion_gives_no_level(self):
        level = self.policy(5).level_ids
        move = self.invoice()
        notice = self._notice_of(
            self.pause(move=move, until=6).action_confirm_in_writing()
        )
        self.assertEqual(notice.letter, "grace")
        notice.action_send()
        self.assertEqual(notice.state, "sent")
        row = self.situation(move)
        self.assertFalse(row.level_id)
        self.assertEqual(row.next_level_id, level)

    def test_it_is_sent_and_archived_like_the_others(self):
        move = self.invoice()
        notice = self._notice_of(
            self.promise(moves=move, on=8).action_confirm_in_writing()
        )
        notice.action_send()
        self.assertEqual(notice.state, "sent")
        self.assertTrue(notice.document_sha256)
        self.assertIn(notice.document_id, notice.mail_id.attachment_ids)
        with self.assertRaisesRegex(UserError, "evidence"):
            notice.sudo().facts = {}

    def test_without_an_e_mail_it_is_a_letter(self):
        debtor = self.debtor("Sans mail", email=False)
        move = self.invoice(debtor)
        promise = self.promise(debtor, moves=move, on=8)
        notice = self._notice_of(promise.action_confirm_in_writing())
        self.assertTrue(notice.by_letter)
        self.assertFalse(notice.by_email)

    def test_nothing_is_written_when_nothing_is_open(self):
        move = self.invoice()
        promise = self.promise(moves=move, on=8)
        self.pay(move)
        with self.assertRaisesRegex(UserError, "Nothing is open"):
            promise.action_confirm_in_writing()

    def test_an_unfounded_dispute_is_answered_with_eight_fresh_days(self):
        self.policy(5)
        move = self.invoice()
        dispute = self.dispute(move, 400)
        with self.assertRaisesRegex(UserError, "unfounded first"):
            dispute.action_answer_in_writing()
        dispute.action_unfounded()
        with self.assertRaisesRegex(UserError, "Our answer"):
            dispute.action_answer_in_writing()
        dispute.answer = "Le bon de livraison est signé."
        notice = self._notice_of(dispute.action_answer_in_writing())
        self.assertEqual(notice.deadline, day(8))
        self.assertEqual(notice.facts["disputed_amount"], 400)
        self.assertEqual(self.status(move), "paused")
        self.assertEqual(self.status(move, date=8), "paused")
        self.assertEqual(self.status(move, date=9), "due")

    def test_a_rejected_payment_is_told_to_the_customer(self):
        move = self.invoice()
        payment = self.pay(move, 1000)
        with self.assertRaisesRegex(UserError, "reject it first"):
            payment.action_recovery_rejected_letter()
        payment.action_draft()
        payment.action_cancel()
        notice = self._notice_of(payment.action_recovery_rejected_letter())
        self.assertEqual(notice.letter, "rejected")
        self.assertEqual(notice.line_ids.move_id, move)
        self.assertEqual(notice.facts["paid_on"], TODAY.isoformat())

    def test_a_debit_note_has_a_cover_that_reads_it(self):
        origin = self.invoice()
        note = self.invoice(amount=75.4, due=15, debit_origin_id=origin.id)
        with self.assertRaisesRegex(UserError, "debit note"):
            origin.action_recovery_debit_cover()
        buttons = {
            move: [action["name"] for action in move.recovery_summary(True)["actions"]]
            for move in (origin, note)
        }
        self.assertNotIn("action_recovery_debit_cover", buttons[origin])
        self.assertIn("action_recovery_debit_cover", buttons[note])
        notice = self._notice_of(note.action_recovery_debit_cover())
        self.assertEqual(notice.line_ids.move_id, note)
        self.assertEqual(notice.facts["note"], note.name)
        self.assertEqual(notice.facts["rows"], [["Service", 75.4]])
        self.assertIn(origin.name, notice.facts["of_origins"])

    def test_a_note_with_vat_has_no_cover_that_says_it_has_none(self):
        origin = self.invoice()
        note = self.invoice(debit_origin_id=origin.id, state="draft")
        note.invoice_line_ids.tax_ids = self.company_data["default_tax_sale"]
        note.action_post()
        self.assertTrue(note.amount_tax)
        with self.assertRaisesRegex(UserError, "debit note of penalties"):
            note.action_recovery_debit_cover()

    def _transfer(self, **values):
        recipient = self.debtor("Étude Bernard", is_company=True)
        return self.env["recovery.transfer"].create(
            {"partner_id": self.customer.id, "recipient_id": recipient.id, **values}
        )

    def test_a_file_is_handed_over_with_all_of_the_claim(self):
        self.invoice(due=-100)
        transfer = self._transfer()
        notice = self._notice_of(transfer.action_write())
        self.assertEqual(notice.contact_id, transfer.recipient_id)
        self.assertEqual(notice.partner_id, self.customer)
        # 100 days at 12.40 %: 1000 × 0.124 × 100 / 365.
        self.assertEqual((notice.interest, notice.indemnity), (33.97, 40))
        self.assertEqual(notice.total, 1073.97)

    def test_an_agency_needs_a_written_agreement(self):
        self.invoice()
        with self.assertRaisesRegex(UserError, "R124-3"):
            self._transfer(recipient_kind="agency").action_write()
        transfer = self._transfer(recipient_kind="agency", agreement_on=day(-30))
        notice = self._notice_of(transfer.action_write())
        self.assertIn("R124-3", notice.facts["mandate"])
        self.assertIn("R124-6", notice.facts["mandate"])

    def test_instructions_follow_the_recipient_until_rewritten(self):
        transfer = self._transfer()
        officer = transfer.instructions
        transfer.recipient_kind = "lawyer"
        self.assertNotEqual(transfer.instructions, officer)
        transfer.instructions = "Assigner."
        self.invoice()
        notice = self._notice_of(transfer.action_write())
        self.assertEqual(notice.facts["instructions"], "Assigner.")

    def test_the_answer_wizard_confirms_in_writing(self):
        move = self.invoice()
        for answer, letter, values in (
            ("promise", "promise", {"date": day(9), "amount": 500}),
            ("other", "meeting", {"note": "Envoi du bon de livraison."}),
            ("sent_today", "grace", {}),
        ):
            wizard = self.env["recovery.answer"].create(
                {
                    "partner_id": self.customer.id,
                    "move_id": move.id,
                    "answer": answer,
                    "confirm": True,
                    **values,
                }
            )
            self.assertEqual(self._notice_of(wizard.action_record()).letter, letter)

    def test_a_meeting_without_words_has_nothing_to_confirm(self):
        self.invoice()
        wizard = self.env["recovery.answer"].create(
            {"partner_id": self.customer.id, "answer": "other", "confirm": True}
        )
        with self.assertRaisesRegex(UserError, "what came out"):
            wizard.action_record()

    def test_only_collectors_write_to_customers(self):
        move = self.invoice()
        promise = self.promise(moves=move, on=8)
        for group in (
            "account.group_account_invoice",
            "sales_team.group_sale_salesman",
        ):
            user = new_test_user(
                self.env,
                group,
                group,
                company_id=self.company.id,
                company_ids=self.company.ids,
            )
            with self.assertRaises(AccessError):
                promise.with_user(user).action_confirm_in_writing()
        collector = new_test_user(
            self.env,
            "collector",
            "l10n_fr_recouvrement.group_recovery_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        action = promise.with_user(collector).action_confirm_in_writing()
        notice = self._notice_of(action).with_user(collector)
        self.assertEqual(notice.letter, "promise")
        notice.action_send()
        self.assertEqual(notice.state, "sent")

    def test_a_foreign_currency_is_written_in_its_own(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        move = self.invoice(currency_id=dollar.id)
        self.invoice()
        promise = self.promise(on=8, currency_id=dollar.id)
        notice = self._notice_of(promise.action_confirm_in_writing())
        self.assertEqual(notice.currency_id, dollar)
        self.assertEqual(notice.line_ids.move_id, move)

    def test_a_preview_leaves_nothing_behind(self):
        self.invoice()
        letter = self.env["recovery.letter"].create(
            {"letter": "promise", "preview_partner_id": self.customer.id}
        )
        before = self.env["recovery.notice"].search_count([])
        self.assertTrue(letter._preview().startswith(b"%PDF"))
        self.assertEqual(self.env["recovery.notice"].search_count([]), before)


@tagged("post_install", "-at_install")
class TestCoverOfPenalties(ChargeCommon):
    """The cover of a note that the claim of penalties made."""

    def _cover(self, moves, **values):
        note = self.claim(moves, grouping="customer", **values).debit_move_id
        note.action_post()
        action = note.action_recovery_debit_cover()
        return self.env["recovery.notice"].browse(action["res_id"])

    def test_all_invoices_of_the_note_are_named(self):
        moves = self.late() + self.late()
        notice = self._cover(moves)
        for number in moves.mapped("name"):
            self.assertIn(number, notice.facts["of_origins"])
        self.assertEqual(notice.facts["kinds"], ["interest", "indemnity"])
        self.assertEqual(len(notice.facts["rows"]), 4)

    def test_the_letter_says_what_the_note_claims(self):
        notice = self._cover(self.late())
        notice.facts = notice.facts | {"kinds": ["indemnity"]}
        doc = self.env["recovery.letter.renderer"].document(notice)
        self.assertEqual(doc.note_about, "indemnité forfaitaire")
        self.assertNotIn("L441-10", doc.penalty_basis)
        self.assertIn("(article D441-5) est exigible", doc.penalty_basis)
