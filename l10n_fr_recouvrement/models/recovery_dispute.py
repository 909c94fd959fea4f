from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

DISPUTE_STATES = [
    ("open", "Open"),
    ("founded", "Founded"),
    ("unfounded", "Unfounded"),
    ("settled", "Settled"),
    ("paid", "Paid"),
]
ORIGINS = [
    ("collector", "Collector"),
    ("portal", "Portal"),
    ("mail", "E-mail"),
]


class RecoveryDispute(models.Model):
    """Contested part of invoices (litige): suspends that part, the rest goes on.

    An open dispute suspends what is contested; one that ended in favour of the debtor
    suspends what was conceded until the credit note is there.
    """

    _name = "recovery.dispute"
    _description = "Dispute"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "opened_on desc, id desc"
    _rec_name = "move_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
    )
    line_ids = fields.One2many(
        comodel_name="recovery.dispute.line",
        inverse_name="dispute_id",
        string="Invoices",
    )
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        compute="_compute_move_id",
        store=True,
        readonly=False,
        index=True,
        check_company=True,
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]",
        help="The first one, where the dispute is about several.",
    )
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount = fields.Monetary(
        compute="_compute_amount", store=True, string="Contested amount"
    )
    conceded = fields.Monetary(compute="_compute_amount", store=True)
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company currency"
    )
    amount_company = fields.Monetary(
        string="Contested in company currency",
        compute="_compute_amount_company",
        store=True,
        currency_field="company_currency_id",
        help="At the rate of the day of the opening.",
    )
    reason_id = fields.Many2one(
        comodel_name="recovery.dispute.reason", index=True, ondelete="restrict"
    )
    description = fields.Text(
        required=True, help="What is contested, as the customer says it."
    )
    answer = fields.Text(
        string="Our answer", help="Printed in the letter that answers the customer."
    )
    origin = fields.Selection(selection=ORIGINS, default="collector", required=True)
    state = fields.Selection(
        selection=DISPUTE_STATES,
        default="open",
        required=True,
        tracking=True,
        copy=False,
    )
    opened_on = fields.Date(default=fields.Date.context_today, required=True)
    deadline = fields.Date(
        string="To answer by",
        compute="_compute_deadline",
        store=True,
        readonly=False,
    )
    closed_on = fields.Date(readonly=True, copy=False)
    duration = fields.Integer(
        compute="_compute_duration",
        store=True,
        aggregator="avg",
        help="Days from the opening to the end.",
    )
    ended_from = fields.Char(
        string="State before the end",
        readonly=True,
        copy=False,
        help="Where payments or credit notes ended it: it runs again if they are "
        "undone.",
    )
    granted_until = fields.Date(readonly=True, copy=False)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        tracking=True,
        domain="[('share', '=', False)]",
    )

    _running_idx = models.Index("(id) WHERE closed_on IS NULL")
    _ended_idx = models.Index("(closed_on) WHERE ended_from IS NOT NULL")

    @api.depends("line_ids.move_id")
    def _compute_move_id(self):
        for dispute in self:
            dispute.move_id = dispute.line_ids[:1].move_id

    @api.depends("line_ids.amount", "line_ids.conceded")
    def _compute_amount(self):
        for dispute in self:
            lines = dispute.line_ids
            dispute.amount = sum(lines.mapped("amount"))
            dispute.conceded = sum(lines.mapped("conceded"))

    @api.depends("amount", "currency_id", "company_id", "opened_on")
    def _compute_amount_company(self):
        for dispute in self:
            currency = dispute.currency_id or dispute.company_currency_id
            dispute.amount_company = currency._convert(
                dispute.amount,
                dispute.company_currency_id,
                dispute.company_id,
                dispute.opened_on or fields.Date.today(),
            )

    @api.depends("reason_id", "opened_on")
    def _compute_deadline(self):
        for dispute in self:
            days = dispute.reason_id.days if dispute.reason_id else 8
            dispute.deadline = dispute.opened_on and fields.Date.add(
                dispute.opened_on, days=days
            )

    @api.depends("opened_on", "closed_on")
    def _compute_duration(self):
        for dispute in self:
            end = dispute.closed_on
            dispute.duration = end and max((end - dispute.opened_on).days, 0)

    @api.depends("reason_id", "partner_id", "company_id")
    def _compute_user_id(self):
        for dispute in self:
            dispute.user_id = (
                dispute.reason_id.user_id or dispute.user_id or dispute._in_charge()
            )

    def _in_charge(self):
        """Who opens it, else the collector of the customer."""
        if self.origin == "collector" and self.env.user._is_internal():
            return self.env.user
        pair = (self.company_id.id, self.partner_id.id)
        collectors = self.env["recovery.collector"]._of([pair])
        return self.env["res.users"].browse(collectors[pair])

    @api.onchange("move_id")
    def _onchange_move_id(self):
        """Choosing an invoice is enough: all that is due on it is contested."""
        move = self.move_id
        if move and self.line_ids.move_id != move:
            self.company_id = move.company_id
            self.partner_id = move.commercial_partner_id
            self.line_ids = [Command.clear(), Command.create({"move_id": move.id})]

    @api.model
    def default_get(self, fields):
        # EXTENDS 'base'
        values = super().default_get(fields)
        moves = self.env["account.move"].browse(
            self.env.context.get("recovery_move_ids") or values.get("move_id")
        )
        if moves and "line_ids" in fields:
            values |= self._values_of(moves)
        return values

    @api.model
    def _values_of(self, moves):
        """Customer, company and lines of a dispute on these invoices."""
        return {
            "partner_id": moves.commercial_partner_id[:1].id,
            "company_id": moves.company_id[:1].id,
            "line_ids": [
                Command.create({"move_id": move.id, "amount": move.amount_residual})
                for move in moves
                if move.amount_residual > 0
            ],
        }

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        # EXTENDS 'base': a dispute that runs still has no duration
        select = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec != "duration:avg":
            return select
        closed_on = self._field_to_sql(self._table, "closed_on", query)
        return SQL("%s FILTER (WHERE %s IS NOT NULL)", select, closed_on)

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'mail': `move_id` and `amount` stand for the only line
        disputes = super().create([self._complete(vals) for vals in vals_list])
        disputes._plan_activities()
        return disputes

    @api.model
    def _complete(self, vals):
        vals = dict(vals)
        move_id, amount = vals.pop("move_id", False), vals.pop("amount", False)
        if not vals.get("line_ids") and move_id:
            line = {"move_id": move_id} | ({"amount": amount} if amount else {})
            vals["line_ids"] = [Command.create(line)]
        if not vals.get("line_ids"):
            raise UserError(self.env._("Choose the invoice that is contested."))
        move = self.env["account.move"].browse(vals["line_ids"][0][2]["move_id"])
        vals.setdefault("company_id", move.company_id.id)
        partner = self.env["res.partner"].browse(vals.get("partner_id"))
        partner = partner or move.commercial_partner_id
        return vals | {"partner_id": partner.commercial_partner_id.id}

    def _check_parts(self):
        """:raises UserError: a closed dispute keeps its amounts"""
        if self.filtered(lambda dispute: dispute.state != "open"):
            raise UserError(
                self.env._("This dispute is closed: open a new one for other amounts.")
            )

    @api.constrains("partner_id", "company_id")
    def _check_customer(self):
        for line in self.line_ids:
            line._check_belongs()
