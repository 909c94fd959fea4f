from odoo import fields, models


class RecoveryPlanWizardLine(models.TransientModel):
    """An instalment as it will be."""

    _name = "recovery.plan.wizard.line"
    _description = "Instalment to propose"
    _order = "date, id"

    wizard_id = fields.Many2one(
        comodel_name="recovery.plan.wizard", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    date = fields.Date(readonly=True)
    amount = fields.Monetary(readonly=True)
    rest = fields.Monetary(string="Left after it", readonly=True)
