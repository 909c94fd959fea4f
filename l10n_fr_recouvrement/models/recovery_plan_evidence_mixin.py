from odoo import api, models
from odoo.exceptions import UserError

from .access import MANAGER, is_flow
from .recovery_plan_signature_mixin import ENTERED, RECORDED

# What the debtor was offered is evidence.
EVIDENCE = {
    "name",
    "company_id",
    "partner_id",
    "currency_id",
    "date",
    "valid_until",
    "invoice_ids",
    "line_ids",
    "interest",
    "indemnity",
    "penalties",
    "grace_days",
    "cure_days",
    "previous_id",
}
FLOW_FIELDS = {
    "state",
    "closed_on",
    "closed_paid",
    "revived",
    "defaulted_on",
    "offer_document_id",
    "agreement_document_id",
}


class RecoveryPlanEvidenceMixin(models.AbstractModel):
    """What keeps a payment plan as it was offered and signed."""

    _name = "recovery.plan.evidence.mixin"
    _description = "Evidence of a payment plan"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'base'
        if not self._is_flow() and any(
            FLOW_FIELDS.intersection(vals) for vals in vals_list
        ):
            raise UserError(self._flow_sentence())
        plans = super().create(
            [
                vals | {"name": self._number(vals.get("company_id"))}
                for vals in vals_list
            ]
        )
        plans._check_waiver()
        return plans

    @api.model
    def _number(self, company_id):
        company = self.env["res.company"].browse(company_id) or self.env.company
        sequence = self.env["ir.sequence"].with_company(company)
        return sequence.next_by_code("recovery.plan") or "/"

    def write(self, vals):
        # EXTENDS 'base'
        if not self._is_flow():
            self._check_evidence(vals)
        result = super().write(vals)
        if "penalties" in vals:
            self._check_waiver()
        return result

    @api.model
    def _is_flow(self):
        return is_flow(self.env)

    @api.model
    def _flow_sentence(self):
        return self.env._("The state of a plan follows its life: use the buttons.")

    def _check_evidence(self, vals):
        """Only our own flow changes the state, and nobody what was offered."""
        if (FLOW_FIELDS | RECORDED).intersection(vals):
            raise UserError(self._flow_sentence())
        if EVIDENCE.intersection(vals):
            self._check_draft()
        if ENTERED.intersection(vals):
            self._check_state("draft", "offered")

    def _check_parts(self):
        """:raises UserError: the invoices and instalments were offered already"""
        if not self._is_flow():
            self._check_draft()

    def _check_draft(self):
        """:raises UserError: the debtor was offered this plan already"""
        if offered := self.filtered(lambda plan: plan.state != "draft"):
            raise UserError(
                self.env._(
                    "Plan %s was offered: it is evidence and cannot be changed. Cancel "
                    "the offer, or negotiate a new plan.",
                    offered[0].name,
                )
            )

    def _check_waiver(self):
        """:raises UserError: only a manager gives up penalties"""
        if self.env.su or self.env.user.has_group(MANAGER):
            return
        if "waived" in self.mapped("penalties"):
            raise UserError(
                self.env._(
                    "Only a recovery manager can waive penalties: suspend them, or ask "
                    "your manager."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_offered(self):
        self._check_draft()
