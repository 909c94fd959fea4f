from odoo import api, fields, models
from odoo.tools import SQL

from .access import FLOW

LINE_STATES = [
    ("due", "To come"),
    ("late", "Late"),
    ("missed", "Missed"),
    ("paid", "Paid"),
]


class RecoveryPlanLine(models.Model):
    """An instalment. What is paid on it is never typed: payments of the invoices pay
    the oldest instalment first.
    """

    _name = "recovery.plan.line"
    _inherit = ["recovery.part.mixin"]
    _description = "Instalment of a payment plan"
    _order = "date, id"
    _rec_name = "date"
    _part_of = "plan_id"

    plan_id = fields.Many2one(
        comodel_name="recovery.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    partner_id = fields.Many2one(related="plan_id.partner_id", store=True)
    plan_state = fields.Selection(related="plan_id.state", string="State of the plan")
    currency_id = fields.Many2one(related="plan_id.currency_id")
    date = fields.Date(required=True, index=True)
    amount = fields.Monetary(required=True)
    paid = fields.Monetary(compute="_compute_paid")
    state = fields.Selection(
        selection=LINE_STATES, compute="_compute_paid", search="_search_state"
    )
    reminded_on = fields.Date(readonly=True, copy=False)

    _check_amount = models.Constraint(
        "CHECK (amount > 0)", "An instalment must be greater than zero."
    )

    @api.depends("amount", "date", "plan_id.state")
    def _compute_paid(self):
        rows = self.env["recovery.plan.progress"]._of_lines(self.plan_id.ids)
        for line in self:
            paid, state = rows.get(line._origin.id, (0, "due"))
            line.paid, line.state = paid, state

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) AS line WHERE state = ANY(%s)",
                self.env["recovery.plan.progress"]._lines(SQL("TRUE")),
                list(value),
            )
        )
        return [("id", "in", [number for [number] in found])]

    @api.depends("date", "amount", "currency_id")
    def _compute_display_name(self):
        for line in self:
            amount = line.currency_id.format(line.amount) if line.currency_id else ""
            name = line.plan_id.partner_id.name
            line.display_name = ", ".join(filter(None, (name, amount)))

    def _mark_reminded(self, day):
        self.with_context(recovery_flow=FLOW).write({"reminded_on": day})
