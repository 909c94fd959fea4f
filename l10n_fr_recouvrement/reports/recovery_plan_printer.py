from odoo import api, models

from ..law.rates import MissingRate
from .plan_document import PlanDocument, PlanSheet


class RecoveryPlanPrinter(models.AbstractModel):
    """Prints the letters of payment plans, by the printer of the letters."""

    _name = "recovery.plan.printer"
    _inherit = ["recovery.statement.renderer"]
    _description = "Printing of payment plans"

    @api.model
    def _pdf(self, plan, letter):
        """PDF of one letter of a plan.

        :param letter: L6 (offer), L7 (agreement) or L8 (formal notice)
        :raises UserError: it could not be printed
        """
        [pdf] = self._printed([self._document(plan, letter)])
        return pdf

    @api.model
    def _document(self, plan, letter):
        sheet = PlanSheet(
            plan.company_id,
            plan.partner_id,
            plan.currency_id,
            plan.company_id._recovery_today(),
        )
        return PlanDocument(
            sheet,
            self._senders([sheet])[sheet.company],
            plan.id,
            plan.contact_id,
            plan=plan,
            letter=letter,
            due_now=self._interest(plan) if letter == "L8" else None,
        )

    @api.model
    def _interest(self, plan):
        """Interest of the whole debt as if the plan were broken; 0 for a consumer's
        missing rate: the letter then names no sum.
        """
        service = self.env["recovery.statement"].with_context(
            recovery_without_plans=True
        )
        items = self.env["recovery.plan.interest"]._items(plan)
        try:
            statements = service._for_items(
                items.ids, self.env["recovery.query"]._date()
            )
        except MissingRate:
            return 0
        return sum(figures.interest_due for figures in statements.values())

    @api.model
    def _file(self, plan, letter):
        return f"{letter} {plan.name.replace('/', '-')}.pdf"
