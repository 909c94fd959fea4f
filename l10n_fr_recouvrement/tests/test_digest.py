from datetime import datetime, time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import day
from .common_sending import SendingCommon

NAMES = ("overdue", "collected", "broken")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestDigest(SendingCommon):
    """Figures of recovery in Odoo's digests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5)
        cls.clerk, cls.head = cls.collector(), cls.manager()
        cls.theirs = cls.debtor("Of a colleague")
        cls.theirs.recovery_user_id = cls.collector("colleague")
        cls.digest = cls.env.ref("l10n_fr_recouvrement.digest_recovery")

    def figures(self, user=None, days=7, until=0, company=None):
        """What the digest tells a user of the days until an evening."""
        moments = {
            f"{name}_datetime": datetime.combine(day(offset), time(9))
            for name, offset in (("start", until - days), ("end", until))
        }
        digest = self.digest.with_context(**moments).with_user(user or self.head)
        digest = digest.with_company(company or self.company)
        digest.invalidate_recordset()
        return [digest[f"kpi_recovery_{name}_value"] for name in NAMES]

    def claimed_before(self, move, on=-5):
        return self.notice(move, self.steps.level_ids, on=on)

    def test_overdue_is_what_was_late_on_the_evening(self):
        move = self.invoice(amount=1000, due=-10)
        self.invoice(amount=500, due=0)
        self.credit(amount=200, due=-10)
        self.assertEqual(self.figures()[0], 800)
        self.assertEqual(self.figures(until=1)[0], 1300)
        self.assertEqual(self.figures(until=-11)[0], 0)
        self.pay(move, 300, on=-2)
        self.assertEqual(self.figures()[0], 500)
        self.assertEqual(self.figures(until=-3)[0], 800, "before the payment")

    def test_paid_invoice_was_late_until_its_payment(self):
        self.pay(self.invoice(due=-10), on=-2)
        self.assertEqual(self.figures()[0], 0)
        self.assertEqual(self.figures(until=-3)[0], 1000)

    def test_collected_is_money_that_came_after_a_notice(self):
        reminded, other = self.invoice(), self.invoice()
        self.pay(reminded, 100, on=-6)
        self.claimed_before(reminded)
        self.pay(reminded, 250, on=-3)
        self.pay(other, 400, on=-3)
        self.assertEqual(self.figures()[1], 250)
        self.assertEqual(self.figures(days=2)[1], 0)
        credit = self.credit(amount=300, due=-10)
        self.items(credit | reminded).filtered(
            lambda item: not item.reconciled
        ).reconcile()
        self.assertEqual(self.figures(days=60)[1], 250, "a credit note is no money")

    def test_notice_that_never_left_collects_nothing(self):
        move = self.invoice()
        self.notice(move, self.steps.level_ids, state="draft", on=-5)
        self.pay(move, on=-3)
        self.assertEqual(self.figures()[1], 0)

    def test_broken_promises_are_counted_in_their_days(self):
        for on in (-1, -30):
            promise = self.promise(on=on)
            promise.write({"state": "broken", "closed_on": day(on)})
        self.promise(on=5)
        self.assertEqual(self.figures()[2], 1)
        self.assertEqual(self.figures(days=60)[2], 2)

    def test_collector_reads_the_own_customers_and_nobodys(self):
        mine = self.debtor("Mine")
        mine.recovery_user_id = self.clerk
        for debtor, amount in ((mine, 100), (self.customer, 20), (self.theirs, 3)):
            self.claimed_before(self.invoice(debtor, amount=2 * amount))
            self.pay(
                self.env["account.move"].search([("partner_id", "=", debtor.id)]),
                amount,
                on=-1,
            )
            promise = self.promise(debtor, on=-1)
            promise.write({"state": "broken", "closed_on": day(-1)})
        self.assertEqual(self.figures(self.clerk), [120, 120, 2])
        self.assertEqual(self.figures(self.head), [123, 123, 3])

    def test_accountant_reads_the_company(self):
        self.invoice(self.theirs)
        reader = self.member("reader", "account.group_account_readonly")
        self.assertEqual(self.figures(reader)[0], 1000)

    def test_nobody_else_reads_them(self):
        stranger = self.member("stranger", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.figures(stranger)
        kpis = self.digest._compute_kpis(self.company, stranger)
        self.assertFalse(kpis, "the digest leaves them out")

    def test_each_company_has_its_own(self):
        other = self.setup_other_company(name="Second")["company"]
        self.invoice()
        self.invoice_of(other, amount=70)
        self.head.company_ids += other
        self.assertEqual(self.figures()[0], 1000)
        self.assertEqual(self.figures(company=other)[0], 70)

    def test_shipped_digest_is_sent_to_who_subscribes(self):
        self.assertFalse(self.digest.user_ids, "nothing leaves by surprise")
        self.digest.with_user(self.clerk).action_subscribe()
        self.invoice()
        mails = self.env["mail.mail"].search_count([])
        self.digest.action_send_manual()
        [mail] = self.env["mail.mail"].search([], limit=1, order="id desc")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails + 1)
        self.assertEqual(mail.email_to, self.clerk.email_formatted)
        self.assertIn("Collected after a reminder", mail.body_html)
        self.assertIn("recovery_debtor_action", mail.body_html)

    def test_many_customers_take_as_many_queries_as_few(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.figures(self.clerk)
            return self.cr.sql_log_count - before

        self.invoice(self.debtor("First"))
        queries()
        few = queries()
        for rank in range(20):
            self.invoice(self.debtor(f"Debtor {rank}"))
        self.assertEqual(queries(), few)
