from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ..law.rates import MissingRate
from ..law.suspension import Suspension, without
from .bulk import among


class RecoveryPlanInterest(models.AbstractModel):
    """What payment plans do to late interest: suspended from the day after the
    signature while the plan is respected, due again for all those days otherwise.
    """

    _name = "recovery.plan.interest"
    _description = "Interest under a payment plan"

    @api.model
    def _suspensions(self, move_ids):
        """{invoice id: [Suspension]} in force: none once a plan was broken.

        The context key `recovery_without_plans` counts as if all plans were broken.
        """
        found = defaultdict(list)
        if self.env.context.get("recovery_without_plans"):
            return found
        rows = self.env.execute_query(
            SQL(
                """
                SELECT share.move_id, plan.accepted_on, plan.closed_on
                  FROM recovery_plan_invoice share
                  JOIN recovery_plan plan ON plan.id = share.plan_id
                 WHERE share.move_id %s AND plan.penalties != 'run_on'
                   AND plan.state IN ('active', 'default', 'kept', 'renegotiated')
                   AND plan.revived IS NOT TRUE
                 ORDER BY plan.accepted_on
                """,
                among(move_ids),
            )
        )
        for move_id, accepted_on, closed_on in rows:
            start = accepted_on + timedelta(days=1)
            found[move_id].append(Suspension(start, closed_on))
        return found

    @api.model
    def _less(self, figures, suspensions, date):
        """A statement without the interest of the suspended days."""
        return without(figures, suspensions, date) if suspensions else figures

    @api.model
    def _revived(self, plan):
        """Interest of the whole debt as if the plan were broken today; 0 where a rate
        is missing: the letter then names no sum.
        """
        service = self.env["recovery.statement"].with_context(
            recovery_without_plans=True
        )
        today = self.env["recovery.query"]._date()
        try:
            items = plan.invoice_ids.move_id._recovery_receivable_items()
            statements = service._for_items(items.ids, today)
        except MissingRate:
            return 0
        return sum(figures.interest_due for figures in statements.values())

    @api.model
    def _waive(self, plans):
        """Give up interest and indemnities of respected plans, as they promise.

        :raises law.rates.MissingRate: a day that bears interest has no rate
        """
        for mine in plans.grouped("company_id").values():
            today = self.env["recovery.query"]._date()
            items = mine.invoice_ids.move_id._recovery_receivable_items()
            rows = self.env["recovery.claimable"]._lines(items.ids, today)
            owners = {share.move_id.id: share.plan_id for share in mine.invoice_ids}
            self.env["recovery.charge"]._record(
                [self._waiver(row, owners[row["move_id"]], today) for row in rows]
            )

    @api.model
    def _waiver(self, row, plan, today):
        charge, writer = self.env["recovery.charge"], self.env["recovery.writer"]
        values = {name: row[name] for name in row if name in charge._fields}
        segments = row["segments"] and writer._segments_of(row["segments"])
        return values | {
            "date": today,
            "segments": segments,
            "state": "waived",
            "reason": self.env._("Plan %s was respected.", plan.name),
            "plan_id": plan.id,
        }
