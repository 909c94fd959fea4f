import itertools

from odoo.tests import tagged

from ..models.vocabulary import OCCASION_LETTERS
from .common_letter import LONG, LetterCase
from .test_letter import ENGLISH, FEES, FORBIDDEN, PENALTY
from .test_letter_layout import EVER_SEEN, WINDOW, inside, touches

DAY = "2026-12-15"
FACTS = {
    "promise": {"promised_amount": 600, "promised_on": DAY},
    "grace": {"grace_until": DAY},
    "meeting": {"met_on": "2026-11-20", "outcome": "Avoir de 120 euros.\nSolde réglé."},
    "unfounded": {
        "disputed_on": "2026-11-12",
        "disputed_amount": 300,
        "dispute_answer": "Le bon de livraison est signé sans réserve.",
    },
    "rejected": {"paid_on": "2026-11-12", "paid_amount": 1001, "rejection_reason": ""},
    "L8": {
        "plan": "ECH/2026/00007",
        "signed_on": "2026-09-12",
        "plan_amount": 3000,
        "balance": 2000,
        "revived": 0,
        "instalments": [
            ["2026-10-12", 1000, 1000, False],
            ["2026-11-12", 1000, 0, True],
            ["2026-12-12", 1000, 0, False],
        ],
    },
    "L18": {
        "note": "FAC/2026/00051",
        "note_date": "2026-11-22",
        "note_amount": 74.01,
        "of_origins": "de la facture FAC/2026/00012",
        "rows": [["Pénalités de retard", 34.01], ["Indemnité forfaitaire", 40.0]],
    },
    "L10": {
        "mandate": "Convention écrite du 01/10/2026 (article R124-3).",
        "instructions": "Nous vous demandons un recouvrement amiable.",
    },
}
# What must be read in each letter, for one invoice of 1 001,00 €.
MENTIONS = {
    "promise": ("votre engagement de nous régler 600,00 €", "15 décembre 2026"),
    "grace": ("jusqu’au 15 décembre 2026 inclus", "ni renonciation à nos droits"),
    "meeting": ("entretien que nous avons eu le 20 novembre 2026", "Solde réglé."),
    "unfounded": (
        "contesté, le 12 novembre 2026, la somme de 300,00 €",
        "au plus tard le 30 novembre 2026",
        "Le bon de livraison est signé",
    ),
    "rejected": ("Votre paiement du 12 novembre 2026", "retourné impayé"),
    "L8": (
        "Lettre recommandée avec avis de réception",
        "Par accord du 12 septembre 2026",
        "L’échéance du 12 novembre 2026 (1 000,00 €) n’a pas été payée.",
        "nous vous mettons en demeure de payer la somme de 1 001,00 € dans un délai de "
        "8 jours à compter de la première présentation",
        "soit 2 000,00 € en principal",
        "articles 1344 et suivants du code civil",
    ),
    "L18": (
        "note de débit n° FAC/2026/00051 du 22 novembre 2026, d’un montant de 74,01 €",
        "hors du champ d’application de la TVA",
        "Pénalités de retard 34,01 €",
        "Indemnité forfaitaire 40,00 €",
        "D441-5",
    ),
    "L10": (
        "R124-3",
        "Débiteur",
        "Compte sur lequel nous reverser les fonds",
        "recouvrement amiable",
        "Pièces jointes",
        "÷ 365",
    ),
    "L5p": (
        "L2192-10",
        "L2192-14",
        "R2192-31",
        "D2192-35",
        "R2192-36",
        "majoré de huit points",
        "réputée non écrite",
        "marché M-2026-07",
    ),
}


