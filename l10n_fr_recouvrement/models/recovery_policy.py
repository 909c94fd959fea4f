from odoo import api, fields, models

from .vocabulary import DEBTOR_KINDS


class RecoveryPolicy(models.Model):
    """Dunning scenario (scénario de relance): who it is for, and its levels.

    The policy of an item is the one of its invoice, else of its customer, else the
    first policy whose conditions hold, else the one of the company.
    """

    _name = "recovery.policy"
    _description = "Recovery policy"
    _order = "sequence, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company", help="Empty: the policy serves all companies."
    )
    debtor_kind = fields.Selection(
        selection=DEBTOR_KINDS,
        help="The policy applies by itself to customers of this kind. Empty: any kind.",
    )
    category_ids = fields.Many2many(
        comodel_name="res.partner.category",
        string="Customer tags",
        help="The policy applies by itself to customers with one of these tags.",
    )
    automatic = fields.Boolean(
        default=True,
        help="Applies by itself where its conditions hold. Otherwise it is only used "
        "where it is chosen on an invoice, a customer or the company.",
    )
    minimum_amount = fields.Float(
        digits=(16, 2),
        help="In the currency of the company. A debtor who owes less is not reminded.",
    )
    interval_days = fields.Integer(
        string="Minimum interval",
        default=7,
        help="Days between two notices to one debtor.",
    )
    grouping = fields.Selection(
        selection=[
            ("customer", "One notice per customer"),
            ("invoice", "One notice per invoice"),
        ],
        default="customer",
        required=True,
    )
    repeat_days = fields.Integer(
        string="Repeat the last level every",
        help="Days. 0: the last level is not repeated.",
    )
    waits_for_reply = fields.Boolean(
        string="Wait until answers are read",
        default=True,
        help="A customer who wrote back is sent nothing more before somebody has read "
        "the answer.",
    )
    broken_promise = fields.Selection(
        selection=[
            ("call", "The collector calls"),
            ("next_level", "The next level leaves at once"),
        ],
        string="After a broken promise",
        default="call",
        required=True,
    )
    level_ids = fields.One2many(
        comodel_name="recovery.level", inverse_name="policy_id", copy=True
    )

    _check_days = models.Constraint(
        "CHECK (interval_days >= 0 AND repeat_days >= 0 AND minimum_amount >= 0)",
        "The minimum amount, the interval and the repetition cannot be negative.",
    )

    @api.depends("name", "company_id")
    def _compute_display_name(self):
        several = len(self.env.companies) > 1
        for policy in self:
            company = policy.company_id if several else False
            policy.display_name = (
                f"{policy.name} ({company.name})" if company else policy.name
            )

    def copy_data(self, default=None):
        return [
            vals | {"name": self.env._("%s (copy)", policy.name)}
            for policy, vals in zip(self, super().copy_data(default), strict=True)
        ]
