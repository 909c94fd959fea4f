from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import day
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPostpone(SendingCommon):
    """Many debtors are postponed at once, for one reason and until one day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy(5)
        cls.others = cls.debtor("First") + cls.debtor("Second")
        cls.moves = cls.invoice(cls.others[0]) + cls.invoice(cls.others[1])

    def postpone(self, rows=None, until=5):
        rows = self.worklist(self.others) if rows is None else rows
        action = rows.action_postpone()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        with Form(wizard) as form:
            form.until, form.reason = day(until), "Bank strike"
        form.record.action_apply()

    def test_each_customer_is_paused_with_the_reason(self):
        self.postpone()
        pauses = self.env["recovery.pause"].search([])
        self.assertEqual(pauses.partner_id, self.others)
        self.assertEqual(set(pauses.mapped("reason")), {"Bank strike"})
        self.assertEqual(pauses.create_uid, self.env.user)
        self.assertEqual(pauses.company_id, self.company)

    def test_pause_lasts_until_its_last_day(self):
        self.postpone()
        self.assertEqual(set(self.situation(self.moves).mapped("status")), {"paused"})
        rows = self.situation(self.moves, date=6)
        self.assertEqual(set(rows.mapped("status")), {"due"})

    def test_others_are_reminded(self):
        invoice = self.invoice()
        self.postpone()
        self.assertEqual(self.decide().line_ids.move_id, invoice)

    def test_letter_that_waits_does_not_leave(self):
        notices = self.decide()
        self.postpone()
        self.send(notices)
        self.assertEqual(set(notices.mapped("state")), {"cancelled"})
        self.assertFalse(self.outbox)

    def test_each_chosen_invoice_is_paused_alone(self):
        other = self.invoice(self.others[0])
        action = self.env["recovery.postpone"]._action_moves(self.moves)
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        with Form(wizard) as form:
            form.until, form.reason = day(5), "Bank strike"
        form.record.action_apply()
        self.assertEqual(set(self.situation(self.moves).mapped("status")), {"paused"})
        self.assertEqual(self.status(other), "due")
        self.env["recovery.pause"].search([]).action_end()
        self.assertEqual(set(self.situation(self.moves).mapped("status")), {"due"})

    def test_invoices_that_owe_nothing_are_refused(self):
        self.pay(self.moves)
        with self.assertRaisesRegex(UserError, "Nothing is due"):
            self.env["recovery.postpone"]._action_moves(self.moves)

    def test_day_that_is_over_is_refused(self):
        with self.assertRaisesRegex(UserError, "already over"):
            self.postpone(until=-1)
        self.assertFalse(self.env["recovery.pause"].search([]))

    def test_customers_of_two_companies_are_refused(self):
        other = self.setup_other_company()["company"]
        self.env.user.company_ids += other
        self.invoice_of(other, self.others[0])
        with self.assertRaisesRegex(UserError, "one company"):
            self.worklist(self.others).action_postpone()

    def test_only_a_collector_postpones(self):
        user = self.member("invoicing", "account.group_account_invoice")
        postpone = self.env["recovery.postpone"].with_user(user)
        with self.assertRaises(AccessError):
            postpone._action(self.worklist(self.others))

    def test_collector_postpones(self):
        rows = self.worklist(self.others).with_user(self.collector())
        self.postpone(rows)
        self.assertEqual(set(self.situation(self.moves).mapped("status")), {"paused"})
