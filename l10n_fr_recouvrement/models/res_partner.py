from odoo import api, fields, models

from .vocabulary import ACCOUNTING, DEBTOR_KINDS


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = [
        "res.partner",
        "recovery.kind.mixin",
        "recovery.terms.mixin",
        "recovery.partner.statement.mixin",
        "recovery.consent.mixin",
        "recovery.plan.partner.mixin",
        "recovery.portal.partner.mixin",
        "recovery.prefetch.mixin",
        "recovery.difficulty.mixin",
        "recovery.reliability.mixin",
        "recovery.role.mixin",
    ]

    recovery_debtor_kind = fields.Selection(
        selection=DEBTOR_KINDS,
        string="Kind of debtor",
        compute="_compute_recovery_debtor_kind",
        inverse="_inverse_recovery_debtor_kind",
        store=True,
        readonly=False,
        copy=False,
        help="What may be claimed depends on it. Proposed from the identification "
        "numbers until somebody confirms it.",
    )
    recovery_debtor_kind_confirmed = fields.Boolean(
        string="Kind confirmed",
        copy=False,
        help="Letters that show or claim interest wait for it.",
    )
    recovery_policy_id = fields.Many2one(
        comodel_name="recovery.policy",
        string="Recovery policy",
        company_dependent=True,
        help="Empty: the first policy whose conditions hold.",
    )
    recovery_clause_id = fields.Many2one(
        comodel_name="recovery.penalty.clause",
        string="Penalty clause",
        company_dependent=True,
        check_company=True,
        help="Empty: the clause of the company, else of the kind of debtor.",
    )
    recovery_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Collector",
        company_dependent=True,
        domain="[('share', '=', False)]",
    )
    recovery_contact = fields.Boolean(
        string="Contact for recovery",
        help="Reminders of the company are written to this contact.",
    )
    recovery_no_penalties = fields.Boolean(
        string="No penalties proposed",
        help="The list of penalties to claim leaves this customer out. Public buyers "
        "stay in: waiving their interest is void (CCP L2192-14).",
    )
    recovery_no_penalties_reason = fields.Char(string="Why no penalties")
    recovery_notice_count = fields.Integer(
        compute="_compute_recovery_notice_count", groups=ACCOUNTING
    )
    recovery_currency_id = fields.Many2one(
        comodel_name="res.currency",
        compute="_compute_recovery_amounts",
        groups=ACCOUNTING,
    )
    recovery_residual = fields.Monetary(
        string="Outstanding",
        compute="_compute_recovery_amounts",
        currency_field="recovery_currency_id",
        groups=ACCOUNTING,
    )
    recovery_overdue = fields.Monetary(
        string="Overdue",
        compute="_compute_recovery_amounts",
        currency_field="recovery_currency_id",
        groups=ACCOUNTING,
    )
    recovery_days_late = fields.Integer(
        string="Days late", compute="_compute_recovery_amounts", groups=ACCOUNTING
    )

    @api.model
    def _commercial_fields(self):
        # EXTENDS 'base'
        return super()._commercial_fields() + [
            "recovery_debtor_kind",
            "recovery_debtor_kind_confirmed",
            "recovery_policy_id",
            "recovery_clause_id",
            "recovery_user_id",
            "recovery_public_body",
            "recovery_sector",
            "recovery_statement_period",
            "recovery_no_penalties",
            "recovery_no_penalties_reason",
            "recovery_electronic_consent",
            "recovery_electronic_consent_date",
        ]

    @api.depends("vat", "company_registry", "country_id", "is_company", "parent_id")
    def _compute_recovery_debtor_kind(self):
        for partner in self:
            if not partner.recovery_debtor_kind_confirmed:
                partner.recovery_debtor_kind, _why = partner._recovery_proposal()

    def _inverse_recovery_debtor_kind(self):
        """Choosing a kind on the customer confirms it; contacts only follow."""
        chosen = self.filtered(
            lambda partner: partner.recovery_debtor_kind
            and partner == partner.commercial_partner_id
        )
        chosen.recovery_debtor_kind_confirmed = True

    def action_recovery_confirm_kind(self):
        """Confirm the proposed kinds, in bulk; unknown ones stay to be chosen."""
        self.commercial_partner_id.filtered(
            "recovery_debtor_kind"
        ).recovery_debtor_kind_confirmed = True

    @api.depends_context("company")
    def _compute_recovery_notice_count(self):
        partners = self.commercial_partner_id
        counts = dict(
            self.env["recovery.notice"]._read_group(
                [("partner_id", "in", partners.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.recovery_notice_count = counts.get(partner.commercial_partner_id, 0)

    @api.depends_context("company", "recovery_date")
    def _compute_recovery_amounts(self):
        """Exposure in real time, in the currency of the company."""
        partners = self.commercial_partner_id
        debtors = self.env["recovery.debtor"].sudo()  # figures of a readable customer
        rows = {
            partner: amounts
            for partner, *amounts in debtors._scoped(partners.ids)._read_group(
                [("company_id", "=", self.env.company.id)],
                ["partner_id"],
                ["residual_company:sum", "overdue_company:sum", "days_late:max"],
            )
        }
        for partner in self:
            residual, overdue, days = rows.get(partner.commercial_partner_id, (0, 0, 0))
            partner.recovery_currency_id = self.env.company.currency_id
            partner.recovery_residual = residual
            partner.recovery_overdue = overdue
            partner.recovery_days_late = max(days or 0, 0)

    def action_recovery_situation(self):
        """Open items of these debtors."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_situation_action"
        )
        action["domain"] = [("partner_id", "in", self.commercial_partner_id.ids)]
        return action

    def action_recovery_notices(self):
        """Notices sent to these debtors."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_notice_action"
        )
        action["domain"] = [("partner_id", "in", self.commercial_partner_id.ids)]
        return action

    def action_recovery_remind(self):
        """Remind these debtors now, outside the night job, by the same rules."""
        return self.env["recovery.reminder"]._remind(debtors=self.commercial_partner_id)

    def action_recovery_resend(self):
        """Send the last reminder of this customer again; it counts as no level."""
        self.ensure_one()
        notices = self.env["recovery.notice"]
        return notices._last_sent(self, self.env.company).action_resend()

    def action_recovery_claim(self):
        """Claim (or waive) the penalties of these customers."""
        debtors = self.commercial_partner_id
        claimable, today = self.env["recovery.claimable"], fields.Date.today()
        items = claimable._candidates(
            self.env.company, today, claimable._since(today), debtors
        )
        lines = self.env["account.move.line"].browse(items)
        return self.env["recovery.claim"]._open(lines.move_id)

    def action_recovery_allocate(self):
        """Put an open receipt of this customer on claimed penalties."""
        self.ensure_one()
        return self.env["recovery.allocate"]._open(self, self.env.company)
