import itertools
import re

from odoo.tests import new_test_user, tagged

from .common_letter import LetterCase


@tagged("post_install", "-at_install")
class TestLetterMail(LetterCase):
    def _mail(self, notice):
        template = self.env.ref(
            f"l10n_fr_recouvrement.mail_template_{notice.letter.lower()}"
        )
        return template.send_mail_batch(notice.ids)

    def _body(self, notice):
        text = re.sub(r"<[^>]+>", " ", str(self._mail(notice).body_html))
        return re.sub(r"[\s\u00a0]+", " ", text)

    def test_every_template_renders_in_both_languages(self):
        for kind in ("professional", "public", "consumer", "non_professional"):
            formal = "L4" if kind in ("professional", "public") else "L5"
            letters = ("L0", "L1", "L2", "L3", formal)
            for letter, lang in itertools.product(letters, ("fr_FR", "en_US")):
                with self.subTest(kind=kind, letter=letter, lang=lang):
                    self._check(self._notice(letter, kind, count=2, lang=lang))

    def _check(self, notice):
        body = self._body(notice)
        french = notice.lang == "fr_FR"
        self.assertIn("Madame, Monsieur," if french else "Dear Sir or Madam,", body)
        self.assertIn("Reste dû" if french else "Balance", body)
        self.assertIn("FAC/2026/00001", body)
        self.assertIn("FR76 3000 6000 0112 3456 7890 189", body)
        amount = f"{notice.total:,.2f}"
        if french:
            amount = amount.replace(",", " ").replace(".", ",")
        self.assertIn(amount, body)
        if notice.debtor_kind in ("consumer", "non_professional"):
            self.assertNotRegex(body, r"\b40 ?€|€40|BCE|L441-10|D441-5|pénalité")

    def test_sender_and_answers_are_those_of_recovery_else_of_the_company(self):
        mail = self._mail(self._notice())
        self.assertIn("compta@delaunay.example", mail.email_from)
        self.company.recovery_email_from = "recouvrement@delaunay.example"
        self.company.recovery_reply_to = "reponse@delaunay.example"
        mail = self._mail(self._notice())
        self.assertEqual(mail.email_from, "recouvrement@delaunay.example")
        self.assertEqual(mail.reply_to, "reponse@delaunay.example")

    def test_letter_and_e_mail_are_those_of_the_company_that_claims(self):
        """The job works in its own company, a user in the one that is chosen."""
        other = self.env["res.company"].create(
            {"name": "Autre Maison", "email": "contact@autre.example"}
        )
        self.env.user.company_ids |= other
        notice = self._notice().with_company(other)
        text = self._text(self._render(notice)[notice])
        mail = self._mail(notice)
        self.assertIn("Ateliers Delaunay", text)
        self.assertIn("compta@delaunay.example", mail.email_from)
        self.assertNotIn("Autre Maison", text + str(mail.body_html) + mail.email_from)

    def test_recipient_is_the_address_of_the_notice_else_the_contact(self):
        mail = self._mail(self._notice(email_to="martin@example.com"))
        self.assertEqual(mail.email_to, "martin@example.com")
        self.assertFalse(mail.recipient_ids)
        mail = self._mail(self._notice())
        self.assertEqual(mail.recipient_ids, self.partner)

    def test_a_letter_of_an_occasion_says_how_to_pay_and_who_answers(self):
        template = self.env.ref("l10n_fr_recouvrement.mail_template_occasion")
        clerk = new_test_user(
            self.env,
            "clerk_occasion",
            "l10n_fr_recouvrement.group_recovery_user",
            email="claire@delaunay.example",
        )
        for lang in ("fr_FR", "en_US"):
            notice = self._notice(lang=lang, user_id=clerk.id)
            notice.write({"letter": "rejected", "level_id": False})
            mail = template.send_mail_batch(notice.ids)
            self.assertIn("claire@delaunay.example", mail.reply_to)
            self.assertIn("FR76\u00a03000", str(mail.body_html))
            self.assertIn("/report/barcode/", str(mail.body_html))
        notice.letter = "L10"
        body = str(template.send_mail_batch(notice.ids).body_html)
        self.assertNotIn("FR76", body, "who acts for us pays nothing")

    def test_names_are_escaped(self):
        self.company.name = "<script>alert(1)</script>"
        self.assertNotIn("<script>", str(self._mail(self._notice()).body_html))

    def test_a_single_payable_invoice_has_its_link(self):
        self.env["ir.config_parameter"].set_param(
            "account_payment.enable_portal_payment", "True"
        )
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner.id,
                "invoice_date": "2026-07-01",
                "invoice_line_ids": [(0, 0, {"name": "Pain", "price_unit": 10})],
            }
        )
        move.action_post()
        notice = self._notice(lines=[self._line(1, "nothing", move_id=move.id)])
        self.assertNotIn("access_token", str(self._mail(notice).body_html))
        self.env["payment.provider"].create(
            {
                "name": "Card",
                "code": "none",
                "state": "enabled",
                "is_published": True,
                "company_id": self.company.id,
            }
        )
        self.assertIn(move.access_token or "?", str(self._mail(notice).body_html))
