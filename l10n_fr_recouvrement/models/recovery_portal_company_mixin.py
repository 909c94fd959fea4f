from odoo import fields, models


class RecoveryPortalCompanyMixin(models.AbstractModel):
    """What a company lets its debtors do on their page."""

    _name = "recovery.portal.company.mixin"
    _description = "Settings of the debtors' page"

    recovery_portal_mail = fields.Boolean(
        string="Link in e-mails",
        default=True,
        help="Reminders sent by e-mail lead to the page on which the customer sees, "
        "pays, promises or disputes what is due.",
    )
    recovery_portal_letter = fields.Boolean(
        string="Code on letters",
        help="Printed reminders carry a code that opens the same page on a phone.",
    )
    recovery_portal_days = fields.Integer(
        string="Links valid for", default=90, required=True, help="Days."
    )
    recovery_portal_promise_days = fields.Integer(
        string="Promises up to",
        default=30,
        required=True,
        help="Days from today: a promise suspends the reminders until then.",
    )

    _check_recovery_portal_days = models.Constraint(
        "CHECK (recovery_portal_days > 0 AND recovery_portal_promise_days > 0)",
        "Links to the debtors' page and promises made there last one day at least.",
    )
