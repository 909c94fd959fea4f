from odoo import api, models

from .plan_document import PlanDocument, PlanSheet


class RecoveryPlanPrinter(models.AbstractModel):
    """Prints the offer and the agreement of payment plans, by the printer of the
    letters.
    """

    _name = "recovery.plan.printer"
    _inherit = ["recovery.statement.renderer"]
    _description = "Printing of payment plans"

    @api.model
    def _pdf(self, plan, letter):
        """PDF of one letter of a plan.

        :param letter: L6 (offer) or L7 (agreement)
        :raises UserError: it could not be printed; the message says why
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
        )

    @api.model
    def _file(self, plan, letter):
        return f"{letter} {plan.name.replace('/', '-')}.pdf"
