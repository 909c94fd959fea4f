from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_sending import RUN_CRON, SendingCommon

WARNED = {"recovery_warn_reset": True}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestMergedCustomers(SendingCommon):
    """What hangs on a customer follows when customers are merged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        [cls.first, cls.second] = cls.policy(5, 15).level_ids
        cls.double = cls.debtor("Garage Martin SARL")

    def merge(self, into=None):
        into = into or self.customer
        both = self.customer + self.double
        with mute_logger("odoo.addons.base.wizard.base_partner_merge"):
            self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
                both.ids, into, extra_checks=False
            )
        self.env.invalidate_all()

    def test_sent_notice_follows_and_is_evidence_still(self):
        notice = self.notice(self.invoice(self.double), self.first)
        sent = notice.read(["name", "date", "principal", "document_sha256"])
        self.merge()
        self.assertEqual(notice.partner_id, self.customer)
        self.assertEqual(notice.contact_id, self.customer)
        self.assertEqual(
            notice.read(["name", "date", "principal", "document_sha256"]), sent
        )
        with self.assertRaises(UserError):
            notice.write({"partner_id": self.double.id})

    def test_level_reached_follows(self):
        invoice = self.invoice(self.double)
        self.notice(invoice, self.first)
        self.merge()
        row = self.situation(invoice)
        self.assertEqual((row.partner_id, row.level_id), (self.customer, self.first))

    def test_suspensions_follow(self):
        invoice, other = self.invoice(self.double), self.invoice(self.double)
        dispute = self.dispute(other)
        self.pause(self.double, until=5)
        promise = self.promise(self.double, on=3)
        self.merge()
        self.assertEqual(self.status(invoice), "promise")
        self.assertEqual(self.status(other), "disputed")
        self.assertEqual(promise.partner_id, self.customer)
        self.assertEqual(dispute.partner_id, self.customer)

    def test_open_items_of_both_are_one_debtor(self):
        self.invoice(amount=300)
        self.invoice(self.double, amount=500)
        self.merge()
        self.assertEqual(self.worklist().residual_company, 800)
        [notice] = self.decide()
        self.assertEqual(notice.principal, 800)

    def test_confirmed_kind_wins_over_a_proposed_one(self):
        self.customer.recovery_debtor_kind_confirmed = False
        self.double.recovery_debtor_kind = "non_professional"
        self.merge()
        self.assertEqual(self.customer.recovery_debtor_kind, "non_professional")
        self.assertTrue(self.customer.recovery_debtor_kind_confirmed)

    def test_kind_of_the_kept_customer_wins_where_both_are_confirmed(self):
        self.double.recovery_debtor_kind = "non_professional"
        self.merge()
        self.assertEqual(self.customer.recovery_debtor_kind, "professional")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestEdges(SendingCommon):
    """Items and companies out of the ordinary."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        [cls.level_one] = cls.policy(5).level_ids

    def other_company(self, country="base.fr", **values):
        company = self.setup_other_company(name="Other", **values)["company"]
        company.write(
            {"country_id": self.env.ref(country).id, "recovery_working_days": False}
        )
        company.account_fiscal_country_id = self.env.ref(country)
        self.env.user.company_ids += company
        return company

    def test_item_without_customer_is_a_task(self):
        move = self.entry(self.env["res.partner"])
        move.action_recovery_include()
        self.env.flush_all()
        row = self.env["recovery.situation"].search([("move_id", "=", move.id)])
        self.assertEqual(row.status, "no_address")
        self.assertIn("This item has no customer", row.reason)
        lines = self.env["recovery.health"]._lines(self.company)
        self.assertIn(
            ("Items without customer", "1: enter it on their entries", False), lines
        )
        self.assertFalse(self.decide())

    def test_nothing_is_told_where_every_item_has_its_customer(self):
        self.invoice()
        titles = [line[0] for line in self.env["recovery.health"]._lines(self.company)]
        self.assertNotIn("Items without customer", titles)

    def test_reminded_invoice_warns_before_its_reset(self):
        invoice = self.invoice()
        notice = self.notice(invoice, self.level_one)
        warning = invoice.with_context(**WARNED).button_draft()
        self.assertEqual(invoice.state, "posted")
        wizard = self.env[warning["res_model"]].browse(warning["res_id"])
        self.assertEqual(wizard.notice_ids, notice)
        wizard.action_reset()
        self.assertEqual(invoice.state, "draft")
        invoice.action_post()
        self.assertEqual(self.situation(invoice).level_id, self.level_one)

    def test_reset_by_program_or_without_notice_warns_not(self):
        for invoice, context in ((self.invoice(), WARNED), (self.invoice(), {})):
            if not context:
                self.notice(invoice, self.level_one)
            invoice.with_context(**context).button_draft()
            self.assertEqual(invoice.state, "draft")

    def test_cancelled_notice_warns_not(self):
        invoice = self.invoice()
        self.notice(invoice, self.level_one, state="cancelled")
        invoice.with_context(**WARNED).button_draft()
        self.assertEqual(invoice.state, "draft")

    def test_foreign_company_is_left_alone(self):
        company = self.other_company("base.be")
        company.recovery_live = True
        invoice = self.invoice_of(company)
        self.assertFalse(invoice.recovery_clause_rule)
        self.assertFalse(invoice._recovery_clause_lines())
        self.cron(RUN_CRON)
        self.assertFalse(self.last_run(company_id=company.id))
        with self.assertRaisesRegex(UserError, "fiscal country is France"):
            self.launch(company=company)

    def test_run_of_all_companies_passes_over_foreign_ones(self):
        company = self.other_company("base.be")
        runs = self.env["recovery.run"].with_context(
            allowed_company_ids=(self.company + company).ids
        )
        self.assertEqual(runs.launch().company_id, self.company)

    def test_branch_decides_for_itself(self):
        branch = self.env["res.company"].create(
            {"name": "Agency", "parent_id": self.company.id}
        )
        self.env.user.company_ids += branch
        invoice = self.invoice_of(branch)
        self.invoice()
        [notice] = self.launch(company=branch).notice_ids
        self.assertEqual(
            (notice.company_id, notice.line_ids.move_id), (branch, invoice)
        )

    def test_companies_of_two_currencies_keep_theirs(self):
        company = self.other_company()
        company.currency_id = self.env.ref("base.USD")
        invoice = self.invoice_of(company, currency_id=company.currency_id.id)
        self.invoice(amount=700)
        rows = self.worklist().grouped("company_id")
        self.assertEqual(rows[self.company].company_currency_id, self.eur)
        self.assertEqual(rows[self.company].residual_company, 700)
        self.assertEqual(rows[company].company_currency_id, company.currency_id)
        self.assertEqual(rows[company].residual_company, 1000)
        [notice] = self.launch(company=company).notice_ids
        self.assertEqual(notice.line_ids.move_id, invoice)
        self.assertEqual(notice.currency_id, company.currency_id)

    def test_notice_to_a_shared_customer_holds_no_other_company(self):
        company = self.other_company()
        self.invoice()
        self.invoice_of(company)
        self.send(self.decide())
        [notice] = self.launch(company=company).notice_ids
        self.assertEqual(notice.company_id, company)
