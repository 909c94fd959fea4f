from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .recovery_dispute import ORIGINS

PROMISE_STATES = [
    ("open", "Open"),
    ("kept", "Kept"),
    ("broken", "Broken"),
    ("cancelled", "Cancelled"),
]


class RecoveryPromise(models.Model):
    """Promise to pay (promesse de règlement): suspends until its day is over.

    Kept or broken follows from the payments; the night job finds it.
    """

    _name = "recovery.promise"
    _description = "Promise to pay"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True, index=True
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Debtor",
        store=True,
        index=True,
    )
    move_ids = fields.Many2many(
        comodel_name="account.move",
        string="Invoices",
        check_company=True,
        domain="[('commercial_partner_id', '=', partner_id),"
        " ('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]",
        help="Empty: all that the customer owes.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    amount = fields.Monetary(
        compute="_compute_of_lines",
        store=True,
        readonly=False,
        required=True,
        tracking=True,
    )
    date = fields.Date(
        string="Promised for",
        compute="_compute_of_lines",
        store=True,
        readonly=False,
        required=True,
        tracking=True,
        help="The last day, where several payments are promised.",
    )
    line_ids = fields.One2many(
        comodel_name="recovery.promise.line",
        inverse_name="promise_id",
        string="Payments promised",
        help="Empty: all of it on one day.",
    )
    grace_days = fields.Integer(
        default=3, help="Days after the promised date before dunning goes on."
    )
    until = fields.Date(compute="_compute_until", store=True)
    made_on = fields.Date(
        default=fields.Date.context_today,
        required=True,
        help="Payments count from that day on.",
    )
    origin = fields.Selection(selection=ORIGINS, default="collector", required=True)
    state = fields.Selection(
        selection=PROMISE_STATES,
        default="open",
        required=True,
        tracking=True,
        copy=False,
    )
    paid = fields.Monetary(
        compute="_compute_paid", help="Received since the promise was made."
    )
    closed_on = fields.Date(readonly=True, copy=False)
    closed_paid = fields.Monetary(readonly=True, copy=False)
    share = fields.Float(
        string="Share kept",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Part of the promised amount that came in time, from 0 to 1.",
    )
    note = fields.Text()

    _check_amount = models.Constraint(
        "CHECK (amount > 0 AND grace_days >= 0)",
        "The promised amount must be greater than zero and the grace days cannot be "
        "negative.",
    )
    _open_idx = models.Index("(until) WHERE state = 'open'")

    @api.depends("line_ids.amount", "line_ids.date")
    def _compute_of_lines(self):
        """Several payments add up; without any, what was entered stays."""
        for promise in self:
            lines = promise.line_ids
            promise.amount = sum(lines.mapped("amount")) or promise.amount
            days = [day for day in lines.mapped("date") if day]
            promise.date = max(days, default=promise.date)

    @api.depends("date", "grace_days")
    def _compute_until(self):
        for promise in self:
            promise.until = promise.date and fields.Date.add(
                promise.date, days=promise.grace_days
            )

    @api.depends("state", "closed_paid", "amount", "move_ids", "made_on")
    def _compute_paid(self):
        """What was received while it was open; what was kept of it once it is over."""
        open_ids = self._origin.filtered(lambda promise: promise.state == "open").ids
        rows = self.env["recovery.promise.progress"]._of(open_ids)
        for promise in self:
            row = rows.get(promise._origin.id)
            promise.paid = row["paid"] if row else promise.closed_paid

    @api.constrains("partner_id", "move_ids")
    def _check_invoices(self):
        for promise in self:
            partners = promise.move_ids.commercial_partner_id
            if partners - promise.partner_id.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "Choose invoices of %s only.", promise.partner_id.display_name
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'mail'
        return super().create([self._complete(vals) for vals in vals_list])

    @api.model
    def _complete(self, vals):
        """Amount and last day of the payments that are promised one by one."""
        lines = [command[2] for command in vals.get("line_ids") or [] if command[2]]
        if not lines:
            return vals
        return vals | {
            "amount": sum(line["amount"] for line in lines),
            "date": max(fields.Date.to_date(line["date"]) for line in lines),
        }

    def _check_open(self):
        """:raises UserError: a promise is over"""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for promise in self:
            if promise.state != "open":
                raise UserError(
                    self.env._(
                        "The promise of %(customer)s is “%(state)s”: this is not "
                        "possible any more.",
                        customer=promise.partner_id.display_name,
                        state=labels[promise.state],
                    )
                )

    def action_kept(self):
        self._check_open()
        self._close("kept")

    def action_broken(self):
        self._check_open()
        self._close("broken")
        for company, promises in self.grouped("company_id").items():
            promises.commercial_partner_id._recovery_signal(company, "promise")

    def action_cancel(self):
        self._check_open()
        self._close("cancelled")

    def _close(self, state, rows=None):
        """End promises; what was received until then is kept with them.

        :param rows: what `recovery.promise.progress` found of them already
        """
        if not self:
            return
        progress = self.env["recovery.promise.progress"]
        progress._store(self, state, rows or progress._of(self.ids))
        self.write(
            {
                "state": state,
                "closed_on": self.env["res.company"]._recovery_today(),
            }
        )
        self.activity_ids.sudo().unlink()  # whoever they were for

    def _reopen(self, rows):
        """Follow promises again whose payment was undone.

        :param rows: what `recovery.promise.progress` found of them
        """
        self.env["recovery.promise.progress"]._store(self, "open", rows)
        self.write({"state": "open", "closed_on": False})

    def action_confirm_in_writing(self):
        """Write to the customer what they promised."""
        self.ensure_one()
        occasion = self.env["recovery.occasion"]
        return occasion._open(
            occasion._write_letter(
                "promise",
                self.partner_id,
                self.company_id,
                self.move_ids,
                currency=self.currency_id,
                facts={
                    "promised_amount": self.amount,
                    "promised_on": self.date.isoformat(),
                },
            )
        )
