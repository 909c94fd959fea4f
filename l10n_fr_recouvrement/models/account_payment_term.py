from odoo import fields, models


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    recovery_clause_id = fields.Many2one(
        comodel_name="recovery.penalty.clause",
        string="Penalty clause",
        check_company=True,
        help="For invoices and orders with this payment term. Empty: the clause of the "
        "customer.",
    )
