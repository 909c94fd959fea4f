from odoo import api, models


class RecoveryCacheMixin(models.AbstractModel):
    """Records that are read through caches, which every change empties."""

    _name = "recovery.cache.mixin"
    _description = "Records read through caches"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_clear_cache(self):
        self.env.registry.clear_cache()
