from odoo import fields, models


class RecoveryObjectionAnswer(models.TransientModel):
    """The salesperson says why, and until when, a customer is to be left alone."""

    _name = "recovery.objection.answer"
    _description = "Objection of a salesperson"

    objection_ids = fields.Many2many(
        comodel_name="recovery.objection",
        relation="recovery_objection_answer_rel",
        required=True,
        readonly=True,
    )
    until = fields.Date(
        string="Object until", required=True, help="Last day of the objection."
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Object; who may, and until when, is checked there."""
        self.ensure_one()
        self.objection_ids._object(self.reason, self.until)
        return {"type": "ir.actions.act_window_close"}
