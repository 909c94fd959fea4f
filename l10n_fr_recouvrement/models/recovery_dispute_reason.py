from odoo import fields, models


class RecoveryDisputeReason(models.Model):
    """Why a customer contests (motif de litige): who answers, and within what time."""

    _name = "recovery.dispute.reason"
    _description = "Reason of a dispute"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        domain="[('share', '=', False)]",
        help="Empty: who opens the dispute, else the collector of the customer.",
    )
    days = fields.Integer(
        string="Time to answer", default=8, help="Days from the opening."
    )
    activity_plan_id = fields.Many2one(
        comodel_name="mail.activity.plan",
        domain="[('res_model', '=', 'recovery.dispute')]",
        help="Activities of the dispute. Empty: one, to answer within that time.",
    )

    _check_reason_days = models.Constraint(
        "CHECK (days >= 0)", "The time to answer cannot be negative."
    )
