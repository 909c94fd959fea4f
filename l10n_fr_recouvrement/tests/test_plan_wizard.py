from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import TODAY
from .common_plan import PlanCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPlanWizard(PlanCommon):
    """The dialog shows the instalments, then writes the plan."""

    def wizard(self, moves, **values):
        action = moves.action_recovery_plan()
        form = Form(self.env["recovery.plan.wizard"].with_context(**action["context"]))
        for name, value in values.items():
            setattr(form, name, value)
        return form.save()

    def created(self, moves, **values):
        action = self.wizard(moves, **values).action_create()
        return self.env["recovery.plan"].browse(action["res_id"])

    def test_instalments_are_shown_before_the_plan_is_written(self):
        moves = self.invoices(2, amount=500)
        wizard = self.wizard(moves, first_date=date(2026, 12, 31))
        self.assertEqual(
            [(line.date, line.amount, line.rest) for line in wizard.line_ids],
            [
                (date(2026, 12, 31), 333.33, 666.67),
                (date(2027, 1, 31), 333.33, 333.34),
                (date(2027, 2, 28), 333.34, 0),
            ],
        )
        self.assertFalse(self.env["recovery.plan"].search([]))

    def test_plan_recognises_interest_and_indemnity_of_the_day(self):
        # 1,000 late since 12/11: ten days x 12.40 % = 3.40, and 40
        plan = self.created(self.invoice(), count=2)
        self.assertEqual((plan.interest, plan.indemnity), (3.4, 40))
        self.assertEqual((plan.total, plan.principal), (1043.4, 1000))
        self.assertEqual(plan.date, TODAY)
        plan.action_offer()
        self.assertEqual(plan.state, "offered")

    def test_consumer_is_asked_no_interest_and_given_more_time(self):
        invoice = self.invoice(self.debtor("Paul Petit", kind="consumer"))
        plan = self.created(invoice)
        self.assertEqual((plan.interest, plan.indemnity, plan.total), (0, 0, 1000))
        self.assertEqual((plan.penalties, plan.cure_days), ("suspended", 15))

    def test_down_payment_and_weeks(self):
        plan = self.created(
            self.invoice(),
            count=2,
            frequency="weekly",
            first_date=date(2026, 12, 14),
            down_payment=200,
            down_date=date(2026, 12, 1),
        )
        self.assertEqual(
            [(line.date, line.amount) for line in plan.line_ids],
            [
                (date(2026, 12, 1), 200),
                (date(2026, 12, 14), 400),
                (date(2026, 12, 21), 400),
            ],
        )

    def test_what_cannot_be_spread_is_refused(self):
        for values in ({"count": 0}, {"down_payment": 1000}):
            with self.assertRaisesRegex(UserError, "cannot be spread"):
                self.created(self.invoice(), **values)

    def test_contested_invoice_is_refused_at_once(self):
        invoice = self.invoice()
        self.dispute(invoice)
        wizard = self.wizard(invoice)
        self.assertIn("contests it", wizard.warning)
        with self.assertRaisesRegex(UserError, "contests it"):
            wizard.action_create()

    def test_paid_invoices_and_several_customers_are_refused(self):
        invoice = self.invoice()
        self.pay(invoice)
        with self.assertRaisesRegex(UserError, "nothing to spread"):
            invoice.action_recovery_plan()
        several = self.invoice() | self.invoice(self.debtor("Other"))
        with self.assertRaisesRegex(UserError, "one customer, company and currency"):
            several.action_recovery_plan()

    def test_customer_page_takes_what_is_overdue(self):
        late, coming = self.invoice(), self.invoice(due=10)
        action = self.customer.action_recovery_plan()
        [(_command, _id, chosen)] = action["context"]["default_move_ids"]
        self.assertEqual(chosen, late.ids)
        self.pay(late)
        action = self.customer.action_recovery_plan()
        [(_command, _id, chosen)] = action["context"]["default_move_ids"]
        self.assertEqual(chosen, coming.ids)

    def test_new_plan_from_an_old_one_replaces_it(self):
        old = self.signed(self.invoice(), 500, 500)
        action = old.action_renegotiate()
        wizard = Form(
            self.env["recovery.plan.wizard"].with_context(**action["context"])
        ).save()
        new = self.env["recovery.plan"].browse(wizard.action_create()["res_id"])
        self.assertEqual(new.previous_id, old)
