from odoo import fields, models
from odoo.exceptions import AccessError

from .access import COLLECTOR, MANAGER
from .vocabulary import ACCOUNTING


class DigestDigest(models.Model):
    """Figures of recovery in Odoo's digests: a collector reads those of their own
    customers and of nobody's, other people of accounting those of the company.
    """

    _inherit = "digest.digest"

    kpi_recovery_overdue = fields.Boolean("Overdue")
    kpi_recovery_overdue_value = fields.Monetary(
        compute="_compute_kpi_recovery_overdue_value"
    )
    kpi_recovery_collected = fields.Boolean("Collected after a reminder")
    kpi_recovery_collected_value = fields.Monetary(
        compute="_compute_kpi_recovery_collected_value"
    )
    kpi_recovery_broken = fields.Boolean("Broken promises")
    kpi_recovery_broken_value = fields.Integer(
        compute="_compute_kpi_recovery_broken_value"
    )

    def _compute_kpi_recovery_overdue_value(self):
        self._recovery_figure("overdue")

    def _compute_kpi_recovery_collected_value(self):
        self._recovery_figure("collected")

    def _compute_kpi_recovery_broken_value(self):
        self._recovery_figure("broken")

    def _recovery_figure(self, name):
        """Set a figure of each digest, for its company or else the current one.

        :raises AccessError: the user is not of accounting; the digest leaves it out
        """
        user = self.env.user
        if not any(map(user.has_group, ACCOUNTING.split(","))):
            raise AccessError(self.env._("Figures of recovery are for accounting."))
        start, end, companies = self._get_kpi_compute_parameters()
        figures = self.env["recovery.digest"]._of(
            name,
            companies.ids,
            fields.Date.to_date(start or fields.Date.today()),
            fields.Date.to_date(end or fields.Date.today()),
            user.has_group(COLLECTOR) and not user.has_group(MANAGER) and user.id,
        )
        for digest in self:
            company = digest.company_id or self.env.company
            digest[f"kpi_recovery_{name}_value"] = figures.get(company.id, 0)

    def _compute_kpis_actions(self, company, user):
        # EXTENDS 'digest'
        actions = super()._compute_kpis_actions(company, user)
        if user.has_group(COLLECTOR):
            menu = self.env.ref("l10n_fr_recouvrement.recovery_app_menu").id
            for name, action in (
                ("overdue", "recovery_debtor_action"),
                ("collected", "recovery_day_action"),
                ("broken", "recovery_promise_action"),
            ):
                actions[f"kpi_recovery_{name}"] = (
                    f"l10n_fr_recouvrement.{action}?menu_id={menu}"
                )
        return actions
