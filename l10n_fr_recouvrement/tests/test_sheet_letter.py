from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common_letter import COMPANY, LONG, LetterCase
from .common_plan import PlanCommon
from .test_letter import ENGLISH, FEES, FORBIDDEN, PENALTY
from .test_letter_layout import EVER_SEEN, WINDOW, inside, touches


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSheetLetter(PlanCommon):
    """What no notice carries, in the matrix of debtors and invoices: the offer of a
    plan (L6), its agreement (L7), the statement of interest (L9), the statement of
    account.
    """

    PRINTS = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({name: COMPANY[name] for name in COMPANY if name != "name"})
        cls.dollar = cls.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        cls.cases = {
            "one": cls.debtor("Boulangerie Martin"),
            "forty": cls.debtor("Durand"),
            "currency": cls.debtor("Lefèvre"),
            "english": cls.debtor("Miller", lang="en_US"),
            "long": cls.debtor(
                LONG, street="Zone artisanale des Quatre-Routes", street2="Bâtiment C"
            ),
        }
        cls.plans = cls.env["recovery.plan"]
        for case, debtor in cls.cases.items():
            currency = cls.dollar if case == "currency" else cls.eur
            moves = cls.invoices(
                40 if case == "forty" else 1, debtor, 1234.5, currency_id=currency.id
            )
            cls.plans |= cls.plan(moves)

    def set_kind(self, kind):
        self.env["res.partner"].union(*self.cases.values()).recovery_debtor_kind = kind
        if kind == "public":
            self.plans.penalties = "run_on"
        self.env.invalidate_all()

    def money(self, amount, currency, english=False):
        text = f"{amount:,.2f}"
        if english:
            return f"{currency.symbol}{text}"
        return f"{text.replace(',', ' ').replace('.', ',')} {currency.symbol}"

    def plan_letters(self, letter):
        """(debtor, amount, currency, PDF) of each plan."""
        printer = self.env["recovery.plan.printer"]
        pdfs = printer._printed(printer._document(p, letter) for p in self.plans)
        for plan, pdf in zip(self.plans, pdfs, strict=True):
            yield plan.partner_id, plan.total, plan.currency_id, pdf

    def interest_letters(self):
        moves = self.plans.invoice_ids.move_id
        report = self.env["recovery.statement.report"].create(
            {"move_ids": [(6, 0, moves.ids)], "company_ids": [(6, 0, self.company.ids)]}
        )
        sheets = list(report._sheets())
        pdfs = self.env["recovery.statement.renderer"]._interest_pdfs(sheets)
        for sheet, pdf in zip(sheets, pdfs, strict=True):
            yield sheet.partner, sheet.total("total"), sheet.currency, pdf

    def account_letters(self):
        partners = self.plans.partner_id
        sheets = self.env["recovery.account.statement"]._sheets(partners, self.company)
        sheets = list(sheets)
        pdfs = self.env["recovery.statement.renderer"]._account_pdfs(sheets)
        for sheet, pdf in zip(sheets, pdfs, strict=True):
            yield sheet.partner, sheet.balance, sheet.currency, pdf

    def letters(self):
        """(letter, debtor, amount, currency, PDF), of whatever kind they are."""
        for letter in ("L6", "L7"):
            for row in self.plan_letters(letter):
                yield letter, *row
        for row in self.interest_letters():
            yield "L9", *row
        for row in self.account_letters():
            yield "account", *row

    def check(self, kind, letter, debtor, amount, currency, pdf):
        text = LetterCase._text(self, pdf)
        english = debtor.lang == "en_US" and letter in ("L9", "account")
        for mention in (
            "SAS au capital de 150 000 €",
            "404 833 048 RCS Lyon",
            self.money(amount, currency, english),
            *self.plans.invoice_ids.filtered(
                lambda share: share.plan_id.partner_id == debtor
            ).move_id.mapped("name"),
        ):
            self.assertIn(mention, text)
        for pattern in FORBIDDEN:
            self.assertNotRegex(text.lower(), pattern)
        if not english:
            self.assertNotRegex(text.lower(), ENGLISH)
        if kind == "consumer":
            for pattern in (*PENALTY, *FEES):
                self.assertNotRegex(text, pattern)
        if letter != "L7":  # an agreement is signed, not put in a window
            self.check_window(debtor, pdf)

    def check_window(self, debtor, pdf):
        words = LetterCase._words(self, pdf)
        seen = [word for word in words if touches(word, EVER_SEEN)]
        self.assertFalse([word for word in seen if not inside(word, WINDOW)])
        shown = {text for *_box, text in seen}
        self.assertLessEqual({debtor.name.split()[0], "PARIS"}, shown)

    def test_each_letter_in_each_case(self):
        for kind in ("professional", "consumer", "public"):
            self.set_kind(kind)
            seen = []
            for letter, debtor, *rest in self.letters():
                seen.append((letter, debtor))
                with self.subTest(kind=kind, letter=letter, debtor=debtor.name):
                    self.check(kind, letter, debtor, *rest)
            self.assertEqual(len(set(seen)), 4 * len(self.cases), kind)

    def test_each_page_of_a_long_table_repeats_its_head_and_has_its_number(self):
        plan = self.plans.filtered(lambda plan: len(plan.invoice_ids) == 40)
        printer = self.env["recovery.plan.printer"]
        for letter in ("L6", "L7"):
            pdf = printer._pdf(plan, letter)
            text = LetterCase._text(self, pdf)
            pages = text.count(" – page ")
            self.assertGreater(pages, 1)
            self.assertIn(f"page {pages}/{pages}", text)
            last = LetterCase._text(self, pdf, "-f", str(pages))
            self.assertIn("Facture Date Échéance Reste dû", last)

    def test_statements_take_the_words_of_a_user_and_give_them_back(self):
        debtor = self.cases["one"]
        for letter, amount in (
            ("L9", "{{ penalty_name }}"),
            ("account", "{{ overdue }}"),
        ):
            words = self.env["recovery.letter"].create(
                {"letter": letter, "opening": f"Cher {{{{ debtor }}}}, {amount}."}
            )
            words.preview_partner_id = debtor
            text = LetterCase._text(self, words._preview())
            self.assertIn("Cher Boulangerie Martin, ", text)
            words.lang = "en"
            self.assertIn(
                "Subject: Statement", LetterCase._text(self, words._preview())
            )
            words.write({"lang": "fr", "opening": False})
            self.assertNotIn("Cher", LetterCase._text(self, words._preview()))
        self.assertFalse(self.env["recovery.statement.report"].search([]))

    def test_no_statement_tells_a_consumer_of_penalties(self):
        with self.assertRaisesRegex(ValidationError, "consumer"):
            self.env["recovery.letter"].create(
                {"letter": "L9", "closing": "Dont 40 €."}
            )
