from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import day
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestDay(SendingCommon):
    """The day of a collector: each block counts, adds up and opens what is mine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 15, 30)
        cls.anna, cls.boris = cls.collector("anna"), cls.collector("boris")
        cls.move = cls.invoice()
        cls.stranger = cls.debtor("Stranger")
        cls.customer.recovery_user_id = cls.anna
        cls.stranger.recovery_user_id = cls.boris

    def block(self, name, user=None, mine=True):
        self.env.flush_all()
        return self.env["recovery.day"].with_user(user or self.anna).block(name, mine)

    def assert_block(self, name, count, titles, user=None):
        """Of mine: this many records of these customers; its action shows them all."""
        block = self.block(name, user)
        self.assertEqual(block["count"], count)
        self.assertEqual({line["title"] for line in block["lines"]}, set(titles))
        action = block["action"]
        found = self.env[action["res_model"]].search_count(action["domain"])
        self.assertEqual(found, count)
        return block

    def test_every_block_can_be_read_while_there_is_nothing(self):
        self.pay(self.move)
        for block in self.env["recovery.day"].with_user(self.boris).blocks():
            with self.subTest(block["name"]):
                content = self.block(block["name"], self.boris)
                self.assertEqual((content["count"], content["lines"]), (0, []))

    def test_calls_are_of_my_debtors_the_most_urgent_first(self):
        self.invoice(self.stranger, amount=9000, due=-50)
        nobody = self.debtor("Nobody")
        self.invoice(nobody, amount=500, due=-50)
        block = self.assert_block("calls", 2, ("Nobody", "Garage Martin"))
        self.assertEqual(block["lines"][0]["title"], "Nobody")
        self.assertIn("1,500.00", block["amount"])
        everybody = self.block("calls", mine=False)
        self.assertEqual(everybody["count"], 3)
        self.assertEqual(everybody["lines"][0]["title"], "Stranger")

    def test_substitute_has_the_day_of_the_colleague(self):
        self.env["recovery.substitute"].create(
            {
                "user_id": self.anna.id,
                "substitute_id": self.boris.id,
                "date_from": day(0),
                "date_to": day(0),
            }
        )
        second = self.debtor("Second", recovery_user_id=self.anna.id)
        self.promise(second, on=0)
        self.customer.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.anna.id
        )
        for name, who in (("calls", "Garage Martin"), ("promises", "Second")):
            self.assert_block(name, 1, [who], self.boris)
            self.assertFalse(self.block(name)["count"])
        self.assertEqual(self.block("deadlines", self.boris)["count"], 1)

    def test_payments_since_the_last_working_day(self):
        self.company.recovery_working_days = True  # today is a Sunday
        self.payment(amount=40, on=-2)
        self.payment(amount=70, on=-3)
        self.payment(self.stranger, amount=10, on=-1)
        block = self.assert_block("payments", 1, ["Garage Martin"])
        self.assertIn("40.00", block["amount"])
        self.assertNotIn("-", block["amount"])
        self.assertEqual(self.block("payments", mine=False)["count"], 2)

    def test_promises_due_or_broken_lately(self):
        self.promise(on=0)
        self.promise(on=1)
        self.promise(on=-3, state="broken")
        self.promise(on=-90, state="broken")
        self.promise(self.stranger, on=0)
        self.assert_block("promises", 2, ["Garage Martin"])

    def test_letters_to_approve_and_those_that_failed(self):
        level = self.steps.level_ids[0]
        self.notice(self.move, level, state="draft")
        failed = self.notice(self.invoice(), level, state="failed")
        failed.sudo()._write_flow({"failure_reason": "The e-mail came back"})
        self.notice(self.invoice(self.stranger), level, state="draft")
        self.assert_block("letters", 1, ["Garage Martin"])
        block = self.assert_block("bounces", 1, ["Garage Martin"])
        self.assertEqual(block["lines"][0]["text"], "The e-mail came back")

    def test_answers_that_nobody_has_read(self):
        replies = (
            self.env["recovery.reply"]
            .sudo()
            .create(
                [
                    {
                        "partner_id": debtor.id,
                        "company_id": self.company.id,
                        "body": body,
                    }
                    for debtor, body in (
                        (self.customer, "We pay on Friday"),
                        (self.customer, "Wrong price"),
                        (self.stranger, "Who are you?"),
                    )
                ]
            )
        )
        self.assert_block("replies", 2, ["Garage Martin"])
        replies[0].sudo(False).action_read()
        block = self.assert_block("replies", 1, ["Garage Martin"])
        self.assertEqual(block["lines"][0]["text"], "Wrong price")
        self.assertEqual(replies.user_id, self.anna | self.boris)

    def test_disputes_whose_answer_is_late(self):
        self.dispute(self.move, deadline=day(-1))
        self.dispute(self.invoice(), deadline=day(0))
        self.dispute(self.invoice(self.stranger), deadline=day(-1))
        self.assert_block("disputes", 1, ["Garage Martin"])

    def test_tasks_of_the_coming_week(self):
        for deadline in (-2, 7, 8):
            self.customer.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=day(deadline),
                user_id=self.anna.id,
            )
        block = self.block("deadlines")
        self.assertEqual(block["count"], 2)
        self.assertEqual([line["late"] for line in block["lines"]], [True, False])

    def test_other_companies_are_left_out(self):
        other = self.setup_other_company(name="Second company")["company"]
        self.invoice_of(other, self.debtor("Elsewhere"))
        self.promise(company_id=other.id, on=0)
        for name, count in (("calls", 1), ("promises", 0)):
            block = self.block(name, mine=False)
            self.assertEqual(block["count"], count, name)

    def test_many_records_cost_no_more_queries_than_few(self):
        def read():
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.block("promises")
            return self.cr.sql_log_count - before

        self.promise(on=0)
        read()
        few = read()
        debtors = self.env["res.partner"].create(
            [{"name": f"Debtor {rank}"} for rank in range(30)]
        )
        for debtor in debtors:
            self.promise(debtor, on=0)
        self.assertEqual(self.block("promises")["count"], 31)
        self.assertEqual(read(), few)

    def test_only_collectors_have_a_day_and_only_known_blocks(self):
        seller = self.member("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.block("calls", seller)
        with self.assertRaises(UserError):
            self.block("of_records")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRejection(SendingCommon):
    """A payment that came back: the debt is due from its original due date."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy(5)
        cls.clerk = cls.collector()
        cls.company.recovery_user_id = cls.clerk
        cls.move = cls.invoice()
        cls.paid = cls.pay(cls.move, on=-3)

    def reject(self, payment=None, user=None, **values):
        payment = (payment or self.paid).with_user(user or self.clerk)
        action = payment.action_recovery_reject()
        wizard = self.env["recovery.rejection"].with_user(user or self.clerk)
        wizard = wizard.with_context(**action["context"]).create(values)
        return wizard.action_reject()

    def test_debt_is_open_again_from_its_due_date_and_a_call_is_planned(self):
        self.assertNotEqual(self.move.payment_state, "not_paid")
        self.reject(reason="closed")
        self.assertEqual(self.paid.state, "rejected")
        self.assertEqual(self.move.payment_state, "not_paid")
        row = self.situation(self.move)
        self.assertEqual((row.residual, row.days_late), (1000, 10))
        self.assertEqual(row.status, "due")
        [call] = self.customer.sudo().activity_ids
        self.assertEqual((call.user_id, call.date_deadline), (self.clerk, day(0)))
        self.assertIn("Account closed", call.summary)

    def test_entry_of_the_payment_is_kept_and_contradicted(self):
        entry = self.paid.move_id
        self.assertTrue(entry)
        self.reject()
        self.assertEqual(entry.state, "posted")
        debts = (entry | entry.reversal_move_ids).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        self.assertEqual(sum(debts.mapped("balance")), 0)
        self.assertTrue(all(debts.mapped("reconciled")))
        self.assertEqual(self.worklist().credit, 0)

    def test_rejected_payment_is_on_the_day_with_its_button(self):
        self.paid.sudo().state = "rejected"
        block = self.env["recovery.day"].with_user(self.clerk).block("rejected")
        [line] = block["lines"]
        self.assertEqual(line["button"]["name"], "action_recovery_reject")
        self.reject(reason="funds", call=False)
        [line] = (
            self.env["recovery.day"].with_user(self.clerk).block("rejected")["lines"]
        )
        self.assertFalse(line["button"])
        self.assertEqual(line["text"], "Insufficient funds")
        self.assertFalse(self.customer.sudo().activity_ids)

    def test_letter_gives_the_reason(self):
        action = self.reject(reason="funds", letter=True)
        notice = self.env["recovery.notice"].browse(action["res_id"])
        self.assertEqual(notice.letter, "rejected")
        self.assertEqual(notice.line_ids.move_id, self.move)
        self.assertIn("nsufficient funds", notice.facts["rejection_reason"])

    def test_only_a_receipt_can_be_rejected_and_by_a_collector(self):
        draft = self.payment(post=False)
        with self.refused("Only a payment that a customer made"):
            self.reject(draft)
        invoicing = self.member("invoicing", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.reject(user=invoicing)
