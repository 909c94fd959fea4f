from odoo import fields, models

from .vocabulary import STATUSES


class RecoveryRunLine(models.Model):
    """A counter of a run (items skipped by reason, notices by level) or a failure."""

    _name = "recovery.run.line"
    _description = "Line of a run"
    _order = "run_id, kind, id"

    run_id = fields.Many2one(
        comodel_name="recovery.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True)
    kind = fields.Selection(
        selection=[
            ("level", "Notices"),
            ("skipped", "Skipped items"),
            ("failure", "Failure"),
        ],
        string="Kind of line",
        required=True,
    )
    status = fields.Selection(selection=STATUSES, string="Reason")
    level_id = fields.Many2one(comodel_name="recovery.level", ondelete="set null")
    channels = fields.Char()
    item_count = fields.Integer("Items")
    notice_count = fields.Integer("Notices")
    partner_id = fields.Many2one(comodel_name="res.partner", string="Customer")
    message = fields.Char()
