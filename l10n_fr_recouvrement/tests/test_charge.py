from datetime import date
from decimal import Decimal

from psycopg2.errors import ExclusionViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import html2plaintext, mute_logger

from .common_charge import OCTOBER, SEPTEMBER, ChargeCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCharge(ChargeCommon):
    """Penalties are claimed once, to the cent, and follow their debit note."""

    def test_figures_of_a_debit_note_added_by_hand(self):
        """10 000 × 12.4 % × 30 / 365 = 101.92, and 40 EUR."""
        invoice = self.late()
        charges = self.claim(invoice, date=SEPTEMBER[1])
        self.assertEqual(
            self.periods(charges),
            [("interest", *SEPTEMBER, 101.92), ("indemnity", False, False, 40)],
        )
        note = charges.debit_move_id
        self.assertEqual(note.move_type, "out_invoice")
        self.assertEqual(note.state, "draft")
        self.assertEqual(note.debit_origin_id, invoice)
        self.assertEqual(note.amount_total, 141.92)
        self.assertEqual(note.amount_tax, 0)
        codes = note.invoice_line_ids.account_id.mapped("code")
        self.assertEqual(codes, ["763100", "758100"])
        self.assertEqual(note.invoice_date_due, note.invoice_date)

    def test_interest_over_two_half_years_is_the_sum_of_its_lines(self):
        invoice = self.late(amount=5000, due=date(2026, 3, 31))
        charge = self.claim(invoice).filtered(lambda c: c.kind == "interest")
        lines = [Decimal(line["interest"]) for line in charge.segments]
        # 5000 × 12.15 % × 91 / 365 and 5000 × 12.4 % × 145 / 365
        self.assertEqual(lines, [Decimal("151.46"), Decimal("246.30")])
        self.assertEqual(round(charge.amount, 2), 397.76)
        narration = html2plaintext(charge.debit_move_id.narration)
        narration = " ".join(narration.split())
        line = "01/04/2026 30/06/2026 91 5 000,00 € 12,15 % 151,46 €"
        self.assertIn(line, narration)
        self.assertIn("Hors champ d’application de la TVA (indemnité)", narration)

    def test_each_period_continues_the_last(self):
        invoice = self.late()
        self.claim(invoice, date=SEPTEMBER[1])
        charges = self.claim(invoice, date=OCTOBER[1])
        # 10 000 × 12.4 % × 31 / 365
        self.assertEqual(self.periods(charges), [("interest", *OCTOBER, 105.32)])

    def test_nothing_is_claimed_twice(self):
        invoice = self.late()
        self.claim(invoice)
        with self.assertRaisesRegex(UserError, "no penalties left"):
            invoice.action_recovery_claim()

    def test_two_wizards_open_at_once_claim_once(self):
        invoice = self.late()
        first, second = self.wizard(invoice), self.wizard(invoice)
        first.action_apply()
        with self.assertRaisesRegex(UserError, "already"):
            second.action_apply()
        self.assertEqual(len(invoice.recovery_charge_ids), 2)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_overlapping_days(self):
        invoice = self.late()
        charge = self.claim(invoice, date=SEPTEMBER[1]).filtered("date_from")
        with self.assertRaises(ExclusionViolation), self.cr.savepoint():
            charge.sudo().copy(
                {"state": "claimed", "date_from": SEPTEMBER[1], "date_to": OCTOBER[1]}
            )
            self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_a_second_indemnity(self):
        charges = self.claim(self.late())
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            charges.filtered(lambda c: c.kind == "indemnity").sudo().copy(
                {"state": "claimed"}
            )
            self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_a_conflict_is_a_clear_sentence(self):
        charge = self.claim(self.late()).filtered("date_from")
        [values] = charge.sudo().copy_data()
        with self.assertRaisesRegex(UserError, "already"):
            self.env["recovery.charge"]._record([values])

    def test_interest_stays_claimable_after_the_principal_is_paid(self):
        invoice = self.late()
        self.pay(invoice, on=SEPTEMBER[1])
        self.assertEqual(
            self.periods(self.claim(invoice)),
            [("interest", *SEPTEMBER, 101.92), ("indemnity", False, False, 40)],
        )

    def test_partial_payment_reduces_the_days_after_it(self):
        invoice = self.late()
        self.pay(invoice, 4000, on=date(2026, 9, 15))
        interest = self.claim(invoice, date=SEPTEMBER[1]).filtered("date_from")
        # 10 000 × 12.4 % × 15 / 365 + 6 000 × 12.4 % × 15 / 365
        self.assertEqual(round(interest.amount, 2), round(50.96 + 30.58, 2))

    def test_one_indemnity_for_an_invoice_in_instalments(self):
        invoice = self.instalments(amount=10000)
        charges = self.claim(invoice)
        self.assertEqual(len(charges.filtered("date_from")), 2)
        self.assertEqual(
            [c.amount for c in charges.filtered(lambda c: c.kind == "indemnity")], [40]
        )
        self.assertEqual(len(charges.debit_move_id), 1)

    def test_unpaid_indemnity_only_where_nothing_was_late(self):
        invoice = self.late(due=date(2026, 12, 31))
        with self.assertRaisesRegex(UserError, "no penalties left"):
            invoice.action_recovery_claim()

    def test_interest_in_the_currency_and_40_euros_on_their_own_note(self):
        dollar = self.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        invoice = self.late(currency_id=dollar.id)
        charges = self.claim(invoice, date=SEPTEMBER[1])
        notes = charges.debit_move_id
        self.assertEqual(
            sorted((n.currency_id.name, n.amount_total) for n in notes),
            [("EUR", 40), ("USD", 101.92)],
        )
        for note in notes:
            statement = note.recovery_statement()
            self.assertFalse(statement["segments"])
            self.assertFalse(statement["indemnity"])

    def test_one_note_for_a_customer_keeps_the_links(self):
        invoices = self.late() | self.late()
        charges = self.claim(invoices, grouping="customer")
        self.assertEqual(len(charges.debit_move_id), 1)
        self.assertEqual(charges.move_id, invoices)
        self.assertEqual(len(charges.debit_line_id), 4)

    def test_one_note_for_each_invoice(self):
        invoices = self.late() | self.late()
        charges = self.claim(invoices, grouping="invoice", post=True)
        self.assertEqual(charges.debit_move_id.debit_origin_id, invoices)
        self.assertEqual(set(charges.debit_move_id.mapped("state")), {"posted"})

    def test_a_line_left_out_stays_claimable(self):
        invoice = self.late()
        wizard = self.wizard(invoice)
        wizard.line_ids.filtered(lambda x: x.kind == "indemnity").selected = False
        wizard.action_apply()
        self.assertEqual(invoice.recovery_charge_ids.mapped("kind"), ["interest"])
        self.assertEqual(self.claim(invoice).mapped("kind"), ["indemnity"])

    def test_wizard_says_what_it_misses(self):
        wizard = self.wizard(self.late())
        wizard.line_ids.selected = False
        with self.assertRaisesRegex(UserError, "at least one"):
            wizard.action_apply()
        wizard.write({"date": date(2026, 12, 31)})
        with self.assertRaisesRegex(UserError, "past day"):
            wizard.action_apply()

    def test_unconfirmed_kind_is_refused(self):
        invoice = self.late()
        self.customer.recovery_debtor_kind_confirmed = False
        wizard = self.wizard(invoice)
        self.assertEqual(wizard.line_ids.mapped("selected"), [False, False])
        wizard.line_ids.selected = True
        with self.assertRaisesRegex(UserError, "Garage Martin"):
            wizard.action_apply()

    def test_consumer_owes_nothing_before_a_formal_notice(self):
        invoice = self.late(self.debtor("Dupont", "consumer"))
        with self.assertRaisesRegex(UserError, "formal notice"):
            invoice.action_recovery_claim()

    def test_customers_below_the_minimum_are_not_ticked(self):
        self.company.recovery_penalty_minimum = 100
        small = self.late(self.debtor("Small"), amount=10)
        large = self.late(self.debtor("Large"))
        lines = self.wizard(small | large).line_ids
        self.assertEqual(lines.filtered("selected").move_id, large)

    def test_penalties_bear_no_penalties(self):
        note = self.claim(self.late(), date=SEPTEMBER[1], post=True).debit_move_id
        note.invoice_date_due = SEPTEMBER[1]
        statement = note.recovery_statement(date(2026, 12, 15))
        self.assertEqual(statement["total"], Decimal("141.92"))
        with self.assertRaises(UserError):
            note.action_recovery_claim()

    def test_debit_note_of_a_price_supplement_bears_interest(self):
        tax = self.company_data["default_tax_sale"]
        note = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": SEPTEMBER[0],
                "invoice_date_due": SEPTEMBER[0],
                "debit_origin_id": self.late().id,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Price", "price_unit": 100, "tax_ids": tax.ids}
                    )
                ],
            }
        )
        note.action_post()
        self.assertTrue(note.recovery_statement()["interest_due"])

    def test_evidence_never_changes(self):
        charges = self.claim(self.late())
        with self.assertRaisesRegex(UserError, "evidence"):
            charges.sudo().write({"amount": 1})
        with self.assertRaisesRegex(UserError, "evidence"):
            charges.sudo().write({"state": "cancelled"})
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            charges.sudo().unlink()
        with self.assertRaises(AccessError):
            charges.with_user(self.collector).write({"reason": "Mine"})

    def test_no_sale_journal_is_a_clear_sentence(self):
        invoice = self.late()
        wizard = self.wizard(invoice)
        journals = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "sale")]
        )
        journals.active = False
        with self.assertRaisesRegex(UserError, "no sale journal"):
            wizard.action_apply()

    def test_no_account_is_a_clear_sentence(self):
        chart = self.env["account.chart.template"].with_company(self.company)
        wizard = self.wizard(self.late())
        name = f"account.{self.company.id}_pcg_7581"
        self.env.ref(name).unlink()
        self.assertFalse(chart.ref("pcg_7581", raise_if_not_found=False))
        with self.assertRaisesRegex(UserError, "settings"):
            wizard.action_apply()

    def test_lock_date_is_a_clear_sentence_and_nothing_is_claimed(self):
        invoice = self.late()
        self.company.sale_lock_date = date(2026, 11, 30)
        with self.assertRaisesRegex(UserError, "Lock Date"), self.cr.savepoint():
            self.claim(invoice, post=True)
        self.assertFalse(invoice.recovery_charge_ids)

    def test_accounts_of_the_settings_win(self):
        income = self.company_data["default_account_revenue"]
        self.company.recovery_indemnity_account_id = income
        note = self.claim(self.late()).debit_move_id
        self.assertIn(income, note.invoice_line_ids.account_id)

    def test_two_companies_claim_apart(self):
        other = self.setup_other_company(name="Other")["company"]
        mine, theirs = self.late(), self.invoice_of(other, due=-60)
        with self.assertRaisesRegex(UserError, "one company"):
            (mine | theirs).action_recovery_claim()
        charges = self.claim(theirs)
        self.assertEqual(charges.company_id, other)
        self.assertEqual(charges.debit_move_id.company_id, other)
        self.assertFalse(
            self.env["recovery.charge"]
            .with_user(self.collector)
            .search([("id", "in", charges.ids)])
        )
