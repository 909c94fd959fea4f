from odoo.tests import tagged

from .common import day
from .common_channel import ChannelCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRecipientLevel(ChannelCommon):
    """Each level says who is written to: a role at the customer, somebody in copy."""

    def role(self, role, email=None, name=None, **values):
        return self.contact(
            self.customer,
            name or role.title(),
            recovery_role=role,
            email=email or f"{role}@example.com",
            **values,
        )

    def test_level_is_written_to_its_role(self):
        director = self.role("director")
        self.role("accounting")
        notice = self.written(recipient_role="director")
        self.assertEqual(
            (notice.contact_id, notice.email_to), (director, "director@example.com")
        )
        self.assertFalse(notice.recipient_note)
        self.send(notice)
        self.assertEqual(self.outbox[0]["To"], "director@example.com")

    def test_each_level_has_its_own(self):
        accounting, director = self.role("accounting"), self.role("director")
        steps = self.policy(
            {"delay_days": 5, "recipient_role": "accounting"},
            {"delay_days": 15, "recipient_role": "director"},
        )
        first, second = self.invoice(), self.invoice(due=-20)
        self.reach(second, steps.level_ids[0], on=-5)
        self.assertEqual(self.situation(first).contact_id, accounting)
        self.assertEqual(self.situation(second).contact_id, director)

    def test_several_contacts_of_a_role_are_all_written_to(self):
        first = self.role("accounting", "a@example.com")
        self.role("accounting", "b@example.com")
        self.role("accounting", "c@example.com", active=False)
        notice = self.written(recipient_role="accounting")
        self.assertEqual(notice.contact_id, first)
        self.assertEqual(notice.email_to, "a@example.com, b@example.com")

    def test_missing_role_falls_back_and_says_so(self):
        usual = self.contact(
            self.customer, "Usual", recovery_contact=True, email="usual@example.com"
        )
        notice = self.written(recipient_role="office")
        self.assertEqual(
            (notice.contact_id, notice.email_to), (usual, "usual@example.com")
        )
        self.assertIn(
            "No contact of Garage Martin is “Registered office”", notice.recipient_note
        )
        self.send(notice)
        self.assertFalse(notice.recipient_note)

    def test_role_of_another_customer_does_not_count(self):
        self.contact(
            self.debtor("Other"), recovery_role="director", email="x@example.com"
        )
        notice = self.written(recipient_role="director")
        self.assertEqual(notice.email_to, "comptabilite@example.com")

    def test_blacklisted_address_is_left_out_and_shown(self):
        self.role("accounting", "a@example.com")
        self.role("accounting", "b@example.com")
        self.env["mail.blacklist"].sudo()._add("b@example.com")
        notice = self.written(recipient_role="accounting")
        self.assertEqual(notice.email_to, "a@example.com")
        self.assertIn("on the blacklist: b@example.com", notice.recipient_note)

    def test_role_is_an_address_where_the_customer_has_none(self):
        self.customer.write({"email": False, "city": False})
        director = self.role("director", city=False)
        self.policy({"delay_days": 5, "recipient_role": "director"})
        row = self.situation(self.invoice())
        self.assertEqual((row.status, row.contact_id), ("due", director))

    def test_salespeople_are_in_copy(self):
        seller = self.member("seller", email="seller@example.com")
        notice = self.written(copy_salesperson=True)
        self.assertEqual(notice.email_cc, self.env.user.email_formatted)
        notice.action_cancel()
        self.claimed(notice).move_id.invoice_user_id = seller
        notice = self.decide()
        self.assertEqual(notice.email_cc, seller.email_formatted)
        self.send(notice)
        self.assertIn("seller@example.com", self.outbox[0]["Cc"])

    def test_nobody_is_in_copy_of_a_letter_or_without_the_option(self):
        self.assertFalse(self.written().email_cc)
        letter = {"copy_salesperson": True, "by_email": False, "by_letter": True}
        self.policy({"delay_days": 6, **letter}, name="Paper", sequence=0)
        self.assertFalse(self.decide(day(1)).email_cc)

    def test_copy_is_evidence(self):
        notice = self.written(copy_salesperson=True)
        notice.email_cc = "chief@example.com"
        self.send(notice)
        with self.refused("evidence"):
            notice.email_cc = False

    def test_sender_and_reply_are_the_companys(self):
        self.company.write(
            {
                "recovery_email_from": "relances@vendeur.example.com",
                "recovery_reply_to": "reponses@vendeur.example.com",
            }
        )
        shipped = self.env.ref("l10n_fr_recouvrement.mail_template_l1")
        notice = self.written(mail_template_id=shipped.id)
        self.send(notice)
        mail = notice.mail_id.sudo()
        self.assertIn("relances@vendeur.example.com", mail.email_from)
        self.assertIn("reponses@vendeur.example.com", mail.reply_to)

    def test_ten_and_a_hundred_notices_take_as_many_queries(self):
        self.policy(
            {"delay_days": 5, "recipient_role": "director", "copy_salesperson": True},
            grouping="invoice",
        )
        self.role("director")
        self.invoices(110)
        situation = self.env["recovery.situation"]._scoped(debtors=self.customer.ids)
        run = self.env["recovery.run"].new({"company_id": self.company.id})
        writer = self.env["recovery.writer"]
        plans = writer._plans(run._read(situation))
        counts = []
        for some in (plans[:1], plans[1:11], plans[11:]):
            levels = writer._levels(some)
            before = self.cr.sql_log_count
            self.env["recovery.recipient"]._address(some, levels)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertTrue(all(plan["email_to"] for plan in plans))
