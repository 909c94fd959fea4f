from odoo import api, fields, models

from .access import COLLECTOR


class RecoveryPlanMoveMixin(models.AbstractModel):
    """Invoices and the payment plans that spread them."""

    _name = "recovery.plan.move.mixin"
    _description = "Payment plans of invoices"

    recovery_plan_share_ids = fields.One2many(
        comodel_name="recovery.plan.invoice",
        inverse_name="move_id",
        string="Payment plans",
        readonly=True,
        groups=COLLECTOR,
    )
    recovery_plan_count = fields.Integer(
        compute="_compute_recovery_plan_count", groups=COLLECTOR
    )

    @api.depends("recovery_plan_share_ids")
    def _compute_recovery_plan_count(self):
        for move in self:
            move.recovery_plan_count = len(move.recovery_plan_share_ids)

    def action_recovery_plan(self):
        """New payment plan of these invoices."""
        return self.env["recovery.plan.wizard"]._open(self)

    def action_recovery_plans(self):
        """Payment plans of these invoices."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_plan_action"
        )
        plans = self.recovery_plan_share_ids.plan_id
        return action | {"domain": [("id", "in", plans.ids)], "context": {}}
