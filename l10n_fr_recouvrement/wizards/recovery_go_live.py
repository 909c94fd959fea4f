from odoo import api, fields, models


class RecoveryGoLive(models.TransientModel):
    """The first preview: what would be sent, the start level of old debts, approval.

    Nothing leaves by itself before a manager approves it here.
    """

    _name = "recovery.go.live"
    _description = "First preview of the reminders"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    line_ids = fields.One2many(
        comodel_name="recovery.go.live.line",
        inverse_name="wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    unconfirmed_count = fields.Integer(
        string="Customers whose kind is to confirm",
        compute="_compute_unconfirmed_count",
    )
    confirm_kinds = fields.Boolean(
        string="Confirm the proposed kinds of debtors",
        help="Otherwise the letters that show interest wait for each confirmation.",
    )

    @api.depends("company_id")
    def _compute_line_ids(self):
        """One line for each policy and level that tonight's run would use."""
        for wizard in self:
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create(
                    {
                        "policy_id": policy.id,
                        "next_level_id": level.id,
                        "item_count": count,
                        "amount": amount,
                        "days_late": days,
                    }
                )
                for policy, level, count, amount, days in wizard._preview()
            ]

    def _preview(self):
        return self._situation()._read_group(
            [("company_id", "=", self.company_id.id), ("status", "=", "due")],
            ["policy_id", "next_level_id"],
            ["__count", "claimable_company:sum", "days_late:max"],
        )

    def _situation(self):
        """As the coming night job will see it."""
        self.env.flush_all()
        situation = self.env["recovery.situation"]
        situation.invalidate_model(flush=False)
        night = fields.Date.add(self.company_id._recovery_today(), days=1)
        return situation.with_context(recovery_date=fields.Date.to_string(night))

    @api.depends("company_id")
    def _compute_unconfirmed_count(self):
        for wizard in self:
            wizard.unconfirmed_count = len(wizard._unconfirmed())

    def _unconfirmed(self):
        """Debtors with a proposed kind that nobody confirmed."""
        groups = self._situation()._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("residual", ">", 0),
                ("debtor_kind", "!=", False),
                ("partner_id.recovery_debtor_kind_confirmed", "=", False),
            ],
            ["partner_id"],
        )
        return self.env["res.partner"].union(*(partner for [partner] in groups))

    def action_preview(self):
        """The items behind the figures."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_situation_preview_action"
        )
        action["domain"] = [
            ("company_id", "=", self.company_id.id),
            ("status", "=", "due"),
        ]
        return action

    def action_start_levels(self):
        """Give old debts their start level, then show the preview again."""
        self._apply_start_levels()
        if self.confirm_kinds:
            self._unconfirmed().action_recovery_confirm_kind()
        self._compute_line_ids()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _apply_start_levels(self):
        """Items older than the line says count as having reached its start level."""
        for line in self.line_ids.filtered("start_level_id"):
            rows = self._situation().search_fetch(
                [
                    ("company_id", "=", self.company_id.id),
                    ("status", "=", "due"),
                    ("policy_id", "=", line.policy_id.id),
                    ("next_level_id", "=", line.next_level_id.id),
                    ("days_late", ">", line.older_than),
                ],
                ["move_line_id", "move_id"],
            )
            self.env["recovery.level.change"].create(
                [
                    {
                        "move_line_id": row.move_line_id.id,
                        "move_id": row.move_id.id,
                        "level_id": line.start_level_id.id,
                        "reason": self.env._("Start level of debts before the addon"),
                    }
                    for row in rows
                ]
            )

    def action_approve(self):
        """Switch the night job on for this company."""
        self._apply_start_levels()
        if self.confirm_kinds:
            self._unconfirmed().action_recovery_confirm_kind()
        self.company_id.check_access("read")
        self.company_id.sudo().write(  # managers only open this wizard
            {
                "recovery_live": True,
                "recovery_live_since": self.company_id._recovery_today(),
                "recovery_live_user_id": self.env.uid,
            }
        )
        return {"type": "ir.actions.act_window_close"}


class RecoveryGoLiveLine(models.TransientModel):
    """What tonight's run would send at one level, and where old debts start."""

    _name = "recovery.go.live.line"
    _description = "Line of the first preview"
    _order = "policy_id, id"

    wizard_id = fields.Many2one(
        comodel_name="recovery.go.live", required=True, ondelete="cascade"
    )
    policy_id = fields.Many2one(comodel_name="recovery.policy", readonly=True)
    next_level_id = fields.Many2one(
        comodel_name="recovery.level", string="Level", readonly=True
    )
    item_count = fields.Integer(string="Items", readonly=True)
    currency_id = fields.Many2one(related="wizard_id.company_id.currency_id")
    amount = fields.Monetary(readonly=True)
    days_late = fields.Integer(string="Oldest, days late", readonly=True)
    older_than = fields.Integer(
        string="Older than", help="Days. Only these debts get the start level."
    )
    start_level_id = fields.Many2one(
        comodel_name="recovery.level",
        string="Start after",
        domain="[('policy_id', '=', policy_id)]",
        help="These debts count as having reached this level already: the next one "
        "follows by its delay.",
    )
