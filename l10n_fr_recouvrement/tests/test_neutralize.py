from odoo.tests import tagged
from odoo.tools import file_open

from .common_sending import RUN_CRON, SEND_CRON, SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestNeutralize(SendingCommon):
    """A copy for tests never writes to debtors."""

    def setUp(self):
        super().setUp()
        self.policy({"delay_days": 5, "letter": "L1"})
        for name in ("Draft", "Ready", "Sending", "Sent"):
            self.invoice(self.debtor(name))
        self.notices = self.decide()
        draft, _ready, sending, sent = self.notices.sudo()
        draft._set_state("draft")
        sending._set_state("sending")
        self.send(sent)
        self.outbox.clear()

    def neutralize(self):
        self.env.flush_all()
        with file_open("l10n_fr_recouvrement/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()

    def test_what_has_not_left_is_cancelled_and_what_was_sent_stays(self):
        self.neutralize()
        expected = ["cancelled", "cancelled", "cancelled", "sent"]
        self.assertEqual(self.notices.mapped("state"), expected)
        self.assertEqual(self.notices.line_ids.mapped("state"), expected)

    def test_the_jobs_write_nothing_and_send_nothing(self):
        self.neutralize()
        self.assertFalse(self.env["res.company"].search([("recovery_live", "=", True)]))
        before = self.env["recovery.notice"].search_count([])
        self.invoice(self.debtor("New"))
        self.cron(RUN_CRON)
        self.cron(SEND_CRON)
        self.assertEqual(self.env["recovery.notice"].search_count([]), before)
        self.assertFalse(self.outbox)
