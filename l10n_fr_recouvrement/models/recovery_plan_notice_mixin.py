from odoo import fields, models


class RecoveryPlanNoticeMixin(models.AbstractModel):
    """The formal notice that follows a broken payment plan (L8)."""

    _name = "recovery.plan.notice.mixin"
    _description = "Payment plan of a notice"

    plan_id = fields.Many2one(
        comodel_name="recovery.plan",
        string="Payment plan",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )

    def _withdraw(self, reason):
        """Cancel those that have not left: what they ask for is of no use any more."""
        waiting = self.filtered(lambda notice: notice.state in ("draft", "ready"))
        if waiting:
            waiting._set_state("cancelled", cancel_reason=reason)
