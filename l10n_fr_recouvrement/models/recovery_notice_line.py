from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .access import COLLECTOR, require
from .bulk import among, rank
from .recovery_resend_mixin import SAME_LINE
from .vocabulary import LIVE, PENALTY_RULES, STATES


class RecoveryNoticeLine(models.Model):
    """An item in a notice, with its amounts as they stood that day.

    A line carries the level to which the notice brings its item: the notice's own one
    for claimed items, maybe a lower one for those listed apart.
    """

    _name = "recovery.notice.line"
    _description = "Line of a notice"
    _order = "notice_id, kind desc, date_maturity, id"
    _log_access = False  # the notice says who wrote it, and when

    notice_id = fields.Many2one(
        comodel_name="recovery.notice", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        selection=[
            ("credit", "Open credit"),
            ("also_due", "Also overdue"),
            ("claimed", "Claimed"),
        ],
        string="Part of the notice",
        required=True,
    )
    move_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Journal item",
        index="btree_not_null",
        ondelete="set null",
    )
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        compute="_compute_move_id",
        compute_sudo=True,
        search="_search_move_id",
    )
    rank = fields.Integer(
        compute="_compute_rank", help="Rank of the instalment in its invoice."
    )
    reset_move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice reset to draft",
        index="btree_not_null",
        ondelete="set null",
        help="With the rank finds the item again where the draft made a new one.",
    )
    reset_rank = fields.Integer("Rank when reset to draft")
    level_id = fields.Many2one(comodel_name="recovery.level", ondelete="restrict")
    occurrence = fields.Integer(default=1)
    # Copies of the notice that the situation reads without a join.
    state = fields.Selection(selection=STATES, required=True, default="draft")
    sent_at = fields.Datetime()
    date = fields.Date(required=True)
    presented_on = fields.Date()
    awaits_post = fields.Boolean()
    number = fields.Char()
    invoice_date = fields.Date("Invoice date")
    date_maturity = fields.Date("Due date")
    days_late = fields.Integer("Days late")
    currency_id = fields.Many2one(related="notice_id.currency_id")
    company_currency_id = fields.Many2one(
        related="notice_id.company_id.currency_id", string="Company currency"
    )
    amount_total = fields.Monetary("Amount")
    residual = fields.Monetary("Amount due")
    disputed = fields.Monetary()
    covered = fields.Monetary("Covered by credits")
    claimable = fields.Monetary("Claimed")
    interest = fields.Monetary()
    indemnity = fields.Monetary(currency_field="company_currency_id")
    daily_interest = fields.Monetary("Daily interest")
    rule = fields.Selection(
        selection=PENALTY_RULES,
        string="Late interest",
        help="The clause that the interest was computed with.",
    )
    percent = fields.Float(string="Agreed rate", digits=(5, 2))
    segments = fields.Json(
        help="Lines of the statement: start, end, days, base, percent, interest."
    )

    _live_uniq = models.UniqueIndex(
        "(move_line_id, level_id, occurrence) WHERE level_id IS NOT NULL"
        " AND state IN ({})".format(", ".join(f"'{state}'" for state in LIVE)),
        "This item already has a notice of this level.",
    )

    @api.depends("move_line_id", "reset_move_id")
    def _compute_move_id(self):
        self.move_line_id.fetch(["move_id"])
        for line in self:
            line.move_id = line.move_line_id.move_id or line.reset_move_id

    @api.model
    def _search_move_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        items = self.env["account.move.line"].sudo()  # the rules are those of lines
        found = items.search([("move_id", operator, value)])
        gone = Domain("move_line_id", "=", False)
        reset = Domain("reset_move_id", operator, value)
        return Domain("move_line_id", "in", found.ids) | gone & reset

    @api.depends("move_line_id", "reset_rank")
    def _compute_rank(self):
        self.env["account.move.line"].flush_model()
        ranks = dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, %s FROM account_move_line item WHERE id %s",
                    rank(SQL("item")),
                    among(self.move_line_id.ids),
                )
            )
        )
        for line in self:
            line.rank = ranks.get(line.move_line_id.id, line.reset_rank)

    def _same(self):
        """What a second sending repeats of this line."""
        return self._convert_to_write({name: self[name] for name in SAME_LINE})

    def action_leave_out(self):
        """Take this invoice out of a notice that has not left, after a reason."""
        require(self.env, COLLECTOR)
        self.ensure_one()
        self.notice_id._check_state("draft", "ready")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_replace_action"
        )
        action["context"] = {
            "default_notice_id": self.notice_id.id,
            "default_move_ids": [fields.Command.set(self.move_id.ids)],
        }
        return action
