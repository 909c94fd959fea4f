from odoo import fields, models


class RecoveryPartnerStatementMixin(models.AbstractModel):
    """Customers who get a statement of account at regular intervals."""

    _name = "recovery.partner.statement.mixin"
    _description = "Customer with statements of account"

    recovery_statement_period = fields.Selection(
        selection=[("monthly", "Every month"), ("quarterly", "Every quarter")],
        string="Statement of account",
        company_dependent=True,
        help="Sent by e-mail on the first days of the period. Empty: never.",
    )
    recovery_statement_sent_on = fields.Date(
        string="Last statement of account",
        company_dependent=True,
        readonly=True,
        copy=False,
    )
    recovery_statement_checked_on = fields.Date(
        string="Statement of account looked at",
        company_dependent=True,
        readonly=True,
        copy=False,
    )

    def action_recovery_account_statement(self):
        """Send the statements of account of these customers, after a preview."""
        return self.env["recovery.account.statement.send"]._action(
            self, self.env.company
        )

    def action_recovery_interest_statement(self):
        """The statement of interest of these customers, at any date."""
        return self.env["recovery.statement.report"]._action(
            partner_ids=self.commercial_partner_id.ids
        )
