from odoo import api, fields, models
from odoo.tools import format_date

from ..law.payment_terms import Cap, excess

GENERAL = ("term_net", "term_end_of_month")


class RecoveryTermAlertMixin(models.AbstractModel):
    """Warns, on a draft invoice, of a due date beyond the law; never blocks."""

    _name = "recovery.term.alert.mixin"
    _description = "Warning of a due date beyond the law"

    def _recovery_term_alert(self):
        """Banner of a draft invoice to a professional; reads what is at hand."""
        if self.state != "draft" or self.move_type != "out_invoice":
            return {}
        company, customer = self.company_id, self.commercial_partner_id
        if (
            not company._recovery_is_french()
            or customer.recovery_debtor_kind != "professional"
            or not self.invoice_date_due
        ):
            return {}
        message = self._recovery_term_excess(
            customer.recovery_sector or company.recovery_sector
        )
        if not message:
            return {}
        return {"recovery_term": {"level": "warning", "message": message}}

    def _recovery_term_excess(self, sector):
        """Sentence where the last due date is later than the law allows, or ""."""
        invoiced = self.invoice_date or self.company_id._recovery_today()
        keys = (sector,) if sector else GENERAL
        found = excess(invoiced, self.invoice_date_due, self._recovery_caps(keys))
        if not found:
            return ""
        return self.env._(
            "The due date of %(due)s is beyond the longest payment term that the law "
            "allows for this invoice: %(latest)s (%(article)s).",
            due=format_date(self.env, found.due),
            latest=format_date(self.env, found.latest),
            article="C. com. L441-10, I"
            if not sector or sector == "term_periodic"
            else "C. com. L441-11, II",
        )

    @api.model
    def _recovery_caps(self, keys):
        """Delays of the law that are in force today.

        :raises UserError: a delay is not known
        """
        parameters = self.env["recovery.legal.parameter"]
        today = fields.Date.context_today(self)
        return [
            Cap(int(value), unit)
            for value, unit in (parameters._value_and_unit(key, today) for key in keys)
        ]
