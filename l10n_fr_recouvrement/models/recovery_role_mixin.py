from odoo import fields, models

from .vocabulary import ROLES


class RecoveryRoleMixin(models.AbstractModel):
    """What a contact is at the customer, for the levels that write to a role."""

    _name = "recovery.role.mixin"
    _description = "Role of a contact"

    recovery_role = fields.Selection(
        selection=ROLES,
        string="Role for recovery",
        index="btree_not_null",
        help="Levels that are written to this role go to this contact; to all of them "
        "by e-mail where several have it.",
    )
