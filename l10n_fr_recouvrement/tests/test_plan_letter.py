from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..reports.letter_text import shipped
from ..reports.plan_document import in_words
from .common_letter import LetterCase
from .common_plan import SIGNER, PlanCommon

FORBIDDEN = ("sommation", "commandement", "signification", "exploit", "transaction")
NOT_FOR_CONSUMERS = ("40,00", "BCE", "pénalité", "D441-5", "L441-10", "ndemnité")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPlanLetter(PlanCommon):
    """What the offer and the agreement must and must not say."""

    PRINTS = True

    def text(self, plan, letter):
        document = self.env["recovery.plan.printer"]._document(plan, letter)
        body = self.env["recovery.plan.printer"]._body(document)
        return " ".join(body.striptags().replace("\xa0", " ").split())

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

    def test_consumer_reads_of_no_penalty(self):
        plan = self.plan(self.invoice(self.debtor("Martin", kind="consumer")))
        for letter in ("L6", "L7"):
            text = self.text(plan, letter)
            for word in NOT_FOR_CONSUMERS:
                self.assertNotIn(word, text, letter)
            self.assertIn("1343-5", text)

    def test_no_letter_looks_like_a_court_act(self):
        plan = self.plan(self.invoice())
        for letter in ("L6", "L7"):
            text = self.text(plan, letter).lower()
            for word in FORBIDDEN:
                self.assertNotIn(word, text, letter)

    def rewrite(self, letter, **parts):
        return self.env["recovery.letter"].create({"letter": letter, **parts})

    def test_words_of_a_user_stand_around_the_fixed_blocks(self):
        plan = self.plan(self.invoice(), 400, 600)
        self.rewrite(
            "L6",
            subject="Un délai pour {{ invoices }}",
            opening="Voici notre offre du {{ date }}, {{ debtor }}.",
            closing="À vous lire avant le {{ valid_until }}.",
        )
        text = self.text(plan, "L6")
        for words in (
            f"Un délai pour {plan.invoice_ids.move_id.name}",
            "Voici notre offre du 22 novembre 2026, Garage Martin.",
            "À vous lire avant le 7 décembre 2026.",
            "déchéance du terme",
            "ne vaut pas renonciation",
            "valable jusqu’au 7 décembre 2026",
        ):
            self.assertIn(words, text)

    def test_agreement_takes_a_clause_and_keeps_its_articles(self):
        plan = self.plan(self.invoice())
        letter = self.rewrite("L7", closing="Le débiteur règle par virement.")
        text = self.text(plan, "L7")
        self.assertIn("Dispositions diverses. Le débiteur règle par virement.", text)
        for article in ("1376", "1330", "2240", "Article 6 – Absence de novation"):
            self.assertIn(article, text)
        letter.action_back_to_original()
        self.assertIn("n’est modifié que par écrit", self.text(plan, "L7"))

    def test_words_that_no_plan_may_say_are_refused(self):
        for letter, words, sentence in (
            ("L7", "La présente transaction règle tout.", "2044"),
            ("L6", "Ce crédit est gratuit.", "lend nothing"),
            ("L6", "Plus 40 € de frais.", "consumer"),
            ("L7", "Sommation de payer.", "court acts"),
        ):
            with (
                self.assertRaisesRegex(ValidationError, sentence),
                self.cr.savepoint(),
            ):
                self.rewrite(letter, closing=words)
        opening = shipped("L8", "fr")["opening"].replace("{{ within }}", "vite")
        with self.assertRaisesRegex(ValidationError, "until when"):
            self.rewrite("L8", opening=opening)

    def test_variables_are_those_of_the_letter(self):
        documented = self.rewrite("L6").variable_help
        for name in ("valid_until", "cure", "amount", "collector_name"):
            self.assertIn(f"{{{{ {name} }}}}", documented)
        for name in ("daily_interest", "within", "signed_on"):
            self.assertNotIn(f"{{{{ {name} }}}}", documented)

    def test_preview_on_the_plan_of_a_customer(self):
        plan = self.plan(self.invoice())
        text = self.preview("L6", plan.partner_id, "Aperçu de {{ number }}.")
        self.assertIn(f"Aperçu de {plan.name}.", text)

    def test_preview_on_a_customer_without_plan_leaves_none(self):
        debtor = self.debtor("Martin")
        self.invoice(debtor, amount=900)
        for letter in ("L6", "L7", "L8"):
            text = self.preview(letter, debtor, closing="Voici la fin.")
            self.assertIn("300,00 €", text)
            self.assertIn("Voici la fin.", text)
        self.assertFalse(self.env["recovery.plan"].search([]))
        self.assertFalse(self.env["recovery.notice"].search([]))

    def preview(self, letter, debtor, opening=False, closing=False):
        words = self.rewrite(letter, opening=opening, closing=closing)
        words.preview_partner_id = debtor
        return LetterCase._text(self, words._preview())

    def test_long_tables_are_annexed(self):
        moves = self.invoices(30)
        plan = self.plan(moves)
        for letter in ("L6", "L7"):
            text = self.text(plan, letter)
            self.assertIn("La liste des factures est en annexe.", text)
            for number in moves.mapped("name"):
                self.assertEqual(text.count(number), 1)

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
        self.assertEqual(in_words(2e6, self.eur), "deux millions d’euros")
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