@tagged("post_install", "-at_install")
class TestLetterOccasion(LetterCase):
    """The letters of occasions and L5p, in the matrix of debtors and invoices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls._partner("Étude Bernard", is_company=True)
        cls.long = cls._partner(
            LONG, street="Zone artisanale des Quatre-Routes", street2="Bâtiment C"
        )

    @classmethod
    def _make(cls, letter, kind="professional", **values):
        """A notice of a letter that no level sends, or of L5p."""
        if letter == "L5p":
            return cls._notice("L5p", "public", claims="claims", **values)
        claims = "claims" if letter == "L10" else "nothing"
        notice = cls._notice("L1", kind, claims, **values)
        notice.write({"letter": letter, "facts": FACTS[letter], "level_id": False})
        if letter == "L8":
            notice.write({"by_letter": False, "by_registered": True})
        if letter == "L10":
            notice.contact_id = cls.officer
        return notice

    def _kinds(self, letter):
        if letter == "L5p":
            return ("public",)
        if letter == "L18":
            return ("professional", "public")
        return ("professional", "consumer", "public")

    def test_each_letter_in_each_case(self):
        dollar = self.env.ref("base.USD")
        cases = {}
        for letter in ("L5p", "L8", *dict(OCCASION_LETTERS)):
            for kind, values in itertools.product(
                self._kinds(letter),
                (
                    {},
                    {"count": 40},
                    {"currency_id": dollar.id},
                    {"lang": "en_US"},
                    {"partner_id": self.long.id},
                ),
            ):
                notice = self._make(letter, kind, **values)
                cases[notice] = (letter, kind, values)
        for notice, pdf in self._render(
            self.env["recovery.notice"].union(*cases)
        ).items():
            with self.subTest(case=cases[notice]):
                self._check(notice, pdf, *cases[notice])

    def _check(self, notice, pdf, letter, kind, values):
        text = self._text(pdf)
        english = values.get("lang") == "en_US" and letter in ("promise", "grace")
        self.assertIn("Yours faithfully" if english else "Nous vous prions", text)
        if not english:
            self.assertNotRegex(text.lower(), ENGLISH)
        for mention in ("404 833 048 RCS Lyon", "FR76 3000 6000", notice.name):
            self.assertIn(mention, text)
        for number in notice.line_ids.mapped("number"):
            self.assertIn(number, text)
        for pattern in FORBIDDEN:
            self.assertNotRegex(text.lower(), pattern)
        if kind == "consumer" and letter != "L10":
            for pattern in (*PENALTY, *FEES):
                self.assertNotRegex(text, pattern)
        self._check_amount(notice, text, english)
        self._check_window(notice, pdf)

    def _check_amount(self, notice, text, english):
        symbol = notice.currency_id.symbol
        amount = f"{notice.principal:,.2f}"
        if english:
            self.assertIn(f"{symbol}{amount}", text)
        else:
            amount = amount.replace(",", " ").replace(".", ",")
            self.assertIn(f"{amount} {symbol}", text)

    def _check_window(self, notice, pdf):
        """The addressee is in the window, and nothing else."""
        seen = [word for word in self._words(pdf) if touches(word, EVER_SEEN)]
        self.assertFalse([word for word in seen if not inside(word, WINDOW)])
        name = notice.contact_id.name or notice.partner_id.name
        shown = {text for *_box, text in seen}
        self.assertLessEqual({name.split()[0], "GRENOBLE"}, shown)

    def test_mentions_of_each_letter(self):
        notices = {self._make(letter): letter for letter in MENTIONS}
        move = self.env["account.move"].create(
            {"move_type": "out_invoice", "ref": "M-2026-07"}
        )
        for notice, letter in notices.items():
            if letter == "L5p":
                notice.line_ids.reset_move_id = move
        for notice, pdf in self._render(
            self.env["recovery.notice"].union(*notices)
        ).items():
            letter, text = notices[notice], self._text(pdf)
            for mention in MENTIONS[letter]:
                self.assertIn(mention, text, letter)

    def test_a_letter_of_one_invoice_holds_on_one_page(self):
        for letter in {"L5p", "L8", *dict(OCCASION_LETTERS)} - {"L10"}:
            self.assertNotIn(" – page ", self._text(self._pdf(self._make(letter))))

    def _pdf(self, notice):
        return self._render(notice)[notice]

    def test_one_or_several_invoices_agree(self):
        one = self._text(self._pdf(self._make("promise")))
        several = self._text(self._pdf(self._make("promise", count=2)))
        self.assertIn("relance pour cette facture", one)
        self.assertIn("relance pour ces factures", several)

    def test_a_file_is_about_the_debtor_and_goes_to_the_recipient(self):
        self.partner.write({"phone": "04 76 00 00 00", "vat": "FR40303265045"})
        pdf = self._pdf(self._make("L10"))
        text = self._text(pdf)
        self.assertIn("04 76 00 00 00", text)
        self.assertIn("FR40303265045", text)
        shown = [text for *box, text in self._words(pdf) if inside((*box, ""), WINDOW)]
        self.assertIn("Étude", shown)
        self.assertNotIn("Boulangerie", shown)

    def test_a_file_tells_what_was_sent_before(self):
        move = self.env["account.move"].create({"move_type": "out_invoice"})
        past = self._notice(
            "L4",
            posted_on="2026-10-02",
            presented_on="2026-10-05",
            registered_number="1A 234 567 8901 2",
            date="2026-10-01",
        )
        past._set_state("sent")
        notice = self._make("L10")
        (past + notice).line_ids.reset_move_id = move
        text = self._text(self._pdf(notice))
        self.assertIn("Mise en demeure", text)
        self.assertIn("1A 234 567 8901 2", text)
        self.assertIn("05/10/2026", text)

    def test_letters_that_do_not_suit_are_refused_with_what_to_do(self):
        wrong = {
            self._make("L18", "consumer"): "penalties",
            self._notice("L5p", "professional", claims="claims"): "public bodies",
            self._notice("L5p", "public", claims="nothing"): "level",
        }
        errors = self.renderer.render(self.env["recovery.notice"].union(*wrong))
        for notice, words in wrong.items():
            self.assertIn(words, errors[notice.id])
