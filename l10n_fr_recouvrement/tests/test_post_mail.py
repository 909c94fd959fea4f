import re
from email.message import EmailMessage
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo.tests import new_test_user, tagged

from .common_letter import LetterCase


@tagged("post_install", "-at_install")
class TestMailContent(LetterCase):
    """The e-mail that carries a letter, as it leaves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env,
            "clerk_mail",
            groups="base.group_user,l10n_fr_recouvrement.group_recovery_user",
            email="claire@delaunay.example",
        )

    def left(self, **values):
        """The message that the mail server gets."""
        notice = self._notice(email_to="martin@example.com", **values)
        template = self.env.ref("l10n_fr_recouvrement.mail_template_l1")
        mail = template.send_mail_batch(notice.ids)
        messages = []
        server = type(self.env["ir.mail_server"])

        def take(server, message, *args, **kwargs):
            messages.append(message)
            return message["Message-Id"]

        with (
            patch.object(server, "_disable_send", lambda server: False),
            patch.object(server, "_connect__", lambda *args, **kwargs: None),
            patch.object(server, "send_email", take),
        ):
            mail.send()
        [message] = messages
        self.assertIsInstance(message, EmailMessage)
        return message

    def part(self, message, kind):
        [part] = [p for p in message.walk() if p.get_content_type() == kind]
        return part.get_content()

    def test_it_has_a_plain_and_an_html_part_with_the_same_facts(self):
        message = self.left()
        plain = self.part(message, "text/plain")
        html = self.part(message, "text/html")
        for text in (plain, html):
            for fact in ("FAC/2026/00001", "FR76 3000 6000 0112 3456 7890 189"):
                self.assertIn(fact, re.sub(r"[\s\u00a0]+", " ", text))
        self.assertNotIn("<td", plain)

    def test_it_fits_a_phone(self):
        html = self.part(self.left(), "text/html")
        self.assertIn("max-width: 600px", html)
        widths = [int(width) for width in re.findall(r"[^-]width: ?(\d+)px", html)]
        self.assertTrue(all(width <= 320 for width in widths), widths)
        self.assertNotIn("data:image", html)

    def test_sepa_code_is_an_image_that_mail_readers_show(self):
        self.bank.acc_holder_name = "Ateliers Delaunay"
        html = self.part(self.left(), "text/html").replace("&amp;", "&")
        [source] = re.findall(r'<img[^>]+src="([^"]+barcode[^"]+)"', html)
        url = urlsplit(source)
        self.assertTrue(url.scheme and url.netloc)
        [value] = parse_qs(url.query)["value"]
        self.assertIn("FR7630006000011234567890189", value)
        self.assertIn("EUR1001.0", value)

    def test_answer_reaches_the_collector(self):
        message = self.left(user_id=self.clerk.id)
        self.assertIn("claire@delaunay.example", message["Reply-To"])

    def test_address_for_answers_of_the_company_comes_first(self):
        self.company.recovery_reply_to = "reponse@delaunay.example"
        message = self.left(user_id=self.clerk.id)
        self.assertEqual(message["Reply-To"], "reponse@delaunay.example")

    def test_without_a_collector_the_company_is_answered(self):
        self.assertIn("compta@delaunay.example", self.left()["Reply-To"])
