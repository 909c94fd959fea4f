from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import RecoveryCommon
from .common_letter import COMPANY, LetterCase

CRON = "l10n_fr_recouvrement.ir_cron_recovery_account_statement"
FIRST = date(2026, 12, 1)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestAccountStatement(RecoveryCommon):
    """The statement of account: figures, page, job, sending by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({name: COMPANY[name] for name in COMPANY if name != "name"})
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(
            ["base", "l10n_fr_recouvrement"], ["fr_FR"]
        )
        cls.service = cls.env["recovery.account.statement"]
        cls.sender = cls.env["recovery.account.statement.sender"]
        cls.customer.write({"lang": "fr_FR", "recovery_statement_period": "monthly"})

    def sheet(self, partner=None):
        [sheet] = self.service._sheets(partner or self.customer, self.company)
        return sheet

    def run_on(self, on=FIRST):
        """The job, on a day; nobody but the chosen customers of this test is there."""
        with freeze_time(f"{on} 05:00:00"):
            self.sender.with_user(SUPERUSER_ID)._cron_send()

    def mails(self, partner=None):
        return self.env["mail.mail"].search(
            [
                ("model", "=", "res.partner"),
                ("res_id", "=", (partner or self.customer).id),
            ]
        )

    def account(self):
        """An account of all sorts: overdue, not due, a credit note, a payment."""
        self.invoice(amount=1000, due=-100)
        self.invoice(amount=500, due=-10)
        self.invoice(amount=300, due=20)
        self.credit(amount=120, due=-5)
        self.payment(amount=80)

    def test_overdue_not_due_credits_and_balance(self):
        self.account()
        sheet = self.sheet()
        self.assertEqual(
            (sheet.overdue, sheet.not_due, sheet.credit, sheet.balance),
            (1500, 300, -200, 1600),
        )
        self.assertEqual(self.customer.recovery_residual, 1600)

    def test_running_balance_in_the_order_of_the_documents(self):
        self.account()
        rows = self.sheet().rows
        self.assertEqual([row.date for row in rows], sorted(row.date for row in rows))
        total = 0
        for row in rows:
            total += row.residual
            self.assertEqual(row.balance, total)

    def test_ageing_adds_up_to_the_balance(self):
        self.account()
        ageing = self.sheet().ageing
        self.assertEqual(
            [ageing[name] for name in ("b0_not_due", "b1_30", "b4_more", "credit")],
            [300, 500, 1000, -200],
        )
        self.assertEqual(sum(ageing.values()), 1600)

    def test_each_currency_and_company_has_its_own(self):
        dollar = self.setup_other_currency("USD")
        self.invoice(due=-10)
        self.invoice(due=-10, currency_id=dollar.id)
        other = self.setup_other_company()["company"]
        self.invoice_of(other, due=-10)
        sheets = self.service._sheets(self.customer, self.company)
        self.assertEqual({sheet.currency for sheet in sheets}, {self.eur, dollar})
        self.assertEqual({len(sheet.rows) for sheet in sheets}, {1})

    def test_page_in_french_and_in_english(self):
        self.account()
        renderer = self.env["recovery.statement.renderer"]
        for lang, expected in (
            (
                "fr_FR",
                (
                    "Relevé de compte au 22 novembre 2026",
                    "Échu 1 500,00 €",
                    "Non échu 300,00 €",
                    "Avoirs et règlements à affecter −200,00 €",
                    "Solde au 22 novembre 2026 1 600,00 €",
                    "100 j 1 000,00 € 1 000,00 €",
                ),
            ),
            ("en_US", ("Statement of account on 22 November 2026", "€1,600.00")),
        ):
            self.customer.lang = lang
            [pdf] = renderer._account_pdfs([self.sheet()])
            text = LetterCase._text(self, pdf)
            for words in expected:
                self.assertIn(words, text)
            self.assertNotRegex(text, "mise en demeure|pénalit|40,00")

    def test_job_sends_on_the_first_days_once(self):
        self.account()
        self.run_on()
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn("relevé de compte", mail.subject)
        self.assertIn("1\u00a0600,00\u00a0€", mail.body_html)
        self.assertIn("dont échu", mail.body_html)
        self.assertEqual(mail.attachment_ids.mapped("mimetype"), ["application/pdf"])
        self.assertEqual(self.customer.recovery_statement_sent_on, FIRST)
        self.run_on()
        self.run_on(date(2026, 12, 2))
        self.assertEqual(len(self.mails()), 1)
        self.run_on(date(2027, 1, 2))
        self.assertEqual(len(self.mails()), 2)

    def test_sending_leaves_a_trace_on_the_customer(self):
        self.account()
        self.run_on()
        message = self.customer.message_ids[:1]
        self.assertIn("relevé de compte", message.subject)
        self.assertTrue(message.attachment_ids)

    def test_quarterly_waits_for_its_quarter(self):
        self.customer.recovery_statement_period = "quarterly"
        self.account()
        self.customer.recovery_statement_checked_on = date(2026, 10, 2)
        self.run_on()
        self.assertFalse(self.mails())
        self.run_on(date(2027, 1, 1))
        self.assertEqual(len(self.mails()), 1)

    def test_nothing_later_in_the_period(self):
        """A rhythm chosen on the 20th sends nothing by surprise."""
        self.account()
        self.run_on(date(2026, 12, 20))
        self.assertFalse(self.mails())

    def test_customers_without_a_rhythm_get_nothing(self):
        self.customer.recovery_statement_period = False
        self.account()
        self.run_on()
        self.assertFalse(self.mails())

    def test_nothing_overdue_nothing_sent_unless_chosen(self):
        self.invoice(due=60)
        self.run_on()
        self.assertFalse(self.mails())
        self.assertEqual(self.customer.recovery_statement_checked_on, FIRST)
        self.company.recovery_statement_overdue_only = False
        self.run_on(date(2027, 1, 1))
        self.assertEqual(len(self.mails()), 1)

    def test_nothing_open_nothing_sent(self):
        self.company.recovery_statement_overdue_only = False
        self.run_on()
        self.assertFalse(self.mails())

    def test_marked_contact_is_written_to(self):
        contact = self.contact(
            self.customer, email="marie@example.com", recovery_contact=True
        )
        self.account()
        self.run_on()
        self.assertEqual(self.mails().recipient_ids, contact)

    def test_contact_without_address_falls_back_on_the_customer(self):
        self.contact(self.customer, recovery_contact=True)
        self.account()
        self.run_on()
        self.assertEqual(self.mails().recipient_ids, self.customer)

    def test_missing_address_becomes_a_task(self):
        self.account()
        self.customer.email = False
        self.run_on()
        self.assertFalse(self.mails())
        self.assertIn("e-mail address", self.customer.activity_ids.note)
        self.run_on()
        self.assertEqual(len(self.customer.activity_ids), 1)

    def insolvent(self):
        """What the insolvency application says through the query."""
        query = type(self.env["recovery.situation"])
        status = query._status
        return patch.object(
            query,
            "_status",
            lambda model: status(model).__class__(
                "CASE WHEN residual > 0 THEN 'insolvency' ELSE %s END", status(model)
            ),
        )

    def test_insolvent_customer_is_never_written_to(self):
        self.account()
        with self.insolvent():
            self.run_on()
            send = self.wizard()
            self.assertIn("Insolvency", send.line_ids.problem)
            with self.assertRaises(UserError):
                send.action_send()
        self.assertFalse(self.mails())

    def wizard(self, partners=None):
        return self.env["recovery.account.statement.send"].create(
            {"partner_ids": [(6, 0, (partners or self.customer).ids)]}
        )

    def test_sending_by_hand(self):
        self.account()
        nobody = self.debtor("Nobody")
        send = self.wizard(self.customer | nobody)
        problems = {line.partner_id: line.problem for line in send.line_ids}
        self.assertFalse(problems[self.customer])
        self.assertIn("Nothing is open", problems[nobody])
        send.action_send()
        self.assertEqual(len(self.mails()), 1)
        self.assertFalse(self.mails(nobody))
        self.assertEqual(
            self.customer.recovery_statement_sent_on, fields.Date.to_date("2026-11-22")
        )

    def test_dialog_and_preview(self):
        self.account()
        action = self.customer.action_recovery_account_statement()
        send = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(send.line_ids.balance, "€1,600.00")
        url = send.line_ids.action_preview()["url"]
        attachment = self.env["ir.attachment"].browse(int(url.split("/")[-1]))
        self.assertIn("Relevé de compte", LetterCase._text(self, attachment.raw))

    def test_only_a_collector_sends(self):
        self.account()
        accountant = new_test_user(
            self.env, "clerk", groups="account.group_account_invoice"
        )
        with self.assertRaises(AccessError):
            self.wizard().with_user(accountant).action_send()

    def test_job_resumes_where_it_was_cut(self):
        """The first batch is kept, the second one follows in the next pass."""
        others = self.env["res.partner"]
        for number in range(3):
            debtor = self.debtor(f"Customer {number}")
            debtor.recovery_statement_period = "monthly"
            self.invoice(debtor, due=-10)
            others |= debtor
        module = "odoo.addons.l10n_fr_recouvrement.models"
        sender = type(self.env["recovery.sender"])
        with (
            patch(f"{module}.recovery_account_statement_sender.BATCH", 2),
            patch.object(sender, "_commit", lambda *args: False),
        ):
            self.run_on()
            self.assertEqual(self.sent_count(others), 1)
            self.run_on()
        self.assertEqual(self.sent_count(others), 3)

    def sent_count(self, partners):
        return sum(len(self.mails(partner)) for partner in partners)

    def test_as_many_queries_for_many_customers_as_for_few(self):
        debtors = self.env["res.partner"]
        for number in range(20):
            debtors |= self.debtor(f"Customer {number}")
        for debtor in debtors:
            self.invoice(debtor, due=-10)
        counts = []
        for some in (debtors[:5], debtors[:5], debtors):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.service._sheets(some, self.company)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
