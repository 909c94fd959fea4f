import re
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ..reports import pdf_batch
from .common_letter import DAY, LetterCase

# C. pén. 433-13 (look of a court act); a letter does not interrupt limitation.
FORBIDDEN = (
    r"\bsommations?\b",
    r"\bcommandements?\b",
    r"\bsignifications?\b",
    r"\bexploits?\b",
    r"interrompt la prescription",
    r"porter plainte",
    r"république française",
    r"au nom du peuple",
)
# What only a professional or a public body owes.
PENALTY = (
    r"\b40(,00)? ?€",
    r"€40(\.00)?[ )]",
    "BCE",
    "Banque centrale",
    "L441-10",
    "D441-5",
    "D2192",
)
ENGLISH = r"\b(the|invoice|payment|your|dear|yours)\b"
FEES = (r"frais de relance", r"frais de dossier", r"frais de mise en demeure")


@tagged("post_install", "-at_install")
class TestLetter(LetterCase):
    def test_before_the_due_date_a_discount_is_recalled_while_it_can_be_had(self):
        """C. com. L441-9: escompte."""
        term = self.env["account.payment.term"].create(
            {
                "name": "30 days, 2 % within 10",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "early_pay_discount_computation": "included",
                "line_ids": [(0, 0, {"value_amount": 100, "nb_days": 30})],
            }
        )
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner.id,
                "invoice_date": DAY - timedelta(days=5),
                "invoice_payment_term_id": term.id,
                "invoice_line_ids": [
                    (0, 0, {"name": "Pain", "price_unit": 1000, "tax_ids": []})
                ],
            }
        )
        move.action_post()
        item = move.line_ids.filtered("date_maturity")
        line = self._line(1, "nothing", move_id=move.id, move_line_id=item.id)
        for lang, sentence in (
            (
                "fr_FR",
                "Un escompte de 20,00 € vous est acquis si votre paiement nous "
                "parvient au plus tard le 27 novembre 2026.",
            ),
            (
                "en_US",
                "A discount of €20.00 is yours if your payment reaches us by 27 "
                "November 2026.",
            ),
        ):
            notice = self._notice("L0", lines=[line], lang=lang)
            self.assertIn(sentence, self._text(self._render(notice)[notice]))
            mail = self.env.ref("l10n_fr_recouvrement.mail_template_l0")
            body = str(mail.send_mail_batch(notice.ids).body_html)
            self.assertIn(sentence.replace(" ", ""), re.sub(r"[\s\xa0]", "", body))
        late = self._notice("L0", lines=[line], date=DAY + timedelta(days=6))
        self.assertNotIn("escompte", self._text(self._render(late)[late]))

    def test_before_the_due_date_nothing_is_late(self):
        self.assertNotRegex(self._letter("L0").lower(), "retard|pénalité|impayé")

    def test_first_reminder_asks_for_the_principal_only(self):
        text = self._letter("L1")
        self.assertIn("soit la somme de 1 001,00 €", text)
        self.assertNotIn("mise en demeure", text)
        self.assertNotIn("40,00 €", text)

    def test_second_reminder_shows_penalties_without_claiming_nor_waiving_them(self):
        text = self._letter("L2")
        self.assertIn("de nous régler la somme de 1 001,00 €", text)
        self.assertIn("au plus tard le 30 novembre 2026", text)
        self.assertIn(
            "Total, pénalités comprises, au 22 novembre 2026 1 075,01 €", text
        )
        self.assertIn("tous nos droits étant réservés", text)
        self.assertNotIn("mise en demeure", text)

    def test_last_reminder_claims_the_total_and_announces_the_registered_letter(self):
        text = self._letter("L3", count=2)
        self.assertIn("Nous vous demandons de nous régler la somme de 2 151,05 €", text)
        self.assertIn("(2 × 40,00 €) 80,00 €", text)
        self.assertIn("par lettre recommandée avec avis de réception", text)
        self.assertIn("échéancier", text)

    def test_last_reminder_to_a_consumer_is_of_the_principal(self):
        text = self._letter("L3", "consumer")
        self.assertIn("régler la somme de 1 001,00 €", text)
        self.assertNotIn("pénalités", text)

    def test_formal_notice_to_a_professional(self):
        """Penalties run since the due date, the notice does not start them, and legal
        interest does not add to them (Cass. com. 24/04/2024, n° 22-24.275).
        """
        text = self._letter("L4", count=2)
        for expected in (
            "Lettre recommandée avec avis de réception",
            "Objet : Mise en demeure de payer la somme de 2 151,05 €",
            "nous vous mettons en demeure de payer, dans un délai de 8 jours à compter "
            "de la première présentation de ce courrier, la somme de 2 151,05 €",
            "principal 2 003,00 € ; pénalités de retard 68,05 €, arrêtées au",
            "(article L441-10, II du code de commerce, taux : 12,40 %)",
            "recouvrement 80,00 € (article D441-5)",
            "0,34 € par jour",
            "articles 1344 et suivants du code civil",
            "÷ 365, arrondi au centime, taux révisé au 1er janvier et au 1er juillet",
            "Claire Delaunay Directrice financière",
        ):
            self.assertIn(expected, text)
        for wrong in ("1231-6", "1344-1", "fait courir", "taux légal", "médiateur"):
            self.assertNotIn(wrong, text)

    def test_formal_notice_of_the_principal_alone_reserves_the_penalties(self):
        text = self._letter("L4", claims="nothing")
        self.assertIn("la somme de 1 001,00 €, en principal.", text)
        self.assertIn("restent exigibles de plein droit", text)
        self.assertNotIn("se décomposant", text)

    def test_formal_notice_to_a_consumer(self):
        """C. civ. 1231-6, 1344-1; CPCE L111-8; C. conso. L616-1."""
        text = self._letter("L5", "consumer", granted_days=15)
        for expected in (
            "nous vous mettons en demeure de payer la somme de 1 001,00 € dans un "
            "délai de 15 jours à compter de la première présentation de ce courrier",
            "intérêt au taux légal (articles 1231-6 et 1344-1 du code civil)",
            "Aucun frais de recouvrement ne vous est réclamé (article L111-8",
            "proposez-nous un échéancier",
            "Médiation Rhône, www.mediation.example",
        ):
            self.assertIn(expected, text)

    def test_a_non_professional_has_no_consumer_mediator(self):
        self.assertNotIn("médiateur", self._letter("L5", "non_professional"))

    def test_a_public_buyer_is_told_of_its_own_law(self):
        for letter in ("L2", "L3", "L4"):
            text = self._letter(letter, "public", count=3)
            self.assertRegex(text, "L2192-13|R2192-31|D2192-35")
            self.assertNotRegex(text, "L441-10|D441-5|commissaire de justice")
            self.assertIn("ntérêts moratoires", text)

    def test_the_wrong_formal_notice_is_refused_with_what_to_do(self):
        wrong = self._notice("L4", "consumer") + self._notice("L5", "professional")
        errors = self.renderer.render(wrong)
        self.assertIn("L5", errors[wrong[0].id])
        self.assertIn("L4", errors[wrong[1].id])

    def test_a_single_invoice_is_in_the_singular(self):
        for letter in ("L0", "L1", "L2", "L3", "L4"):
            self.assertNotRegex(self._letter(letter), "les factures|des factures")

    def test_other_late_items_are_listed_apart_and_not_asked_for(self):
        text = self._letter("L1", also=1)
        self.assertIn("soit la somme de 1 001,00 €", text)
        self.assertRegex(text, "Également échues .* FAC/2026/00090")

    def test_credits_and_disputes_are_deducted_in_sight(self):
        claimed = self._line(1, "nothing", covered=120, disputed=81, claimable=800)
        credit = self._line(7, "nothing", "credit", residual=-120, number="RF/7")
        text = self._letter(lines=[claimed, credit])
        self.assertIn("Total des factures 1 001,00 €", text)
        self.assertIn("Avoirs et règlements à déduire (RF/7) −120,00 €", text)
        self.assertIn("Part contestée à déduire −81,00 €", text)
        self.assertIn("Principal restant dû 800,00 €", text)

    def test_the_indemnity_stays_in_euros_beside_another_currency(self):
        """C. com. D441-5 fixes it in euros."""
        dollar = self.env.ref("base.USD")
        line = self._line(1, "claims", currency_id=dollar.id)
        total = line["claimable"] + line["interest"]
        text = self._letter("L4", lines=[line], currency_id=dollar.id, total=total)
        self.assertIn("1 035,01 $", text)
        self.assertIn("recouvrement 40,00 €", text)
        self.assertIn("indemnité en sus", text)

    def test_names_are_printed_not_interpreted(self):
        name = """<b>Dupont</b> & "Fils" l'Été 🎈"""
        text = self._letter(partner_id=self._partner(name).id)
        self.assertIn("""<b>Dupont</b> & "Fils" l'Été""", text)

    def test_an_error_in_one_letter_leaves_the_others(self):
        notices = self._notice() + self._notice("L2") + self._notice()
        view = self.env.ref("l10n_fr_recouvrement.letter_l2")
        view.arch_db = '<t t-name="x"><p t-out="doc.nothing_like_this"/></t>'
        letters = self.renderer.render(notices)
        self.assertIn("nothing_like_this", letters[notices[1].id])
        for notice in notices[0] + notices[2]:
            self.assertIn(notice.name, self._text(letters[notice.id]))

    def test_each_letter_of_a_batch_holds_its_own_debtor_only(self):
        names = ["Alpha", "Bravo", "Charlie"]
        notices = self.env["recovery.notice"].union(
            *(self._notice(partner_id=self._partner(name).id) for name in names)
        )
        texts = [self._text(pdf) for pdf in self._render(notices).values()]
        for own, text in zip(names, texts, strict=True):
            self.assertEqual(re.findall("Alpha|Bravo|Charlie", text), [own])

    def test_letters_that_cannot_be_told_apart_are_printed_one_by_one(self):
        notices = self._notice() + self._notice()
        split = pdf_batch.split
        doubtful = lambda pdf, marks: split(pdf, marks) if len(marks) == 1 else None  # noqa: E731
        with patch.object(pdf_batch, "split", doubtful):
            for notice, pdf in self._render(notices).items():
                self.assertIn(notice.name, self._text(pdf))

    def test_queries_do_not_grow_faster_than_savepoints(self):
        """Two for the savepoint of a letter, one for core's check of the QR code."""
        few = self.env["recovery.notice"].union(*(self._notice() for _n in range(5)))
        many = self.env["recovery.notice"].union(*(self._notice() for _n in range(25)))
        self.renderer.render(few)
        counts = []
        for notices in (few, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            list(self.renderer._bodies(notices))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 3 * 20)
