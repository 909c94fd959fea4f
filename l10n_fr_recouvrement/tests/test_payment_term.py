from datetime import date

from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import RecoveryCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPaymentTerm(RecoveryCommon):
    """Terms beyond the law are warned about, never blocked (C. com. L441-10 I)."""

    def term(self, *lines, **values):
        share = 100 / len(lines)
        parts = [
            Command.create(
                {
                    "value": "percent",
                    "value_amount": share,
                    "delay_type": kind,
                    "nb_days": days,
                    "days_next_month": on,
                }
            )
            for kind, days, on in lines
        ]
        return self.env["account.payment.term"].create(
            {"name": "Term", "line_ids": parts, **values}
        )

    def draft(self, due, invoiced=date(2026, 1, 1), **values):
        return self.invoice(
            values.pop("debtor", None),
            due=due,
            invoice_date=invoiced,
            state="draft",
            **values,
        )

    def alert(self, invoice):
        return invoice._get_alerts().get("recovery_term", {}).get("message", "")

    def test_accepted_terms(self):
        for name, line in (
            ("immediate", ("days_after", 0, "0")),
            ("60 days", ("days_after", 60, "0")),
            ("45 days then end of month", ("days_end_of_month_on_the", 45, "0")),
            ("end of month then 45 days", ("days_after_end_of_month", 45, "0")),
            ("30 days end of month", ("days_end_of_month_on_the", 30, "0")),
        ):
            with self.subTest(name):
                self.assertFalse(self.term(line).recovery_excess)

    def test_terms_beyond_the_law(self):
        for name, line in (
            ("61 days", ("days_after", 61, "0")),
            ("60 days end of month", ("days_end_of_month_on_the", 60, "0")),
            ("60 days after end of month", ("days_after_end_of_month", 60, "0")),
            ("end of next month", ("days_after_end_of_next_month", 30, "0")),
            ("45 days end of month on the 10", ("days_end_of_month_on_the", 45, "10")),
        ):
            with self.subTest(name):
                self.assertIn("L441-10", self.term(line).recovery_excess)

    def test_the_sentence_shows_the_worst_day_of_the_year(self):
        """31 December + 60 days = 1 March, end of month: 31 March; allowed: 1 March."""
        sentence = self.term(("days_end_of_month_on_the", 60, "0")).recovery_excess
        for day in ("12/31/2026", "03/31/2027", "03/01/2027"):
            self.assertIn(day, sentence)

    def test_one_instalment_too_late_is_enough(self):
        term = self.term(("days_after", 0, "0"), ("days_after", 90, "0"))
        self.assertTrue(term.recovery_excess)

    def test_the_form_warns_and_saves(self):
        with Form(self.env["account.payment.term"]) as form:
            form.name = "90 days"
            with form.line_ids.edit(0) as line:
                line.nb_days = 90
            self.assertIn("L441-10", form.recovery_excess)
        self.assertTrue(form.record.id)

    def test_another_country_has_its_own_law(self):
        term = self.term(("days_after", 90, "0"))
        germany = self.env.ref("base.de")
        other = self.env["res.company"].create(
            {"name": "German company", "country_id": germany.id}
        )
        self.assertTrue(term.recovery_excess)
        self.assertFalse(term.with_company(other).recovery_excess)
        term.company_id = self.company
        self.assertTrue(term.with_company(other).recovery_excess)

    def test_a_draft_invoice_beyond_the_law_is_warned_about(self):
        """1 January 2026: the end of January + 45 days = 17 March is the last day."""
        self.assertFalse(self.alert(self.draft(date(2026, 3, 17))))
        message = self.alert(self.draft(date(2026, 3, 18)))
        for part in ("03/18/2026", "03/17/2026", "L441-10"):
            self.assertIn(part, message)

    def test_the_warning_blocks_nothing_and_ends_when_posted(self):
        invoice = self.draft(date(2026, 6, 1))
        self.assertTrue(self.alert(invoice))
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")
        self.assertFalse(self.alert(invoice))

    def test_the_cap_of_the_sector_is_that_of_the_customer_then_of_the_company(self):
        """Transport: 30 days from 1 January = 31 January 2026."""
        inside, beyond = date(2026, 1, 31), date(2026, 2, 1)
        self.assertFalse(self.alert(self.draft(beyond)))
        self.company.recovery_sector = "sector_transport"
        self.assertFalse(self.alert(self.draft(inside)))
        self.assertIn("L441-11", self.alert(self.draft(beyond)))
        self.customer.recovery_sector = "term_periodic"
        self.assertFalse(self.alert(self.draft(beyond)))

    def test_each_cap_counted_by_hand(self):
        """Last days allowed for an invoice of 10 February 2026 (28 days)."""
        for sector, last in (
            ("term_periodic", date(2026, 3, 27)),
            ("sector_transport", date(2026, 3, 12)),
            ("sector_perishable", date(2026, 3, 12)),
            ("sector_livestock", date(2026, 3, 2)),
            ("sector_alcohol", date(2026, 3, 30)),
        ):
            with self.subTest(sector):
                self.customer.recovery_sector = sector
                inside = self.draft(last, date(2026, 2, 10))
                beyond = self.draft(
                    date.fromordinal(last.toordinal() + 1), date(2026, 2, 10)
                )
                self.assertFalse(self.alert(inside))
                self.assertTrue(self.alert(beyond))

    def test_the_law_may_change_the_cap(self):
        self.env["recovery.legal.parameter"].create(
            {"key": "term_net", "date_from": "2026-11-01", "value": 90, "unit": "days"}
        )
        self.assertFalse(self.alert(self.draft(date(2026, 4, 1))))
        self.assertTrue(self.alert(self.draft(date(2026, 4, 2))))

    def test_only_invoices_to_professionals_are_concerned(self):
        late = date(2026, 12, 31)
        for kind in ("consumer", "non_professional", "public", None):
            debtor = self.debtor(kind=kind)
            self.assertFalse(self.alert(self.draft(late, debtor=debtor)))
        self.assertFalse(self.alert(self.credit(due=late, state="draft")))
        self.assertTrue(self.alert(self.draft(late)))

    def test_two_companies_have_their_own_cap(self):
        other = self.setup_other_company(name="Second company")["company"]
        other.account_fiscal_country_id = self.env.ref("base.fr")
        other.recovery_sector = "sector_transport"
        due = date(2026, 2, 28)
        self.assertFalse(self.alert(self.draft(due)))
        there = self.draft(due, company_id=other.id)
        self.assertTrue(self.alert(there))

    def test_the_alert_reads_nothing_more_on_the_second_invoice(self):
        """The form of an invoice must not become slower."""
        first, second = self.draft(date(2026, 6, 1)), self.draft(date(2026, 6, 1))
        self.alert(first)
        self.assertTrue(second.invoice_date_due)
        with self.assertQueryCount(0):
            second._recovery_term_alert()

    def test_a_billing_clerk_sees_the_warning(self):
        clerk = new_test_user(
            self.env,
            "clerk",
            "account.group_account_invoice",
            company_id=self.company.id,
        )
        invoice = self.draft(date(2026, 6, 1))
        self.assertTrue(self.alert(invoice.with_user(clerk)))
