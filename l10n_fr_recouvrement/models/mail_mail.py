from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # EXTENDS 'mail': an e-mail that waited in the queue may fail after its notice
        if failure_type:
            notices = self.env["recovery.notice"].sudo()  # the queue is not a collector
            notices.search([("mail_id", "in", self.ids), ("state", "=", "sent")])._fail(
                failure_reason or self.env._("Not delivered")
            )
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )
