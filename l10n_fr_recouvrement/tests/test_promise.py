from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import day
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPromise(SendingCommon):
    """What the night job finds of promises from the payments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 40)
        cls.clerk = cls.collector()
        cls.company.recovery_user_id = cls.clerk

    def watch(self, on=0):
        job = self.env["recovery.promise.watch"]
        job.with_context(recovery_date=str(day(on)))._watch()

    def made(self, move, on, **values):
        """A promise of one invoice, made twenty days ago for a day."""
        values = {"made_on": day(-20), **values}
        return self.promise(move.partner_id, move, on, **values)

    def test_paid_in_full_is_kept_before_its_day(self):
        move = self.invoice()
        promise = self.made(move, 5)
        self.pay(move, 400)
        self.watch()
        self.assertEqual((promise.state, promise.paid), ("open", 400))
        self.pay(move, 600)
        self.watch()
        self.assertEqual((promise.state, promise.share), ("kept", 1))
        self.assertEqual((promise.closed_paid, promise.paid), (1000, 1000))

    def test_unpaid_is_broken_the_day_after_its_grace_days(self):
        promise = self.made(self.invoice(), -4, grace_days=3)
        self.watch(-1)
        self.assertEqual(promise.state, "open")
        self.watch()
        self.assertEqual((promise.state, promise.share), ("broken", 0))
        [activity] = promise.activity_ids
        self.assertEqual(activity.user_id, self.clerk)
        self.watch()
        self.assertEqual(len(promise.activity_ids), 1, "once")

    def test_partly_paid_is_broken_with_the_share_that_came(self):
        move = self.invoice()
        promise = self.made(move, -4)
        self.pay(move, 250, on=-5)
        self.watch()
        self.assertEqual((promise.state, promise.share), ("broken", 0.25))
        self.assertEqual(promise.paid, 250)

    def test_payment_from_before_the_promise_does_not_count(self):
        move = self.invoice()
        self.pay(move, 500, on=-25)
        promise = self.made(move, 5, amount=500)
        self.watch()
        self.assertEqual((promise.state, promise.paid), ("open", 0))

    def test_receipt_that_waits_for_its_allocation_counts(self):
        promise = self.made(self.invoice(), -1)
        self.payment(amount=1000, on=-2)
        self.watch()
        self.assertEqual(promise.state, "kept")

    def test_promise_for_all_counts_payments_of_any_invoice(self):
        first, second = self.invoice(), self.invoice(self.contact(self.customer))
        promise = self.promise(on=-1, made_on=day(-20), amount=1500)
        self.pay(first, 1000)
        self.pay(second, 500)
        self.watch()
        self.assertEqual(promise.state, "kept")

    def test_payment_of_another_invoice_does_not_keep_it(self):
        promise = self.made(self.invoice(), -1)
        self.pay(self.invoice(), 1000)
        self.watch()
        self.assertEqual(promise.state, "broken")

    def test_instalments_are_owed_one_by_one(self):
        move = self.invoice()
        parts = [{"date": day(-5), "amount": 400}, {"date": day(20), "amount": 600}]
        values = {
            "partner_id": self.customer.id,
            "move_ids": [Command.set(move.ids)],
            "made_on": day(-20),
            "line_ids": [Command.create(part) for part in parts],
        }
        promise = self.env["recovery.promise"].create(values)
        self.assertEqual((promise.amount, promise.date), (1000, day(20)))
        self.assertEqual(self.status(move, 20), "promise", "until the last day")
        late = self.env["recovery.promise"].create(values)
        self.pay(move, 400, on=-6)
        self.watch()
        self.assertEqual(promise.state, "open", "the first one came")
        late.line_ids[0].amount = 401
        self.assertEqual(late.amount, 1001)
        self.watch()
        self.assertEqual(late.state, "broken")

    def test_policy_may_send_the_next_level_at_once(self):
        self.steps.broken_promise = "next_level"
        move, other = self.invoice(), self.invoice()
        self.notice(move, self.steps.level_ids[0], on=-3)
        self.notice(other, self.steps.level_ids[0], on=-3)
        self.assertEqual(self.status(move), "waiting")
        promise = self.made(move, -1)
        self.watch()
        self.assertFalse(promise.activity_ids)
        notice = self.env["recovery.notice"].search([("state", "=", "ready")])
        self.assertEqual(notice.level_id, self.steps.level_ids[1])
        self.assertEqual(self.claimed(notice).move_id, move)

    def test_next_level_waits_for_an_approval_where_the_company_is_not_live(self):
        self.company.recovery_live = False
        self.steps.broken_promise = "next_level"
        self.made(self.invoice(due=-1), -1)
        self.watch()
        self.assertEqual(self.env["recovery.notice"].search([]).state, "draft")

    def test_broken_promise_is_a_sign_of_difficulty(self):
        self.made(self.invoice(), -1)
        self.watch()
        self.assertEqual(self.customer.recovery_difficulty, "promise")

    def test_ended_promise_changes_no_more(self):
        promise = self.made(self.invoice(), 5)
        promise.action_cancel()
        for action in ("action_kept", "action_broken", "action_cancel"):
            with self.refused("not possible any more"):
                getattr(promise, action)()

    def test_only_collectors_record_promises(self):
        move = self.invoice()
        user = self.member("invoicing", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.env["recovery.promise"].with_user(user).create(
                {"partner_id": move.partner_id.id, "amount": 1, "date": day(1)}
            )

    def test_foreign_currency_is_counted_in_its_own(self):
        dollar = self.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        move = self.invoice(currency_id=dollar.id)
        promise = self.promise(on=-1, made_on=day(-20), currency_id=dollar.id)
        self.pay(self.invoice(), 1000)
        self.pay(move, 400, currency_id=dollar.id)
        self.assertEqual(promise.paid, 400)
        self.watch()
        self.assertEqual((promise.state, promise.share), ("broken", 0.4))

    def test_payments_of_another_company_do_not_count(self):
        other = self.setup_other_company(name="Second")["company"]
        self.env.user.company_ids += other
        foreign = self.invoice_of(other)
        promise = self.promise(on=-1, made_on=day(-20))
        self.pay(foreign)
        self.watch()
        self.assertEqual(promise.state, "broken")
        self.assertFalse(self.customer.with_company(other).recovery_difficulty_on)

    def test_reliability_is_the_average_of_what_came_in_time(self):
        def ended(share, on=-10, **values):
            promise = self.made(self.invoice(), -1, **values)
            promise.write({"state": "broken", "share": share, "closed_on": day(on)})

        ended(1)
        ended(0.25)
        ended(0.1, amount=500)
        ended(0, on=-400)
        self.made(self.invoice(), 5)
        self.assertEqual(self.customer.recovery_promise_count, 3)
        self.assertAlmostEqual(self.customer.recovery_promise_share, 1.35 / 3, 6)
        [row] = self.worklist()
        self.assertEqual(row.promise_count, 3)
        self.assertAlmostEqual(row.promise_share, 1.35 / 3, 6)

    def test_many_promises_take_as_many_queries_as_few(self):
        debtors = [self.debtor(f"Debtor {rank}") for rank in range(111)]
        moves = [self.invoice(debtor) for debtor in debtors]
        promises = self.env["recovery.promise"].union(
            *(self.made(move, -1) for move in moves)
        )

        def queries(part):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["recovery.promise.watch"]._settle(part)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(promises[:1])
        few, many = queries(promises[1:11]), queries(promises[11:])
        self.assertEqual(set(promises.mapped("state")), {"broken"})
        self.assertEqual(few, many, f"{few} queries for 10, {many} for 100")
