from odoo import api, fields, models

from .vocabulary import FORMAL_NOTICES, LEVEL_LETTERS


class RecoveryLevel(models.Model):
    """One step of a policy (niveau de relance)."""

    _name = "recovery.level"
    _description = "Recovery level"
    _inherit = ["recovery.channel.mixin"]
    _order = "policy_id, position"

    name = fields.Char(required=True, translate=True)
    policy_id = fields.Many2one(
        comodel_name="recovery.policy", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="policy_id.company_id", store=True)
    position = fields.Integer(
        required=True,
        default=10,
        help="Order of the level. An item that changes policy goes on at the first "
        "level whose position is higher than the one it has reached.",
    )
    delay_days = fields.Integer(
        string="Delay", help="Days. Negative: before the due date."
    )
    delay_basis = fields.Selection(
        selection=[
            ("due_date", "from the due date"),
            ("end_of_month", "from the end of the month of the due date"),
            ("previous_notice", "from the previous notice"),
        ],
        default="due_date",
        required=True,
    )
    letter = fields.Selection(selection=LEVEL_LETTERS, string="Letter text")
    mail_template_id = fields.Many2one(
        comodel_name="mail.template",
        string="E-mail text",
        domain="[('model', '=', 'recovery.notice')]",
    )
    attach_letter = fields.Boolean(
        string="Attach the letter", default=True, help="To the e-mail, as PDF."
    )
    attach_invoices = fields.Boolean(help="To the e-mail, as PDF.")
    claims = fields.Selection(
        selection=[
            ("nothing", "Principal only"),
            ("shows", "Shows interest and indemnity as accruing"),
            ("claims", "Claims interest and indemnity"),
        ],
        default="nothing",
        required=True,
    )
    needs_validation = fields.Boolean(
        help="Notices of this level wait until somebody approves them."
    )
    granted_days = fields.Integer(
        string="Deadline granted", default=8, help="Days granted to pay."
    )
    is_formal_notice = fields.Boolean(compute="_compute_is_formal_notice")

    _position_uniq = models.Constraint(
        "UNIQUE (policy_id, position)",
        "Two levels of one policy cannot have the same position.",
    )
    _check_position = models.Constraint(
        "CHECK (position > 0 AND granted_days >= 0)",
        "The position is a number from 1 and the deadline cannot be negative.",
    )
    _check_previous_notice = models.Constraint(
        "CHECK (delay_basis != 'previous_notice' OR delay_days >= 0)",
        "A delay from the previous notice cannot be negative.",
    )

    @api.depends("letter")
    def _compute_is_formal_notice(self):
        """Mise en demeure (C. civ. 1344)."""
        for level in self:
            level.is_formal_notice = level.letter in FORMAL_NOTICES

    @api.depends("name", "policy_id.name")
    @api.depends_context("recovery_show_policy", "lang")
    def _compute_display_name(self):
        show_policy = self.env.context.get("recovery_show_policy")
        for level in self:
            policy = f" ({level.policy_id.name})" if show_policy else ""
            level.display_name = f"{level.name or ''}{policy}"
