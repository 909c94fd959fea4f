from odoo import api, fields, models
from odoo.exceptions import UserError

from .access import COLLECTOR


class RecoveryPlanPartnerMixin(models.AbstractModel):
    """The payment plans of a customer."""

    _name = "recovery.plan.partner.mixin"
    _description = "Payment plans of a customer"

    recovery_plan_count = fields.Integer(
        compute="_compute_recovery_plan_count",
        groups=COLLECTOR,
    )

    @api.depends_context("allowed_company_ids")
    def _compute_recovery_plan_count(self):
        partners = self.commercial_partner_id
        counts = dict(
            self.env["recovery.plan"]._read_group(
                [("partner_id", "in", partners.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.recovery_plan_count = counts.get(partner.commercial_partner_id, 0)

    def action_recovery_plans(self):
        """All plans of these customers."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_plan_action"
        )
        partners = self.commercial_partner_id
        return action | {
            "domain": [("partner_id", "in", partners.ids)],
            "context": {},
        }

    def action_recovery_plan(self):
        """New plan of the overdue invoices of a customer, else of all that is due.

        :raises UserError: several customers; nothing is due
        """
        partner = self.commercial_partner_id
        if len(partner) != 1:
            raise UserError(self.env._("Choose one customer: a plan is for one."))
        invoices = self.env["account.move"].search(
            [
                ("commercial_partner_id", "=", partner.id),
                ("company_id", "=", self.env.company.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("amount_residual", ">", 0),
            ],
            order="invoice_date_due, id",
        )
        today = self.env.company._recovery_today()
        overdue = invoices.filtered(lambda move: move.invoice_date_due < today)
        chosen = overdue or invoices
        main = chosen[:1].currency_id
        return self.env["recovery.plan.wizard"]._open(
            chosen.filtered(lambda move: move.currency_id == main)
        )
