from odoo import api, fields, models
from odoo.exceptions import UserError


class RecoveryAnswer(models.TransientModel):
    """What a debtor answered to a call, a meeting or a letter, and what follows."""

    _name = "recovery.answer"
    _description = "Answer of a debtor"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    notice_id = fields.Many2one(comodel_name="recovery.notice")
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True
    )
    answer = fields.Selection(
        selection=[
            ("promise", "Promises to pay"),
            ("sent_today", "Says the payment is on its way"),
            ("dispute", "Disputes an invoice"),
            ("difficulty", "Is in difficulty"),
            ("unreachable", "Could not be reached"),
            ("wrong_person", "Wrong person or number"),
            ("other", "Other"),
        ],
        required=True,
        default="promise",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False)
    date = fields.Date(string="Promised for")
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        domain="[('commercial_partner_id', '=', partner_id),"
        " ('move_type', '=', 'out_invoice'), ('state', '=', 'posted'),"
        " ('company_id', '=', company_id), ('amount_residual', '>', 0)]",
    )
    reason_id = fields.Many2one(
        comodel_name="recovery.dispute.reason", string="Reason of the dispute"
    )
    note = fields.Text(help="The debtor may ask to read it.")
    confirm = fields.Boolean(
        string="Confirm in writing",
        help="Writes a letter that says what was agreed; it leaves when you approve "
        "it.",
    )

    @api.model
    def _open(self, record, **proposed):
        """Dialog for the answer of the customer of a record.

        :param record: with partner_id and company_id
        :param proposed: values of fields to begin with
        """
        values = {
            "partner_id": record.partner_id.id,
            "company_id": record.company_id.id,
            **proposed,
        }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer of the debtor"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{name}": value for name, value in values.items()},
        }

    @api.depends("move_id")
    def _compute_amount(self):
        """What is due on the chosen invoice; else what was proposed."""
        for answer in self:
            answer.amount = answer.move_id.amount_residual or answer.amount

    def action_record(self):
        """Record the answer: promise, dispute or pause; the call is done."""
        self.ensure_one()
        self._check_complete()
        record = getattr(self, f"_record_{self.answer}")()
        labels = dict(self._fields["answer"]._description_selection(self.env))
        summary = " – ".join(filter(None, [labels[self.answer], self.note]))
        target = self.notice_id or self.partner_id
        target.message_post(
            body=summary,
            subtype_xmlid="l10n_fr_recouvrement.mt_answer",
            record_company_id=self.company_id.id,
        )
        if self.answer != "unreachable":
            self._calls().action_feedback(feedback=summary)
        if not self.confirm:
            return {"type": "ir.actions.act_window_close"}
        return record.action_confirm_in_writing() if record else self._confirm_meeting()

    def _calls(self):
        """Calls that this answer was waited for by: of the notice, else all those to
        the customer.
        """
        notices = self.notice_id or self.env["recovery.notice"].search(
            [
                ("partner_id", "=", self.partner_id.commercial_partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("activity_ids", "!=", False),
            ]
        )
        activities = notices.activity_ids
        if not self.notice_id:
            activities |= self.partner_id.activity_ids
        return activities.filtered(
            lambda activity: activity.activity_type_id.category == "phonecall"
        )

    def _confirm_meeting(self):
        """Write to the customer what came out of the call or meeting."""
        if not (self.note or "").strip():
            raise UserError(
                self.env._("Say in the note what came out of it: the letter prints it.")
            )
        occasion = self.env["recovery.occasion"]
        today = self.company_id._recovery_today()
        return occasion._open(
            occasion._write_letter(
                "meeting",
                self.partner_id,
                self.company_id,
                self.move_id or self.notice_id.line_ids.move_id,
                facts={"met_on": today.isoformat(), "outcome": self.note.strip()},
            )
        )

    def _check_complete(self):
        """:raises UserError: says what the answer still needs"""
        if self.answer == "promise" and not (self.amount > 0 and self.date):
            raise UserError(self.env._("Enter the amount and the day of the promise."))
        if self.answer == "dispute" and not (self.move_id and self.note):
            raise UserError(
                self.env._("Choose the invoice and say what is contested in the note.")
            )

    def _record_promise(self):
        return self.env["recovery.promise"].create(
            {
                "company_id": self.company_id.id,
                "partner_id": self.partner_id.id,
                "move_ids": [fields.Command.set(self.move_id.ids)],
                "currency_id": self.currency_id.id,
                "amount": self.amount,
                "date": self.date,
                "note": self.note,
            }
        )

    def _record_sent_today(self):
        """A transfer takes some days: nothing is sent meanwhile."""
        today = self.company_id._recovery_today()
        return self.env["recovery.pause"].create(
            {
                "company_id": self.company_id.id,
                "partner_id": self.partner_id.id,
                "move_id": self.move_id.id,
                "until": fields.Date.add(today, days=5),
                "reason": self.env._("Payment announced"),
            }
        )

    def _record_dispute(self):
        self.env["recovery.dispute"].create(
            {
                "move_id": self.move_id.id,
                "amount": self.amount or self.move_id.amount_residual,
                "reason_id": self.reason_id.id,
                "description": self.note,
            }
        )

    def _record_difficulty(self):
        """The letters offer a plan from now on."""
        self.partner_id._recovery_signal(self.company_id, "answer")

    def _record_unreachable(self):
        """The call stays to be made."""

    def _record_wrong_person(self):
        self.partner_id.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Find the right contact for recovery"),
            note=self.note or "",
            user_id=self.env.uid,
        )

    def _record_other(self):
        """The note in the history is all there is to keep."""
