from odoo import api, fields, models

from .vocabulary import ACCOUNTING

MONTHS = 12


class RecoveryReliabilityMixin(models.AbstractModel):
    """How far a debtor keeps promises: one formula for all that shows it.

    Reliability = average, over the promises that ended within 12 months, of the part
    of each that came in time: 1 for a kept one, paid ÷ promised for a broken one. Each
    promise counts once, whatever its amount and currency; none gives no figure.
    """

    _name = "recovery.reliability.mixin"
    _description = "Reliability of promises"

    recovery_promise_count = fields.Integer(
        string="Promises in 12 months",
        compute="_compute_recovery_reliability",
        groups=ACCOUNTING,
    )
    recovery_promise_share = fields.Float(
        string="Promises kept",
        compute="_compute_recovery_reliability",
        groups=ACCOUNTING,
        help="Average part of the promises of the last 12 months that came in time.",
    )

    @api.depends_context("company")
    def _compute_recovery_reliability(self):
        debtors = self.commercial_partner_id
        rows = self._recovery_reliability(debtors.ids, self.env.company.ids)
        for partner in self:
            key = (self.env.company.id, partner.commercial_partner_id.id)
            count, share = rows.get(key, (0, 0))
            partner.recovery_promise_count = count
            partner.recovery_promise_share = share

    @api.model
    def _recovery_reliability(self, debtor_ids, company_ids):
        """{(company id, debtor id): (promises, reliability from 0 to 1)}"""
        today = self.env["res.company"]._recovery_today()
        groups = self.env["recovery.promise"]._read_group(
            [
                ("commercial_partner_id", "in", debtor_ids),
                ("company_id", "in", company_ids),
                ("state", "in", ("kept", "broken")),
                ("closed_on", ">", fields.Date.subtract(today, months=MONTHS)),
            ],
            ["company_id", "commercial_partner_id"],
            ["__count", "share:avg"],
        )
        return {
            (company.id, debtor.id): (count, share or 0)
            for company, debtor, count, share in groups
        }
