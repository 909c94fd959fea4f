from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import RecoveryCommon, day


@tagged("post_install_l10n", "post_install", "-at_install")
class TestInvoice(RecoveryCommon):
    """What the invoice itself shows, searches and keeps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 15)

    def test_invoice_shows_its_situation(self):
        invoice = self.invoice(due=-12)
        self.notice(invoice, self.steps.level_ids[0], on=-5)
        self.assertEqual(invoice.recovery_status, "waiting")
        self.assertEqual(invoice.recovery_level_id, self.steps.level_ids[0])
        self.assertEqual(invoice.recovery_next_level_id, self.steps.level_ids[1])
        self.assertEqual(invoice.recovery_next_date, day(3))
        self.assertEqual(invoice.recovery_days_late, 12)
        self.assertEqual(invoice.recovery_notice_count, 1)
        self.assertIn("Step 20", invoice.recovery_reason)

    def test_invoice_follows_a_payment_in_the_same_transaction(self):
        invoice = self.invoice()
        self.assertEqual(invoice.recovery_status, "due")
        self.pay(invoice)
        self.assertFalse(invoice.recovery_status)

    def test_invoice_follows_the_date_of_the_context(self):
        invoice = self.invoice(due=0)
        later = invoice.with_context(recovery_date=str(day(5)))
        self.assertEqual(
            (invoice.recovery_status, later.recovery_status), ("waiting", "due")
        )

    def test_invoice_that_is_not_late_has_no_days_late(self):
        self.assertEqual(self.invoice(due=8).recovery_days_late, 0)

    def test_draft_invoice_and_vendor_bill_have_no_status(self):
        draft = self.invoice(state="draft")
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.customer.id,
                "invoice_date": day(-30),
                "invoice_line_ids": [Command.create({"name": "x", "price_unit": 9})],
            }
        )
        bill.action_post()
        for move in draft | bill:
            self.assertFalse(move.recovery_status)
            self.assertFalse(move.recovery_reason)

    def test_invoices_are_searched_by_status(self):
        due, waiting = self.invoice(), self.invoice(due=10)
        for operator, value, expected in (
            ("=", "due", due),
            ("in", ["due", "waiting"], due | waiting),
            ("=", "paused", due.browse()),
            ("!=", "due", waiting),
        ):
            with self.subTest(operator=operator, value=value):
                found = self.env["account.move"].search(
                    [
                        ("recovery_status", operator, value),
                        ("id", "in", (due | waiting).ids),
                    ]
                )
                self.assertEqual(found, expected)

    def test_invoices_without_status_are_found(self):
        paid, due = self.invoice(), self.invoice()
        self.pay(paid)
        found = self.env["account.move"].search(
            [("recovery_status", "=", False), ("id", "in", (paid | due).ids)]
        )
        self.assertEqual(found, paid)

    def test_opening_balance_is_included_by_a_collector_only(self):
        move = self.entry()
        biller = new_test_user(
            self.env,
            "biller",
            "account.group_account_invoice",
            company_id=self.company.id,
        )
        with self.assertRaises(AccessError):
            move.with_user(biller).action_recovery_include()
        self.assertEqual(self.status(move), "not_invoice")
        move.action_recovery_include()
        self.assertEqual(self.status(move), "due")

    def test_history_follows_the_rank_of_the_instalment(self):
        """Core makes new items, and gives old ones to other instalments."""
        invoice = self.instalments(dues=(-40, -20))
        first, second = self.items(invoice)
        notice = self.notice(invoice, self.steps.level_ids[1], on=-3)
        for line in notice.sudo().line_ids:
            if line.rank == 2:
                line.level_id = self.steps.level_ids[0]
        self.post_again(invoice, [30], [10, 20])
        self.assertNotEqual(self.items(invoice), first | second)
        self.assertEqual(
            [row.level_id.position for row in self.situation(invoice)], [20, 10]
        )

    def test_level_given_by_hand_follows_the_invoice(self):
        invoice = self.instalments(dues=(-40, -20))
        first, second = self.items(invoice)
        for item, level in ((first, 1), (second, 0)):
            self.env["recovery.level.change"].create(
                {
                    "move_line_id": item.id,
                    "move_id": invoice.id,
                    "level_id": self.steps.level_ids[level].id,
                    "reason": "Decided by hand",
                }
            )
        self.post_again(invoice, [30], [10, 20])
        self.assertEqual(
            [row.level_id.position for row in self.situation(invoice)], [20, 10]
        )

    def test_notices_name_their_invoice_while_its_draft_has_other_items(self):
        invoice, other = self.instalments(dues=(-40, -20)), self.invoice()
        notice = self.notice(invoice, self.steps.level_ids[1], on=-3)
        lines = notice.sudo().line_ids
        ranks = {line: line.rank for line in lines}
        self.draft_again(invoice, [30], [10, 20])
        orphans = lines.filtered(lambda line: not line.move_line_id)
        self.assertTrue(orphans)
        self.assertEqual(
            {line: line.rank for line in orphans},
            {line: ranks[line] for line in orphans},
        )
        self.assertEqual(lines.move_id, invoice)
        for operator, moves, found in (
            ("in", invoice, lines),
            ("in", other, lines.browse()),
            ("not in", other, lines),
        ):
            domain = [("move_id", operator, moves.ids), ("id", "in", lines.ids)]
            with self.subTest(operator=operator, moves=moves):
                self.assertEqual(lines.search(domain), found)

    def post_again(self, invoice, *terms):
        self.draft_again(invoice, *terms)
        invoice.action_post()

    def draft_again(self, invoice, *terms):
        """Reset to draft and change the parts (days after the invoice)."""
        invoice.button_draft()
        for days in terms:
            invoice.invoice_payment_term_id = self.env["account.payment.term"].create(
                {
                    "name": "Other parts",
                    "line_ids": [
                        Command.create(
                            {"value_amount": 100 / len(days), "nb_days": delay}
                        )
                        for delay in days
                    ],
                }
            )
            self.env.flush_all()

    def test_policy_of_an_invoice_is_not_copied(self):
        invoice = self.invoice(recovery_policy_id=self.steps.id)
        self.assertFalse(invoice.copy().recovery_policy_id)
