from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..models.vocabulary import LETTERS
from ..reports import typography as typo
from ..reports.letter_text import PARTS, fill, paragraphs, shipped, variables_of
from ..reports.letter_variables import allowed

# Whatever a name can hold: markup, quotes, our own marks, emoji, right-to-left letters.
NAMES = st.text(
    alphabet=st.one_of(
        st.sampled_from("<>&\"'*[]|{}%\\/=:;!? \u00a0é€🎈\u202b\u05d0\u05d1\u0645"),
        st.characters(blacklist_categories=("Cs", "Cc")),
    ),
    max_size=60,
)


class Words(HTMLParser):
    """The tags and the words of a piece of HTML."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.words = [], ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_data(self, data):
        self.words += data


@tagged("post_install", "-at_install")
class TestLetterText(BaseCase):
    @settings(max_examples=300, deadline=None)
    @given(NAMES)
    def test_a_value_is_printed_as_it_is_and_never_interpreted(self, name):
        html = fill("Bonjour {{ debtor }}.", {"debtor": name})
        read = Words(html)
        self.assertEqual(read.words, f"Bonjour {name}.")
        self.assertEqual(read.tags, [])

    @settings(max_examples=300, deadline=None)
    @given(NAMES)
    def test_what_a_user_types_makes_no_tag_but_ours(self, words):
        tags = {tag for tag, _attrs in Words(paragraphs(words, {})).tags}
        self.assertLessEqual(tags, {"p", "b", "br"})

    @settings(max_examples=100, deadline=None)
    @given(NAMES)
    def test_a_value_cannot_bring_a_variable_in(self, name):
        values = {"debtor": name + "{{ amount }}", "amount": "SECRET"}
        self.assertNotIn("SECRET", fill("{{ debtor }}", values))

    def test_words_agree_with_the_number_of_invoices(self):
        text = "[Votre facture du {{ date }} est|Vos factures sont] en retard"
        values = {"date": "3 mai"}
        one, several = fill(text, values), fill(text, values, several=True)
        self.assertEqual(one, "Votre facture du 3 mai est en retard")
        self.assertEqual(several, "Vos factures sont en retard")

    def test_brackets_without_a_bar_are_brackets(self):
        self.assertEqual(fill("[sic] a|b", {}), "[sic] a|b")

    def test_bold_holds_variables(self):
        html = fill("**Somme : {{ amount }}**", {"amount": "<5 €>"}, lang="en")
        self.assertEqual(html, "<b>Somme : &lt;5 €&gt;</b>")

    def test_an_empty_variable_takes_its_default(self):
        self.assertEqual(fill("{{ debtor ||| client }}", {"debtor": ""}), "client")
        self.assertEqual(fill("{{ unknown }}", {}), "")

    def test_paragraphs_and_lines(self):
        html = paragraphs("Un\ndeux\n\n \n{{ nothing }}\n\ntrois", {}, lang="en")
        self.assertEqual(html, "<p>Un<br/>deux</p><p>trois</p>")
        self.assertEqual(paragraphs("{{ a }}", {"a": "x\ny"}), "<p>x<br/>y</p>")
        self.assertEqual(paragraphs(None, {}), "")

    def test_ordinary_spaces_become_french_typography(self):
        for typed, printed in (
            ("Voici : « oui » ; non !", "Voici_: «_oui_»_; non_!"),
            ("l'acompte de 30 % (n° 5)", "l’acompte de 30_% (n°_5)"),
            ("http://a.example:80", "http://a.example:80"),
            ("200 €", "200_€"),
        ):
            self.assertEqual(typo.french(typed).replace(typo.NBSP, "_"), printed)

    def test_english_keeps_its_spaces(self):
        self.assertEqual(fill("Why ? It's", {}, lang="en"), "Why ? It&#39;s")

    def test_each_letter_has_a_french_text_with_three_parts(self):
        for letter, _label in LETTERS:
            self.assertEqual(set(shipped(letter, "fr")), set(PARTS), letter)

    def test_reminders_have_an_english_text_and_legal_letters_none(self):
        for letter in ("L0", "L1", "L2", "L3", "L9", "account", "promise", "grace"):
            self.assertEqual(set(shipped(letter, "en")), set(PARTS), letter)
        for letter in ("L4", "L5", "L5p", "L6", "L7", "L8", "L10", "L18"):
            self.assertEqual(shipped(letter, "en"), {}, letter)

    def test_originals_use_the_documented_variables_only(self):
        for letter, _label in LETTERS:
            for lang in ("fr", "en"):
                for text in shipped(letter, lang).values():
                    self.assertLessEqual(set(variables_of(text)), set(allowed(letter)))
