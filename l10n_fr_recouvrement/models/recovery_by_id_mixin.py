from odoo import api, models
from odoo.tools import SQL


class RecoveryByIdMixin(models.AbstractModel):
    """A read model whose rows, asked for by their ids, are found without reading the
    whole ledger: a form costs what its debtor costs.
    """

    _name = "recovery.by.id.mixin"
    _description = "Rows of a read model by their ids"

    @api.model
    def _search(self, domain, *args, **kwargs):
        # EXTENDS 'base'
        scope = self._scope_of_domain(domain)
        if scope and not self.env.context.get("recovery_scope"):
            self.env.cr.execute(SQL("SET LOCAL random_page_cost = 1.1"))
            narrowed = self.with_context(recovery_scope=scope)
            return narrowed._search(domain, *args, **kwargs)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _scope_of_domain(self, domain):
        """Scope of a domain that is nothing but a list of ids, else None."""
        if not isinstance(domain, list) or len(domain) != 1:
            return None
        [leaf] = domain
        if not isinstance(leaf, (list, tuple)) or tuple(leaf[:2]) != ("id", "in"):
            return None
        ids = leaf[2]
        return self._scope_of_ids(list(ids)) if isinstance(ids, (list, tuple)) else None

    @api.model
    def _scope_of_ids(self, ids):
        """Value of the context key `recovery_scope`; None for the whole ledger."""
        raise NotImplementedError
