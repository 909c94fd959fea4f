from odoo.tests import tagged

from .common_clause import ClauseCommon

PROFESSIONAL = (
    "majoré de 10 points, soit 12,40 % au 2e semestre 2026 (art. L441-10, II du code",
    "en cas de retard : 40 € (art. D441-5 du code de commerce)",
    "Pas d’escompte pour paiement anticipé.",
)
PUBLIC = (
    "des intérêts moratoires sont dus de plein droit",
    "majoré de 8 points, soit 10,40 % au 2e semestre 2026 (art. L2192-13 et R2192-31",
    "40 € (art. D2192-35 du code de la commande publique)",
)
CONSUMER = "la somme due porte intérêt au taux légal à compter de la mise en demeure"
PENALTY = "BCE|ECB|L441|D441|L2192|indemnité|40 €|scompte|retard est due"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPenaltyClausePrint(ClauseCommon):
    """What invoices, quotations and orders print, as a reader sees it."""

    def lines(self, move):
        return "\n".join(move._recovery_clause_lines()).replace("\u00a0", " ")

    def test_pdf_of_each_kind_of_debtor_and_in_english(self):
        kinds = {
            kind: self.invoice(self.debtor(kind, kind=kind, lang="fr_FR"))
            for kind in ("professional", "public", "consumer")
        }
        kinds["english"] = self.invoice(self.debtor("Smith", lang="en_US"))
        texts = self.printed(self.env["account.move"].union(*kinds.values()))
        texts = {kind: texts[move] for kind, move in kinds.items()}
        for expected in PROFESSIONAL:
            self.assertIn(expected, texts["professional"])
        for expected in PUBLIC:
            self.assertIn(expected, texts["public"])
        self.assertNotIn("L441-10", texts["public"])
        self.assertIn(CONSUMER, texts["consumer"])
        self.assertNotRegex(texts["consumer"], PENALTY)
        self.assertIn("ECB refinancing rate plus 10 percentage", texts["english"])
        self.assertIn("No discount for early payment.", texts["english"])
        self.assertNotIn("pénalités", texts["english"])

    def test_pdf_with_an_early_discount_and_terms_that_say_the_rest(self):
        term = self.term(early_discount=True, discount_percentage=2, discount_days=10)
        invoice = self.invoice(
            invoice_payment_term_id=term.id,
            narration="<p>Pénalités de retard : trois fois le taux légal.</p>",
        )
        [text] = self.printed(invoice).values()
        self.assertIn("2,00 % pour un paiement dans les 10 jours de la date", text)
        self.assertIn("retard : 40 € (art. D441-5", text)
        self.assertEqual(text.count("énalités"), 1)
        self.assertNotIn("L441-10", text)
        self.assertNotIn("Pas d’escompte", text)

    def test_terms_of_the_company_that_say_all_leave_nothing_to_print(self):
        self.env["ir.config_parameter"].set_param("account.use_invoice_terms", True)
        self.company.invoice_terms = (
            "Pénalités de retard : 12 %. Indemnité forfaitaire pour frais de "
            "recouvrement : 40 €. Pas d’escompte."
        )
        invoice = self.invoice()
        self.assertIn("Indemnité forfaitaire", invoice.narration)
        self.assertEqual(self.lines(invoice), "")
        self.assertTrue(invoice.recovery_clause_text)

    def test_note_of_the_payment_term_that_grants_the_discount_is_enough(self):
        term = self.term(note="<p>2 % d’escompte sous 10 jours</p>")
        lines = self.lines(self.invoice(invoice_payment_term_id=term.id))
        self.assertNotIn("scompte", lines)
        self.assertIn("L441-10", lines)

    def test_draft_prints_what_posting_would_keep(self):
        draft = self.draft()
        before = self.lines(draft)
        draft.action_post()
        self.assertEqual(before, self.lines(draft))
        self.assertIn("L441-10", before)
        self.assertFalse(self.lines(self.env["account.move"]))

    def test_company_may_print_its_own_and_switch_ours_off(self):
        self.company.recovery_print_clause = False
        invoice = self.invoice()
        self.assertEqual(self.lines(invoice), "")
        self.assertEqual(invoice.recovery_clause_rule, "statutory")

    def test_debtor_of_unknown_kind_reads_for_whom_it_is(self):
        unknown = self.debtor(kind=False, lang="fr_FR")
        self.assertFalse(unknown.recovery_debtor_kind)
        lines = self.lines(self.invoice(unknown))
        self.assertIn("Entre professionnels, en cas de retard", lines)

    def test_credit_notes_and_bills_print_nothing(self):
        self.assertEqual(self.lines(self.credit()), "")

    def test_preview_of_the_document_layout_renders(self):
        """From the settings with a sample, from an invoice with the real one."""
        wizard = self.env["base.document.layout"]
        context = {"active_model": "account.move", "active_id": self.invoice().id}
        layout = self.env["report.layout"].search([], limit=1)
        values = {"company_id": self.company.id, "report_layout_id": layout.id}
        self.assertTrue(wizard.create(values).preview)
        preview = wizard.with_context(**context).create(values).preview
        self.assertIn("L441-10", str(preview))

    def test_pdf_of_a_quotation_and_of_an_order(self):
        quotation, order = self.order(), self.order()
        order.action_confirm()
        texts = self.printed(quotation | order, "sale.action_report_saleorder")
        for text in texts.values():
            for expected in PROFESSIONAL:
                self.assertIn(expected, text)

    def test_note_of_the_order_is_not_repeated(self):
        order = self.order(note="<p>Indemnité forfaitaire : 40 €</p>")
        lines = self.lines(order)
        self.assertNotIn("D441-5", lines)
        self.assertIn("L441-10", lines)

    def test_portal_page_of_an_order_shows_the_mentions(self):
        order = self.order()
        page = self.env["ir.qweb"]._render(
            "sale.sale_order_portal_content",
            {
                "sale_order": order.sudo(),
                "report_type": "html",
                "env": self.env,
                "is_html_empty": lambda text: not text,
            },
        )
        self.assertIn("majoré de 10", str(page))
