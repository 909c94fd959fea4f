from odoo.tests import tagged

from .common import RecoveryCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSituationContact(RecoveryCommon):
    """Whose debt it is, and who is written to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5)

    def written_to(self, invoice):
        return self.situation(invoice).contact_id

    def test_contact_for_recovery_then_invoice_address_then_debtor(self):
        invoice = self.invoice()
        self.assertEqual(self.written_to(invoice), self.customer)
        self.contact(self.customer, type="delivery")
        self.contact(self.customer, "Director")
        self.assertEqual(self.written_to(invoice), self.customer)
        billing = self.contact(self.customer, "Billing", type="invoice")
        self.assertEqual(self.written_to(invoice), billing)
        marked = self.contact(self.customer, "Recovery", recovery_contact=True)
        self.assertEqual(self.written_to(invoice), marked)

    def test_archived_contact_is_not_written_to(self):
        invoice = self.invoice()
        marked = self.contact(self.customer, recovery_contact=True)
        marked.active = False
        self.assertEqual(self.written_to(invoice), self.customer)

    def test_debtor_without_address_type_leaves_the_invoice_address_first(self):
        debtor = self.debtor(type=False)
        billing = self.contact(debtor, "Billing", type="invoice")
        self.assertEqual(self.written_to(self.invoice(debtor)), billing)

    def test_contact_marked_in_a_contact_of_the_debtor_counts(self):
        office = self.contact(self.customer, "Office", type="other")
        marked = self.contact(office, "Clerk", recovery_contact=True)
        self.assertEqual(self.written_to(self.invoice()), marked)

    def test_subsidiary_is_a_debtor_of_its_own(self):
        subsidiary = self.debtor("Subsidiary", parent_id=self.customer.id)
        self.contact(self.customer, recovery_contact=True)
        row = self.situation(self.invoice(subsidiary))
        self.assertEqual(row.partner_id, subsidiary)
        self.assertEqual(row.contact_id, subsidiary)

    def test_items_of_contacts_belong_to_their_company(self):
        contact = self.contact(self.customer, type="delivery")
        rows = self.situation(self.invoice(contact) | self.invoice())
        self.assertEqual(rows.partner_id, self.customer)
        [debtor] = self.worklist()
        self.assertEqual((debtor.item_count, debtor.residual), (2, 2000))

    def test_address_is_needed_by_the_channel(self):
        email, city = {"email": False}, {"city": False}
        for channels, missing, status in (
            ({"by_email": True}, {}, "due"),
            ({"by_email": True}, email, "due"),
            ({"by_email": True}, city, "due"),
            ({"by_email": True}, email | city, "no_address"),
            ({"by_letter": True}, email, "due"),
            ({"by_letter": True}, city, "no_address"),
            ({"by_registered": True}, city, "no_address"),
            ({"by_email": True, "by_letter": True}, city, "no_address"),
            ({"by_call": True}, email | city, "due"),
        ):
            with self.subTest(channels=channels, missing=missing):
                policy = self.policy({"delay_days": 5, **channels}, automatic=False)
                debtor = self.debtor(**missing, recovery_policy_id=policy.id)
                self.assertEqual(self.status(self.invoice(debtor)), status)

    def test_what_the_contact_lacks_is_taken_from_the_debtor(self):
        self.contact(self.customer, recovery_contact=True, email=False)
        self.assertEqual(self.status(self.invoice()), "due")

    def test_address_of_the_contact_is_enough(self):
        debtor = self.debtor(email=False, city=False)
        self.contact(debtor, recovery_contact=True, email="it@example.com")
        self.assertEqual(self.status(self.invoice(debtor)), "due")

    def test_collector_of_the_customer_comes_before_that_of_the_company(self):
        invoice = self.invoice()
        self.assertFalse(self.situation(invoice).collector_id)
        self.company.recovery_user_id = self.env.ref("base.user_admin")
        admin = self.env.ref("base.user_admin")
        self.assertEqual(self.situation(invoice).collector_id, admin)
        self.customer.recovery_user_id = self.env.user
        self.assertEqual(self.situation(invoice).collector_id, self.env.user)
