from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import RecoveryCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSituationCompany(RecoveryCommon):
    """Several companies: nothing of one is seen, netted or counted in another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5)
        cls.other = cls.setup_other_company(name="Second company")["company"]
        cls.collector = new_test_user(
            cls.env,
            "collector",
            "l10n_fr_recouvrement.group_recovery_user",
            company_id=cls.company.id,
            company_ids=[cls.company.id],
        )

    def seen(self, model):
        """Records of a read model that the collector of the first company sees."""
        self.env.flush_all()
        rows = self.env[model].with_user(self.collector)
        rows.invalidate_model()
        return rows.search([("partner_id", "=", self.customer.id)])

    def test_items_of_another_company_are_invisible(self):
        here = self.invoice(amount=300)
        there = self.invoice_of(self.other, amount=500)
        rows = self.seen("recovery.situation")
        self.assertEqual(rows.move_id, here)
        self.assertEqual(self.seen("recovery.debtor").residual, 300)
        with self.assertRaises(AccessError):
            self.situation(there).with_user(self.collector).read(["residual"])

    def test_credit_of_another_company_does_not_net(self):
        here = self.invoice(amount=800)
        there = self.invoice_of(self.other, amount=800)
        self.payment(amount=800)
        self.assertEqual(self.status(here), "covered")
        self.assertEqual(self.status(there), "due")
        self.assertEqual(self.situation(there).covered, 0)

    def test_debt_of_another_company_does_not_reach_the_minimum(self):
        self.steps.minimum_amount = 1000
        here = self.invoice(amount=600)
        self.invoice_of(self.other, amount=600)
        self.assertEqual(self.status(here), "below_minimum")

    def test_notice_of_another_company_does_not_hold_the_interval(self):
        self.steps.interval_days = 7
        there = self.invoice_of(self.other)
        self.notice(there, self.steps.level_ids, on=-1)
        self.assertEqual(self.status(self.invoice()), "due")

    def test_worklist_has_one_row_for_each_company(self):
        self.invoice(amount=300)
        self.invoice_of(self.other, amount=500)
        rows = self.worklist().sorted("residual")
        self.assertEqual(rows.mapped("residual"), [300, 500])
        self.assertEqual(rows.company_id, self.company | self.other)

    def test_statuses_are_searched_in_the_companies_of_the_user(self):
        here = self.invoice()
        self.invoice_of(self.other)
        moves = self.env["account.move"].with_user(self.collector)
        found = moves.search(
            [("recovery_status", "=", "due"), ("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(found, here)

    def test_branch_has_its_own_items_and_rows(self):
        branch = self.env["res.company"].create(
            {"name": "Agency", "parent_id": self.company.id}
        )
        self.env.user.company_ids += branch
        head, agency = self.invoice(amount=300), self.invoice_of(branch, amount=500)
        self.assertEqual(self.situation(head).company_id, self.company)
        self.assertEqual(self.situation(agency).company_id, branch)
        self.credit(amount=300)
        self.assertEqual(self.status(head), "covered")
        self.assertEqual(self.status(agency), "due")

    def test_salesperson_sees_the_items_of_own_customers_only(self):
        salesperson = new_test_user(
            self.env,
            "salesperson",
            "sales_team.group_sale_salesman",
            company_id=self.company.id,
        )
        own = self.invoice(invoice_user_id=salesperson.id)
        self.invoice()
        self.env.flush_all()
        rows = self.env["recovery.situation"].with_user(salesperson)
        rows.invalidate_model()
        self.assertEqual(rows.search([]).mapped("id"), self.items(own).ids)

    def test_read_models_cannot_be_written(self):
        row = self.situation(self.invoice())
        for operation in ("write", "create", "unlink"):
            self.assertFalse(row.has_access(operation))
