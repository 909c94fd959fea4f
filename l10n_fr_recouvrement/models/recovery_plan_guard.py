from odoo import api, models


class RecoveryPlanGuard(models.AbstractModel):
    """Debts that no plan may spread, and why: the one place that refuses."""

    _name = "recovery.plan.guard"
    _description = "Guards of payment plans"

    @api.model
    def _refusal(self, moves, statuses):
        """Sentence on the first invoice in one of these situations, or False."""
        items = moves._recovery_receivable_items()
        situation = self.env["recovery.situation"].sudo()  # the whole company decides
        rows = situation._scoped(items=items.ids).search([("id", "in", items.ids)])
        for row in rows:
            # A dispute of a part suspends that part: an agreement would settle it.
            status = "disputed" if row.disputed else row.status
            if status in statuses:
                sentence = getattr(self, f"_sentence_{status}")()
                return f"{row.number}: {sentence}"
        return False

    @api.model
    def _sentence_insolvency(self):
        return self.env._(
            "the customer is in insolvency proceedings: no plan, declare the claim to "
            "the officer (C. com. L622-21, L622-24)."
        )

    @api.model
    def _sentence_case(self):
        return self.env._(
            "it is in a litigation file: settle it there, with who follows the file."
        )

    @api.model
    def _sentence_factored(self):
        return self.env._("sold to a factor: the factor alone may grant a delay.")

    @api.model
    def _sentence_disputed(self):
        return self.env._(
            "the customer contests it: close the dispute first, a plan acknowledges "
            "the debt."
        )
