from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from .common_plan import SIGNER, PlanCommon

START = date(2026, 4, 15)
DATES = (date(2026, 5, 15), date(2026, 6, 15), date(2026, 7, 15))


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPlanInterest(PlanCommon):
    """Interest under a plan: 9,000 due on 28/02/2026, plan signed on 15/04/2026, 3,000
    paid on 15/05/2026 and nothing since (example 30, principal first).

    - 01/03 to 15/04: 46 days x 9,000 x 12.15 % = 137.81
    - 01/03 to 15/05: 76 days x 9,000 x 12.15 % = 227.69
    - 16/05 to 30/06: 46 days x 6,000 x 12.15 % = 91.87
    - 01/07 to 22/11: 145 days x 6,000 x 12.40 % = 295.56
    """

    def agreed(self, penalties, **values):
        invoice = self.invoice(amount=9000, due=date(2026, 2, 28))
        plan = self.signed(
            invoice,
            3000,
            3000,
            3000,
            dates=DATES,
            offered=START,
            penalties=penalties,
            **values,
        )
        self.pay(invoice, 3000, on=date(2026, 5, 15))
        return plan

    def interest(self, plan, on=date(2026, 11, 22)):
        figures = plan.invoice_ids.move_id.recovery_statement(on)
        return figures["interest_due"]

    def test_interest_runs_on(self):
        self.assertEqual(self.interest(self.agreed("run_on")), Decimal("615.12"))

    def test_suspended_interest_stops_the_day_after_the_signature(self):
        plan = self.agreed("suspended")
        self.assertEqual(self.interest(plan), Decimal("137.81"))
        figures = plan.invoice_ids.move_id.recovery_statement(date(2026, 11, 22))
        self.assertEqual(figures["daily_interest"], 0)
        self.assertEqual(figures["segments"][-1].end, START)
        self.assertEqual(figures["total"], Decimal("6177.81"))

    def test_statement_of_a_day_before_the_plan_is_as_it_was(self):
        plan = self.agreed("suspended")
        # 31 days x 9,000 x 12.15 %
        self.assertEqual(self.interest(plan, date(2026, 3, 31)), Decimal("92.87"))

    def test_default_alone_revives_nothing(self):
        plan = self.agreed("suspended")
        self.watch()
        self.assertEqual(plan.state, "default")
        self.assertEqual(self.interest(plan), Decimal("137.81"))

    def test_acceleration_revives_all_the_suspended_days(self):
        for penalties in ("suspended", "waived"):
            plan = self.agreed(penalties)
            plan._accelerate()
            self.assertEqual(self.interest(plan), Decimal("615.12"), penalties)

    def test_cancelled_plan_suspends_nothing(self):
        plan = self.agreed("suspended")
        plan.action_cancel()
        self.assertEqual(self.interest(plan), Decimal("615.12"))

    def test_respected_plan_owes_what_ran_before_it(self):
        plan = self.agreed("suspended")
        self.pay(plan.invoice_ids.move_id, on=date(2026, 7, 15))
        self.watch()
        self.assertEqual(plan.state, "kept")
        self.assertEqual(self.interest(plan), Decimal("137.81"))

    def test_waived_penalties_are_recorded_when_the_plan_is_respected(self):
        plan = self.agreed("waived")
        self.pay(plan.invoice_ids.move_id, on=date(2026, 7, 15))
        self.watch()
        charges = self.env["recovery.charge"].search(
            [("move_id", "=", plan.invoice_ids.move_id.id)]
        )
        self.assertEqual(set(charges.mapped("state")), {"waived"})
        self.assertEqual(sorted(charges.mapped("amount")), [40, 137.81])
        self.assertIn(plan.name, charges[0].reason)
        self.assertEqual(self.interest(plan), 0)

    def test_broken_successor_revives_what_the_first_plan_suspended(self):
        old = self.agreed("suspended")
        new = self.plan(
            old.invoice_ids.move_id, previous_id=old.id, penalties="suspended"
        )
        new.action_offer()
        new._accept(*SIGNER)
        self.assertEqual(self.interest(new), Decimal("137.81"))
        new._accelerate()
        self.assertTrue(old.revived)
        self.assertEqual(self.interest(new), Decimal("615.12"))
