from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _recovery_clause_choices(self):
        """As on the future invoice."""
        yield self.payment_term_id.recovery_clause_id
        yield self.partner_invoice_id.commercial_partner_id.recovery_clause_id

    def _recovery_clause_facts(self):
        """Kind of the debtor, payment term, day and language of the order."""
        day = fields.Date.to_date(self.date_order) or fields.Date.context_today(self)
        return (
            self.partner_invoice_id.commercial_partner_id.recovery_debtor_kind,
            self.payment_term_id,
            day,
            self.partner_id.lang or self.company_id.partner_id.lang or "fr_FR",
        )

    def _recovery_printed_terms(self):
        """What the order prints of its own on payment."""
        return self.note, self.payment_term_id.note, self.fiscal_position_id.note

    def _recovery_clause_lines(self):
        """Lines on late payment to print on the quotation or order."""
        if not self:
            return []
        order = self.sudo()  # part of a document that the reader may print
        clauses = self.env["recovery.penalty.clause"]
        snapshot = clauses._recovery_snapshots(order).get(order, {})
        return clauses._recovery_printed(order, snapshot.get("recovery_clause_text"))
