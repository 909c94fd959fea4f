from datetime import date

from odoo.tests import tagged

from .common_plan import PlanCommon

START = date(2026, 11, 1)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPlanWatch(PlanCommon):
    """What the night job finds from the payments."""

    def states(self, plan):
        plan.invalidate_recordset()
        plan.line_ids.invalidate_recordset()
        return [(line.paid, line.state) for line in plan.line_ids]

    def test_payments_pay_the_oldest_instalment_first(self):
        invoice = self.invoice()
        plan = self.signed(invoice, 300, 300, 400)
        self.assertEqual(self.states(plan), [(0, "due")] * 3)
        self.pay(invoice, 450)
        self.assertEqual(self.states(plan), [(300, "paid"), (150, "due"), (0, "due")])
        self.assertEqual((plan.paid, plan.residual), (450, 550))
        self.assertEqual(plan.next_date, plan.line_ids[1].date)

    def test_what_was_paid_before_the_offer_pays_no_instalment(self):
        invoice = self.invoice()
        self.pay(invoice, 400)
        plan = self.signed(invoice)
        self.assertEqual(plan.principal, 600)
        self.assertEqual(self.states(plan), [(0, "due")])

    def test_payments_of_several_invoices_add_up_within_their_shares(self):
        first, second = self.invoice(), self.invoice()
        plan = self.plan(first | second)
        plan.invoice_ids[0].amount = 400
        plan.line_ids.amount = 1400
        plan.action_offer()
        plan._accept("Luc", "Manager", "Proxy")
        self.pay(plan.invoice_ids[0].move_id, 1000)
        self.assertEqual(plan.paid, 400)

    def test_payment_without_entry_counts(self):
        invoice = self.invoice()
        plan = self.signed(invoice)
        payment = self.payment(amount=1000, post=False)
        payment.invoice_ids = invoice
        payment.action_post()
        self.env.cr.execute(
            "UPDATE account_payment SET state = 'in_process', move_id = NULL"
            " WHERE id = %s",
            [payment.id],
        )
        self.assertEqual(self.states(plan), [(1000, "paid")])

    def test_all_paid_is_kept(self):
        invoice = self.invoice()
        plan = self.signed(invoice, 500, 500)
        self.pay(invoice, 999)
        self.watch()
        self.assertEqual(plan.state, "active")
        self.pay(invoice, 1)
        self.watch()
        self.assertEqual((plan.state, plan.closed_paid), ("kept", 1000))

    def test_missed_only_after_the_days_of_grace(self):
        invoice = self.invoice()
        plan = self.signed(invoice, dates=(10,), grace_days=3, offered=START)
        self.watch(date(2026, 11, 14))
        self.assertEqual(plan.state, "active", "11 November and three days")
        self.watch(date(2026, 11, 15))
        self.assertEqual(
            (plan.state, plan.defaulted_on), ("default", date(2026, 11, 15))
        )
        self.assertIn("Instalment missed", plan.activity_ids.summary)

    def test_second_night_changes_nothing(self):
        plan = self.signed(self.invoice(), dates=(5,), offered=START)
        self.watch()
        messages = len(plan.message_ids)
        self.watch()
        self.assertEqual(len(plan.activity_ids), 1)
        self.assertEqual(len(plan.message_ids), messages)

    def test_paid_in_time_the_plan_goes_on(self):
        invoice = self.invoice()
        plan = self.signed(invoice, 400, 600, dates=(5, 60), offered=START)
        self.watch()
        plan.action_formal_notice()
        self.pay(invoice, 400)
        self.watch()
        self.assertEqual(plan.state, "active")
        self.assertFalse(plan.activity_ids or plan.formal_notice_id)

    def test_not_cured_is_accelerated_the_day_after_the_delay(self):
        plan = self.signed(self.invoice(), dates=(5,), offered=START)
        self.watch()
        plan.action_formal_notice()
        self.watch(date(2026, 12, 31))
        self.assertEqual(plan.state, "default", "nobody presented the letter yet")
        self.presented(plan, date(2026, 11, 25))
        self.watch(date(2026, 12, 3))
        self.assertEqual(plan.state, "default")
        self.watch(date(2026, 12, 4))
        self.assertEqual(
            (plan.state, plan.closed_on), ("accelerated", date(2026, 12, 4))
        )

    def test_closed_plan_keeps_what_was_paid(self):
        invoice = self.invoice()
        plan = self.signed(invoice, 500, 500)
        self.pay(invoice, 500)
        plan.action_cancel()
        self.pay(invoice, 500)
        self.assertEqual((plan.closed_paid, plan.paid), (500, 500))

    def test_search_finds_missed_instalments(self):
        missed = self.signed(self.invoice(), dates=(5,), offered=START)
        self.signed(self.invoice(), dates=(5,))
        found = self.env["recovery.plan.line"].search([("state", "=", "missed")])
        self.assertEqual(found, missed.line_ids)

    def test_instalment_is_announced_once(self):
        plan = self.signed(self.invoice(), 500, 500, dates=(5, 60))
        self.watch()
        mail = self.env["mail.mail"].search([("model", "=", "recovery.plan.line")])
        self.assertEqual(mail.res_id, plan.line_ids[0].id)
        self.assertIn("500.00", mail.body_html)
        self.watch()
        self.assertEqual(
            self.env["mail.mail"].search_count([("model", "=", "recovery.plan.line")]),
            1,
        )

    def test_paid_instalment_and_plan_without_reminder_are_not_announced(self):
        paid = self.invoice()
        self.signed(paid, 500, 500, dates=(5, 60))
        self.pay(paid, 500)
        self.signed(self.invoice(), dates=(5,), remind_days=0)
        self.watch()
        self.assertFalse(
            self.env["mail.mail"].search([("model", "=", "recovery.plan.line")])
        )

    def test_rejected_payment_reopens_the_instalment(self):
        invoice = self.invoice()
        plan = self.signed(invoice, 500, 500)
        self.pay(invoice, 500)
        self.assertEqual(self.states(plan)[0], (500, "paid"))
        invoice.line_ids.remove_move_reconcile()
        self.assertEqual(self.states(plan)[0], (0, "due"))

    def test_foreign_currency_is_counted_in_the_plan_s_own(self):
        dollar = self.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        invoice = self.invoice(amount=1000, currency_id=dollar.id)
        plan = self.signed(invoice, 500, 500)
        self.pay(invoice, 600, currency_id=dollar.id)
        self.assertEqual(self.states(plan), [(500, "paid"), (100, "due")])


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPlanScale(PlanCommon):
    """Many plans take no more queries than few."""

    def defaulted(self, count):
        moves = self.invoices(count)
        plans = self.env["recovery.plan"].union(
            *(self.plan(move, dates=(5,), offered=START) for move in moves)
        )
        plans.with_context(tracking_disable=True)._write_flow(
            {"state": "active", "accepted_on": START}
        )
        self.env.flush_all()
        return plans

    def queries(self, plans):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.env["recovery.plan.watch"]._settle(plans)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_as_many_queries_for_many_as_for_few(self):
        plans = self.defaulted(111)
        self.queries(plans[:1])
        few, many = self.queries(plans[1:11]), self.queries(plans[11:])
        self.assertEqual(set(plans.mapped("state")), {"default"})
        self.assertEqual(few, many, f"{few} queries for 10 plans, {many} for 100")

    def test_kept_plans_as_many_queries_for_many_as_for_few(self):
        plans = self.defaulted(111)
        self.pay(plans.invoice_ids.move_id, group_payment=True)
        self.queries(plans[:1])
        few, many = self.queries(plans[1:11]), self.queries(plans[11:])
        self.assertEqual(set(plans.mapped("state")), {"kept"})
        self.assertEqual(few, many, f"{few} queries for 10 plans, {many} for 100")
