from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..models.recovery_clause_mixin import SNAPSHOT
from .common import TODAY, day
from .common_clause import ClauseCommon

# 8 000 EUR due on 31/01/2026, on 22/11/2026: 150 days until 30/06, then 145.
# rule: (percents by half-year, interest by half-year)
FIGURES = {
    "statutory": (("12.15", "12.40"), ("399.45", "394.08")),
    "contractual": (("15", "15"), ("493.15", "476.71")),
    "floor": (("7.86", "8.25"), ("258.41", "262.19")),
    "legal": (("2.62", "2.75"), ("86.14", "87.40")),
    "none": ((), ()),
}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPenaltyClauseSnapshot(ClauseCommon):
    """What an invoice keeps of its clause when it is posted, and what follows."""

    def test_posting_keeps_the_clause_in_the_language_of_the_customer(self):
        english = self.debtor("Smith Ltd", lang="en_US")
        self.customer.recovery_clause_id = self.clause(penalty_percent=10)
        french, other = self.invoice(), self.invoice(english)
        self.assertEqual(french.recovery_clause_rule, "contractual")
        self.assertEqual(french.recovery_clause_percent, 15)
        self.assertEqual(french.recovery_clause_indemnity, 40)
        self.assertEqual(french.recovery_clause_penalty_percent, 10)
        self.assertEqual(french.recovery_clause_kind, "professional")
        self.assertIn("au taux annuel de 15,00\u00a0%", french.recovery_clause_text)
        self.assertEqual(other.recovery_clause_rule, "statutory")
        self.assertIn("ECB refinancing rate plus 10", other.recovery_clause_text)

    def test_own_words_are_kept_in_the_language_of_the_customer(self):
        clause = self.clause(text="Late payment costs 15%.")
        clause.with_context(lang="fr_FR").text = "Tout retard coûte 15 %."
        self.customer.recovery_clause_id = clause
        text = self.invoice().recovery_clause_text
        self.assertEqual(text, "Tout retard coûte 15 %.")
        self.customer.lang = "en_US"
        text = self.invoice().recovery_clause_text
        self.assertEqual(text, "Late payment costs 15%.")

    def test_later_changes_of_the_clause_do_not_touch_posted_invoices(self):
        self.customer.recovery_clause_id = clause = self.clause()
        invoice = self.invoice()
        clause.write({"percent": 20, "text": "Other words"})
        self.assertEqual(invoice.recovery_clause_percent, 15)
        self.assertIn("15,00", invoice.recovery_clause_text)

    def test_percentage_is_of_the_half_year_of_the_invoice(self):
        invoice = self.invoice(due=date(2026, 6, 20))
        text = invoice.recovery_clause_text
        self.assertIn("12,15\u00a0% au 1er semestre 2026", text)

    def test_missing_rate_does_not_hinder_posting(self):
        self.env["recovery.rate"].search([]).unlink()
        text = self.invoice().recovery_clause_text
        self.assertIn("majoré de 10\u00a0points (art.", text)

    def test_draft_and_copy_have_no_snapshot(self):
        draft, copied = self.draft(), self.invoice().copy()
        for move in draft | copied:
            self.assertFalse(move.recovery_clause_rule)
            self.assertFalse(move.recovery_clause_text)

    def test_second_posting_takes_it_again(self):
        invoice = self.invoice()
        self.customer.recovery_clause_id = self.clause()
        self.assertEqual(invoice.recovery_clause_rule, "statutory")
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(invoice.recovery_clause_rule, "contractual")
        self.assertEqual(invoice.recovery_clause_percent, 15)

    def test_invoice_of_a_future_date_takes_it_when_it_is_really_posted(self):
        future = self.draft(due=60, invoice_date=day(20))
        future._post(soft=True)
        self.assertEqual(future.state, "draft")
        self.assertFalse(future.recovery_clause_rule)

    def test_only_customer_invoices_have_one(self):
        receipt = self._post_moves(
            [self._move_values("out_receipt", None, 100, -10, {})]
        )
        self.assertEqual(receipt.recovery_clause_rule, "statutory")
        for move in self.credit() | self.entry():
            self.assertFalse(move.recovery_clause_rule)

    def test_company_abroad_is_left_alone(self):
        other = self.setup_other_company()["company"]
        belgium = self.env.ref("base.be")
        other.write({"country_id": belgium.id, "account_fiscal_country_id": belgium.id})
        invoice = self.invoice_of(other)
        self.assertFalse(invoice.recovery_clause_rule)
        self.assertEqual(invoice._recovery_clause_lines(), [])

    def test_debit_note_of_penalties_bears_none(self):
        invoice = self.invoice()
        note = self.invoice(debit_origin_id=invoice.id)
        self.assertEqual(note.recovery_clause_rule, "none")
        self.assertFalse(note.recovery_clause_text)
        self.assertEqual(note._recovery_clause_lines(), [])
        self.assertEqual(note.recovery_statement(TODAY)["total"], 1000)

    def test_nobody_changes_the_snapshot(self):
        invoice = self.invoice()
        manager = new_test_user(
            self.env, "chief", groups="account.group_account_manager"
        )
        for move in (invoice, invoice.with_user(manager), invoice.sudo()):
            for name in SNAPSHOT:
                with self.assertRaisesRegex(UserError, "evidence"):
                    move.write({name: False})
        with self.assertRaisesRegex(UserError, "reset the invoice to draft"):
            invoice.recovery_clause_id = self.clause()

    def test_nobody_invents_a_snapshot(self):
        with self.assertRaisesRegex(UserError, "evidence"):
            self.draft(recovery_clause_rule="none")

    def test_query_count_does_not_depend_on_the_number_of_invoices(self):
        counts = []
        for number in (10, 100):
            moves = self.invoices(number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            moves._recovery_snapshot_clauses()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLess(counts[0], 25)

    def test_invoicing_user_posts_with_the_clause(self):
        user = new_test_user(self.env, "clerk", groups="account.group_account_invoice")
        self.customer.recovery_clause_id = self.clause()
        draft = self.draft()
        draft.with_user(user).action_post()
        self.assertEqual(draft.recovery_clause_rule, "contractual")

    def test_statement_follows_the_rule(self):
        for rule, (percents, interests) in FIGURES.items():
            with self.subTest(rule):
                self.customer.recovery_clause_id = self.clause(rule)
                invoice = self.invoice(amount=8000, due=date(2026, 1, 31))
                statement = invoice.recovery_statement(TODAY)
                lines = statement["segments"]
                self.assertEqual(
                    [line.percent for line in lines], list(map(Decimal, percents))
                )
                self.assertEqual(
                    [line.interest for line in lines], list(map(Decimal, interests))
                )
                interest = sum(map(Decimal, interests))
                self.assertEqual(statement["interest_due"], interest)
                self.assertEqual(statement["indemnity"], 40)
                self.assertEqual(statement["total"], 8040 + interest)

    def test_statement_warns_of_a_rate_under_the_floor(self):
        self.customer.recovery_clause_id = self.clause(percent=5)
        [warning] = self.invoice(due=-90).recovery_statement(TODAY)["warnings"]
        self.assertIn("plancher de 3 fois", warning)

    def test_statement_has_the_indemnity_of_the_clause(self):
        for indemnity in (0, 50):
            self.customer.recovery_clause_id = self.clause(indemnity=indemnity)
            statement = self.invoice().recovery_statement(TODAY)
            self.assertEqual(statement["indemnity"], indemnity)

    def test_invoice_from_before_stands_under_the_statutory_rule(self):
        invoice = self.invoice(amount=8000, due=date(2026, 1, 31))
        self._forget(invoice)
        self.assertEqual(invoice.recovery_statement(TODAY)["total"], Decimal("8833.53"))
        self.assertEqual(invoice._recovery_clause_lines(), [])

    def _forget(self, invoice):
        self.env.cr.execute(
            "UPDATE account_move SET recovery_clause_rule = NULL,"
            " recovery_clause_kind = NULL, recovery_clause_indemnity = NULL,"
            " recovery_clause_text = NULL WHERE id = %s",
            [invoice.id],
        )
        invoice.invalidate_recordset()

    def test_kind_corrected_later_leaves_what_the_law_gives(self):
        """Taken for a consumer's when posted, it was a professional's: the 40 EUR are
        due by law, not by the clause (C. com. L441-10 II).
        """
        debtor = self.debtor(kind="consumer")
        invoice = self.invoice(debtor, amount=8000, due=date(2026, 1, 31))
        self.assertEqual(invoice.recovery_clause_indemnity, 0)
        self.assertEqual(invoice.recovery_statement(TODAY)["total"], 8000)
        debtor.recovery_debtor_kind = "professional"
        self.assertEqual(invoice.recovery_statement(TODAY)["total"], Decimal("8833.53"))

    def test_consumer_of_a_clause_for_all_kinds_owes_no_indemnity(self):
        debtor = self.debtor(kind="consumer")
        debtor.recovery_clause_id = self.clause(kind=False)
        invoice = self.invoice(debtor)
        self.assertEqual(invoice.recovery_clause_indemnity, 0)
        self.assertNotIn("40", invoice.recovery_clause_text)

    def test_notice_lines_say_their_rule(self):
        self.customer.recovery_clause_id = self.clause()
        policy = self.policy({"delay_days": 5, "claims": "claims", "letter": "L3"})
        invoice = self.invoice(amount=8000, due=date(2026, 1, 31))
        self.assertEqual(self.situation(invoice).policy_id, policy)
        self.env["recovery.run"].launch(company=self.company)
        line = self.env["recovery.notice.line"].search([("move_id", "=", invoice.id)])
        self.assertEqual((line.rule, line.percent), ("contractual", 15))
        self.assertEqual(line.interest, 969.86)
        self.assertEqual(line.indemnity, 40)

    def test_lines_are_grouped_by_text_whatever_the_order(self):
        english = self.debtor(lang="en_US")
        values = [
            self._move_values("out_invoice", debtor, 100, -10, {})
            for debtor in (self.customer, english, self.customer)
        ]
        moves = self.env["account.move"].create(values)
        moves.action_post()
        french = [
            "points, soit" in move.recovery_clause_text.replace("\u00a0", " ")
            for move in moves
        ]
        self.assertEqual(french, [True, False, True])

    def test_uninstalled_language_of_the_customer_is_no_obstacle(self):
        german = self.env["res.lang"]._activate_lang("de_DE")
        self.customer.lang = "de_DE"
        german.flush_recordset()
        text = self.invoice().recovery_clause_text
        self.assertIn("No discount for early payment.", text)

    def test_line_commands_leave_the_snapshot_alone(self):
        """Writing on a draft what a form sends does not meet the guard."""
        draft = self.draft()
        draft.write(
            {"invoice_line_ids": [Command.create({"name": "More", "price_unit": 5})]}
        )
        self.assertFalse(draft.recovery_clause_rule)
