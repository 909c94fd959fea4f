from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..law.claim import RULES
from .common_clause import ClauseCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPenaltyClause(ClauseCommon):
    """What a clause may say, and which one is for which document."""

    def test_rules_are_those_of_the_law(self):
        rules = self.clauses._fields["rule"].get_values(self.env)
        self.assertEqual(tuple(rules), RULES)

    def test_four_kinds_have_their_clause_from_the_start(self):
        facts = {
            kind: (clause.debtor_kind, clause.rule, clause.indemnity)
            for kind, clause in self.shipped.items()
        }
        for kind, indemnity in (
            ("professional", 40),
            ("public", 40),
            ("consumer", 0),
            ("non_professional", 0),
        ):
            self.assertEqual(facts[kind], (kind, "statutory", indemnity))

    def test_agreed_rate_is_asked_for(self):
        with self.assertRaisesRegex(ValidationError, "Enter the agreed rate"):
            self.clause(percent=0)

    def test_consumer_clause_carries_no_indemnity(self):
        for kind in ("consumer", "non_professional"):
            with self.assertRaisesRegex(ValidationError, "owes no fixed indemnity"):
                self.clause(kind=kind, indemnity=40)

    def test_consumer_text_names_neither_indemnity_nor_ecb_rate(self):
        for text in ("Indemnité forfaitaire de 40 €", "Taux BCE + 10 points"):
            with self.assertRaisesRegex(ValidationError, "owes neither"):
                self.clause(kind="consumer", text=text)

    @mute_logger("odoo.sql_db")
    def test_figures_are_not_negative(self):
        for name in ("indemnity", "penalty_percent", "percent"):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.clause("statutory", **{name: -1})

    def test_form_sets_the_indemnity_of_a_consumer_to_zero(self):
        with Form(self.clauses) as form:
            form.name = "Consumers"
            form.debtor_kind = "consumer"
            self.assertEqual(form.indemnity, 0)
            self.assertIn("au taux légal à compter", form.preview)

    def test_rate_under_the_floor_warns_and_is_kept(self):
        clause = self.clause(percent=5)
        self.assertIn("inférieur au plancher de 3 fois", clause.warning)
        self.assertIn("8,25", clause.warning)
        self.assertEqual(clause.percent, 5)
        self.assertFalse(self.clause(percent=8.25).warning)

    def test_unknown_legal_rate_leaves_the_floor_unverified(self):
        rates = self.env["recovery.rate"]
        rates.search([("date_from", ">=", "2026-07-01")]).unlink()
        clause = self.clause(percent=5)
        self.assertIn("non vérifié", clause.warning)
        self.assertIn("5,00\u00a0%", clause.preview)

    def test_waiver_towards_a_public_buyer_is_warned_about(self):
        clause = self.clause("none", "public", indemnity=40)
        self.assertIn("L2192-14", clause.warning)

    def test_preview_is_french_whatever_the_reader(self):
        preview = self.shipped["professional"].with_context(lang="en_US").preview
        self.assertIn("majoré de 10\u00a0points, soit 12,40\u00a0%", preview)

    def test_nearest_choice_wins(self):
        """Invoice, payment term, customer, company, then the kind of debtor."""
        own, term, partner, company = (
            self.clause(name=name) for name in ("own", "term", "partner", "company")
        )
        invoice = self.draft(
            invoice_payment_term_id=self.term(recovery_clause_id=term.id).id,
            recovery_clause_id=own.id,
        )
        self.customer.recovery_clause_id = partner
        self.company.recovery_clause_id = company
        self.assertEqual(self.resolved(invoice), own)
        invoice.recovery_clause_id = False
        self.assertEqual(self.resolved(invoice), term)
        invoice.invoice_payment_term_id = False
        self.assertEqual(self.resolved(invoice), partner)
        self.customer.recovery_clause_id = False
        self.assertEqual(self.resolved(invoice), company)
        self.company.recovery_clause_id = False
        self.assertEqual(self.resolved(invoice), self.shipped["professional"])

    def test_contacts_follow_their_company(self):
        self.customer.recovery_clause_id = clause = self.clause()
        contact = self.contact(self.customer)
        self.assertEqual(self.resolved(self.draft(contact)), clause)

    def test_each_kind_has_its_own_clause(self):
        for kind, clause in self.shipped.items():
            self.assertEqual(self.resolved(self.draft(self.debtor(kind=kind))), clause)

    def test_clause_of_another_kind_is_passed_over(self):
        """A consumer never reads the clause that the company has for professionals."""
        self.company.recovery_clause_id = self.clause()
        term = self.term(recovery_clause_id=self.clause().id)
        consumer = self.debtor(kind="consumer")
        invoice = self.draft(consumer, invoice_payment_term_id=term.id)
        self.assertEqual(self.resolved(invoice), self.shipped["consumer"])

    def test_archived_clause_is_passed_over(self):
        self.customer.recovery_clause_id = clause = self.clause()
        clause.active = False
        expected = self.shipped["professional"]
        self.assertEqual(self.resolved(self.draft()), expected)

    def test_new_clause_does_not_take_over_a_kind_unless_moved_first(self):
        clause = self.clause()
        invoice = self.draft()
        self.assertEqual(self.resolved(invoice), self.shipped["professional"])
        clause.sequence = 1
        self.assertEqual(self.resolved(invoice), clause)

    def test_companies_keep_to_their_own_clauses(self):
        other = self.setup_other_company()["company"]
        mine, theirs = self.clause(), self.clause(company_id=other.id, sequence=1)
        self.customer.recovery_clause_id = mine
        their = self.invoice_of(other, state="draft")
        ours = self.draft()
        self.assertEqual(self.found(their | ours), {their: theirs, ours: mine})
        with self.assertRaises(UserError):
            ours.recovery_clause_id = theirs

    def test_orders_have_the_same_resolution(self):
        order = self.order()
        self.assertEqual(self.resolved(order), self.shipped["professional"])
        self.customer.recovery_clause_id = partner = self.clause()
        self.assertEqual(self.resolved(order), partner)
        term = self.clause()
        order.payment_term_id = self.term(recovery_clause_id=term.id)
        self.assertEqual(self.resolved(order), term)

    def test_resolution_reads_once_for_many_documents(self):
        self._queries(1)  # fills the caches of the registry
        self.assertEqual(self._queries(10), self._queries(100))

    def _queries(self, count):
        debtors = [self.debtor(f"Debtor {index}") for index in range(count)]
        moves = self.draft()
        for debtor in debtors[1:]:
            moves |= moves[0].copy({"partner_id": debtor.id})
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.clauses._recovery_snapshots(moves)
        return self.env.cr.sql_log_count - before

    def test_rights(self):
        """Everybody who works may read what is printed, managers decide."""
        for groups, writes in (
            ("base.group_user", False),
            ("l10n_fr_recouvrement.group_recovery_user", False),
            ("sales_team.group_sale_salesman", False),
            ("l10n_fr_recouvrement.group_recovery_manager", True),
        ):
            with self.subTest(groups):
                user = new_test_user(self.env, groups, groups=groups)
                clause = self.shipped["professional"].with_user(user)
                self.assertTrue(clause.name)
                if writes:
                    clause.sequence = 11
                else:
                    with self.assertRaises(AccessError):
                        clause.sequence = 11

    def test_clause_of_another_company_is_not_read(self):
        other = self.setup_other_company()["company"]
        clause = self.clause(company_id=other.id)
        user = new_test_user(
            self.env,
            "elsewhere",
            groups="l10n_fr_recouvrement.group_recovery_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        with self.assertRaises(AccessError):
            clause.with_user(user).read(["name"])
