from odoo import fields, models


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "recovery.penalty.mixin"]

    recovery_live = fields.Boolean(
        string="Automatic reminders",
        help="The night job writes notices once the first preview is approved.",
    )
    recovery_live_since = fields.Date(readonly=True)
    recovery_live_user_id = fields.Many2one(comodel_name="res.users", readonly=True)
    recovery_policy_id = fields.Many2one(
        comodel_name="recovery.policy",
        string="Default recovery policy",
        help="For customers that no condition of a policy covers.",
    )
    recovery_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Collector",
        domain="[('share', '=', False)]",
        help="For customers without a collector of their own.",
    )
    recovery_email_from = fields.Char(string="Sender of reminders")
    recovery_reply_to = fields.Char(string="Reply to")
    recovery_city = fields.Char(
        string="Place on letters", help="Empty: the city of the company."
    )
    recovery_signatory_name = fields.Char(string="Signatory")
    recovery_signatory_title = fields.Char(string="Quality of the signatory")
    recovery_legal_form = fields.Char(
        string="Legal form", help="SARL, SAS, SA …, printed on letters (R123-238)."
    )
    recovery_capital = fields.Monetary(
        string="Share capital", currency_field="currency_id"
    )
    recovery_rcs_city = fields.Char(
        string="RCS city", help="City of the trade register (R123-237)."
    )
    recovery_penalty_minimum = fields.Monetary(
        string="Penalties worth claiming from", currency_field="currency_id"
    )
    recovery_mediator = fields.Text(
        string="Consumer mediator",
        help="Name, address and site (C. conso. L616-1), printed on the formal notices "
        "to consumers.",
    )

    def _recovery_today(self):
        """The company's French day, whatever the time zone of the user or server."""
        return fields.Date.context_today(self.with_context(tz="Europe/Paris"))
