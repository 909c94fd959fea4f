from odoo.tests import tagged

from .common import RecoveryCommon

# Credits, debts, and what each debt leaves: all of one debtor, oldest first.
NETTING = [
    ("one credit and two debts", [800], [800, 800], [0, 800]),
    ("credit over two debts", [1000], [800, 800], [0, 600]),
    ("credit below the oldest", [300], [800, 800], [500, 800]),
    ("two credits", [300, 900], [800, 800], [0, 400]),
    ("credit above all debts", [2000], [800, 800], [0, 0]),
    ("one cent left", [799.99], [800], [0.01]),
]


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSituationAmounts(RecoveryCommon):
    """What is claimable: credits, partial payments, instalments, rejections."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 15)

    def amounts(self, moves, date=None):
        """(amount due, claimable, status) of each item, oldest first."""
        return [
            (row.residual, row.claimable, row.status)
            for row in self.situation(moves, date)
        ]

    def debts(self, debtor, amounts):
        moves = self.env["account.move"]
        for age, amount in enumerate(amounts):
            moves |= self.invoice(debtor, amount, due=age - 60)
        return moves

    def test_credits_are_netted_oldest_first(self):
        for name, credits, debts, left in NETTING:
            with self.subTest(name):
                debtor = self.debtor(name)
                for amount in credits:
                    self.credit(debtor, amount, due=0)
                rows = self.situation(self.debts(debtor, debts))
                self.assertEqual(rows.mapped("claimable"), left)
                for row in rows:
                    self.assertEqual(row.status, "due" if row.claimable else "covered")
                    self.assertEqual(row.covered, row.residual - row.claimable)

    def test_unallocated_payment_is_netted_like_a_credit(self):
        invoices = self.debts(self.customer, [800, 800])
        self.payment(amount=800)
        self.assertEqual(
            self.amounts(invoices), [(800, 0, "covered"), (800, 800, "due")]
        )

    def test_oldest_is_by_due_date_not_by_entry(self):
        newer = self.invoice(amount=800, due=-10)
        older = self.invoice(amount=800, due=-50)
        self.credit(amount=800)
        self.assertEqual(self.status(older), "covered")
        self.assertEqual(self.status(newer), "due")

    def test_a_credit_to_come_is_netted_too(self):
        """A credit note is money of the debtor, whatever its own due date."""
        invoice = self.invoice(amount=800)
        self.credit(amount=800, due=30)
        self.assertEqual(self.status(invoice), "covered")

    def test_draft_and_cancelled_credit_notes_do_not_count(self):
        invoice = self.invoice(amount=800)
        draft = self.credit(amount=800, state="draft")
        self.assertEqual(self.status(invoice), "due")
        draft.button_cancel()
        self.assertEqual(self.status(invoice), "due")

    def test_draft_payment_does_not_count(self):
        invoice = self.invoice(amount=800)
        self.payment(amount=800, post=False)
        self.assertEqual(self.amounts(invoice), [(800, 800, "due")])

    def test_credit_of_another_currency_does_not_net(self):
        dollar = self.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        invoice = self.invoice(amount=800)
        self.credit(amount=800, currency_id=dollar.id)
        self.assertEqual(self.amounts(invoice), [(800, 800, "due")])

    def test_credit_of_another_debtor_does_not_net(self):
        invoice = self.invoice(amount=800)
        self.credit(self.debtor(), amount=800)
        self.assertEqual(self.status(invoice), "due")

    def test_credit_of_a_contact_nets_for_the_whole_customer(self):
        contact = self.contact(self.customer)
        invoice = self.invoice(amount=800)
        self.credit(contact, amount=800)
        self.assertEqual(self.status(invoice), "covered")

    def test_opening_balance_in_credit_nets(self):
        invoice = self.invoice(amount=800)
        self.entry(amount=-800)
        self.assertEqual(self.status(invoice), "covered")

    def test_partly_paid_invoice_is_reminded_of_the_rest(self):
        invoice = self.invoice()
        self.pay(invoice, 400)
        self.assertEqual(self.amounts(invoice), [(600, 600, "due")])

    def test_paid_invoice_has_no_situation(self):
        invoice = self.invoice()
        self.pay(invoice)
        self.assertFalse(self.situation(invoice))
        self.assertFalse(invoice.recovery_status)

    def test_refunded_invoice_has_no_situation(self):
        invoice = self.invoice()
        self._reverse_invoice(invoice, post=True)
        (invoice | invoice.reversal_move_ids).line_ids.filtered(
            lambda line: line.account_id == self.receivable and not line.reconciled
        ).reconcile()
        self.assertFalse(self.situation(invoice))

    def test_instalment_is_late_before_the_last_one(self):
        invoice = self.instalments(amount=1000, dues=(-20, 40))
        self.assertEqual(
            self.amounts(invoice), [(500, 500, "due"), (500, 500, "waiting")]
        )
        self.assertEqual(invoice.recovery_status, "due")
        self.assertEqual(invoice.recovery_days_late, 20)

    def test_payment_of_an_instalment_leaves_the_next(self):
        invoice = self.instalments(amount=1000, dues=(-20, 40))
        self.pay(invoice, 500)
        self.assertEqual(self.amounts(invoice), [(500, 500, "waiting")])
        self.assertEqual(self.status(invoice, 45), "due")

    def test_cancelled_payment_brings_the_debt_back_from_its_due_date(self):
        invoice = self.invoice(due=-30)
        payment = self.pay(invoice, on=-5)
        self.assertFalse(self.situation(invoice))
        payment.action_draft()
        payment.action_cancel()
        row = self.situation(invoice)
        self.assertEqual((row.residual, row.days_late), (1000, 30))
        self.assertEqual((row.status, row.next_date), ("due", self.day_of(invoice, 5)))

    def test_rejected_payment_brings_the_debt_back_to_its_level(self):
        invoice = self.invoice(due=-30)
        self.notice(invoice, self.steps.level_ids[0], on=-20)
        payment = self.pay(invoice, on=-5)
        self.items(invoice).remove_move_reconcile()
        payment.action_draft()
        payment.action_cancel()
        row = self.situation(invoice)
        self.assertEqual(row.level_id, self.steps.level_ids[0])
        self.assertEqual(row.next_level_id, self.steps.level_ids[1])

    def test_unreconciled_payment_covers_the_invoice_until_it_is_cancelled(self):
        invoice = self.invoice()
        self.pay(invoice)
        self.items(invoice).remove_move_reconcile()
        self.assertEqual(self.amounts(invoice), [(1000, 0, "covered")])

    def test_payment_in_process_without_entry_is_not_chased(self):
        """Enterprise's payments have no entry until the bank confirms them."""
        invoice = self.invoice()
        payment = self.payment(amount=1000, post=False)
        payment.outstanding_account_id = False
        payment.invoice_ids = invoice
        payment.action_post()
        self.assertFalse(payment.move_id)
        self.assertEqual(payment.state, "in_process")
        self.assertNotEqual(self.status(invoice), "due")
        payment.action_reject()
        self.assertEqual(self.status(invoice), "due")

    def test_reset_to_draft_leaves_the_ledger(self):
        invoice = self.invoice()
        invoice.button_draft()
        self.env.flush_all()
        self.assertFalse(self.situation(invoice))

    def day_of(self, invoice, delay):
        return self.items(invoice).date_maturity.__class__.fromordinal(
            self.items(invoice).date_maturity.toordinal() + delay
        )


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSituationCurrency(RecoveryCommon):
    """Amounts in the currency of the item and of the company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        cls.steps = cls.policy(5, minimum_amount=400)

    def test_dollar_invoice_is_shown_in_both_currencies(self):
        row = self.situation(self.invoice(amount=1000, currency_id=self.dollar.id))
        self.assertEqual(row.currency_id, self.dollar)
        self.assertEqual(row.company_currency_id, self.eur)
        self.assertEqual((row.residual, row.residual_company), (1000, 500))
        self.assertEqual((row.claimable, row.claimable_company), (1000, 500))
        self.assertEqual(row.overdue_company, 500)

    def test_claimable_part_is_converted_like_the_debt(self):
        invoice = self.invoice(amount=1000, currency_id=self.dollar.id)
        self.dispute(invoice, 400)
        self.pay(invoice, 300)
        row = self.situation(invoice)
        self.assertEqual((row.residual, row.disputed, row.claimable), (700, 400, 300))
        self.assertEqual((row.residual_company, row.claimable_company), (350, 150))

    def test_minimum_amount_is_in_the_currency_of_the_company(self):
        small = self.invoice(self.debtor(), amount=700, currency_id=self.dollar.id)
        enough = self.invoice(self.debtor(), amount=800, currency_id=self.dollar.id)
        self.assertEqual(self.status(small), "below_minimum")
        self.assertEqual(self.status(enough), "due")

    def test_debts_in_two_currencies_count_together_for_the_minimum(self):
        """The debtor owes 600 EUR in all: no single currency reaches the minimum."""
        self.invoice(amount=300)
        dollars = self.invoice(amount=600, currency_id=self.dollar.id)
        self.assertEqual(self.status(dollars), "due")

    def test_credit_in_the_same_foreign_currency_nets(self):
        invoice = self.invoice(amount=1000, currency_id=self.dollar.id)
        self.credit(amount=1000, currency_id=self.dollar.id)
        self.assertEqual(self.status(invoice), "covered")

    def test_worklist_has_one_row_for_each_currency(self):
        self.invoice(amount=1000)
        self.invoice(amount=1000, currency_id=self.dollar.id)
        rows = self.worklist()
        self.assertEqual(set(rows.currency_id), {self.eur, self.dollar})
        self.assertEqual(sorted(rows.mapped("residual_company")), [500, 1000])
