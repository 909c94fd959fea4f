from odoo import fields, models
from odoo.exceptions import UserError

from .access import FLOW


class RecoveryNotice(models.Model):
    """The life of a notice: approved, sent or failed, printed, answered."""

    _inherit = "recovery.notice"

    def _set_state(self, state, **values):
        """Change state, of the lines too: they are what the situation reads."""
        self._write_flow({"state": state, **values})
        copied = {name: values[name] for name in ("sent_at",) if name in values}
        self.line_ids.sudo().write(  # nobody writes lines but the flow
            {"state": state, **copied}
        )
        if state == "sent":
            self.env["recovery.post.follow"]._copy_to_lines(self)

    def _write_flow(self, vals):
        """Write what only the flow of a notice may write."""
        self.with_context(recovery_flow=FLOW).write(vals)

    def _check_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for notice in self:
            if notice.state not in states:
                raise UserError(
                    self.env._(
                        "Notice %(number)s is “%(state)s”: this is not possible any "
                        "more.",
                        number=notice.name,
                        state=labels[notice.state],
                    )
                )

    def action_validate(self):
        """Approve notices that wait for it; the sending job sends them."""
        self._check_state("draft")
        self._set_state("ready")
        self.env["recovery.run"]._trigger_sending()

    def action_send(self):
        """Send now: approves what waits for it, checks each notice again first."""
        self.check_access("write")
        self._check_state("draft", "ready")
        self.env["recovery.sender"]._check_bank(self)
        self.env["recovery.sender"]._send(self)

    def action_cancel(self):
        """Cancel notices that have not left; their items come back tomorrow."""
        self._check_state("draft", "ready")
        self._set_state("cancelled", cancel_reason=self.env._("Cancelled by hand"))

    def action_confirm_sent(self):
        """After a crash in the middle of a sending: it did leave."""
        self._check_state("to_check")
        self._set_state("sent", sent_at=fields.Datetime.now())

    def action_confirm_failed(self):
        """After a crash in the middle of a sending: it did not leave."""
        self._check_state("to_check")
        self._set_state("failed", failure_reason=self.env._("It did not leave"))

    def action_print(self):
        """The letters as one PDF; those that were to be printed are printed."""
        to_print = self.filtered("to_print")
        to_print._write_flow({"printed_at": fields.Datetime.now()})
        return self.action_preview()

    def action_posted(self):
        """The registered letters that were printed went to the post today."""
        for notice in self.filtered(lambda notice: notice.display_state == "to_post"):
            notice.posted_on = fields.Date.context_today(notice)

    def action_preview(self):
        """The archived letters, or what they would be for those not sent."""
        return {
            "type": "ir.actions.act_url",
            "url": f"/recouvrement/notices/{','.join(map(str, self.ids))}.pdf",
            "target": "new",
        }

    def _documents(self):
        """PDF of each letter: as archived, or rendered now where it is not sent.

        :raises UserError: a letter cannot be rendered; the message says why
        """
        fresh = self.filtered(lambda notice: notice.letter and not notice.document_id)
        rendered = self.env["recovery.letter.renderer"].render(fresh)
        documents = []
        for notice in self.filtered("letter"):
            document = notice.document_id.sudo().raw or rendered[notice.id]
            if isinstance(document, str):
                raise UserError(
                    self.env._(
                        "The letter of notice %(number)s cannot be made: %(problem)s",
                        number=notice.name,
                        problem=document,
                    )
                )
            documents.append(document)
        return documents

    def action_answer(self):
        """Record what the debtor answered."""
        self.ensure_one()
        return self.env["recovery.answer"]._open(
            self,
            notice_id=self.id,
            currency_id=self.currency_id.id,
            amount=self.principal,
        )

    def _mail_template(self):
        """Text of the e-mail: the level's, or the one that only carries a letter."""
        self.ensure_one()
        if self.level_id:
            return self.level_id.mail_template_id
        # A text that a manager deleted leaves an empty record: it is said then.
        return (
            self.env.ref(
                "l10n_fr_recouvrement.mail_template_occasion", raise_if_not_found=False
            )
            or self.level_id.mail_template_id
        )

    def _email_attachments(self):
        """The letter and the claimed invoices, where the level attaches them."""
        self.ensure_one()
        attachments = self.env["ir.attachment"]
        if self.level_id.attach_letter or not self.level_id:
            attachments |= self.document_id
        if self.level_id.attach_invoices:
            lines = self.line_ids
            claimed = lines.filtered(lambda line: line.kind == "claimed")
            # Those of the whole batch are looked for at once.
            for line in claimed.with_prefetch(lines._prefetch_ids):
                attachments |= line.move_id._recovery_invoice_pdf()
        return attachments

    def _message_receive_bounce(self, email, partner):
        # EXTENDS 'mail'
        bounced = self.filtered(lambda notice: notice.state in ("sent", "to_check"))
        bounced._fail(self.env._("The e-mail came back from %s", email))
        return super()._message_receive_bounce(email, partner)

    def _fail(self, reason):
        """The notice did not reach the debtor: it does not count as a level reached."""
        self._set_state("failed", failure_reason=reason)
        for notice in self:
            notice.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Notice not delivered"),
                note=reason,
                user_id=(notice.user_id or self.env.user).id,
            )
