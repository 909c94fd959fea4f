import io
from contextlib import contextmanager
from unittest.mock import patch

from pypdf import PdfWriter

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .common import RecoveryCommon

RUN_CRON = "l10n_fr_recouvrement.ir_cron_recovery_run"
SEND_CRON = "l10n_fr_recouvrement.ir_cron_recovery_send"


def pdf(title):
    """A small valid PDF."""
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": title})
    writer.write(content)
    return content.getvalue()


class SendingCommon(RecoveryCommon):
    """A live company whose levels have an e-mail text, and letters without a printer.

    `self.outbox` holds the reminders that left; `self.unprintable` the debtors whose
    letter cannot be made.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.recovery_live = True
        cls.company.email = "compta@vendeur.example.com"
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Reminder",
                "model_id": cls.env["ir.model"]._get_id("recovery.notice"),
                "subject": "Notice {{ object.name }}",
                "body_html": "<p>Please pay</p>",
                "email_from": "compta@vendeur.example.com",
                "email_to": "{{ object.email_to }}",
            }
        )

    def setUp(self):
        super().setUp()
        self.unprintable = self.env["res.partner"]
        renderer = type(self.env["recovery.letter.renderer"])
        self.startPatcher(patch.object(renderer, "render", self._render))
        self.outbox = []
        server = type(self.env["ir.mail_server"])
        for name, method in (
            ("_disable_send", lambda *args: False),
            ("_connect__", lambda *args, **kwargs: None),
            ("send_email", self._take_mail),
        ):
            self.startPatcher(patch.object(server, name, method))

    def _take_mail(self, message, *args, **kwargs):
        """The mail server: it refuses addresses of refused.example.com."""
        if "refused.example.com" in message["To"]:
            raise OSError("550 no such user")
        if message["Subject"].startswith("Notice "):
            self.outbox.append(message)
        return message["Message-Id"]

    def _render(self, notices):
        return {
            notice.id: "no paper"
            if notice.partner_id in self.unprintable
            else pdf(notice.name)
            for notice in notices
        }

    @contextmanager
    def refused(self, sentence, error=UserError):
        """What is inside is refused with a sentence, and nothing of it stays."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), sentence)

    @classmethod
    def level(cls, policy, **values):
        return super().level(policy, **{"mail_template_id": cls.template.id, **values})

    @classmethod
    def member(cls, login, *groups, **values):
        """A user of the company with these groups."""
        values = {"company_id": cls.company.id, "company_ids": cls.company.ids} | values
        return new_test_user(
            cls.env(su=True, context={}),
            login,
            groups=",".join(("base.group_user", *groups)),
            **values,
        )

    @classmethod
    def collector(cls, login="collector", **values):
        group = "l10n_fr_recouvrement.group_recovery_user"
        return cls.member(login, group, **values)

    @classmethod
    def manager(cls, login="recovery_manager", **values):
        group = "l10n_fr_recouvrement.group_recovery_manager"
        return cls.member(login, group, **values)

    def launch(self, on=None, company=None):
        """A run of the company, for today or another day."""
        company = company or self.company
        return self.env["recovery.run"].launch(on, company)

    def decide(self, on=None):
        """Notices of a new run."""
        return self.launch(on).notice_ids.sorted("id")

    def send(self, notices):
        self.env["recovery.sender"].sudo()._send(notices.sudo())
        notices.invalidate_recordset()

    def cron(self, xmlid):
        """Run a scheduled action as its engine does."""
        with self.enter_registry_test_mode():
            self.env.ref(xmlid).sudo().with_user(1).method_direct_trigger()

    def claimed(self, notice):
        return notice.line_ids.filtered(lambda line: line.kind == "claimed")

    def last_run(self, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["recovery.run"].search(domain, order="id desc", limit=1)

    def counters(self, run):
        """({reason: items}, {level: notices})"""
        lines = run.line_ids
        skipped = lines.filtered(lambda line: line.kind == "skipped")
        levels = lines.filtered(lambda line: line.kind == "level")
        return (
            {line.status: line.item_count for line in skipped},
            {line.level_id: line.notice_count for line in levels},
        )
