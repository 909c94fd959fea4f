from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.access import FLOW
from .common import TODAY
from .common_plan import PlanCommon
from .test_letter import FORBIDDEN, PENALTY

START = date(2026, 11, 1)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPlanNotice(PlanCommon):
    """The formal notice after a broken plan (L8): a notice without a level."""

    def broken(self, *amounts, kind="professional", **values):
        """A plan whose instalment of 6 November was missed."""
        debtor = self.debtor("Martin", kind=kind)
        invoice = self.invoice(debtor, amount=sum(amounts) or 1000)
        plan = self.signed(invoice, *amounts, dates=(5, 60), offered=START, **values)
        self.watch()
        return plan

    def text(self, plan):
        """What the letter prints, with plain spaces."""
        if not plan.formal_notice_id:
            plan.action_formal_notice()
        body = self.env["recovery.letter.renderer"]._body(plan.formal_notice_id)
        return " ".join(body.striptags().replace("\xa0", " ").split())

    def test_formal_notice_is_a_notice_of_no_level_by_registered_post(self):
        plan = self.broken()
        action = plan.action_formal_notice()
        notice = plan.formal_notice_id
        self.assertEqual(action["res_id"], notice.id)
        self.assertEqual((notice.letter, notice.state), ("L8", "draft"))
        self.assertFalse(notice.level_id | notice.line_ids.level_id)
        self.assertTrue(notice.by_registered and not notice.by_email)
        self.assertEqual(notice.total, plan.missed)
        self.assertEqual(notice.granted_days, plan.cure_days)
        self.assertEqual(notice.line_ids.move_line_id.move_id, plan.invoice_ids.move_id)

    def test_one_formal_notice_at_a_time(self):
        plan = self.broken()
        plan.action_formal_notice()
        notice = plan.formal_notice_id
        with self.assertRaisesRegex(UserError, f"{notice.name} .* is written already"):
            plan.action_formal_notice()
        notice.action_cancel()
        self.assertFalse(plan.formal_notice_id)
        plan.action_formal_notice()
        self.assertEqual(len(plan.notice_ids), 2)

    def test_formal_notice_to_an_unknown_address_starts_no_delay(self):
        plan = self.broken()
        plan.action_formal_notice()
        notice = plan.formal_notice_id
        notice._set_state("sent")
        notice.write({"posted_on": TODAY, "registered_outcome": "unknown"})
        self.assertFalse(plan.formal_notice_id or plan.cure_until)
        with self.assertRaisesRegex(UserError, "Write the formal notice"):
            plan.action_accelerate()

    def test_formal_notice_that_nobody_needs_any_more_is_cancelled(self):
        cured, given_up = self.broken(), self.broken()
        for plan in cured | given_up:
            plan.action_formal_notice()
        self.pay(cured.invoice_ids.move_id)
        self.watch()
        given_up.action_cancel()
        self.assertEqual(
            (cured | given_up).notice_ids.mapped("state"), ["cancelled", "cancelled"]
        )

    def test_what_was_paid_before_the_letter_leaves_stops_it(self):
        plan = self.broken()
        plan.action_formal_notice()
        notice = plan.formal_notice_id
        self.pay(plan.invoice_ids.move_id, 100)
        notice.action_send()
        self.assertEqual(notice.state, "cancelled")
        self.assertIn("changed meanwhile", notice.cancel_reason)

    def test_recognition_opens_a_new_limitation_period(self):
        """C. civ. 2240, 2231: five years from the signature."""
        invoice = self.invoice()
        before = invoice.recovery_limitation_date
        self.signed(invoice)
        self.assertLess(before, invoice.recovery_limitation_date)
        self.assertEqual(invoice.recovery_limitation_date, date(2031, 11, 22))

    def test_form_of_the_invoice_leads_to_its_plans(self):
        invoice = self.invoice()
        self.assertEqual(invoice.recovery_summary()["plan_count"], 0)
        plan = self.signed(invoice)
        self.assertEqual(invoice.recovery_summary()["plan_count"], 1)
        plans = self.env["recovery.plan"]
        action = invoice.action_recovery_plans()
        self.assertEqual(plans.search(action["domain"]), plan)

    def test_offer_that_nobody_signed_recognises_nothing(self):
        invoice = self.invoice()
        before = invoice.recovery_limitation_date
        self.plan(invoice).action_offer()
        invoice.invalidate_recordset()
        self.assertEqual(invoice.recovery_limitation_date, before)

    def test_barred_debt_that_was_recognised_in_time_may_be_claimed(self):
        """C. conso. L218-2: two years from the signature, not from the due date."""
        debtor = self.debtor("Paul Petit", kind="consumer")
        invoice = self.invoice(debtor, due=date(2024, 6, 1))
        guard = self.env["recovery.guard"]
        notice = self.env["recovery.occasion"]
        with self.assertRaisesRegex(UserError, "time-barred"):
            notice._write_letter("meeting", debtor, self.env.company, invoice)
        plan = self.signed(invoice)
        plan._write_flow({"interruption_date": date(2025, 1, 10)})
        self.assertEqual(guard._recognised(invoice.ids)[invoice.id][0].year, 2025)
        letter = notice._write_letter("meeting", debtor, self.env.company, invoice)
        self.assertFalse(letter.warning)

    def test_letter_asks_the_missed_and_announces_the_rest(self):
        text = self.text(self.broken(600, 634.5))
        for words in (
            "Lettre recommandée avec avis de réception",
            "Par accord du 1er novembre 2026",
            "régler 1 234,50 € selon l’échéancier",
            "L’échéance du 6 novembre 2026 (600,00 €) n’a pas été payée.",
            "nous vous mettons en demeure de payer la somme de 600,00 € dans un délai "
            "de 8 jours à compter de la première présentation",
            "soit 1 234,50 € en principal",
            "les pénalités de retard prévues à son article 4",
            "Échéances impayées, à régler 600,00 €",
        ):
            self.assertIn(words, text)
        for word in FORBIDDEN:
            self.assertNotRegex(text.lower(), word)

    def test_letter_names_each_missed_instalment(self):
        plan = self.broken(300, 300)
        plan.with_context(recovery_flow=FLOW).line_ids[1].date = date(2026, 11, 12)
        plan.invalidate_recordset()
        text = self.text(plan)
        self.assertIn(
            "Les échéances du 6 novembre 2026 (300,00 €) et du 12 novembre 2026 "
            "(300,00 €) n’ont pas été payées.",
            text,
        )

    def test_letter_to_a_consumer_tells_of_no_penalty(self):
        text = self.text(self.broken(kind="consumer"))
        for pattern in (*PENALTY, "énalité", "ndemnité"):
            self.assertNotRegex(text, pattern)
        self.assertIn("1343-5", text)

    def test_letter_stays_as_it_was_written_whatever_the_plan_becomes(self):
        plan = self.broken(600, 634.5)
        before = self.text(plan)
        self.presented(plan, TODAY)
        plan._accelerate()
        self.assertEqual(self.text(plan), before)

    def test_sent_letter_is_archived_with_its_hash(self):
        plan = self.broken()
        plan.action_formal_notice()
        notice = plan.formal_notice_id
        notice.action_send()
        self.assertEqual(notice.display_state, "to_print")
        self.assertTrue(notice.document_id.raw.startswith(b"%PDF"))
        self.assertEqual(len(notice.document_sha256), 64)
        with self.assertRaisesRegex(UserError, "evidence"):
            notice.plan_id = False

    def test_letter_is_refused_where_nothing_may_be_claimed(self):
        plan = self.broken()
        self.dispute(plan.invoice_ids.move_id, 1000)
        with self.assertRaisesRegex(UserError, "disputed"):
            plan.action_formal_notice()
