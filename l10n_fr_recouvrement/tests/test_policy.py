from odoo.fields import Command
from odoo.tests import tagged

from .common import RecoveryCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPolicy(RecoveryCommon):
    """Invoice, then partner, then conditions, then company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["res.partner.category"].create({"name": "Large account"})
        cls.other = cls.setup_other_company(name="Second company")["company"]

    def resolved(self, invoice):
        return self.situation(invoice).policy_id

    def test_invoice_comes_before_partner_conditions_and_company(self):
        by_invoice = self.policy(5, automatic=False)
        by_partner = self.policy(5, automatic=False)
        by_kind = self.policy(5)
        by_company = self.policy(5, automatic=False)
        self.company.recovery_policy_id = by_company
        self.customer.recovery_policy_id = by_partner
        invoice = self.invoice(recovery_policy_id=by_invoice.id)
        self.assertEqual(self.resolved(invoice), by_invoice)
        invoice.recovery_policy_id = False
        self.assertEqual(self.resolved(invoice), by_partner)
        self.customer.recovery_policy_id = False
        self.assertEqual(self.resolved(invoice), by_kind)
        by_kind.active = False
        self.assertEqual(self.resolved(invoice), by_company)
        self.company.recovery_policy_id = False
        self.assertFalse(self.resolved(invoice))

    def test_policy_of_a_contact_is_the_one_of_its_company(self):
        policy = self.policy(5, automatic=False)
        self.policy(5, sequence=2)
        contact = self.contact(self.customer, type="invoice")
        self.customer.recovery_policy_id = policy
        self.assertEqual(self.resolved(self.invoice(contact)), policy)

    def test_partner_has_one_policy_for_each_company(self):
        first, second = (self.policy(5, automatic=False) for _company in range(2))
        self.customer.recovery_policy_id = first
        self.customer.with_company(self.other).recovery_policy_id = second
        here = self.invoice()
        there = self.invoice_of(self.other)
        self.assertEqual(self.resolved(here), first)
        self.assertEqual(self.resolved(there), second)

    def test_partner_without_policy_follows_the_default_value_of_the_field(self):
        policy = self.policy(5, automatic=False)
        self.env["ir.default"].set("res.partner", "recovery_policy_id", policy.id)
        debtor = self.debtor()
        self.assertEqual(debtor.recovery_policy_id, policy)
        self.assertEqual(self.resolved(self.invoice(debtor)), policy)

    def test_default_value_of_a_company_comes_before_the_general_one(self):
        general, own = (self.policy(5, automatic=False) for _default in range(2))
        defaults = self.env["ir.default"]
        for policy, company in ((general, False), (own, self.company.id)):
            defaults.set(
                "res.partner", "recovery_policy_id", policy.id, company_id=company
            )
        debtor = self.debtor()
        for invoice, company in (
            (self.invoice(debtor), self.company),
            (self.invoice_of(self.other, debtor), self.other),
        ):
            expected = debtor.with_company(company).recovery_policy_id
            self.assertEqual(expected, own if company == self.company else general)
            self.assertEqual(self.resolved(invoice), expected)

    def test_emptied_policy_of_a_partner_does_not_fall_back_on_the_default(self):
        chosen, default = (self.policy(5, automatic=False) for _policy in range(2))
        debtor = self.debtor(recovery_policy_id=chosen.id)
        self.env["ir.default"].set("res.partner", "recovery_policy_id", default.id)
        debtor.recovery_policy_id = False
        invoice = self.invoice(debtor)
        self.assertEqual(self.resolved(invoice), debtor.recovery_policy_id)

    def test_kind_of_debtor_chooses_the_policy(self):
        kinds = ("professional", "consumer", "non_professional", "public")
        policies = {kind: self.policy(5, debtor_kind=kind) for kind in kinds}
        for kind in kinds:
            with self.subTest(kind):
                invoice = self.invoice(self.debtor(kind=kind))
                self.assertEqual(self.resolved(invoice), policies[kind])

    def test_unknown_kind_is_treated_as_non_professional(self):
        self.policy(5, debtor_kind="professional", sequence=0)
        policy = self.policy(5, debtor_kind="non_professional", sequence=9)
        debtor = self.debtor(kind=None)
        self.assertFalse(debtor.recovery_debtor_kind)
        self.assertEqual(self.resolved(self.invoice(debtor)), policy)

    def test_unknown_kind_with_a_tag_is_treated_as_non_professional(self):
        policy = self.policy(
            5, debtor_kind="non_professional", category_ids=[self.tag.id]
        )
        debtor = self.debtor(kind=None, category_id=[self.tag.id])
        self.assertEqual(self.resolved(self.invoice(debtor)), policy)

    def test_a_policy_without_kind_serves_every_kind(self):
        policy = self.policy(5)
        for kind in ("public", None):
            self.assertEqual(
                self.resolved(self.invoice(self.debtor(kind=kind))), policy
            )

    def test_tag_condition_holds_for_the_tagged_only(self):
        tagged_policy = self.policy(5, category_ids=[self.tag.id])
        general = self.policy(5, sequence=2)
        debtor = self.debtor(category_id=[self.tag.id])
        self.assertEqual(self.resolved(self.invoice(debtor)), tagged_policy)
        self.assertEqual(self.resolved(self.invoice()), general)

    def test_tag_and_kind_must_both_hold(self):
        self.policy(5, category_ids=[self.tag.id], debtor_kind="public")
        general = self.policy(5, sequence=2)
        debtor = self.debtor(category_id=[self.tag.id])
        self.assertEqual(self.resolved(self.invoice(debtor)), general)

    def test_one_of_several_tags_is_enough(self):
        second = self.tag.create({"name": "Export"})
        policy = self.policy(5, category_ids=[Command.set((self.tag | second).ids)])
        for tags in (second, self.tag | second):
            debtor = self.debtor(category_id=[Command.set(tags.ids)])
            self.assertEqual(self.resolved(self.invoice(debtor)), policy)

    def test_lowest_sequence_wins_with_or_without_tags(self):
        debtor = self.debtor(category_id=[self.tag.id])
        invoice = self.invoice(debtor)
        by_tag = self.policy(5, category_ids=[self.tag.id], sequence=5)
        by_kind = self.policy(5, debtor_kind="professional", sequence=4)
        self.assertEqual(self.resolved(invoice), by_kind)
        by_kind.sequence = 6
        self.assertEqual(self.resolved(invoice), by_tag)

    def test_inactive_and_chosen_only_policies_have_no_conditions(self):
        invoice = self.invoice()
        policy = self.policy(5)
        self.assertEqual(self.resolved(invoice), policy)
        policy.automatic = False
        self.assertFalse(self.resolved(invoice))
        policy.write({"automatic": True, "active": False})
        self.assertFalse(self.resolved(invoice))

    def test_policy_of_another_company_does_not_apply(self):
        self.policy(5, company_id=self.other.id, sequence=0)
        own = self.policy(5, company_id=self.company.id)
        general = self.policy(5, sequence=2)
        self.assertEqual(self.resolved(self.invoice()), own)
        own.active = False
        self.assertEqual(self.resolved(self.invoice()), general)

    def test_policy_of_a_company_serves_its_branches(self):
        branch = self.env["res.company"].create(
            {"name": "Agency", "parent_id": self.company.id}
        )
        self.env.user.company_ids += branch
        policy = self.policy(5, company_id=self.company.id)
        invoice = self.invoice_of(branch)
        self.assertEqual(self.resolved(invoice), policy)

    def test_another_policy_goes_on_by_position(self):
        """An item in its second step does not begin again when its policy changes."""
        first = self.policy(1, 2)
        second = self.policy(1, 2, 3, automatic=False)
        invoice = self.invoice()
        self.notice(invoice, first.level_ids[1], on=-3)
        invoice.recovery_policy_id = second
        row = self.situation(invoice)
        self.assertEqual(row.level_id, first.level_ids[1])
        self.assertEqual(row.next_level_id, second.level_ids[2])

    def test_copy_of_a_policy_has_its_own_levels(self):
        policy = self.policy(5, 15)
        copy = policy.copy()
        self.assertEqual(copy.name, "Policy (copy)")
        self.assertEqual(copy.level_ids.mapped("delay_days"), [5, 15])
        self.assertFalse(copy.level_ids & policy.level_ids)
