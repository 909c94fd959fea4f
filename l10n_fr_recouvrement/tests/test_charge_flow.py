from datetime import date
from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common_charge import OCTOBER, SEPTEMBER, ChargeCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestChargeFlow(ChargeCommon):
    """What becomes of a charge: cancelled, collected, waived."""

    def noted(self, **values):
        """A posted note of September and its charges."""
        charges = self.claim(self.late(), date=SEPTEMBER[1], post=True, **values)
        return charges.debit_move_id, charges

    def assertState(self, charges, state):
        self.assertEqual(set(charges.mapped("state")), {state})

    def test_reset_to_draft_cancels_and_posting_again_revives(self):
        note, charges = self.noted()
        note.button_draft()
        self.assertState(charges, "cancelled")
        note.action_post()
        self.assertState(charges, "claimed")

    def test_cancelled_note_frees_its_days(self):
        note, charges = self.noted()
        note.button_cancel()
        self.assertState(charges, "cancelled")
        again = self.claim(charges.move_id, date=SEPTEMBER[1])
        self.assertEqual(self.periods(again), self.periods(charges))

    def test_deleted_draft_frees_its_days(self):
        charges = self.claim(self.late(), date=SEPTEMBER[1])
        charges.debit_move_id.unlink()
        self.assertState(charges, "cancelled")
        self.assertEqual(len(self.claim(charges.move_id, date=SEPTEMBER[1])), 2)

    @mute_logger("odoo.sql_db")
    def test_note_that_was_claimed_again_is_not_posted(self):
        note, charges = self.noted()
        note.button_draft()
        self.claim(charges.move_id, date=SEPTEMBER[1])
        with self.assertRaisesRegex(UserError, "already"):
            note.action_post()

    def test_reversal_cancels_and_its_undoing_revives(self):
        note, charges = self.noted()
        credit = note._reverse_moves(cancel=True)
        self.assertEqual(note.payment_state, "reversed")
        self.assertState(charges, "cancelled")
        credit.button_cancel()
        self.assertState(charges, "claimed")

    def test_line_removed_from_a_draft_claims_no_more(self):
        charges = self.claim(self.late(), date=SEPTEMBER[1])
        note = charges.debit_move_id
        indemnity = charges.filtered(lambda c: c.kind == "indemnity")
        indemnity.debit_line_id.unlink()
        note.action_post()
        self.assertState(indemnity, "cancelled")
        self.assertState(charges - indemnity, "claimed")

    def test_line_changed_in_a_draft_is_refused(self):
        charges = self.claim(self.late(), date=SEPTEMBER[1])
        charges.debit_line_id[0].price_unit = 1
        with self.assertRaisesRegex(UserError, "no longer claims"):
            charges.debit_move_id.action_post()

    def test_paid_note_is_collected_and_undone(self):
        note, charges = self.noted()
        self.pay(note, on=3)
        self.assertState(charges, "collected")
        self.assertEqual(set(charges.mapped("collected_on")), {date(2026, 11, 25)})
        note.line_ids.remove_move_reconcile()
        self.assertState(charges, "claimed")
        self.assertFalse(any(charges.mapped("collected_on")))

    def test_half_paid_note_is_not_collected(self):
        note, charges = self.noted()
        self.pay(note, 50)
        self.assertState(charges, "claimed")

    def test_booked_charge_is_cancelled_through_its_note(self):
        note, charges = self.noted()
        with self.assertRaisesRegex(UserError, note.name):
            charges.action_cancel()

    def test_statement_leaves_out_what_is_on_a_note(self):
        invoice = self.late()
        self.claim(invoice, date=SEPTEMBER[1], post=True)
        statement = invoice.recovery_statement(OCTOBER[1])
        self.assertEqual(statement["interest_due"], Decimal("105.32"))
        self.assertEqual(statement["interest_accrued"], Decimal("207.23"))
        self.assertEqual(statement["indemnity"], 0)
        self.assertEqual(statement["total"], Decimal("10105.32"))
        self.assertIn("dont 101,92\xa0€ déjà facturés", statement["warnings"][-1])

    def test_statement_of_a_day_within_the_charged_period(self):
        invoice = self.late()
        self.claim(invoice, date=SEPTEMBER[1])
        statement = invoice.recovery_statement(date(2026, 9, 15))
        self.assertEqual(statement["interest_due"], 0)

    def test_payment_booked_late_lowers_what_is_left(self):
        """Claimed on 10 000, then a payment of 1 September turns up: what was charged
        too high is taken from the next days."""
        invoice = self.late()
        self.claim(invoice, date=SEPTEMBER[1])
        self.pay(invoice, 5000, on=date(2026, 8, 31))
        statement = invoice.recovery_statement(OCTOBER[1])
        # 5 000 × 12.4 % × 61 / 365 = 103.62 − 101.92
        self.assertEqual(statement["interest_due"], Decimal("1.70"))
        charge = self.claim(invoice, date=OCTOBER[1])
        self.assertEqual(self.periods(charge), [("interest", *OCTOBER, 1.7)])
        self.assertEqual(round(charge.deduction, 2), 50.96)

    def test_waiver_needs_a_manager(self):
        with self.assertRaisesRegex(AccessError, "manager"):
            self.waive(self.late(), self.collector)

    def test_waiver_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "why"):
            self.waive(self.late(), reason=" ")

    def test_waived_days_are_no_more_due(self):
        invoice = self.late()
        charges = self.waive(invoice, date=SEPTEMBER[1])
        self.assertState(charges, "waived")
        self.assertFalse(charges.debit_move_id)
        statement = invoice.recovery_statement(OCTOBER[1])
        self.assertEqual(statement["interest_due"], Decimal("105.32"))
        self.assertEqual(statement["indemnity"], 0)
        self.assertIn("abandonnés", statement["warnings"][-1])

    def test_waiver_of_some_days_only(self):
        invoice = self.late()
        charges = self.waive(invoice, date=OCTOBER[1], date_from=OCTOBER[0])
        self.assertEqual(
            self.periods(charges.filtered("date_from")),
            [("interest", *OCTOBER, 105.32)],
        )
        rest = self.claim(invoice).filtered("date_from")
        days = sorted(rest.mapped("date_from"))
        self.assertEqual(days, [SEPTEMBER[0], date(2026, 11, 1)])

    def test_cancelled_waiver_is_due_again(self):
        invoice = self.late()
        charges = self.waive(invoice)
        with self.assertRaisesRegex(AccessError, "manager"):
            charges.with_user(self.collector).action_cancel()
        charges.action_cancel()
        self.assertEqual(len(self.claim(invoice)), 2)

    def test_waiver_of_a_public_buyer_is_refused(self):
        invoice = self.late(self.debtor("Commune", "public"))
        with self.assertRaisesRegex(UserError, "L2192-14"):
            self.waive(invoice)
        self.assertFalse(invoice.recovery_charge_ids)

    def test_collector_claims_salesperson_does_not(self):
        self.assertTrue(self.claim(self.late(), self.collector, post=True))
        invoice = self.late()
        seller = new_test_user(
            self.env,
            "seller",
            groups="sales_team.group_sale_salesman,account.group_account_invoice",
            company_id=self.company.id,
        )
        with self.assertRaisesRegex(AccessError, "collector"):
            invoice.with_user(seller).action_recovery_claim()

    def test_new_instalments_keep_their_charges(self):
        """A reset to draft makes new items: the days stay charged."""
        invoice = self.late()
        charges = self.claim(invoice, date=SEPTEMBER[1])
        invoice.button_draft()
        invoice.invoice_date_due = date(2026, 9, 2)
        invoice.action_post()
        self.assertEqual(
            charges.filtered("date_from").move_line_id, self.items(invoice)
        )
        again = self.claim(invoice, date=OCTOBER[1])
        self.assertEqual(again.mapped("date_from"), [OCTOBER[0]])
