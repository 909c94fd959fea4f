from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common_plan import PlanCommon

GROUP = "l10n_fr_recouvrement.group_recovery_%s"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPlanSecurity(PlanCommon):
    """Who may do what with payment plans."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {
            "company_id": cls.company.id,
            "company_ids": [(6, 0, cls.company.ids)],
        }
        cls.collector = new_test_user(
            cls.env, "plan_collector", GROUP % "user", **values
        )
        cls.accountant = new_test_user(
            cls.env, "plan_accountant", "account.group_account_invoice", **values
        )
        cls.salesperson = new_test_user(
            cls.env, "plan_sales", "sales_team.group_sale_salesman", **values
        )

    def test_collector_offers_a_plan(self):
        plan = self.plan(self.invoice()).with_user(self.collector)
        plan.action_offer()
        plan._accept("Luc", "Manager", "Proxy")
        self.assertEqual(plan.state, "active")

    def test_collector_creates_but_does_not_waive(self):
        invoice = self.invoice()
        plans = self.env["recovery.plan"].with_user(self.collector)
        values = {"partner_id": self.customer.id}
        plan = plans.create(values)
        with self.assertRaisesRegex(UserError, "Only a recovery manager"):
            plans.create(values | {"penalties": "waived"})
        with self.assertRaisesRegex(UserError, "Only a recovery manager"):
            plan.penalties = "waived"
        waived = self.plan(invoice, penalties="waived").with_user(self.collector)
        with self.assertRaisesRegex(UserError, "Only a recovery manager"):
            waived.action_offer()

    def test_accountant_reads_only(self):
        plan = self.signed(self.invoice()).with_user(self.accountant)
        self.assertEqual(plan.line_ids.mapped("state"), ["due"])
        with self.assertRaises(AccessError):
            plan.action_cancel()

    def test_salesperson_has_no_access(self):
        plan = self.signed(self.invoice()).with_user(self.salesperson)
        with self.assertRaises(AccessError):
            plan.read(["state"])

    def test_other_company_sees_nothing(self):
        other = self.setup_other_company()["company"]
        stranger = new_test_user(
            self.env,
            "plan_stranger",
            GROUP % "manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        plan = self.signed(self.invoice())
        for record in (plan, plan.line_ids, plan.invoice_ids):
            with self.assertRaises(AccessError):
                record.with_user(stranger).read(["company_id"])
            self.assertFalse(
                record.with_user(stranger).search([("id", "in", record.ids)])
            )

    def test_invoice_of_another_company_is_refused(self):
        other = self.setup_other_company()["company"]
        invoice = self.invoice_of(other)
        with self.assertRaises(UserError):
            self.plan(invoice, company_id=self.company.id)
