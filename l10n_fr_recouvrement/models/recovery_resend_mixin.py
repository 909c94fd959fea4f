from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .access import COLLECTOR, require

# What a second sending says as the first did; the channels are chosen again.
SAME = (
    "company_id",
    "partner_id",
    "contact_id",
    "debtor_kind",
    "lang",
    "email_to",
    "email_cc",
    "user_id",
    "policy_id",
    "level_id",
    "letter",
    "facts",
    "granted_days",
    "currency_id",
    "principal",
    "interest",
    "indemnity",
    "credit",
    "total",
    "daily_interest",
)
SAME_LINE = (
    "kind",
    "move_line_id",
    "reset_move_id",
    "reset_rank",
    "number",
    "invoice_date",
    "date_maturity",
    "days_late",
    "amount_total",
    "residual",
    "disputed",
    "covered",
    "claimable",
    "interest",
    "indemnity",
    "daily_interest",
    "rule",
    "percent",
    "segments",
)


class RecoveryResendMixin(models.AbstractModel):
    """A notice sent again (second envoi), for a debtor who lost or never got it.

    It is a notice of its own, archived like the others, that says what the first one
    said and is marked as a copy. Its lines bear no level: the items stay where they
    are.
    """

    _name = "recovery.resend.mixin"
    _description = "Second sending of a notice"

    original_id = fields.Many2one(
        comodel_name="recovery.notice",
        string="Second sending of",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="A copy of this notice: it counts as no level.",
    )
    resend_reason = fields.Char(string="Sent again because", readonly=True, copy=False)

    def action_resend(self):
        """Ask why and how this notice is sent again.

        :raises AccessError: the user is no collector
        :raises UserError: it has not been sent
        """
        require(self.env, COLLECTOR)
        self.ensure_one()
        self._check_state("sent", "closed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send again"),
            "res_model": "recovery.resend",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_notice_id": self.id},
        }

    @api.model
    def _last_sent(self, partner, company):
        """The newest reminder that reached this customer, to be sent again.

        :raises UserError: there is none
        """
        notice = self.env["recovery.notice"].search(
            [
                ("partner_id", "=", partner.commercial_partner_id.id),
                ("company_id", "=", company.id),
                ("state", "in", ("sent", "closed")),
                ("level_id", "!=", False),
                ("original_id", "=", False),
            ],
            order="date desc, id desc",
            limit=1,
        )
        if not notice:
            raise UserError(
                self.env._(
                    "Nothing was sent to %s yet: remind now instead.",
                    partner.display_name,
                )
            )
        return notice

    def _resend(self, reason, **values):
        """Send this notice again, as it was.

        :param values: channels (by_…), email_to, contact_id
        :return: the second sending
        :raises UserError: what it claims is not due any more; it says why
        """
        self.ensure_one()
        self.check_access("read")
        self._check_state("sent", "closed")
        first = self.original_id or self
        # Nobody but the house writes notices; the caller has checked the group.
        again = self.sudo().create(first._second_sending(reason, values))
        if sentence := self.env["recovery.sender"]._overtaken_now(again):
            raise UserError(
                self.env._(
                    "%s A letter that is sent again claims the same: write a new one.",
                    sentence,
                )
            )
        first._message_log(
            body=self.env._(
                "Sent again as %(number)s: %(reason)s", number=again.name, reason=reason
            )
        )
        again.sudo(False).action_send()
        return again.sudo(False)

    def _second_sending(self, reason, values):
        """Values of the second sending and its lines."""
        [number] = self.env["recovery.writer"]._draw(self.company_id.id, 1)
        day = self.company_id._recovery_today()
        line_values = {"level_id": False, "state": "ready", "date": day}
        same = {name: self[name] for name in SAME}
        return {
            **self._convert_to_write(same),
            "name": number,
            "date": day,
            "state": "ready",
            "original_id": self.id,
            "resend_reason": reason,
            "line_ids": [
                fields.Command.create(line._same() | line_values)
                for line in self.line_ids
            ],
            **values,
        }

    def _mark_second_sending(self, mail):
        """Say in the e-mail that it is a copy, in the language of the notice."""
        env = self.with_context(lang=self.lang or self.env.lang).env
        mail.subject = env._("Second sending – %s", mail.subject)
        sentence = env._(
            "Second sending of our letter %(number)s of %(date)s.",
            number=self.original_id.name,
            date=format_date(env, self.original_id.date),
        )
        mail.body_html = Markup("<p><b>%s</b></p>%s") % (sentence, mail.body_html)
