from odoo.fields import Command
from odoo.tests import tagged

from .common_security import SecurityCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCompanies(SecurityCommon):
    """Nothing of one company is seen by the people of another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        policy = cls.policy(5, company_id=cls.company.id)
        cls.move = cls.invoice()
        cls.env["recovery.run"].launch(company=cls.company)
        cls.dispute(cls.invoice(cls.debtor("Disputing")))
        cls.promise(
            cls.debtor("Promising"),
            line_ids=[Command.create({"date": "2027-01-31", "amount": 1000})],
        )
        cls.pause(cls.debtor("Paused"))
        cls.reach(cls.move, policy.level_ids)
        cls.env["recovery.letter"].create(
            {"letter": "L1", "company_id": cls.company.id, "closing": "Merci."}
        )
        action = cls.invoice(cls.debtor("Charged")).action_recovery_claim()
        wizard = cls.env["recovery.claim"].browse(action["res_id"])
        wizard.write({"action": "waive", "reason": "Commercial gesture"})
        wizard.action_apply()
        cls.env["recovery.penalty.clause"].create(
            {"name": "Ours", "company_id": cls.company.id}
        )
        cls.env["recovery.collector.rule"].create(
            {
                "company_id": cls.company.id,
                "salesperson_id": cls.seller.id,
                "user_id": cls.clerk.id,
            }
        )
        cls.env["recovery.substitute"].create(
            {
                "company_id": cls.company.id,
                "user_id": cls.clerk.id,
                "substitute_id": cls.boss.id,
                "date_from": "2027-01-01",
                "date_to": "2027-01-31",
            }
        )
        cls.env["recovery.reply"].sudo().create(
            {"company_id": cls.company.id, "partner_id": cls.customer.id}
        )
        cls.env["recovery.bank.confirmation"]._confirm(cls.company)
        cls.move.invoice_user_id = cls.seller
        policy.level_ids[:1].ask_days = 1
        cls.reach(cls.move, None, on=1)
        cls.env["recovery.run"].launch(cls.move.date.replace(year=2027), cls.company)
        cls.other = cls.setup_other_company(name="Second company")["company"]
        values = {"company_id": cls.other.id, "company_ids": cls.other.ids}
        cls.stranger = cls.manager("stranger", **values)
        cls.strange_seller = cls.member(
            "strange_seller", "sales_team.group_sale_salesman", **values
        )

    def test_each_model_shows_only_the_companies_of_the_user(self):
        shared = {"recovery.rate", "recovery.legal.parameter"}  # the law
        shared |= {"recovery.dispute.reason", "recovery.shortfall.reason"}  # words
        shared.add("recovery.portal.attempt")  # which nobody reads
        plans = {name for name in self.models() if name.startswith("recovery.plan")}
        # Those of plans are tested with the plans.
        for model in set(self.models()) - shared - plans:
            if self.env[model]._transient:
                continue
            ours = (
                self.env[model]
                .with_user(self.boss)
                .search(
                    [("company_id", "=", self.company.id)]
                    if "company_id" in self.env[model]._fields
                    else []
                )
            )
            with self.subTest(model):
                self.assertTrue(ours, model)
                theirs = self.env[model].with_user(self.stranger).search([])
                self.assertFalse(theirs & ours.with_env(theirs.env))
                self.assertFalse(ours.with_user(self.stranger)._filtered_access("read"))

    def test_customer_shared_by_two_companies_has_the_balance_of_each(self):
        values = self.customer.with_user(self.stranger).with_company(self.other)
        self.assertEqual(values.recovery_overdue, 0)

    def test_salesperson_of_another_company_sees_nothing(self):
        self.move.invoice_user_id = self.strange_seller
        rows = self.env["recovery.situation"].with_user(self.strange_seller).search([])
        self.assertFalse(rows)
