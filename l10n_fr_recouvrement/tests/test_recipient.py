from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import day
from .common_channel import ChannelCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRecipients(ChannelCommon):
    """Several addresses, blacklisted ones, and debtors without any."""

    def blacklist(self, email="comptabilite@example.com"):
        self.env["mail.blacklist"].sudo()._add(email)

    def test_every_address_of_a_contact_is_written_to(self):
        self.customer.email = "a@example.com, b@example.com; c@example.com"
        notice = self.written()
        self.send(notice)
        [mail] = self.outbox
        for address in ("a@", "b@", "c@"):
            self.assertIn(f"{address}example.com", mail["To"])

    def test_blacklisted_address_is_left_out_of_several(self):
        self.customer.email = "a@example.com, b@example.com"
        self.blacklist("A@example.com")
        notice = self.written()
        self.assertEqual(notice.email_to, "b@example.com")
        self.send(notice)
        [mail] = self.outbox
        self.assertNotIn("a@example.com", mail["To"])

    def test_blacklisted_customer_gets_a_printed_letter(self):
        self.blacklist()
        notice = self.written()
        self.assertFalse(notice.email_to)
        self.assertEqual((notice.by_email, notice.by_letter), (False, True))
        self.send(notice)
        self.assertFalse(self.outbox)
        self.assertTrue(notice.to_print)

    def test_blacklisted_customer_without_postal_address_is_a_task(self):
        self.blacklist()
        self.customer.city = False
        self.policy(5)
        row = self.situation(self.invoice())
        self.assertEqual(row.status, "no_address")
        self.assertIn("blacklist", row.reason)

    def test_blacklisted_between_decision_and_sending(self):
        notice = self.written()
        self.blacklist()
        self.send(notice)
        self.assertFalse(self.outbox)
        self.assertEqual((notice.by_email, notice.by_letter), (False, True))
        self.assertTrue(notice.to_print)
        self.assertIn("blacklist", str(notice.sudo().message_ids[:1].body))

    def test_blacklisted_meanwhile_without_postal_address_fails_with_a_sentence(self):
        notice = self.written()
        self.blacklist()
        self.customer.city = False
        self.send(notice)
        self.assertEqual(notice.state, "failed")
        self.assertIn("Neither", notice.failure_reason)
        self.assertEqual(self.tasks(notice), ["Notice not delivered"])

    def test_a_text_with_other_recipients_still_goes_to_the_address_of_the_notice(self):
        self.template.sudo().use_default_to = True
        notice = self.written()
        notice.email_to = "director@example.com"
        self.send(notice)
        self.assertEqual(self.outbox[0]["To"], "director@example.com")

    def test_archived_blacklist_entries_do_not_count(self):
        self.blacklist()
        self.env["mail.blacklist"].sudo()._remove("comptabilite@example.com")
        self.assertTrue(self.written().by_email)

    def test_contact_takes_the_address_of_the_debtor_when_blacklisted(self):
        self.contact(self.customer, recovery_contact=True, email="c@example.com")
        self.blacklist("c@example.com")
        self.assertEqual(self.written().email_to, "comptabilite@example.com")

    def test_ten_and_a_hundred_addresses_take_as_many_queries(self):
        recipient = self.env["recovery.recipient"]
        recipient._writable(["warm@example.com"])
        counts = []
        for count in (10, 100):
            before = self.cr.sql_log_count
            recipient._writable([f"d{rank}@example.com" for rank in range(count)])
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestElectronicLetter(ChannelCommon):
    """LRE: a consumer or non-professional agrees beforehand (CPCE L100)."""

    def electronic(self, kind, consent=False):
        self.customer = self.debtor("Debtor", kind)
        if consent:
            self.customer.write(
                {
                    "recovery_electronic_consent": True,
                    "recovery_electronic_consent_date": day(-30),
                }
            )
        self.policy({"delay_days": 5, "by_electronic": True, "letter": "L1"})
        self.invoice(self.customer)
        notices = self.decide()
        return notices.filtered(lambda n: n.partner_id == self.customer)

    def test_professionals_and_public_bodies_need_not_agree(self):
        for kind in ("professional", "public"):
            notice = self.electronic(kind)
            self.assertTrue(notice.by_electronic, kind)

    def test_others_get_paper_unless_they_agreed(self):
        for kind in ("consumer", "non_professional"):
            notice = self.electronic(kind)
            channels = (notice.by_electronic, notice.by_registered)
            self.assertEqual(channels, (False, True), kind)

    def test_consumer_who_agreed_gets_an_electronic_letter(self):
        notice = self.electronic("consumer", consent=True)
        self.assertTrue(notice.by_electronic)
        self.send(notice)
        self.assertEqual((notice.state, notice.posting_state), ("sent", "to_post"))

    def test_agreement_withdrawn_meanwhile_refuses_the_sending(self):
        notice = self.electronic("consumer", consent=True)
        self.customer.recovery_electronic_consent = False
        self.send(notice)
        self.assertEqual(notice.state, "failed")
        self.assertIn("has not agreed", notice.failure_reason)

    def test_choosing_it_by_hand_needs_the_agreement(self):
        self.customer.recovery_debtor_kind = "consumer"
        notice = self.written(by_registered=True, by_email=False)
        with self.refused("has not agreed"):
            notice.with_user(self.clerk).write(
                {"by_registered": False, "by_electronic": True}
            )

    def test_debtor_without_e_mail_gets_paper(self):
        notice = self.electronic("professional")
        self.assertTrue(notice.by_electronic)
        notice.action_cancel()
        self.customer.email = False
        again = self.decide().filtered(lambda n: n.partner_id == self.customer)
        self.assertTrue(again.by_registered)

    def test_paper_or_electronic_not_both(self):
        with self.refused("not both"):
            self.policy({"delay_days": 5, "by_registered": True, "by_electronic": True})

    def test_agreement_has_its_day_and_not_a_coming_one(self):
        with self.refused("day of the agreement"):
            self.customer.recovery_electronic_consent = True
        with self.refused("in the future"):
            self.customer.write(
                {
                    "recovery_electronic_consent": True,
                    "recovery_electronic_consent_date": day(1),
                }
            )

    @mute_logger("odoo.models.unlink")
    def test_agreement_is_the_customers_for_its_contacts(self):
        self.customer.write(
            {
                "recovery_electronic_consent": True,
                "recovery_electronic_consent_date": day(-1),
            }
        )
        contact = self.contact(self.customer)
        self.assertTrue(contact.recovery_electronic_consent)
