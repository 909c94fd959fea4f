from odoo import api, fields, models


class RecoveryLevelChange(models.Model):
    """Level given to an item by hand (changement de niveau), with its reason.

    Serves the start level of the debts that were there before the addon, and any later
    decision to skip or lower a level. The newest of changes and sent notices says which
    level an item has reached.
    """

    _name = "recovery.level.change"
    _description = "Change of recovery level"
    _order = "at desc, id desc"
    _rec_name = "reason"

    move_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Journal item",
        index="btree_not_null",
        ondelete="set null",
    )
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True)
    rank = fields.Integer(
        compute="_compute_rank",
        store=True,
        readonly=False,
        help="Rank of the instalment in its invoice: finds the item again after the "
        "invoice was reset to draft.",
    )
    level_id = fields.Many2one(
        comodel_name="recovery.level",
        help="Empty: the item begins again before the first level.",
        ondelete="cascade",
    )
    at = fields.Datetime(required=True, default=fields.Datetime.now)
    date = fields.Date(required=True, default=fields.Date.context_today)
    reason = fields.Char(required=True)
    user_id = fields.Many2one(
        comodel_name="res.users", required=True, default=lambda self: self.env.user
    )

    @api.depends("move_line_id")
    def _compute_rank(self):
        for change in self.filtered("move_line_id"):
            items = change.move_id._recovery_receivable_items()
            change.rank = items.ids.index(change.move_line_id.id) + 1
