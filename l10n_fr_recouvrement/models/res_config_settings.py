from markupsafe import Markup

from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    recovery_live = fields.Boolean(related="company_id.recovery_live")
    recovery_policy_id = fields.Many2one(
        related="company_id.recovery_policy_id", readonly=False
    )
    recovery_clause_id = fields.Many2one(
        related="company_id.recovery_clause_id", readonly=False
    )
    recovery_print_clause = fields.Boolean(
        related="company_id.recovery_print_clause", readonly=False
    )
    recovery_user_id = fields.Many2one(
        related="company_id.recovery_user_id", readonly=False
    )
    recovery_email_from = fields.Char(
        related="company_id.recovery_email_from", readonly=False
    )
    recovery_reply_to = fields.Char(
        related="company_id.recovery_reply_to", readonly=False
    )
    recovery_city = fields.Char(related="company_id.recovery_city", readonly=False)
    recovery_signatory_name = fields.Char(
        related="company_id.recovery_signatory_name", readonly=False
    )
    recovery_signatory_title = fields.Char(
        related="company_id.recovery_signatory_title", readonly=False
    )
    recovery_legal_form = fields.Char(
        related="company_id.recovery_legal_form", readonly=False
    )
    recovery_capital = fields.Monetary(
        related="company_id.recovery_capital", readonly=False
    )
    recovery_rcs_city = fields.Char(
        related="company_id.recovery_rcs_city", readonly=False
    )
    recovery_mediator = fields.Text(
        related="company_id.recovery_mediator", readonly=False
    )
    recovery_sector = fields.Selection(
        related="company_id.recovery_sector", readonly=False
    )
    recovery_statement_overdue_only = fields.Boolean(
        related="company_id.recovery_statement_overdue_only", readonly=False
    )
    recovery_interest_account_id = fields.Many2one(
        related="company_id.recovery_interest_account_id", readonly=False
    )
    recovery_indemnity_account_id = fields.Many2one(
        related="company_id.recovery_indemnity_account_id", readonly=False
    )
    recovery_penalty_tax_id = fields.Many2one(
        related="company_id.recovery_penalty_tax_id", readonly=False
    )
    recovery_book_collected = fields.Boolean(
        related="company_id.recovery_book_collected", readonly=False
    )
    recovery_penalty_minimum = fields.Monetary(
        related="company_id.recovery_penalty_minimum",
        currency_field="recovery_currency_id",
        readonly=False,
    )
    recovery_write_off_limit = fields.Monetary(
        related="company_id.recovery_write_off_limit",
        currency_field="recovery_currency_id",
        readonly=False,
    )
    recovery_penalty_reminder = fields.Boolean(
        related="company_id.recovery_penalty_reminder", readonly=False
    )
    recovery_working_days = fields.Boolean(
        related="company_id.recovery_working_days", readonly=False
    )
    recovery_hour_from = fields.Float(
        related="company_id.recovery_hour_from", readonly=False
    )
    recovery_hour_to = fields.Float(
        related="company_id.recovery_hour_to", readonly=False
    )
    recovery_run_months = fields.Integer(
        related="company_id.recovery_run_months", readonly=False
    )
    recovery_health = fields.Html(compute="_compute_recovery_health", sanitize=False)
    recovery_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the capital"
    )

    @api.depends("company_id")
    def _compute_recovery_health(self):
        """A line for each fact; what is not right stands out."""
        row = Markup(
            '<tr><td class="text-muted pe-3 text-nowrap">%s</td>'
            '<td class="%s">%s</td></tr>'
        )
        for settings in self:
            lines = self.env["recovery.health"]._lines(settings.company_id)
            rows = (
                row % (title, "" if right else "text-danger", text)
                for title, text, right in lines
            )
            settings.recovery_health = Markup("<table>%s</table>") % Markup("").join(
                rows
            )

    def action_recovery_preview(self):
        """The first preview, where a manager switches the night job on."""
        return self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_go_live_action"
        )

    def action_recovery_switch_off(self):
        """Stop the night job; what is ready still leaves unless it is cancelled."""
        self.company_id.recovery_live = False
