from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merged customers: what was decided of them stays decided. Notices, disputes,
    promises and pauses follow by their foreign keys, past what freezes evidence.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_values(self, src_partners, dst_partner):
        # EXTENDS 'base'
        confirmed = (dst_partner + src_partners).filtered(
            "recovery_debtor_kind_confirmed"
        )
        kind = confirmed[:1].recovery_debtor_kind
        result = super()._update_values(src_partners, dst_partner)
        if kind and dst_partner.recovery_debtor_kind != kind:
            dst_partner.recovery_debtor_kind = kind
        return result
