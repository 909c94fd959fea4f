from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.access import COLLECTOR, require


class RecoveryLevelAssign(models.TransientModel):
    """Give several items a level by hand (changement de niveau), for one reason."""

    _name = "recovery.level.assign"
    _description = "Change of level of several items"

    item_ids = fields.Many2many(
        comodel_name="account.move.line",
        string="Items",
        required=True,
        readonly=True,
        default=lambda self: self._default_items(),
    )
    item_count = fields.Integer(string="Selected items", compute="_compute_item_count")
    policy_ids = fields.Many2many(
        comodel_name="recovery.policy", compute="_compute_policies"
    )
    level_id = fields.Many2one(
        comodel_name="recovery.level",
        string="Level reached",
        domain="[('policy_id', 'in', policy_ids)]",
        help="Empty: the items begin again before the first level.",
    )
    date = fields.Date(
        string="Reached on", required=True, default=fields.Date.context_today
    )
    reason = fields.Char(required=True)

    @api.model
    def _default_items(self):
        """Debts among the selected open items, or those that the selected notices
        summon; credits have no level.
        """
        model = self.env.context.get("active_model")
        selected = self.env.context.get("active_ids", [])
        if model == "recovery.notice":
            lines = self.env[model].browse(selected).line_ids
            claimed = lines.filtered(lambda line: line.kind == "claimed")
            selected = claimed.filtered("level_id").move_line_id.ids
        elif model != "recovery.situation":
            return [Command.clear()]
        debts = (
            self.env["recovery.situation"]
            ._scoped(items=selected)
            .search([("id", "in", selected), ("residual", ">", 0)])
        )
        return [Command.set(debts.move_line_id.ids)]

    @api.depends("item_ids")
    def _compute_item_count(self):
        for wizard in self:
            wizard.item_count = len(wizard.item_ids)

    @api.depends("item_ids")
    def _compute_policies(self):
        situation = self.env["recovery.situation"]
        for wizard in self:
            ids = wizard.item_ids._origin.ids
            rows = situation._scoped(items=ids).search([("id", "in", ids)])
            wizard.policy_ids = rows.policy_id

    def action_apply(self):
        """Write one change per item; a letter that waits with one of them is
        cancelled, and the next run decides again for what it summoned.

        :raises AccessError: the user is no collector, or an item is not his to read
        :raises UserError: no item is left, or the level is of another policy
        """
        self.ensure_one()
        self._check()
        self.env["recovery.level.change"].create(
            [
                {
                    "move_line_id": item.id,
                    "move_id": item.move_id.id,
                    "level_id": self.level_id.id,
                    "date": self.date,
                    "reason": self.reason,
                }
                for item in self.item_ids
            ]
        )
        self._pending()._set_state("cancelled", cancel_reason=self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _pending(self):
        """Notices that have not left and summon one of the items."""
        lines = self.env["recovery.notice.line"].search(
            [
                ("move_line_id", "in", self.item_ids.ids),
                ("level_id", "!=", False),
                ("state", "in", ("draft", "ready")),
            ]
        )
        return lines.notice_id

    def _check(self):
        require(self.env, COLLECTOR)
        self.item_ids.check_access("read")
        if not self.item_ids:
            raise UserError(
                self.env._("Select unpaid items first: credits have no level.")
            )
        if self.level_id and self.policy_ids - self.level_id.policy_id:
            raise UserError(
                self.env._(
                    "The selected items follow several policies: select those of "
                    "policy “%s” only.",
                    self.level_id.policy_id.name,
                )
            )
