import itertools

from hypothesis import given, settings

from odoo.tests import tagged

from .common_letter import LONG, LetterCase
from .test_letter import ENGLISH, FEES, FORBIDDEN, PENALTY
from .test_letter_layout import EVER_SEEN, WINDOW, inside, touches
from .test_letter_text import NAMES, Words


@tagged("post_install", "-at_install")
class TestLetterMatrix(LetterCase):
    """The letters of levels, to each kind of debtor, in each case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.long = cls._partner(
            LONG, street="Zone artisanale des Quatre-Routes", street2="Bâtiment C"
        )
        cls.named = cls._notice("L1")

    def _matrix(self):
        """Every letter of a level, to each kind of debtor, in each case."""
        cases = (
            {},
            {"count": 40},
            {"currency_id": self.env.ref("base.USD").id},
            {"lang": "en_US"},
            {"lang": "en_US", "count": 40},
            {"partner_id": self.long.id},
        )
        for kind in ("professional", "public", "consumer", "non_professional"):
            formal = "L4" if kind in ("professional", "public") else "L5"
            yield from itertools.product(
                ("L0", "L1", "L2", "L3", formal), [kind], cases
            )

    def test_every_letter_has_its_mentions_and_nothing_forbidden(self):
        cases = {
            self._notice(letter, kind, **values): (letter, kind, values)
            for letter, kind, values in self._matrix()
        }
        rendered = self._render(self.env["recovery.notice"].union(*cases))
        for notice, pdf in rendered.items():
            with self.subTest(case=cases[notice]):
                self._check_letter(notice, self._text(pdf))
                self._check_window(notice, pdf)

    def _check_letter(self, notice, text):
        for mention in (  # C. com. R123-237, R123-238
            "Ateliers Delaunay",
            "SAS au capital de 150 000 €",
            "404 833 048 RCS Lyon",
            "14 rue des Forges",
            "69007 LYON",
            notice.name,
            "FR76 3000 6000 0112 3456 7890 189",
            *notice.line_ids.mapped("number"),
        ):
            self.assertIn(mention, text)
        for pattern in FORBIDDEN:
            self.assertNotRegex(text.lower(), pattern)
        if notice.debtor_kind in ("consumer", "non_professional"):
            for pattern in (*PENALTY, *FEES):
                self.assertNotRegex(text, pattern)
        english = notice.lang == "en_US" and notice.letter not in ("L4", "L5")
        self.assertIn("Yours faithfully" if english else "Nous vous prions", text)
        if not english:
            self.assertNotRegex(text.lower(), ENGLISH)
        self.assertIn(self._amount(notice, english), text)

    def _check_window(self, notice, pdf):
        """The addressee is in the window, and nothing else."""
        seen = [word for word in self._words(pdf) if touches(word, EVER_SEEN)]
        self.assertFalse([word for word in seen if not inside(word, WINDOW)])
        shown = {text for *_box, text in seen}
        name = notice.partner_id.name
        self.assertLessEqual({name.split()[0], "GRENOBLE"}, shown)

    def _amount(self, notice, english):
        amount = f"{notice.total:,.2f}"
        symbol = notice.currency_id.symbol
        if english:
            return f"{symbol}{amount}"
        return f"{amount.replace(',', ' ').replace('.', ',')} {symbol}"

    @settings(max_examples=25, deadline=None)
    @given(NAMES)
    def test_a_letter_prints_any_name_as_it_is(self, name):
        """Markup, quotes, emoji, letters written from right to left."""
        name = " ".join(f"{name}x".split())
        self.partner.name = name
        read = Words(self.renderer._body(self.named))
        self.assertIn(name.replace(" ", ""), "".join(read.words.split()))
        self.assertFalse({tag for tag, _a in read.tags} & {"script", "svg", "iframe"})
