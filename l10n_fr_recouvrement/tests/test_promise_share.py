from odoo.tests import tagged
from odoo.tools import SQL

from .common import day
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPromiseShare(SendingCommon):
    """Several promises of a debtor count what came in once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy(5, 40)
        cls.company.recovery_user_id = cls.collector()
        cls.first, cls.second = cls.invoice(), cls.invoice()

    def made(self, moves=None, on=5, made=-20, **values):
        return self.promise(moves=moves, on=on, made_on=day(made), **values)

    def paid(self, *promises):
        self.env["recovery.promise"].invalidate_model(["paid"])
        return [promise.paid for promise in promises]

    def watch(self):
        self.env["recovery.promise.watch"]._watch()

    def test_what_waits_is_shared_the_oldest_first(self):
        newer = self.made(self.first, made=-10)
        older = self.made(self.second, made=-20)
        same_day = self.made(made=-10)
        self.payment(amount=2500, on=-1)
        self.assertEqual(self.paid(older, newer, same_day), [1000, 1000, 500])
        self.watch()
        states = [promise.state for promise in (older, newer, same_day)]
        self.assertEqual(states, ["kept", "kept", "open"])

    def test_same_invoice_is_counted_once(self):
        promises = self.made(self.first, amount=600), self.made(self.first, amount=400)
        self.pay(self.first, 700)
        self.assertEqual(self.paid(*promises), [600, 100])
        self.pay(self.first, 300)
        self.assertEqual(self.paid(*promises), [600, 400])

    def test_promises_for_all_share_what_is_allocated(self):
        promises = self.made(amount=800), self.made(amount=800)
        self.pay(self.first)
        self.assertEqual(self.paid(*promises), [800, 200])

    def test_promise_for_all_leaves_an_invoice_to_the_promise_that_names_it(self):
        wide, named = self.made(made=-20), self.made(self.first, made=-15)
        self.pay(self.first, on=-12)
        self.pay(self.second, on=-11)
        self.assertEqual(self.paid(wide, named), [1000, 1000])

    def test_money_from_before_a_newer_promise_is_for_the_older_one(self):
        newer, older = self.made(made=-10), self.made(made=-20)
        self.payment(amount=900, on=-15)
        self.payment(amount=300, on=-5)
        self.assertEqual(self.paid(older, newer), [1000, 200])

    def test_kept_promise_keeps_what_it_counted(self):
        kept = self.made(self.first)
        self.payment(amount=1000, on=-1)
        self.watch()
        other = self.made(self.second, made=-20)
        self.watch()
        self.assertEqual((kept.state, other.state), ("kept", "open"))
        self.assertEqual(self.paid(kept, other), [1000, 0])

    def test_broken_promise_keeps_what_it_counted_and_no_more(self):
        broken, other = self.made(on=-1), self.made(on=9)
        self.payment(amount=250, on=-2)
        self.watch()
        self.payment(amount=900, on=0)
        self.assertEqual((broken.state, broken.share), ("broken", 0.25))
        self.assertEqual(self.paid(broken, other), [250, 900])

    def test_cancelled_promise_counts_nothing(self):
        cancelled, other = self.made(), self.made()
        self.payment(amount=600)
        self.assertEqual(self.paid(cancelled, other), [600, 0])
        cancelled.action_cancel()
        self.assertEqual(self.paid(other), [600])

    def test_payment_without_entry_is_shared_too(self):
        promises = self.made(amount=700), self.made(amount=700)
        payment = self.payment(amount=1000)
        items = payment.move_id.line_ids
        self.env.cr.execute(
            SQL(
                "UPDATE account_payment SET state = 'in_process', move_id = NULL"
                " WHERE id = %s",
                payment.id,
            )
        )
        self.env.cr.execute(
            SQL("DELETE FROM account_move_line WHERE id = ANY(%s)", items.ids)
        )
        self.assertEqual(self.paid(*promises), [700, 300])

    def test_what_we_pay_back_keeps_no_promise(self):
        promise = self.made()
        credit = self.credit(amount=400)
        self.payment(amount=400, payment_type="outbound")
        items = self.env["account.move.line"].search(
            [
                ("partner_id", "=", self.customer.id),
                ("account_id", "=", self.receivable.id),
                ("move_id", "not in", (self.first | self.second).ids),
            ]
        )
        items.reconcile()
        self.assertTrue(self.items(credit).reconciled)
        self.assertEqual(self.paid(promise), [0])

    def test_other_debtors_currencies_and_companies_share_nothing(self):
        dollar = self.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        other = self.debtor("Other")
        company = self.setup_other_company(name="Second")["company"]
        promises = (
            self.made(),
            self.made(currency_id=dollar.id),
            self.promise(other, on=5, made_on=day(-20)),
            self.made(company_id=company.id),
        )
        self.payment(amount=1000)
        self.payment(amount=300, currency_id=dollar.id)
        self.payment(other, amount=200)
        self.assertEqual(self.paid(*promises), [1000, 300, 200, 0])
