from odoo import api, fields, models
from odoo.exceptions import UserError

from .vocabulary import LIVE, NO_CLAIM, PENALTY_KINDS


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
    notice_ids = fields.One2many(
        comodel_name="recovery.notice",
        inverse_name="plan_id",
        string="Formal notices",
        readonly=True,
    )
    formal_notice_id = fields.Many2one(
        comodel_name="recovery.notice",
        string="Formal notice",
        compute="_compute_formal_notice_id",
        store=True,
        index="btree_not_null",
    )
    formal_on = fields.Date(related="formal_notice_id.date", string="Formal notice of")
    formal_state = fields.Selection(related="formal_notice_id.display_state")
    formal_presented_on = fields.Date(related="formal_notice_id.presented_on")
    cure_until = fields.Date(
        string="To cure until", compute="_compute_cure_until", store=True
    )

    @api.depends("defaulted_on", "notice_ids.state", "notice_ids.date")
    def _compute_formal_notice_id(self):
        """That of this default: one that was cancelled, or that did not reach the
        debtor, counts no more, nor one of a default that was cured.
        """
        for plan in self:
            notices = plan.defaulted_on and plan.notice_ids.filtered(
                lambda notice, since=plan.defaulted_on: (
                    notice.state in LIVE and notice.date >= since
                )
            )
            plan.formal_notice_id = notices and notices[0]

    @api.depends("formal_notice_id", "notice_ids.presented_on", "cure_days")
    def _compute_cure_until(self):
        """Last day to pay: the day of the presentation does not count (CPC 641)."""
        for plan in self:
            presented_on = plan.formal_notice_id.presented_on
            plan.cure_until = presented_on and fields.Date.add(
                presented_on, days=plan.cure_days
            )

    def action_formal_notice(self):
        """Write the formal notices; each is approved, then sent by registered post.

        :raises UserError: not in default, written already, or may not be claimed
        """
        for plan in self:
            plan._check_state("default")
            plan._check_no_formal_notice()
            plan._check_situations(*NO_CLAIM)
        notices = self.env["recovery.notice"].union(
            *(plan._write_formal_notice() for plan in self)
        )
        self._log_all(self.env._("Formal notice after a broken plan written."))
        return len(notices) == 1 and self.env["recovery.occasion"]._open(notices)

    def _check_no_formal_notice(self):
        if notice := self.formal_notice_id:
            raise UserError(
                self.env._(
                    "Formal notice %(notice)s of plan %(plan)s is written already: "
                    "send that one, or cancel it first.",
                    notice=notice.name,
                    plan=self.name,
                )
            )

    def _write_formal_notice(self):
        """The notice of this plan: it asks for the missed instalments only."""
        notice = self.env["recovery.occasion"]._write_letter(
            "L8",
            self.partner_id,
            self.company_id,
            self.invoice_ids.move_id,
            currency=self.currency_id,
            contact=self.contact_id,
            granted_days=self.cure_days,
            by_registered=True,
            facts=self._formal_facts(),
        )
        # Nobody but the house writes notices; the occasion checks who asks.
        notice.sudo().write({"plan_id": self.id, "total": self.missed})
        return notice

    def _formal_facts(self):
        """What the letter tells of the plan, as it stands today."""
        revived = self.debtor_kind in PENALTY_KINDS and self.env[
            "recovery.plan.interest"
        ]._revived(self)
        return {
            "plan": self.name,
            "signed_on": self.accepted_on.isoformat(),
            "plan_amount": self.principal,
            "balance": self.residual,
            "revived": float(revived or 0),
            "instalments": [
                [
                    line.date.isoformat(),
                    line.amount,
                    line.paid,
                    line.state == "missed",
                ]
                for line in self.line_ids.sorted("date")
            ],
        }

    def action_open_formal_notice(self):
        """The notice, with its letter and what the post says of it."""
        self.ensure_one()
        return self.env["recovery.occasion"]._open(self.formal_notice_id)

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
