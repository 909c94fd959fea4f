"""Who may do what, asked and refused in one place."""

from odoo.exceptions import AccessError

COLLECTOR = "l10n_fr_recouvrement.group_recovery_user"
MANAGER = "l10n_fr_recouvrement.group_recovery_manager"
# Context key of our own writes: no remote call can carry this very object.
FLOW = object()


def is_flow(env):
    """Whether our own code writes, and no user."""
    return env.context.get("recovery_flow") is FLOW


def require(env, group):
    """:raises AccessError: the user is neither COLLECTOR nor MANAGER, as asked"""
    if env.user.has_group(group):
        return
    if group == MANAGER:
        raise AccessError(env._("Only a recovery manager can do this."))
    raise AccessError(env._("Only a collector can do this."))
