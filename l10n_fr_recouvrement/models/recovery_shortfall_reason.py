from odoo import fields, models
from odoo.exceptions import UserError


class RecoveryShortfallReason(models.Model):
    """Why a customer paid less than the invoice (motif d'écart de règlement)."""

    _name = "recovery.shortfall.reason"
    _description = "Reason of a short payment"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    treatment = fields.Selection(
        selection=[
            ("write_off", "Written off up to the limit, disputed above"),
            ("dispute", "Disputed"),
            ("retention", "Retained until a date"),
        ],
        default="write_off",
        required=True,
    )
    account_id = fields.Many2one(
        comodel_name="account.account",
        company_dependent=True,
        string="Write-off account",
        domain="[('account_type', 'in', ('expense', 'expense_other', 'income_other'))]",
        help="Empty: the account of the French chart.",
    )
    chart_account = fields.Char(readonly=True, help="Its name in the French chart.")
    dispute_reason_id = fields.Many2one(
        comodel_name="recovery.dispute.reason",
        help="Of the dispute that is opened above the limit.",
    )

    def _account_of(self, company):
        """:raises UserError: neither the reason nor the chart names an account"""
        reason = self.with_company(company)
        chart = self.env["account.chart.template"].with_company(company)
        account = reason.account_id or (
            reason.chart_account
            and chart.ref(reason.chart_account, raise_if_not_found=False)
        )
        if not account:
            raise UserError(
                self.env._(
                    "Choose the write-off account of “%s” in Recovery, Configuration, "
                    "Reasons of short payments.",
                    reason.name,
                )
            )
        return account
