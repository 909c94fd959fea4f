from odoo import api, fields, models
from odoo.exceptions import UserError


class RecoveryPlanBreachMixin(models.AbstractModel):
    """The formal notice after a broken plan (L8) and what it leads to.

    The debtor is given a delay to pay the missed instalments, from the first
    presentation of a registered letter; only after it the rest is due at once
    (Cass. 1re civ. 22/06/2017, n° 16-18.418).
    """

    _name = "recovery.plan.breach.mixin"
    _description = "Formal notice after a broken plan"

    cure_days = fields.Integer(
        string="Delay to cure",
        default=8,
        required=True,
        help="Days, from the first presentation of the formal notice.",
    )
    defaulted_on = fields.Date(string="In default since", readonly=True, copy=False)
    formal_on = fields.Date(string="Formal notice of", readonly=True, copy=False)
    formal_document_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="Formal notice",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    formal_number = fields.Char(string="Registered number", copy=False)
    formal_posted_on = fields.Date(string="Posted on", copy=False)
    formal_presented_on = fields.Date(
        string="First presented on", copy=False, tracking=True
    )
    cure_until = fields.Date(
        string="To cure until", compute="_compute_cure_until", store=True
    )

    @api.depends("formal_on", "formal_presented_on", "cure_days")
    def _compute_cure_until(self):
        """Last day to pay: the day of the presentation does not count (CPC 641)."""
        for plan in self:
            plan.cure_until = (
                plan.formal_on
                and plan.formal_presented_on
                and fields.Date.add(plan.formal_presented_on, days=plan.cure_days)
            )

    @api.constrains("formal_on", "formal_posted_on", "formal_presented_on")
    def _check_post(self):
        for plan in self:
            days = [plan.formal_on, plan.formal_posted_on, plan.formal_presented_on]
            days = [day for day in days if day]
            if days and (not plan.formal_on or days != sorted(days)):
                raise UserError(
                    self.env._(
                        "A formal notice is written, then posted, then presented: "
                        "check the days."
                    )
                )

    def action_formal_notice(self):
        """Write the formal notice; it is printed and sent by registered post."""
        for plan in self:
            plan._check_state("default")
            plan._check_situations("insolvency", "case", "factored")
        for plan in self:
            plan._write_flow(
                {
                    "formal_on": plan.company_id._recovery_today(),
                    "formal_number": False,
                    "formal_posted_on": False,
                    "formal_presented_on": False,
                }
            )
            plan._archive_formal_notice()
        self._log_all(self.env._("Formal notice after a broken plan written."))

    def action_accelerate(self):
        """The whole of the rest is due (déchéance du terme).

        :raises UserError: no formal notice presented, its delay not over, or cured
        """
        for plan in self:
            plan._check_state("default")
            plan._check_acceleration()
        self._accelerate()

    def _check_acceleration(self):
        if not self.cure_until:
            raise UserError(
                self.env._(
                    "Write the formal notice, send it by registered post and enter the "
                    "day of its first presentation: the rest is only due after it."
                )
            )
        if self.cure_until >= self.company_id._recovery_today():
            raise UserError(
                self.env._(
                    "The customer may still pay until %s included.",
                    self._day(self.cure_until),
                )
            )
        if not self.missed:
            raise UserError(
                self.env._("The missed instalments were paid: the plan goes on.")
            )
