from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import RecoveryCommon

# What is known of a customer, the kind that it suggests, and the reason shown.
REASONS = [
    ({"company_registry": "334175221"}, "professional", "SIREN 334175221"),
    ({"company_registry": "33417522101010"}, "professional", "SIREN 334175221"),
    ({"company_registry": "217500016"}, "public", "SIREN 217500016 begins with 2"),
    ({"company_registry": "110000072"}, "public", "begins with 1"),
    ({"company_registry": "334175222"}, False, "not a valid SIREN"),
    ({"company_registry": "217500017"}, False, "not a valid SIREN"),
    ({"company_registry": "12345"}, False, "not a valid SIREN"),
    (
        {"company_registry": "334175222", "is_company": False},
        False,
        "not a valid SIREN",
    ),
    ({"vat": "BE0477472701", "country": "base.be"}, "professional", "VAT number BE"),
    ({"company_registry": "HRB 1", "country": "base.de"}, "professional", "abroad"),
    ({}, False, "No SIREN, no VAT number"),
    ({"is_company": False}, "consumer", "Natural person"),
]


@tagged("post_install_l10n", "post_install", "-at_install")
class TestKind(RecoveryCommon):
    """The kind of debtor is proposed with its reason and confirmed by a user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shows = cls.policy({"delay_days": 5, "claims": "shows"})
        cls.collector = new_test_user(
            cls.env,
            "collector",
            "l10n_fr_recouvrement.group_recovery_user",
            company_id=cls.company.id,
        )

    def proposed(self, country="base.fr", **values):
        country_id = self.env.ref(country).id
        values = {"is_company": True, "country_id": country_id, **values}
        return self.debtor(kind=None, **values)

    def listed(self, **context):
        """Customers that the screen shows when it opens."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "l10n_fr_recouvrement.res_partner_recovery_kind_action"
        )
        view = self.env.ref("l10n_fr_recouvrement.res_partner_view_search")
        [condition] = view._get_combined_arch().xpath(
            "//filter[@name='recovery_kind_to_confirm']/@domain"
        )
        domain = safe_eval(action["domain"]) + safe_eval(condition)
        return self.env["res.partner"].search(domain)

    def test_the_reason_of_the_proposal_is_shown(self):
        for values, kind, reason in REASONS:
            with self.subTest(values=values):
                partner = self.proposed(**values)
                self.assertEqual(partner.recovery_debtor_kind, kind)
                self.assertIn(reason, partner.recovery_kind_reason)

    def test_the_screen_lists_unconfirmed_customers_with_invoices_or_open_items(self):
        invoiced, opening = self.proposed(), self.proposed()
        stranger = self.proposed()
        self.invoice(invoiced)
        self.entry(opening)
        self.invoice()
        listed = self.listed()
        self.assertLessEqual(invoiced | opening, listed)
        self.assertFalse(listed & (stranger | self.customer))

    def test_a_confirmed_customer_leaves_the_screen(self):
        partner = self.proposed(vat="FR23334175221")
        self.invoice(partner)
        self.assertIn(partner, self.listed())
        partner.with_user(self.collector).action_recovery_confirm_kind()
        self.assertNotIn(partner, self.listed())

    def test_a_collector_chooses_a_kind_in_the_list(self):
        partner = self.proposed()
        view = "l10n_fr_recouvrement.res_partner_recovery_kind_view_list"
        with Form(partner.with_user(self.collector), view=view) as line:
            line.recovery_debtor_kind = "non_professional"
        self.assertTrue(partner.recovery_debtor_kind_confirmed)

    def test_a_reader_confirms_nothing(self):
        reader = new_test_user(
            self.env,
            "reader",
            "account.group_account_readonly",
            company_id=self.company.id,
        )
        partner = self.proposed(vat="FR23334175221")
        with self.assertRaises(AccessError):
            partner.with_user(reader).action_recovery_confirm_kind()

    def test_a_letter_that_shows_interest_waits_and_says_so(self):
        partner = self.proposed(vat="FR23334175221")
        invoice = self.invoice(partner)
        row = self.situation(invoice)
        self.assertEqual(row.status, "unconfirmed_kind")
        self.assertIn("confirm it on the customer", row.reason)
        self.assertFalse(
            self.env["recovery.run"].launch(company=self.company).notice_ids
        )
        partner.action_recovery_confirm_kind()
        self.assertEqual(self.status(invoice), "due")
        run = self.env["recovery.run"].launch(company=self.company)
        self.assertEqual(run.notice_ids.partner_id, partner)

    def test_a_letter_that_claims_nothing_does_not_wait(self):
        self.shows.level_ids.claims = "nothing"
        invoice = self.invoice(self.proposed(vat="FR23334175221"))
        self.assertEqual(self.status(invoice), "due")

    def test_a_formal_notice_waits_even_if_it_claims_nothing(self):
        self.shows.level_ids.write({"claims": "nothing", "letter": "L4"})
        invoice = self.invoice(self.proposed(vat="FR23334175221"))
        self.assertEqual(self.status(invoice), "unconfirmed_kind")
