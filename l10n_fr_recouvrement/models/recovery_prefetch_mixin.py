from odoo import api, models

GROUP = "recovery"


class RecoveryPrefetchMixin(models.AbstractModel):
    """Columns of ours on a model of core are read together, once one of them is asked
    for: who reads what is core's does not pay for them.
    """

    _name = "recovery.prefetch.mixin"
    _description = "Columns of recovery that are read apart"

    @api.model
    def _post_model_setup__(self):
        # EXTENDS 'base'
        result = super()._post_model_setup__()
        for name, field in self._fields.items():
            if name.startswith("recovery_") and field.prefetch is True:
                field.prefetch = GROUP
        return result
