from odoo.tests import tagged

from .common import RecoveryCommon, day


@tagged("post_install_l10n", "post_install", "-at_install")
class TestWorklist(RecoveryCommon):
    """One row per debtor; invoice, worklist, situation and preview say the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 15, 30)

    def mixed_ledger(self):
        """Every kind of item, on three debtors."""
        dollar = self.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        second, third = self.debtor("Second"), self.debtor("Third")
        moves = {
            "late": self.invoice(),
            "coming": self.invoice(amount=250, due=20),
            "partial": self.invoice(second, amount=900, due=-50),
            "instalments": self.instalments(second, 600, dues=(-33, 30)),
            "disputed": self.invoice(second, amount=120),
            "partly_disputed": self.invoice(third, amount=700, due=-90),
            "paused": self.invoice(third, amount=310, due=-12),
            "dollars": self.invoice(third, amount=444, currency_id=dollar.id),
            "blocked": self.invoice(third, amount=77),
            "opening": self.entry(third, amount=55),
        }
        self.pay(moves["partial"], 333)
        self.dispute(moves["disputed"])
        self.dispute(moves["partly_disputed"], 200)
        self.pause(third, move=moves["paused"], until=3)
        moves["blocked"].action_toggle_block_payment()
        self.notice(moves["partial"], self.steps.level_ids[0], on=-9)
        self.credit(second, amount=150)
        self.payment(third, amount=60)
        return moves, self.customer | second | third

    def test_totals_of_a_debtor_are_the_sums_of_the_items(self):
        _moves, debtors = self.mixed_ledger()
        situation = self.env["recovery.situation"]._scoped(debtors=debtors.ids)
        for row in self.worklist(debtors):
            items = situation.search(
                [
                    ("partner_id", "=", row.partner_id.id),
                    ("currency_id", "=", row.currency_id.id),
                ]
            )
            late = items.filtered(lambda item: item.days_late > 0)
            expected = {
                "item_count": len(items),
                "due_count": len(items.filtered(lambda item: item.status == "due")),
                "residual": sum(items.mapped("residual")),
                "residual_company": sum(items.mapped("residual_company")),
                "overdue_company": sum(items.mapped("overdue_company")),
                "overdue": sum(late.mapped("residual")),
                "credit": -sum(item.residual for item in items if item.residual < 0),
                "days_late": max(item.days_late for item in items if item.residual > 0),
                "late_count": len(late.filtered(lambda item: item.residual > 0)),
            }
            for name, value in expected.items():
                with self.subTest(row.partner_id.name, field=name):
                    self.assertAlmostEqual(row[name], value, 2)

    def test_what_is_to_claim_is_the_same_in_both_currencies_of_one_debtor(self):
        self.invoice(amount=1000)
        self.invoice(amount=250, due=20)
        [row] = self.worklist()
        self.assertEqual(row.claimable, row.claimable_company)

    def test_invoice_worklist_situation_and_preview_agree(self):
        moves, debtors = self.mixed_ledger()
        situation = self.env["recovery.situation"]._scoped(debtors=debtors.ids)
        by_item = {row.id: row for row in situation.search([])}
        for name, move in moves.items():
            with self.subTest(name):
                rows = [by_item[item.id] for item in self.items(move)]
                own = self.situation(move)
                for wide, scoped in zip(rows, own, strict=True):
                    self.assertEqual(wide.status, scoped.status)
                    self.assertEqual(wide.claimable, scoped.claimable)
                self.assertIn(move.recovery_status, own.mapped("status"))
                self.assertIn(move.recovery_reason, own.mapped("reason"))
        due = {item_id for item_id, row in by_item.items() if row.status == "due"}
        plans = self.plans(debtors)
        self.assertEqual({row_id for plan in plans for row_id in plan["due_ids"]}, due)
        for plan in plans:
            for row in plan["claimed"] + plan["also_due"]:
                seen = by_item[row["id"]]
                self.assertEqual(float(row["claimable"]), seen.claimable)
        statuses = {
            (row.partner_id, row.currency_id): row.status
            for row in self.worklist(debtors)
        }
        for row in by_item.values():
            if row.status == "due":
                self.assertEqual(statuses[row.partner_id, row.currency_id], "due")

    def plans(self, debtors):
        """What a preview of tonight's run would show: nothing is written."""
        run = self.env["recovery.run"].new(
            {"company_id": self.company.id, "date": day(0)}
        )
        situation = run._situation()._scoped(debtors=debtors.ids)
        return self.env["recovery.writer"]._plans(run._read(situation))

    def test_run_decides_what_the_situation_says(self):
        _moves, debtors = self.mixed_ledger()
        situation = self.env["recovery.situation"]._scoped(debtors=debtors.ids)
        due = situation.search([("status", "=", "due")])
        expected = {row.id: (row.claimable, row.next_level_id) for row in due}
        run = self.env["recovery.run"].launch(company=self.company)
        lines = run.notice_ids.line_ids.filtered("level_id")
        written = {
            line.move_line_id.id: (line.claimable, line.level_id) for line in lines
        }
        self.assertEqual(written, expected)

    def test_most_urgent_item_gives_the_status(self):
        paused = self.invoice()
        self.pause(move=paused, until=3)
        self.assertEqual(self.worklist().status, "paused")
        self.invoice(due=10)
        self.assertEqual(self.worklist().status, "waiting")
        self.invoice()
        self.assertEqual(self.worklist().status, "due")

    def test_level_is_the_highest_and_next_step_the_earliest(self):
        first, second = self.invoice(due=-29), self.invoice(due=-2)
        self.notice(first, self.steps.level_ids[1], on=-14)
        [row] = self.worklist()
        self.assertEqual(row.level_id, self.steps.level_ids[1])
        self.assertEqual(row.last_notice_date, day(-14))
        self.assertEqual(row.next_level_id, self.steps.level_ids[2])
        self.assertEqual(row.next_date, day(1))
        self.pay(first)
        [row] = self.worklist()
        self.assertEqual((row.level_id.id, row.next_date), (False, day(3)))
        self.assertTrue(second)

    def test_worklist_follows_the_date(self):
        self.invoice(due=2)
        self.assertEqual(self.worklist().status, "waiting")
        self.assertEqual(self.worklist(date=7).status, "due")
        self.assertEqual(self.worklist(date=7).days_late, 5)

    def test_a_paid_customer_leaves_the_worklist(self):
        invoice = self.invoice()
        self.assertTrue(self.worklist())
        self.pay(invoice)
        self.assertFalse(self.worklist())

    def test_actions_of_a_row_open_the_customer_and_the_items(self):
        self.invoice()
        [row] = self.worklist()
        self.assertEqual(row.action_partner()["res_id"], self.customer.id)
        domain = row.action_situation()["domain"]
        found = self.env["recovery.situation"].search(domain)
        self.assertEqual(found.partner_id, self.customer)
