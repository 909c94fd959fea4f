from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .access import COLLECTOR, FLOW, MANAGER, is_flow, require


class RecoveryObjection(models.Model):
    """A salesperson is asked before a level is sent, and may object for a while.

    Who is silent agrees: the level is sent once the delay is over. An objection ends
    on its day, or when a manager refuses it.
    """

    _name = "recovery.objection"
    _description = "Question to a salesperson"
    _inherit = ["recovery.objection.ask"]
    _order = "date desc, id desc"
    _rec_name = "number"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True
    )
    move_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Journal item",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    number = fields.Char(readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True, readonly=True
    )
    level_id = fields.Many2one(
        comodel_name="recovery.level", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", required=True, readonly=True
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, readonly=True
    )
    amount = fields.Monetary(string="Amount due", readonly=True)
    date_maturity = fields.Date(string="Due date", readonly=True)
    date = fields.Date(string="Asked on", required=True, readonly=True)
    deadline = fields.Date(
        string="Answer until",
        required=True,
        readonly=True,
        help="Last day to object: the level is sent after it.",
    )
    state = fields.Selection(
        selection=[
            ("asked", "Asked"),
            ("objected", "Objection"),
            ("refused", "Refused"),
        ],
        default="asked",
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    until = fields.Date(
        string="Objects until", readonly=True, help="Last day of the objection."
    )
    answered_at = fields.Datetime(readonly=True)
    refusal = fields.Char(string="Why it is refused")
    refused_by_id = fields.Many2one(comodel_name="res.users", readonly=True)
    told = fields.Boolean(readonly=True, help="The salesperson got the list.")

    _asked_uniq = models.UniqueIndex(
        "(move_line_id, level_id, date) WHERE move_line_id IS NOT NULL",
        "This is asked already.",
    )
    _untold_idx = models.Index("(company_id) WHERE told IS NOT TRUE")
    _objected_idx = models.Index("(move_id) WHERE state = 'objected'")

    def write(self, vals):
        """A manager enters why he refuses; the rest follows from the buttons."""
        if not is_flow(self.env) and vals.keys() - {"refusal"}:
            raise UserError(
                self.env._("What was asked and answered stays: use the buttons.")
            )
        return super().write(vals)

    def action_object(self):
        """Ask why, and until when, the salesperson objects."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Object"),
            "res_model": "recovery.objection.answer",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_objection_ids": [fields.Command.set(self.ids)]},
        }

    def _object(self, reason, until):
        """The salesperson, or a collector for them, objects.

        :raises AccessError: it is another salesperson's customer
        :raises UserError: answered or too late, or the day is over; it says what to do
        """
        self.check_access("read")
        if not self.env.user.has_group(COLLECTOR) and self.user_id - self.env.user:
            raise AccessError(self.env._("You may object for your customers only."))
        today = self.env["res.company"]._recovery_today()
        for objection in self:
            objection._check_may_object(today)
        if until < today:
            raise UserError(self.env._("The last day of the objection is over."))
        # Who is asked has no right to write: what may be answered is checked above.
        self._write_flow(
            {
                "state": "objected",
                "reason": reason,
                "until": until,
                "answered_at": fields.Datetime.now(),
            }
        )
        self._trace(
            self.env._(
                "%(user)s objects until %(until)s: %(reason)s",
                user=self.env.user.name,
                until=format_date(self.env, until),
                reason=reason,
            )
        )

    def _check_may_object(self, today):
        if self.state != "asked":
            raise UserError(self.env._("%s: this is answered already.", self.number))
        if self.deadline < today:
            raise UserError(
                self.env._(
                    "%(number)s: one could object until %(date)s. Ask the collector to "
                    "pause the invoice.",
                    number=self.number,
                    date=format_date(self.env, self.deadline),
                )
            )

    def action_refuse(self):
        """A manager refuses the objection: the level is sent.

        :raises AccessError: the user is no manager
        :raises UserError: there is no objection, or no reason
        """
        require(self.env, MANAGER)
        self.check_access("write")
        for objection in self:
            if objection.state != "objected":
                raise UserError(
                    self.env._("%s: there is no objection.", objection.number)
                )
            if not objection.refusal:
                raise UserError(self.env._("Say why the objection is refused."))
        self._write_flow({"state": "refused", "refused_by_id": self.env.uid})
        for objection in self:
            objection._trace(
                self.env._(
                    "%(user)s refuses the objection: %(reason)s",
                    user=self.env.user.name,
                    reason=objection.refusal,
                )
            )

    def _write_flow(self, vals):
        """Write what only questions and answers may write."""
        # The callers have checked who asks and who answers.
        self.sudo().with_context(recovery_flow=FLOW).write(vals)

    def _trace(self, sentence):
        """Tell it in the history of the invoices."""
        moves = self.sudo().move_id  # a trace, whoever answers
        moves._message_log_batch(bodies=dict.fromkeys(moves.ids, sentence))
