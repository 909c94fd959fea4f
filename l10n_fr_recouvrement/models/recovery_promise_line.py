from odoo import fields, models


class RecoveryPromiseLine(models.Model):
    """One of several payments that a customer promised."""

    _name = "recovery.promise.line"
    _description = "Instalment of a promise"
    _order = "date, id"
    _rec_name = "date"

    promise_id = fields.Many2one(
        comodel_name="recovery.promise", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="promise_id.company_id", store=True)
    currency_id = fields.Many2one(related="promise_id.currency_id")
    date = fields.Date(required=True)
    amount = fields.Monetary(required=True)

    _check_amount = models.Constraint(
        "CHECK (amount > 0)", "A promised payment must be greater than zero."
    )
