from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..reports.plan_document import in_words
from .common_plan import SIGNER, PlanCommon

FORBIDDEN = ("sommation", "commandement", "signification", "exploit", "transaction")
NOT_FOR_CONSUMERS = ("40,00", "BCE", "pénalité", "D441-5", "L441-10", "ndemnité")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPlanLetter(PlanCommon):
    """What the offer, the agreement and the formal notice must and must not say."""

    PRINTS = True

    def text(self, plan, letter):
        document = self.env["recovery.plan.printer"]._document(plan, letter)
        body = self.env["recovery.plan.printer"]._body(document)
        return " ".join(body.striptags().replace("\xa0", " ").split())

    def broken(self, kind="professional", **values):
        debtor = self.debtor("Martin", kind=kind)
        plan = self.signed(
            self.invoice(debtor, amount=1234.5),
            600,
            634.5,
            dates=(5, 60),
            offered=date(2026, 11, 1),
            **values,
        )
        self.watch()
        return plan

    def test_agreement_acknowledges_the_sum_in_words_and_figures(self):
        plan = self.plan(self.invoice(amount=1234.5), interest=10, indemnity=40)
        text = self.text(plan, "L7")
        words = "mille deux cent quatre-vingt-quatre euros et cinquante centimes"
        self.assertEqual(text.count(words), 2)
        self.assertIn("(1 284,50 €)", text)
        for article in ("1375", "1376", "1330", "1342-10", "1343-1", "1305-3", "2240"):
            self.assertIn(article, text)
        self.assertIn("deux originaux", text)
        self.assertIn("8 jours après la première présentation", text)

    def test_offer_gives_its_days_and_gives_nothing_up(self):
        plan = self.plan(self.invoice(), 400, 600)
        text = self.text(plan, "L6")
        self.assertIn("22 décembre 2026", text)
        self.assertIn("400,00 €", text)
        self.assertIn("ne vaut pas renonciation", text)
        self.assertIn("valable jusqu’au 7 décembre 2026", text)

    def test_formal_notice_asks_the_missed_and_announces_the_rest(self):
        text = self.text(self.broken(), "L8")
        self.assertIn("L’échéance du 6 novembre 2026 (600,00 €)", text)
        self.assertIn("soit 1 234,50 € en principal", text)
        self.assertIn("mettons en demeure", text)
        self.assertIn("pénalités de retard prévues à son article 4", text)

    def test_consumer_reads_of_no_penalty(self):
        plan = self.broken(kind="consumer")
        for letter in ("L6", "L7", "L8"):
            text = self.text(plan, letter)
            for word in NOT_FOR_CONSUMERS:
                self.assertNotIn(word, text, letter)
            self.assertIn("1343-5", text)

    def test_no_letter_looks_like_a_court_act(self):
        plan = self.broken()
        for letter in ("L6", "L7", "L8"):
            text = self.text(plan, letter).lower()
            for word in FORBIDDEN:
                self.assertNotIn(word, text, letter)

    def test_fate_of_the_interest_is_said(self):
        for penalties, words in (
            ("run_on", "continuent de courir"),
            ("suspended", "est suspendu"),
            ("waived", "renonce aux"),
        ):
            plan = self.plan(self.invoice(), penalties=penalties)
            self.assertIn(words, self.text(plan, "L7"))

    def test_names_are_escaped(self):
        debtor = self.debtor("<b>Tom & Jerry</b>")
        plan = self.plan(self.invoice(debtor))
        document = self.env["recovery.plan.printer"]._document(plan, "L7")
        body = self.env["recovery.plan.printer"]._body(document)
        self.assertIn("&lt;b&gt;Tom &amp; Jerry&lt;/b&gt;", body)

    def test_whole_and_foreign_sums_in_words(self):
        self.assertEqual(in_words(1200, self.eur), "mille deux cents euros")
        dollar = self.env.ref("base.USD")
        self.assertTrue(in_words(12.5, dollar).startswith("douze"))

    def test_letters_are_archived_with_their_hash(self):
        plan = self.plan(self.invoice())
        plan.action_offer()
        self.assertTrue(plan.agreement_document_id.raw.startswith(b"%PDF"))
        self.assertNotEqual(plan.agreement_document_id, plan.offer_document_id)
        self.assertTrue(
            any("SHA-256" in (message.body or "") for message in plan.message_ids)
        )
        with self.assertRaisesRegex(UserError, "archived letter"):
            plan.agreement_document_id.raw = b"another"
        plan._accept(*SIGNER)
        url = plan.action_print_agreement()["url"]
        self.assertIn(f"/{plan.agreement_document_id.id}?", url)
