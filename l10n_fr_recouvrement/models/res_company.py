from odoo import fields, models

from .recovery_legal_parameter import SECTORS


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = [
        "res.company",
        "recovery.calendar.mixin",
        "recovery.bank.mixin",
        "recovery.mail.limit.mixin",
        "recovery.mail.server.mixin",
        "recovery.penalty.mixin",
        "recovery.portal.company.mixin",
        "recovery.prefetch.mixin",
    ]

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
    recovery_clause_id = fields.Many2one(
        comodel_name="recovery.penalty.clause",
        string="Default penalty clause",
        check_company=True,
        help="For the debtors of its kind that no payment term or customer gives "
        "another one. Empty: the first clause of each kind.",
    )
    recovery_print_clause = fields.Boolean(
        string="Print the late payment mentions",
        default=True,
        help="On invoices, quotations and orders: rate of the penalties, fixed "
        "indemnity and early discount (C. com. L441-9). Lines that the terms of the "
        "document already contain are left out.",
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
    recovery_write_off_limit = fields.Monetary(
        string="Short payments written off up to",
        currency_field="currency_id",
        default=5,
        help="A larger difference is disputed. 0: each one is.",
    )
    recovery_mediator = fields.Text(
        string="Consumer mediator",
        help="Name, address and site (C. conso. L616-1), printed on the formal notices "
        "to consumers.",
    )
    recovery_sector = fields.Selection(
        selection=SECTORS,
        string="Payment term cap",
        help="Sales with a shorter legal payment term (C. com. L441-10 I, L441-11).",
    )
    recovery_statement_overdue_only = fields.Boolean(
        string="Statements of account only when something is overdue",
        default=True,
        help="Otherwise each chosen customer with an open item gets one.",
    )

    recovery_run_months = fields.Integer(
        string="Keep runs for",
        default=24,
        help="Months. 0 keeps them for good; notices are always kept.",
    )

    _check_recovery_run_months = models.Constraint(
        "CHECK (recovery_run_months >= 0)",
        "Runs are kept for some months, or for good.",
    )

    def _recovery_is_french(self):
        """Whether the French law of payment terms binds it: France and overseas; a
        branch without a country is where its company is.
        """
        head = self.sudo().root_id  # its country is no secret
        country = self.account_fiscal_country_id or head.account_fiscal_country_id
        return country.code in self._get_france_country_codes()

    def _recovery_today(self):
        """The company's French day, whatever the time zone of the user or server."""
        return fields.Date.context_today(self.with_context(tz="Europe/Paris"))
