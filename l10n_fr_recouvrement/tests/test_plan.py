from base64 import b64encode
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TODAY
from .common_plan import SIGNER, PlanCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPlan(PlanCommon):
    """The life of a payment plan: each step, and each that is refused."""

    def broken(self, **values):
        """A plan whose only instalment was missed."""
        plan = self.signed(
            self.invoice(), dates=(5,), offered=date(2026, 11, 1), **values
        )
        self.watch()
        return plan

    def test_offer_then_signature_puts_the_plan_in_force(self):
        invoice = self.invoice()
        plan = self.plan(invoice)
        self.assertEqual(self.status(invoice), "due")
        plan.action_offer()
        self.assertEqual(plan.state, "offered")
        self.assertEqual(self.status(invoice), "due", "an offer suspends nothing")
        plan._accept(*SIGNER)
        self.assertEqual(plan.state, "active")
        self.assertEqual(self.status(invoice), "plan")
        self.assertEqual(invoice.invoice_date_due, date(2026, 11, 12))

    def test_signature_interrupts_limitation(self):
        plan = self.signed(self.invoice())
        self.assertEqual(plan.interruption_date, TODAY)
        self.assertEqual(plan.signatory_name, "Luc Martin")

    def test_sentence_says_until_when(self):
        invoice = self.invoice()
        self.signed(invoice, dates=(30,))
        self.assertIn("12/22/2026", self.situation(invoice).reason)

    def test_plan_holds_after_its_last_day_until_it_is_settled(self):
        invoice = self.invoice()
        self.signed(invoice, dates=(30,))
        self.assertEqual(self.status(invoice, 200), "plan")

    def test_scan_and_day_are_needed_to_record_a_signature(self):
        plan = self.plan(self.invoice())
        plan.action_offer()
        with self.assertRaisesRegex(UserError, "Attach the signed agreement"):
            plan.action_accept()
        plan.write(
            {
                "signed_document": b64encode(b"scan"),
                "accepted_on": TODAY,
                "signatory_name": "Luc Martin",
                "signatory_title": "Manager",
            }
        )
        with self.assertRaisesRegex(UserError, "name, the quality and the power"):
            plan.action_accept()
        plan.signatory_power = "Legal representative"
        plan.action_accept()
        self.assertEqual((plan.state, plan.accepted_by), ("active", "scan"))
        self.assertEqual(len(plan.accepted_hash), 64)

    def test_portal_signature_needs_the_sum_in_words_and_figures(self):
        plan = self.plan(self.invoice())
        plan.action_offer()
        for proof in ({}, {"figures": 999, "words": "x"}, {"figures": 1000}):
            with self.assertRaisesRegex(UserError, "in words and in figures"):
                plan._accept(*SIGNER, ip="192.0.2.1", **proof)
        plan._accept(*SIGNER, ip="192.0.2.1", figures=1000, words="mille euros")
        self.assertEqual(plan.accepted_by, "portal")
        self.assertEqual(plan.accepted_words, "mille euros")

    def test_signature_is_refused_before_the_offer_after_it_and_tomorrow(self):
        plan = self.plan(self.invoice())
        with self.assertRaisesRegex(UserError, "is “Draft”"):
            plan._accept(*SIGNER)
        plan.action_offer()
        with self.assertRaisesRegex(UserError, "still to come"):
            plan._accept(*SIGNER, date=self.after(TODAY, 1))
        with freeze_time("2026-12-20"), self.assertRaisesRegex(UserError, "valid from"):
            plan._accept(*SIGNER)

    def test_instalments_make_up_the_principal(self):
        plan = self.plan(self.invoice(), 400, 500)
        with self.assertRaisesRegex(UserError, "correct the last instalment"):
            plan.action_offer()

    def test_no_instalment_before_the_plan(self):
        plan = self.plan(self.invoice(), dates=(-1,))
        with self.assertRaisesRegex(UserError, "before the day of the plan"):
            plan.action_offer()

    def test_payment_between_draft_and_offer_is_seen(self):
        invoice = self.invoice()
        plan = self.plan(invoice)
        self.pay(invoice, 400)
        with self.assertRaisesRegex(UserError, "is still due"):
            plan.action_offer()

    def test_offered_plan_is_evidence(self):
        plan = self.plan(self.invoice())
        plan.action_offer()
        for change in (
            {"penalties": "run_on"},
            {"interest": 1},
            {"line_ids": [Command.clear()]},
            {"partner_id": self.debtor().id},
        ):
            with self.assertRaisesRegex(UserError, "evidence"):
                plan.write(change)
        with self.assertRaisesRegex(UserError, "evidence"):
            plan.line_ids.amount = 1
        with self.assertRaisesRegex(UserError, "evidence"):
            plan.invoice_ids.unlink()
        with self.assertRaisesRegex(UserError, "evidence"):
            plan.unlink()

    def test_nobody_writes_the_state_nor_the_proof(self):
        plan = self.plan(self.invoice())
        for change in ({"state": "active"}, {"accepted_hash": "x"}):
            with self.assertRaisesRegex(UserError, "use the buttons"):
                plan.write(change)
            with self.assertRaisesRegex(UserError, "use the buttons"):
                plan.with_context(recovery_flow="x").write(change)
        plan.action_offer()
        plan._accept(*SIGNER)
        with self.assertRaisesRegex(UserError, "is “In force”"):
            plan.signatory_name = "Somebody else"

    def test_draft_may_be_deleted(self):
        plan = self.plan(self.invoice())
        plan.unlink()
        self.assertFalse(plan.exists())

    def test_default_needs_a_formal_notice_presented_and_its_delay(self):
        plan = self.broken()
        self.assertEqual(plan.state, "default")
        with self.assertRaisesRegex(UserError, "Write the formal notice"):
            plan.action_accelerate()
        plan.action_formal_notice()
        with self.assertRaisesRegex(UserError, "first presentation"):
            plan.action_accelerate()
        self.presented(plan, self.after(TODAY, 2))
        self.assertEqual(plan.cure_until, date(2026, 12, 2))
        with (
            freeze_time("2026-12-02"),
            self.assertRaisesRegex(UserError, "may still pay"),
        ):
            plan.action_accelerate()
        with freeze_time("2026-12-03"):
            plan.action_accelerate()
        self.assertEqual(plan.state, "accelerated")

    def test_acceleration_releases_the_invoices(self):
        plan = self.broken()
        self.assertEqual(self.status(plan.invoice_ids.move_id), "plan")
        plan._accelerate()
        self.assertEqual(self.status(plan.invoice_ids.move_id), "due")

    def test_formal_notice_only_of_a_plan_in_default(self):
        plan = self.signed(self.invoice())
        for step in ("action_formal_notice", "action_accelerate"):
            with self.assertRaisesRegex(UserError, "is “In force”"):
                getattr(plan, step)()

    def test_cancelled_plan_releases_the_invoices_and_moves_no_more(self):
        plan = self.signed(self.invoice())
        plan.action_cancel()
        self.assertEqual((plan.state, plan.closed_on), ("cancelled", TODAY))
        self.assertEqual(self.status(plan.invoice_ids.move_id), "due")
        for step in ("action_offer", "action_cancel", "action_renegotiate"):
            with self.assertRaisesRegex(UserError, "is “Cancelled”"):
                getattr(plan, step)()

    def test_renegotiation_replaces_the_plan_once_it_is_accepted(self):
        old = self.signed(self.invoice(), 500, 500)
        new = self.plan(old.invoice_ids.move_id, previous_id=old.id)
        new.action_offer()
        self.assertEqual(old.state, "active")
        new._accept(*SIGNER)
        self.assertEqual((old.state, new.state), ("renegotiated", "active"))
        self.assertEqual(old.next_ids, new)

    def test_invoice_is_in_one_live_plan(self):
        invoice = self.invoice()
        plan = self.plan(invoice)
        with self.assertRaisesRegex(ValidationError, plan.name), self.cr.savepoint():
            self.plan(invoice)
        plan.action_cancel()
        self.assertTrue(self.plan(invoice))

    def test_invoices_of_the_customer_in_the_currency_only(self):
        other = self.invoice(self.debtor("Other"))
        with self.assertRaisesRegex(ValidationError, "posted invoices of Garage"):
            self.plan(self.invoice(), partner_id=self.customer.id).write(
                {"invoice_ids": [Command.create({"move_id": other.id})]}
            )

    def test_share_never_exceeds_what_is_due(self):
        plan = self.plan(self.invoice())
        with self.assertRaisesRegex(ValidationError, "lower its share"):
            plan.invoice_ids.amount = 1001

    def test_contested_invoice_is_refused_until_the_dispute_is_closed(self):
        invoice = self.invoice()
        plan = self.plan(invoice)
        dispute = self.dispute(invoice, 300)
        with self.assertRaisesRegex(UserError, "contests it"):
            plan.action_offer()
        dispute.action_unfounded()
        plan.action_offer()
        self.assertEqual(plan.state, "offered")

    def test_plan_of_a_consumer_bears_no_interest(self):
        invoice = self.invoice(self.debtor("Paul Petit", kind="consumer"))
        for values in ({"penalties": "run_on"}, {"interest": 1}, {"indemnity": 40}):
            with (
                self.assertRaisesRegex(ValidationError, "neither interest nor fee"),
                self.cr.savepoint(),
            ):
                self.plan(invoice, **values)
        self.assertTrue(self.plan(invoice))

    def test_interest_of_a_public_buyer_runs_on(self):
        invoice = self.invoice(self.debtor("Mairie", kind="public"))
        with (
            self.assertRaisesRegex(ValidationError, "L2192-14"),
            self.cr.savepoint(),
        ):
            self.plan(invoice)
        self.assertTrue(self.plan(invoice, penalties="run_on"))

    def test_recognised_sum_adds_up(self):
        plan = self.plan(self.invoice(), interest=12.5, indemnity=40)
        self.assertEqual(plan.total, 1052.5)
        self.assertEqual(plan.principal, 1000)
