from odoo.tests import Form, new_test_user, tagged

from .common import RecoveryCommon

# What is known of a customer, and the kind of debtor that it suggests.
PROPOSALS = [
    ("natural person", {"is_company": False}, "consumer"),
    (
        "sole trader",
        {"is_company": False, "company_registry": "334175221"},
        "professional",
    ),
    ("company with SIREN", {"company_registry": "334 175 221"}, "professional"),
    ("company with SIRET", {"company_registry": "33417522101010"}, "professional"),
    ("company with VAT", {"vat": "FR23334175221"}, "professional"),
    ("state body", {"company_registry": "110000072"}, "public"),
    ("town hall", {"company_registry": "217500016"}, "public"),
    ("town hall by SIRET", {"company_registry": "21750001600019"}, "public"),
    ("town hall by VAT", {"vat": "FR72217500016"}, "public"),
    ("association", {}, False),
    ("person not subject to VAT", {"is_company": False, "vat": "/"}, "consumer"),
    ("association not subject to VAT", {"vat": "/"}, False),
    ("German company", {"country": "base.de", "vat": "DE123456788"}, "professional"),
    (
        "German register number",
        {"country": "base.de", "company_registry": "HRB 123456"},
        "professional",
    ),
]


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPartner(RecoveryCommon):
    """Kinds of debtors, contact for recovery and exposure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy(5)

    def proposed(self, country="base.fr", **values):
        country_id = self.env.ref(country).id
        values = {"is_company": True, "country_id": country_id, **values}
        return self.debtor(kind=None, **values)

    def test_kind_is_proposed_from_the_identification_numbers(self):
        for name, values, kind in PROPOSALS:
            with self.subTest(name):
                partner = self.proposed(name=name, **values)
                self.assertEqual(partner.recovery_debtor_kind, kind)
                self.assertFalse(partner.recovery_debtor_kind_confirmed)

    def test_proposal_follows_the_numbers_until_it_is_confirmed(self):
        partner = self.proposed(is_company=False)
        partner.company_registry = "334175221"
        self.assertEqual(partner.recovery_debtor_kind, "professional")
        partner.action_recovery_confirm_kind()
        partner.write({"company_registry": False, "vat": False})
        self.assertEqual(partner.recovery_debtor_kind, "professional")

    def test_choosing_a_kind_confirms_it(self):
        partner = self.proposed()
        partner.recovery_debtor_kind = "non_professional"
        self.assertTrue(partner.recovery_debtor_kind_confirmed)
        partner.vat = "FR23334175221"
        self.assertEqual(partner.recovery_debtor_kind, "non_professional")

    def test_bulk_confirmation_leaves_unknown_kinds_to_be_chosen(self):
        known = self.proposed(vat="FR23334175221") | self.proposed(is_company=False)
        unknown = self.proposed()
        (known | unknown).action_recovery_confirm_kind()
        self.assertEqual(known.mapped("recovery_debtor_kind_confirmed"), [True, True])
        self.assertFalse(unknown.recovery_debtor_kind_confirmed)

    def test_confirming_a_contact_confirms_its_company(self):
        company = self.proposed(vat="FR23334175221")
        self.contact(company).action_recovery_confirm_kind()
        self.assertTrue(company.recovery_debtor_kind_confirmed)

    def test_contacts_have_the_kind_of_their_company(self):
        company = self.debtor(kind="public")
        contact = self.contact(company)
        self.assertEqual(contact.recovery_debtor_kind, "public")
        self.assertTrue(contact.recovery_debtor_kind_confirmed)
        company.recovery_debtor_kind = "professional"
        self.assertEqual(contact.recovery_debtor_kind, "professional")

    def test_policy_and_collector_are_those_of_the_company(self):
        policy = self.policy(5, automatic=False)
        self.customer.write(
            {"recovery_policy_id": policy.id, "recovery_user_id": self.env.uid}
        )
        contact = self.contact(self.customer)
        self.assertEqual(contact.recovery_policy_id, policy)
        self.assertEqual(contact.recovery_user_id, self.env.user)

    def test_a_contact_of_an_unconfirmed_company_is_not_confirmed(self):
        company = self.proposed(vat="FR23334175221")
        contact = self.contact(company)
        self.assertEqual(contact.recovery_debtor_kind, "professional")
        self.assertFalse(contact.recovery_debtor_kind_confirmed)
        self.assertFalse(company.recovery_debtor_kind_confirmed)

    def test_copy_of_a_customer_is_to_be_confirmed(self):
        for confirmed in (False, True):
            partner = self.proposed(vat="FR23334175221")
            partner.recovery_debtor_kind_confirmed = confirmed
            self.assertFalse(partner.copy().recovery_debtor_kind_confirmed)

    def test_kind_on_the_form_confirms_it(self):
        partner = self.proposed()
        with Form(partner) as form:
            form.recovery_debtor_kind = "consumer"
        self.assertTrue(partner.recovery_debtor_kind_confirmed)

    def test_opening_the_form_confirms_nothing(self):
        partner = self.proposed(vat="FR23334175221")
        with Form(partner) as form:
            form.name = "Another name"
        self.assertFalse(partner.recovery_debtor_kind_confirmed)

    def test_exposure_is_that_of_the_whole_customer(self):
        contact = self.contact(self.customer)
        self.invoice(contact, 300)
        self.invoice(amount=500, due=-40)
        self.invoice(amount=200, due=20)
        for partner in (self.customer, contact):
            self.assertEqual(partner.recovery_residual, 1000)
            self.assertEqual(partner.recovery_overdue, 800)
            self.assertEqual(partner.recovery_days_late, 40)

    def test_exposure_follows_payments_and_dates_in_one_transaction(self):
        invoice = self.invoice(due=5)
        later = self.customer.with_context(recovery_date="2026-12-07")
        self.assertEqual(
            (self.customer.recovery_overdue, later.recovery_overdue), (0, 1000)
        )
        self.pay(invoice, 400)
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.recovery_residual, 600)

    def test_old_credits_are_not_late(self):
        self.credit(due=-100)
        self.assertEqual(self.customer.recovery_days_late, 0)
        self.invoice(due=-10)
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.recovery_days_late, 10)

    def test_exposure_of_another_company_is_not_counted(self):
        other = self.setup_other_company(name="Second company")["company"]
        self.invoice(amount=300)
        self.invoice_of(other, amount=500)
        self.assertEqual(self.customer.recovery_residual, 300)
        there = self.customer.with_company(other)
        self.assertEqual(there.recovery_residual, 500)

    def test_exposure_of_a_customer_without_items_is_zero(self):
        self.assertEqual(self.debtor().recovery_residual, 0)

    def test_employees_without_accounting_can_read_a_customer(self):
        """Our fields must not break those who may not read the situation."""
        employee = new_test_user(
            self.env, "employee", "base.group_user", company_id=self.company.id
        )
        self.invoice()
        customer = self.customer.with_user(employee)
        readable = customer.fields_get(attributes=["type"])
        ours = [name for name in readable if name.startswith("recovery_")]
        [values] = customer.read([*ours, "name"])
        self.assertEqual(values["name"], "Garage Martin")

    def test_as_many_queries_for_many_partners_as_for_few(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Debtor {rank}", "is_company": True} for rank in range(100)]
        )
        self.invoice(partners[0])

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.mapped("recovery_overdue")
            records.mapped("recovery_notice_count")
            return self.cr.sql_log_count - before

        queries(partners[:1])
        self.assertEqual(queries(partners[:10]), queries(partners))
