from datetime import timedelta
from unittest.mock import patch

from lxml import html

from odoo.http import Request
from odoo.tests import HttpCase, new_test_user

from .common import TODAY
from .common_plan import PlanCommon

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


class PortalCommon(PlanCommon, HttpCase):
    """A debtor who acts on their page, through a signed link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = new_test_user(
            cls.env(context={}),
            "portal6_collector",
            "l10n_fr_recouvrement.group_recovery_user",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.company.recovery_user_id = cls.person
        cls.links = cls.env["recovery.portal.link"]
        cls.shows = cls.level(cls.steps, position=20, delay_days=10, claims="shows")

    def setUp(self):
        super().setUp()
        report = type(self.env["ir.actions.report"])
        fake = patch.object(report, "_render_qweb_pdf", lambda *a, **k: (PDF, "pdf"))
        self.startPatcher(fake)
        self.authenticate(None, None)

    def base(self, debtor=None, company=None):
        partner = debtor or self.customer
        return "/recouvrement/espace/" + self.links._token(
            partner, company or self.company
        )

    def page(self, debtor=None, path=""):
        return self.url_open(self.base(debtor) + path)

    def text(self, response):
        """What a page shows, without its frame, its links and its tokens."""
        return html.fromstring(response.text).find(".//main").text_content()

    def targets(self, response):
        """Where the links and the forms of a page lead, without those of its frame."""
        main = html.fromstring(response.text).find(".//main")
        return "\n".join(main.xpath(".//@href | .//@action"))

    def post(self, path, files=None, **values):
        """What a form of the page sends, with the token of the session."""
        values["csrf_token"] = Request.csrf_token(self)
        return self.url_open(self.base() + path, data=values, files=files)

    def promised(self, amount="1000", days=5, **values):
        values = {"currency": self.eur.id, **values}
        day = str(TODAY + timedelta(days=days))
        return self.post("/promesse", amount=amount, date=day, **values)

    def disputed(self, move, **values):
        reason = self.env["recovery.dispute.reason"].search([], limit=1)
        values = {
            "part": "whole",
            "reason": reason.id,
            "text": "Goods missing",
            **values,
        }
        return self.post("/contestation", invoice=move.id, **values)

    def traced(self, record):
        """An activity of the collector, and a message of the debtor."""
        record.invalidate_recordset()
        self.assertEqual(record.activity_ids.user_id, self.person)
        authors = record.message_ids.author_id
        self.assertIn(self.customer, authors)
        self.assertIn(self.customer, self.customer.message_ids.author_id)
