from odoo.tests import tagged

from .common_letter import LetterCase


@tagged("post_install", "-at_install")
class TestLetterRate(LetterCase):
    """Letters name the rate that their figures were computed with."""

    def _lines(self, rule, percent, agreed=0, claims="claims", **values):
        line = self._line(1, claims, rule=rule, percent=agreed, **values)
        for segment in line.get("segments") or []:
            segment["percent"] = percent
        return [line]

    def _letter_of(
        self, letter, rule, percent, agreed=0, kind="professional", **values
    ):
        claims = {"L2": "shows", "L3": "claims", "L4": "claims"}.get(letter, "nothing")
        lines = self._lines(rule, percent, agreed, claims, **values)
        return self._letter(letter, kind, claims=claims, lines=lines)

    def test_every_rule_is_named_in_every_letter_that_shows_interest(self):
        for rule, percent, expected, note in (
            ("statutory", "12.40", "taux : 12,40 %", "taux révisé au 1er janvier et"),
            (
                "contractual",
                "15",
                "taux convenu : 15,00 %",
                "convenu entre les parties",
            ),
            (
                "floor",
                "8.25",
                "trois fois le taux de l’intérêt légal : 8,25 %",
                "trois fois le taux de l’intérêt légal, révisé",
            ),
            (
                "legal",
                "2.75",
                "taux de l’intérêt légal : 2,75 %",
                "taux de l’intérêt légal, révisé",
            ),
        ):
            for letter in ("L2", "L3", "L4"):
                with self.subTest(rule=rule, letter=letter):
                    text = self._letter_of(letter, rule, percent)
                    article = "L441-10, II du code de commerce"
                    self.assertIn(f"(article {article}, {expected})", text)
                    self.assertIn("au centime, ", text)
                    self.assertIn(note, text)

    def test_letters_in_english_name_the_rule(self):
        for rule, expected in (
            ("contractual", "agreed rate: 15.00%"),
            ("floor", "three times the French legal rate: 15.00%"),
        ):
            lines = self._lines(rule, "15")
            text = self._letter("L3", claims="claims", lang="en_US", lines=lines)
            self.assertIn(f"commercial code, {expected})", text)
            self.assertIn("of €40 per invoice (article D441-5)", text)

    def test_public_buyer_of_a_contractual_rate_is_not_told_of_the_ecb(self):
        text = self._letter_of("L4", "contractual", "15", kind="public")
        self.assertIn("(article L2192-13 du code de la commande publique, taux", text)
        self.assertNotIn("R2192-31", text)
        self.assertNotIn("Banque centrale", text)
        text = self._letter_of("L4", "statutory", "10.40", kind="public")
        self.assertIn("articles L2192-13 et R2192-31", text)
        self.assertIn("majoré de huit points", text)

    def test_claim_of_interest_to_a_public_buyer_names_its_rate(self):
        for rule, expected, others in (
            ("statutory", "L2192-13 et R2192-31", ("taux convenu",)),
            ("contractual", "taux convenu : 15,00 %", ("R2192-31", "Banque centrale")),
        ):
            lines = self._lines(rule, "15")
            text = self._letter("L5p", "public", claims="claims", lines=lines)
            self.assertIn(expected, text)
            self.assertIn(
                "dont 34,01 € d’intérêts moratoires et 40,00 € d’indemnité", text
            )
            for words in others:
                self.assertNotIn(words, text)
        lines = self._lines("statutory", "10.40", indemnity=0.0)
        text = self._letter("L5p", "public", claims="claims", lines=lines)
        self.assertIn("dont 34,01 € d’intérêts moratoires. ", text)
        self.assertNotIn("D2192-35", text)

    def test_what_the_formal_notice_will_claim_is_what_the_figures_hold(self):
        for rule, values, expected in (
            ("statutory", {}, "aussi sur les pénalités de retard et sur l’indemnité"),
            ("statutory", {"indemnity": 0.0}, "aussi sur les pénalités de retard."),
            (
                "none",
                {"interest": 0.0, "segments": False},
                "aussi sur l’indemnité forfaitaire.",
            ),
        ):
            lines = self._lines(rule, "12.40", claims="shows", **values)
            text = self._letter("L3", claims="shows", lines=lines)
            self.assertIn(expected, text)

    def test_different_rules_are_left_to_the_statement(self):
        lines = self._lines("statutory", "12.40") + self._lines("contractual", "15")
        text = self._letter("L3", claims="claims", lines=lines, count=2)
        self.assertIn("taux : 12,40 % et 15,00 %", text)
        self.assertIn("taux convenu ou légal de chaque facture", text)

    def test_notes_of_penalties_do_not_hide_the_rule_of_the_others(self):
        note = self._line(2, "nothing", rule="none")
        text = self._letter(
            "L3", claims="claims", lines=[*self._lines("floor", "8.25"), note]
        )
        self.assertIn("trois fois le taux de l’intérêt légal : 8,25 %", text)

    def test_clause_without_interest_claims_the_indemnity_alone(self):
        values = {"interest": 0.0, "segments": False}
        text = self._letter_of("L2", "none", "0", **values)
        self.assertIn("40 € par facture (article D441-5) est exigible", text)
        self.assertNotIn("pénalités de retard", text)
        text = self._letter_of("L3", "none", "0", **values)
        self.assertIn("par facture (article D441-5), exigible de plein droit", text)
        text = self._letter_of("L4", "none", "0", **values)
        self.assertNotIn("L441-10", text)

    def test_clause_without_indemnity_claims_the_interest_alone(self):
        for letter in ("L2", "L3", "L4"):
            text = self._letter_of(letter, "contractual", "15", indemnity=0.0)
            self.assertNotIn("D441-5", text)
            self.assertNotIn("40", text.replace("404 833 048", "").replace("40483", ""))

    def test_indemnity_of_the_clause_is_the_one_named(self):
        text = self._letter_of("L2", "statutory", "12.40", indemnity=50.0)
        self.assertIn("de 50 € par facture", text)

    def test_formal_notice_to_a_consumer_starts_the_agreed_rate(self):
        for rule, agreed, expected in (
            ("statutory", 0, "au taux légal (articles 1231-6 et 1344-1"),
            ("legal", 0, "au taux légal (articles 1231-6 et 1344-1"),
            ("contractual", 5, "au taux convenu de 5,00 % (articles 1231-5 et 1344-1"),
            ("floor", 0, "à trois fois le taux légal (articles 1231-5 et 1344-1"),
        ):
            with self.subTest(rule):
                text = self._letter_of("L5", rule, "0", agreed, "consumer")
                self.assertIn(f"cette somme produit intérêt {expected}", text)
        text = self._letter_of("L5", "none", "0", 0, "consumer")
        self.assertNotIn("produit intérêt", text)
