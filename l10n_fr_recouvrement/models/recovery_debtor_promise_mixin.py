from odoo import api, fields, models


class RecoveryDebtorPromiseMixin(models.AbstractModel):
    """Reliability of the debtors of a page, in one query."""

    _name = "recovery.debtor.promise.mixin"
    _description = "Reliability in the worklist"

    promise_count = fields.Integer(
        "Promises in 12 months", compute="_compute_reliability"
    )
    promise_share = fields.Float(
        "Promises kept",
        compute="_compute_reliability",
        help="Average part of the promises of the last 12 months that came in time.",
    )

    @api.depends("partner_id", "company_id")
    def _compute_reliability(self):
        rows = self.env["res.partner"]._recovery_reliability(
            self.partner_id.ids, self.company_id.ids
        )
        for row in self:
            count, share = rows.get((row.company_id.id, row.partner_id.id), (0, 0))
            row.promise_count = count
            row.promise_share = share
