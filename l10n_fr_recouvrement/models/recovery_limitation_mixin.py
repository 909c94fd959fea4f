from odoo import api, fields, models


class RecoveryLimitationMixin(models.AbstractModel):
    """Until when one can act on an invoice (prescription): its oldest open item."""

    _name = "recovery.limitation.mixin"
    _description = "Limitation of an invoice"

    recovery_limitation_restart = fields.Date(
        string="Limitation runs again from",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Day of a recognition of the debt in writing, of a claim in court or of "
        "an act of enforcement (C. civ. 2240 to 2244). Enter it once its proof is "
        "filed: a formal notice does not count.",
    )
    recovery_limitation_date = fields.Date(
        string="Limitation",
        compute="_compute_recovery_limitation_date",
        groups="base.group_user",
        help="Last day on which one can still act in court.",
    )

    @api.depends(
        "invoice_date_due",
        "recovery_limitation_restart",
        "recovery_plan_share_ids.plan_id.interruption_date",
        "commercial_partner_id.recovery_debtor_kind",
    )
    def _compute_recovery_limitation_date(self):
        """The oldest item that is still open tells; a paid invoice has none."""
        guard = self.env["recovery.guard"]
        recognised = guard._recognised(self._origin.ids)
        for move in self:
            items = move._recovery_receivable_items()
            dues = items.filtered(lambda line: not line.reconciled)
            days = [*recognised.get(move._origin.id, ())]
            if move.recovery_limitation_restart:
                days.append(move.recovery_limitation_restart)
            move.recovery_limitation_date = (
                move.is_sale_document()
                and move.state == "posted"
                and guard._last_day(
                    move.commercial_partner_id.recovery_debtor_kind,
                    dues[:1].date_maturity,
                    *days,
                )
            )
