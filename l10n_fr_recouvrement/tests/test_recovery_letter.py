from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..models.vocabulary import LETTERS
from ..reports.letter_text import shipped
from ..reports.letter_variables import COMMON, SHEET, SPECIAL
from .common_letter import LetterCase


@tagged("post_install", "-at_install")
class TestRecoveryLetter(LetterCase):
    def _write(self, letter="L1", **values):
        return self.env["recovery.letter"].create({"letter": letter, **values})

    def _html(self, notice):
        """The body of the letter of a notice, with plain spaces."""
        body = str(self.renderer._body(notice))
        return body.replace("\u00a0", " ").replace("\u2019", "'")

    def _refused(self, words, *args, **values):
        with self.assertRaises(ValidationError) as caught:
            self._write(*args, **values)
        self.assertIn(words, str(caught.exception))

    def test_an_edited_part_replaces_the_original_and_the_others_stay(self):
        self._write(opening="Cher client {{ debtor }}, merci de régler {{ amount }}.")
        html = self._html(self._notice("L1"))
        self.assertIn(
            "Cher client Boulangerie Martin, merci de régler 1 001,00 €", html
        )
        self.assertNotIn("Sauf erreur ou omission", html)
        self.assertIn("Il s'agit sans doute d'un oubli", html)
        self.assertIn("facture échue", html)

    def test_fixed_blocks_stay_around_an_edited_text(self):
        parts = {"opening": "Merci de payer {{ amount }}.", "closing": "À bientôt."}
        self._write("L2", **parts)
        html = self._html(self._notice("L2"))
        for block in ("Principal restant dû", "L441-10", "FR76 3000", "À bientôt."):
            self.assertIn(block, html)

    def test_back_to_the_original(self):
        letter = self._write(closing="Autre fin.")
        notice = self._notice("L1")
        self.assertIn("Autre fin.", self._html(notice))
        letter.action_back_to_original()
        self.assertNotIn("Autre fin.", self._html(notice))
        self.assertIn("Il s'agit sans doute d'un oubli", self._html(notice))

    def test_start_from_the_original_keeps_what_was_written(self):
        letter = self._write(subject="Petit rappel")
        notice = self._notice("L1")
        before = self._html(notice)
        letter.action_copy_original()
        self.assertEqual(letter.subject, "Petit rappel")
        self.assertEqual(letter.opening, shipped("L1", "fr")["opening"])
        self.assertEqual(self._html(notice), before)

    def test_the_most_particular_text_wins_part_by_part(self):
        notice = self._notice("L1")
        self._write(company_id=False, opening="Partout.", closing="Fin partout.")
        self._write(opening="Ici.")
        self.assertIn("Ici.", self._html(notice))
        self.assertIn("Fin partout.", self._html(notice))
        self._write(level_id=notice.level_id.id, opening="À ce niveau.")
        self.assertIn("À ce niveau.", self._html(notice))
        self.assertIn("Ici.", self._html(self._notice("L1")))

    def test_a_text_of_another_company_is_not_printed(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._write(company_id=other.id, opening="Ailleurs.")
        self.assertNotIn("Ailleurs.", self._html(self._notice("L1")))

    def test_a_branch_prints_the_text_of_its_company(self):
        branch = self.env["res.company"].create(
            {"name": "Agence", "parent_id": self.company.id}
        )
        self._write(opening="Du siège.")
        notice = self._notice("L1", company_id=branch.id)
        self.assertIn("Du siège.", self._html(notice))
        self._write(company_id=branch.id, opening="De l'agence.")
        self.assertIn("De l'agence.", self._html(notice))

    def test_each_language_has_its_own_text(self):
        self._write(lang="en", opening="Hello {{ debtor }}.")
        self.assertNotIn("Hello", self._html(self._notice("L1")))
        english = self._html(self._notice("L1", lang="en_US"))
        self.assertIn("Hello Boulangerie Martin.", english)

    def test_a_legal_letter_has_no_english_text(self):
        self._refused("French only", "L4", lang="en", closing="Regards.")

    def test_two_texts_for_one_place_are_refused(self):
        self._write()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._write()

    def test_only_variables_of_the_list(self):
        for text in ("{{ object.partner_id.name }}", "{{ breakdown }}", "{{ 1 + 1 }}"):
            self._refused("not a variable", opening=text)
        self._write(opening="{{ debtor ||| client }}")

    def test_a_text_is_never_evaluated(self):
        letter = self._write()
        # As a database restored from elsewhere might hold it, past the check.
        self.env.cr.execute(
            "UPDATE recovery_letter SET opening = %s WHERE id = %s",
            ["<t t-out='1+1'/>{{ env.cr }} {{ 6 * 7 }} ${x}", letter.id],
        )
        letter.invalidate_recordset()
        html = self._html(self._notice("L1"))
        self.assertIn("&lt;t t-out=&#39;1+1&#39;/&gt;".replace("&#39;", "'"), html)
        self.assertNotIn("42", html.split("REC/TEST")[0])

    def test_words_of_a_court_act_are_refused(self):
        for words in ("Sommation de payer", "Commandement", "République française"):
            self._refused("court acts", subject=words)
            self._refused("court acts", closing=words)
        self._refused("Criminal code", opening="par exploit")

    def test_a_subject_does_not_look_like_a_court_act(self):
        for words in ("Injonction de payer", "Avis avant saisie", "Tribunal"):
            self._refused("look like a court act", subject=words)
        self._write(closing="Nous pourrons demander une injonction de payer.")

    def test_what_no_letter_may_say(self):
        for words, sentence in (
            ("notre huissier", "commissaires de justice"),
            ("cette lettre interrompt la prescription", "limitation"),
            ("nous allons porter plainte", "criminal"),
            ("plus 15 € de frais de relance", "L111-8"),
        ):
            self._refused(sentence, closing=words)

    def test_a_consumer_is_told_of_no_penalty(self):
        for words in ("40 €", "40\u00a0€", "40 euros", "taux BCE", "article L441-10"):
            self._refused("consumer", opening=f"Vous devez {words}.")
            self._refused("consumer", "L5", closing=f"Vous devez {words}.")
        self._refused("consumer", lang="en", closing="€40 fixed compensation")

    def test_a_level_for_professionals_may_tell_of_penalties(self):
        level = self._level("L1", "shows")
        self.policy.debtor_kind = "professional"
        self._write(level_id=level.id, opening="Dont 40 € (article D441-5).")
        self._write("L4", closing="Les pénalités de retard courent.")

    def test_a_text_for_professionals_never_reaches_a_consumer(self):
        """The level got a consumer all the same, by a policy chosen on the invoice."""
        self.policy.debtor_kind = "professional"
        notice = self._notice("L1", "consumer")
        self._write(level_id=notice.level_id.id, opening="Dont 40 € d'indemnité.")
        self.assertIn("consumer", self.renderer.render(notice)[notice.id])

    def test_variables_of_penalties_say_nothing_to_a_consumer(self):
        self._write(
            company_id=False,
            opening="[{{ interest }}{{ indemnity }}{{ daily_interest }}"
            "{{ penalty_name }}] restent dus",
        )
        consumer = self._notice("L1", "consumer", lines=[self._line(1, "shows")])
        self.assertIn("[] restent dus", self._html(consumer))
        shown = self._html(self._notice("L1", claims="shows"))
        self.assertIn("[34,01 €40,00 €0,34 €pénalités de retard] restent dus", shown)

    def test_before_the_due_date_nothing_is_late(self):
        self._refused("nothing is late", "L0", closing="Évitez tout retard.")

    def test_a_formal_notice_keeps_its_summons(self):
        opening = shipped("L4", "fr")["opening"]
        self._refused("put it back", "L4", subject="Dernier rappel")
        self._refused("mettons en demeure", "L4", opening="Payez {{ amount }}.")
        self._refused(
            "how much", "L4", opening=opening.replace("{{ amount }}", "la dette")
        )
        self._refused(
            "until when", "L4", opening=opening.replace("{{ within }}", "vite")
        )
        self._write("L4", opening=opening.replace("malgré nos relances", "à ce jour"))

    def test_the_level_sends_the_letter_of_its_text(self):
        level = self._level("L2", "nothing")
        self._refused("does not send", level_id=level.id)

    def test_originals_respect_the_rules(self):
        sentences = self.env["recovery.letter"]._sentences
        for letter, _label in LETTERS:
            penalties = letter in ("L4", "L5p", "L10", "L18")
            for lang in ("fr", "en"):
                texts = shipped(letter, lang)
                found = sentences(letter, lang, dict(texts), penalties)
                self.assertEqual(found, [], letter)

    def test_variables_are_documented_on_the_form(self):
        documented = self._write("L4").variable_help
        for name in ("amount", "within", "breakdown"):
            self.assertIn(f"{{{{ {name} }}}}", documented)
        self.assertNotIn("promised_on", documented)

    def test_each_variable_is_documented_with_an_example(self):
        names = {
            *COMMON,
            *SHEET,
            *(name for names in SPECIAL.values() for name in names),
        }
        known = self.env["recovery.letter.variable"]._help()
        self.assertEqual(names, set(known))
        for label, example in known.values():
            self.assertTrue(label and example)

    def test_preview_prints_the_newest_letter_of_the_debtor(self):
        notice = self._notice("L1")
        letter = self._write(opening="Aperçu de {{ debtor }}.")
        letter.preview_partner_id = notice.partner_id
        text = self._text(letter._preview())
        self.assertIn("Aperçu de Boulangerie Martin", text)
        self.assertIn(notice.name, text)

    def test_preview_says_what_it_needs(self):
        with self.assertRaisesRegex(UserError, "choose a customer"):
            self._write("promise")._preview()

    def test_managers_write_texts_and_collectors_read_them(self):
        collector = new_test_user(
            self.env, "letters", "l10n_fr_recouvrement.group_recovery_user"
        )
        letter = self._write(opening="Bonjour.")
        self.assertEqual(letter.with_user(collector).opening, "Bonjour.")
        with self.assertRaises(AccessError):
            letter.with_user(collector).opening = "Bonsoir."
        manager = new_test_user(
            self.env, "boss", "l10n_fr_recouvrement.group_recovery_manager"
        )
        letter.with_user(manager).opening = "Bonsoir."
