from datetime import date, timedelta
from decimal import Decimal

from odoo.tests import tagged

from .common import TODAY
from .common_plan import PlanCommon

START = date(2026, 11, 1)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPlanUndone(PlanCommon):
    """A plan that was respected goes on when a payment comes undone."""

    def kept(self, dates=(60,), **values):
        """A plan, paid in full; and the payment."""
        plan = self.signed(self.invoice(), dates=dates, offered=START, **values)
        payment = self.pay(plan.invoice_ids.move_id)
        self.watch()
        self.assertEqual((plan.state, plan.closed_on), ("kept", TODAY))
        return plan, payment

    def reject(self, payment):
        payment._recovery_reject(TODAY, "funds")

    def test_plan_is_in_force_again(self):
        plan, payment = self.kept()
        self.reject(payment)
        self.watch()
        self.assertEqual((plan.state, plan.closed_on), ("active", False))
        self.assertEqual((plan.paid, plan.residual), (0, 1000))
        self.assertIn("in force again", plan.message_ids[0].body)
        self.assertEqual(self.status(plan.invoice_ids.move_id), "plan")

    def test_plan_whose_instalment_is_over_is_in_default(self):
        plan, payment = self.kept(dates=(5,))
        self.reject(payment)
        self.watch()
        self.assertEqual((plan.state, plan.defaulted_on), ("default", TODAY))

    def test_what_was_waived_is_due_again(self):
        plan, payment = self.kept(penalties="waived")
        charges = self.env["recovery.charge"].search([("plan_id", "=", plan.id)])
        self.assertEqual(set(charges.mapped("state")), {"waived"})
        self.reject(payment)
        self.watch()
        self.assertEqual(set(charges.mapped("state")), {"cancelled"})
        plan._accelerate()
        statement = plan.invoice_ids.move_id.recovery_statement()
        self.assertEqual(statement["indemnity"], Decimal(40))

    def test_plan_that_is_still_paid_stays_respected(self):
        plan, _payment = self.kept()
        messages = plan.message_ids
        self.watch()
        self.assertEqual((plan.state, plan.message_ids), ("kept", messages))

    def test_invoice_of_another_plan_stays_there(self):
        plan, payment = self.kept()
        self.reject(payment)
        other = self.signed(plan.invoice_ids.move_id)
        self.watch()
        self.assertEqual((plan.state, other.state), ("kept", "active"))

    def test_plan_respected_long_ago_is_over_for_good(self):
        plan, payment = self.kept()
        plan._write_flow({"closed_on": TODAY - timedelta(days=400)})
        self.reject(payment)
        self.watch()
        self.assertEqual(plan.state, "kept")
