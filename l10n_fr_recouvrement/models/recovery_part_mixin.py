from odoo import api, models


class RecoveryPartMixin(models.AbstractModel):
    """A line of a record that is evidence once it has left its first state: the record
    (its `_check_parts`) says whether its lines may still change.
    """

    _name = "recovery.part.mixin"
    _description = "Part of a record that is evidence"
    _part_of = None  # name of the field with the record

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        parts = super().create(vals_list)
        parts._check_whole()
        return parts

    def write(self, vals):
        # EXTENDS 'base'
        self._check_whole()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        self._check_whole()

    def _check_whole(self):
        """:raises UserError: the record that these are parts of is evidence"""
        self[self._part_of]._check_parts()
