from odoo import api, fields, models


class RecoveryReplyMixin(models.AbstractModel):
    """A notice and what the debtor answered to it."""

    _name = "recovery.reply.mixin"
    _description = "Answers to a notice"

    reply_ids = fields.One2many(
        comodel_name="recovery.reply",
        inverse_name="notice_id",
        string="Answers",
        readonly=True,
    )
    unread_reply_count = fields.Integer(compute="_compute_unread_reply_count")

    @api.depends("reply_ids.state")
    def _compute_unread_reply_count(self):
        for notice in self:
            unread = notice.reply_ids.filtered(lambda reply: reply.state == "unread")
            notice.unread_reply_count = len(unread)

    def action_read_replies(self):
        """The answers to these notices are read: the reminders go on."""
        self.reply_ids.action_read()

    def action_dispute(self):
        """Open a dispute on the invoices that the notice claims."""
        self.ensure_one()
        claimed = self.line_ids.filtered(lambda line: line.kind == "claimed")
        moves = claimed.move_id.filtered("amount_residual")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open a dispute"),
            "res_model": "recovery.dispute",
            "views": [(False, "form")],
            "target": "new",
            "context": {"recovery_move_ids": moves.ids},
        }

    def message_update(self, msg_dict, update_vals=None):
        """A reply by e-mail is an answer of the debtor, unless a colleague wrote it."""
        # EXTENDS 'mail'
        author = self.env["res.partner"].browse(msg_dict.get("author_id"))
        if all(user.share for user in author.user_ids):
            self.env["recovery.reply"].sudo().create(  # the mail gateway has no rights
                [
                    {
                        "notice_id": notice.id,
                        "origin": "mail",
                        "author": msg_dict.get("email_from"),
                        "subject": msg_dict.get("subject"),
                        "body": msg_dict.get("body"),
                    }
                    for notice in self
                ]
            )
        return super().message_update(msg_dict, update_vals)
