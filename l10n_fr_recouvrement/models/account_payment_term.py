from odoo import api, fields, models
from odoo.tools import format_date

from ..law.payment_terms import days_of_year, worst_excess
from .recovery_term_alert_mixin import GENERAL


class AccountPaymentTerm(models.Model):
    _name = "account.payment.term"
    _inherit = ["account.payment.term", "recovery.term.alert.mixin"]

    recovery_clause_id = fields.Many2one(
        comodel_name="recovery.penalty.clause",
        string="Penalty clause",
        check_company=True,
        help="For invoices and orders with this payment term. Empty: the clause of the "
        "customer.",
    )
    recovery_excess = fields.Char(compute="_compute_recovery_excess")

    @api.depends(
        "line_ids.delay_type",
        "line_ids.nb_days",
        "line_ids.days_next_month",
        "company_id",
    )
    @api.depends_context("lang", "company")
    def _compute_recovery_excess(self):
        """What the law says of this term between professionals (C. com. L441-10 I)."""
        for term in self:
            company = term.company_id or self.env.company
            french = company._recovery_is_french()
            term.recovery_excess = term._recovery_excess() if french else False

    def _recovery_excess(self):
        """Sentence on the day of a year for which this term exceeds the law most."""
        year = fields.Date.context_today(self).year
        found = worst_excess(
            (
                (day, line._get_due_date(day))
                for line in self.line_ids
                for day in days_of_year(year)
            ),
            self._recovery_caps(GENERAL),
        )
        if not found:
            return False
        return self.env._(
            "Between professionals this term is too long: an invoice of %(day)s would "
            "be due on %(due)s, the law allows %(latest)s at the latest (60 days from "
            "the invoice, or 45 days end of month if the contract says so: C. com. "
            "L441-10, I). A fine of up to €2 million threatens (L441-16).",
            day=format_date(self.env, found.invoiced),
            due=format_date(self.env, found.due),
            latest=format_date(self.env, found.latest),
        )
