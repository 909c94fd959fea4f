from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import day
from .common_sending import SendingCommon


class DisputeCommon(SendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5)
        cls.clerk = cls.collector()
        cls.reason = cls.env["recovery.dispute.reason"].create(
            {"name": "Goods", "days": 4, "user_id": cls.clerk.id}
        )

    def claimable(self, moves):
        return self.situation(moves).mapped("claimable")

    def reverse(self, action):
        """What core's dialog makes of the action: draft credit notes."""
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        reversal = Form(wizard).save()
        reversal.refund_moves()
        return reversal.new_move_ids

    def allocate(self, credit, move):
        """Post a credit note; it is put on its invoice."""
        if credit.state == "draft":
            credit.action_post()
        items = self.items(credit | move).filtered(lambda item: not item.reconciled)
        if len(items) > 1:
            items.reconcile()


@tagged("post_install_l10n", "post_install", "-at_install")
class TestDispute(DisputeCommon):
    """The life of a dispute: what it suspends, and how it ends."""

    def test_invoice_and_amount_make_a_dispute_of_one_line(self):
        invoice = self.invoice()
        dispute = self.env["recovery.dispute"].create(
            {
                "move_id": invoice.id,
                "amount": 300,
                "reason_id": self.reason.id,
                "description": "Broken",
                "origin": "portal",
            }
        )
        self.assertEqual(dispute.partner_id, self.customer)
        self.assertEqual((dispute.move_id, dispute.amount), (invoice, 300))
        self.assertEqual(dispute.user_id, self.clerk)
        self.assertEqual(dispute.deadline, day(4))
        [activity] = dispute.activity_ids
        self.assertEqual(
            (activity.user_id, activity.date_deadline), (self.clerk, day(4))
        )

    def test_several_invoices_suspend_their_parts_only(self):
        first, second = self.invoice(), self.invoice(amount=500)
        lines = [{"move_id": first.id, "amount": 400}, {"move_id": second.id}]
        dispute = self.env["recovery.dispute"].create(
            {
                "partner_id": self.contact(self.customer).id,
                "company_id": self.company.id,
                "description": "Two deliveries",
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        self.assertEqual((dispute.amount, dispute.partner_id), (900, self.customer))
        self.assertEqual(self.claimable(first | second), [600, 0])

    def test_form_needs_the_invoice_and_the_words_only(self):
        invoice = self.invoice()
        form = Form(
            self.env["recovery.dispute"].with_context(default_move_id=invoice.id)
        )
        form.reason_id, form.description = self.reason, "Late"
        dispute = form.save()
        self.assertEqual((dispute.line_ids.move_id, dispute.amount), (invoice, 1000))
        form = Form(self.env["recovery.dispute"])
        form.move_id, form.reason_id, form.description = invoice, self.reason, "Late"
        self.assertEqual(form.save().line_ids.amount, 1000)

    def test_half_an_invoice_leaves_half_in_the_next_letter_with_its_interest(self):
        self.steps.level_ids.write({"claims": "claims", "letter": "L4"})
        invoice = self.invoice(amount=1000, due=-30)
        other = self.invoice(self.debtor("Whole"), amount=1000, due=-30)
        half = self.invoice(self.debtor("Half"), amount=500, due=-30)
        self.dispute(invoice, 500)
        notices = self.decide().grouped("partner_id")
        contested = notices[self.customer].line_ids
        self.assertEqual((contested.claimable, contested.disputed), (500, 500))
        self.assertEqual(contested.interest, notices[half.partner_id].line_ids.interest)
        self.assertLess(contested.interest, notices[other.partner_id].line_ids.interest)

    def test_founded_waits_for_its_credit_note_and_ends_with_it(self):
        invoice = self.invoice(due=-20)
        dispute = self.dispute(invoice, 300)
        action = dispute.action_founded()
        self.assertEqual((dispute.state, dispute.closed_on), ("founded", False))
        self.assertEqual(self.claimable(invoice), [700], "not claimed meanwhile")
        self.assertEqual(dispute.activity_ids.summary, "Make the credit note")
        credit = self.reverse(action)
        self.assertEqual((credit.state, credit.amount_total), ("draft", 300))
        self.allocate(credit, invoice)
        self.assertEqual(dispute.closed_on, day(0))
        self.assertEqual(self.claimable(invoice), [700])
        self.assertFalse(dispute.activity_ids)
        with self.refused("No credit note is due"):
            dispute.action_credit()

    def test_credit_note_of_several_taxed_lines_is_of_the_conceded_amount(self):
        tax = self.company_data["default_tax_sale"]
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": day(-40),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Line",
                            "quantity": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.set(tax.ids)],
                        }
                    )
                    for quantity, price in ((3, 33.33), (7, 12.01), (1, 250))
                ],
            }
        )
        invoice.action_post()
        dispute = self.dispute(invoice, 123.45)
        credit = self.reverse(dispute.action_founded())
        self.assertAlmostEqual(credit.amount_total, 123.45, 1)
        self.assertLessEqual(abs(credit.amount_total - 123.45), 0.011)

    def test_settled_credits_what_is_conceded_and_claims_the_rest(self):
        invoice = self.invoice()
        dispute = self.dispute(invoice, 600)
        dispute.line_ids.conceded = 250
        credit = self.reverse(dispute.action_settled())
        self.assertEqual(credit.amount_total, 250)
        self.assertEqual(self.claimable(invoice), [750])
        self.allocate(credit, invoice)
        self.assertEqual((dispute.state, dispute.closed_on), ("settled", day(0)))
        self.assertEqual(self.claimable(invoice), [750])

    def test_settled_without_concession_ends_at_once(self):
        dispute = self.dispute(self.invoice())
        self.assertFalse(dispute.action_settled())
        self.assertEqual(dispute.closed_on, day(0))

    def test_unfounded_gives_eight_fresh_days_then_goes_on(self):
        invoice = self.invoice()
        dispute = self.dispute(invoice, 300)
        dispute.action_unfounded()
        self.assertEqual(self.status(invoice, 8), "paused")
        self.assertEqual(self.status(invoice, 9), "due")
        dispute.answer = "The delivery note is signed."
        dispute.action_answer_in_writing()
        pauses = self.env["recovery.pause"].search([("move_id", "=", invoice.id)])
        self.assertEqual(pauses.until, day(8), "the letter of the same day adds none")

    def test_payment_of_all_ends_it(self):
        invoice = self.invoice()
        dispute = self.dispute(invoice, 300)
        self.pay(invoice, 700)
        self.assertFalse(dispute.closed_on, "the contested part is still open")
        self.pay(invoice, 300)
        self.assertEqual((dispute.state, dispute.closed_on), ("paid", day(0)))
        self.assertFalse(dispute.activity_ids)

    def test_credit_note_of_all_that_is_contested_makes_it_founded(self):
        invoice = self.invoice(due=-20)
        dispute = self.dispute(invoice, 300)
        self.allocate(self.credit(amount=300, due=0, invoice_date=day(0)), invoice)
        self.assertEqual((dispute.state, dispute.closed_on), ("founded", day(0)))

    def test_older_credit_note_does_not_end_it(self):
        invoice = self.invoice(due=-20)
        self.allocate(self.credit(amount=300, due=-60), invoice)
        dispute = self.dispute(invoice, 300, opened_on=day(0))
        self.env["recovery.dispute.watch"]._settle()
        self.assertEqual(dispute.state, "open")

    def test_ended_dispute_changes_no_more(self):
        dispute = self.dispute(self.invoice())
        dispute.action_unfounded()
        for action in ("action_founded", "action_unfounded", "action_settled"):
            with self.refused("not possible any more"):
                getattr(dispute, action)()
        with self.refused("not possible any more"):
            dispute.action_credit()
        with self.refused("is closed"):
            dispute.line_ids.amount = 10
        with self.refused("is closed"):
            dispute.line_ids.unlink()

    def test_what_cannot_be_disputed_is_refused(self):
        invoice, other = self.invoice(), self.invoice(self.debtor("Other"))
        disputes = self.env["recovery.dispute"]
        with self.refused("Choose the invoice"):
            disputes.create({"partner_id": self.customer.id, "description": "x"})
        with self.refused("of one customer", ValidationError):
            self.dispute(invoice).write(
                {"line_ids": [Command.create({"move_id": other.id})]}
            )
        with self.refused("of one customer", ValidationError):
            self.dispute(self.credit())
        dispute = self.dispute(invoice, 400)
        with self.refused("No more can be conceded", ValidationError):
            dispute.line_ids.conceded = 401

    def test_foreign_currency_counts_in_its_own_and_in_the_company_s(self):
        dollar = self.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        invoice = self.invoice(currency_id=dollar.id)
        dispute = self.dispute(invoice, 500)
        self.assertEqual((dispute.currency_id, dispute.amount_company), (dollar, 250))
        self.assertEqual(self.claimable(invoice), [500])
        with self.refused("in one currency", ValidationError):
            dispute.write(
                {"line_ids": [Command.create({"move_id": self.invoice().id})]}
            )

    def test_company_of_the_invoice_is_that_of_the_dispute(self):
        other = self.setup_other_company(name="Second")["company"]
        invoice = self.invoice_of(other)
        dispute = self.dispute(invoice)
        self.assertEqual(dispute.company_id, other)
        self.assertEqual(dispute.line_ids.company_id, other)
        with self.assertRaises(AccessError):
            dispute.with_user(self.clerk).check_access("read")
        with self.assertRaises(UserError):
            self.dispute(invoice, company_id=self.company.id)

    def test_activity_plan_of_the_reason_replaces_the_activity(self):
        todo = self.env.ref("mail.mail_activity_data_todo")
        steps = [
            {
                "activity_type_id": todo.id,
                "summary": summary,
                "responsible_type": "on_demand",
            }
            for summary in ("Ask the warehouse", "Answer")
        ]
        self.reason.activity_plan_id = self.env["mail.activity.plan"].create(
            {
                "name": "Goods",
                "res_model": "recovery.dispute",
                "template_ids": [Command.create(step) for step in steps],
            }
        )
        dispute = self.dispute(self.invoice(), reason_id=self.reason.id)
        self.assertEqual(
            set(dispute.activity_ids.mapped("summary")), {"Ask the warehouse", "Answer"}
        )
        self.assertEqual(dispute.activity_ids.user_id, self.clerk)

    def test_collector_opens_and_ends_one_from_a_notice(self):
        invoice = self.invoice()
        notice = self.decide().with_user(self.clerk)
        action = notice.action_dispute()
        disputes = self.env["recovery.dispute"].with_user(self.clerk)
        form = Form(disputes.with_context(**action["context"]))
        form.reason_id, form.description = self.reason, "Late"
        dispute = form.save()
        self.assertEqual(dispute.line_ids.move_id, invoice)
        dispute.action_unfounded()
        self.assertEqual(self.status(invoice), "paused")

    def test_many_end_with_as_many_queries_as_few(self):
        moves = self.invoices(56)
        disputes = self.env["recovery.dispute"].union(*map(self.dispute, moves))
        self.env.cr.execute(
            "UPDATE account_move_line SET amount_residual_currency = 0"
            " WHERE move_id = ANY(%s)",
            [moves.ids],
        )
        self.env.invalidate_all()

        def queries(part):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["recovery.dispute.watch"]._settle(part.move_id)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(disputes[:1])
        few, many = queries(disputes[1:6]), queries(disputes[6:])
        self.assertEqual(set(disputes.mapped("state")), {"paid"})
        self.assertEqual(few, many, f"{few} queries for 5, {many} for 50")
