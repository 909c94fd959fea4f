from odoo import models


class MailNotification(models.Model):
    _inherit = "mail.notification"

    def write(self, vals):
        # EXTENDS 'mail': a text message or a letter of the mail service may come back
        # long after its notice was sent
        written = super().write(vals)
        if vals.get("notification_status") in ("exception", "bounce", "sent"):
            ours = self.filtered(
                lambda line: line.notification_type in ("sms", "snail")
                and line.mail_message_id.model == "recovery.notice"
            )
            self.env["recovery.carrier"]._told(ours)
        return written
