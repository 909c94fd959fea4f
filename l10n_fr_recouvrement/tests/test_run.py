from odoo.tests import tagged

from .common import TODAY, day
from .common_sending import SendingCommon

SHOWS = {"delay_days": 5, "claims": "shows"}
CLAIMS = {"delay_days": 5, "claims": "claims"}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRunNotices(SendingCommon):
    """What a run writes."""

    def test_customer_gets_one_notice_with_its_due_items(self):
        policy = self.policy(5, 15)
        old, new = self.invoice(due=-20), self.invoice(due=-10)
        [notice] = self.decide()
        self.assertEqual(notice.partner_id, self.customer)
        self.assertEqual(notice.company_id, self.company)
        self.assertEqual(notice.policy_id, policy)
        self.assertEqual(notice.date, TODAY)
        self.assertEqual(self.claimed(notice).move_id, old | new)

    def test_lines_copy_the_facts_of_the_day(self):
        self.policy(5)
        invoice = self.instalments(dues=(-40, -10))
        first, second = self.claimed(self.decide())
        self.assertEqual(first.number, invoice.name)
        self.assertEqual((first.rank, second.rank), (1, 2))
        self.assertEqual(first.date_maturity, day(-40))
        self.assertEqual((first.days_late, second.days_late), (40, 10))
        self.assertEqual((first.residual, first.amount_total), (500, 500))

    def test_each_item_starts_at_the_first_level_however_old(self):
        policy = self.policy(5, 15, 30)
        self.invoice(due=-90)
        [notice] = self.decide()
        self.assertEqual(notice.level_id, policy.level_ids[0])

    def test_highest_level_leads_and_lines_keep_their_own(self):
        first, second = self.policy(5, 15).level_ids
        old, new = self.invoice(due=-20), self.invoice(due=-10)
        self.reach(old, first, on=-8)
        [notice] = self.decide()
        self.assertEqual(notice.level_id, second)
        lines = {line.move_id: (line.kind, line.level_id) for line in notice.line_ids}
        self.assertEqual(lines, {old: ("claimed", second), new: ("also_due", first)})
        self.assertEqual((notice.principal, notice.total), (1000, 1000))

    def test_item_listed_apart_has_reached_its_own_level_once_sent(self):
        first, second = self.policy(5, 15).level_ids
        old, new = self.invoice(due=-20), self.invoice(due=-10)
        self.reach(old, first, on=-8)
        self.send(self.decide())
        rows = {row.move_id: row.level_id for row in self.situation(old | new)}
        self.assertEqual(rows, {old: second, new: first})

    def test_other_late_items_and_credits_are_listed_apart(self):
        self.policy(15)
        due, waiting = self.invoice(due=-20), self.invoice(due=-10)
        credit = self.credit(amount=100)
        [notice] = self.decide()
        kinds = {line.move_id: line.kind for line in notice.line_ids}
        self.assertEqual(kinds, {due: "claimed", waiting: "also_due", credit: "credit"})
        self.assertEqual((notice.credit, notice.principal), (100, 900))

    def test_policy_per_invoice_writes_one_notice_each(self):
        self.policy(5, grouping="invoice")
        invoices = self.invoices(2)
        notices = self.decide()
        self.assertEqual(len(notices), 2)
        self.assertEqual(notices.line_ids.move_id, invoices)

    def test_numbers_follow_each_other_and_are_unique(self):
        self.policy(5, grouping="invoice")
        self.invoices(3)
        numbers = [int(name.split("/")[-1]) for name in self.decide().mapped("name")]
        self.assertEqual(numbers, list(range(numbers[0], numbers[0] + 3)))

    def test_company_with_a_sequence_of_its_own_draws_from_it(self):
        self.env["ir.sequence"].sudo().create(
            {
                "name": "Ours",
                "code": "recovery.notice",
                "prefix": "OURS/",
                "padding": 3,
                "company_id": self.company.id,
            }
        )
        self.policy(5)
        self.invoice()
        self.assertEqual(self.decide().name, "OURS/001")

    def test_sequence_without_gap_is_respected(self):
        sequence = self.env.ref("l10n_fr_recouvrement.sequence_recovery_notice")
        sequence.sudo().write({"implementation": "no_gap", "number_next": 7})
        self.policy(5, grouping="invoice")
        self.invoices(2)
        names = self.decide().mapped("name")
        self.assertEqual([name[-5:] for name in names], ["00007", "00008"])


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRunAmounts(SendingCommon):
    """Worked example: 1 000 EUR, 10 days late at 2,40 + 10 %, hence 3,40 EUR."""

    INTEREST = 3.40

    def test_level_that_claims_nothing_has_no_interest(self):
        self.policy(5)
        self.invoice()
        [notice] = self.decide()
        self.assertEqual((notice.interest, notice.indemnity), (0, 0))
        self.assertEqual((notice.principal, notice.total), (1000, 1000))

    def test_level_that_shows_keeps_interest_out_of_the_total(self):
        self.policy(SHOWS)
        self.invoice()
        [notice] = self.decide()
        self.assertAlmostEqual(notice.interest, self.INTEREST, 2)
        self.assertEqual(notice.indemnity, 40)
        self.assertEqual(notice.total, 1000)

    def test_level_that_claims_adds_interest_and_indemnity(self):
        self.policy(CLAIMS)
        self.invoice()
        [notice] = self.decide()
        self.assertAlmostEqual(notice.total, 1000 + self.INTEREST + 40, 2)
        [line] = self.claimed(notice)
        [segment] = line.segments
        self.assertEqual((segment["days"], segment["base"]), (10, "1000.00"))

    def test_indemnity_is_due_once_per_invoice(self):
        self.policy(CLAIMS)
        self.instalments(dues=(-40, -10))
        self.invoice()
        [notice] = self.decide()
        self.assertEqual(notice.indemnity, 80)

    def test_consumer_owes_no_indemnity(self):
        self.policy(CLAIMS)
        self.invoice(self.debtor("Mme Petit", kind="consumer"))
        [notice] = self.decide()
        self.assertEqual((notice.interest, notice.indemnity), (0, 0))
        self.assertEqual(notice.total, 1000)

    def test_partly_paid_invoice_is_claimed_for_what_is_left(self):
        self.policy(5)
        invoice = self.invoice()
        self.pay(invoice, 400, on=-2)
        [notice] = self.decide()
        self.assertEqual(notice.principal, 600)

    def test_disputed_part_is_not_claimed(self):
        self.policy(5)
        self.dispute(self.invoice(), 300)
        [notice] = self.decide()
        self.assertEqual(notice.principal, 700)
        self.assertEqual(self.claimed(notice).disputed, 300)

    def test_indemnity_stays_in_euro_beside_a_foreign_total(self):
        usd = self.setup_other_currency("USD", rates=[("2020-01-01", 2)])
        self.policy(CLAIMS)
        self.invoice(currency_id=usd.id)
        [notice] = self.decide()
        self.assertEqual(notice.currency_id, usd)
        self.assertEqual((notice.principal, notice.indemnity), (1000, 40))
        self.assertAlmostEqual(notice.total, 1000 + self.INTEREST, 2)

    def test_two_currencies_make_two_notices(self):
        usd = self.setup_other_currency("USD", rates=[("2020-01-01", 2)])
        self.policy(5)
        self.invoice()
        self.invoice(currency_id=usd.id)
        notices = self.decide()
        self.assertEqual(set(notices.mapped("currency_id")), {usd, self.eur})


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRunAddressee(SendingCommon):
    def addressed(self, *levels):
        self.policy(*(levels or (5,)))
        self.invoice()
        return self.decide()

    def test_contact_marked_for_recovery_is_written_to(self):
        self.contact(self.customer, type="invoice", email="invoices@example.com")
        chosen = self.contact(
            self.customer, recovery_contact=True, email="unpaid@example.com"
        )
        notice = self.addressed()
        self.assertEqual(notice.contact_id, chosen)
        self.assertEqual(notice.email_to, "unpaid@example.com")
        self.assertEqual(notice.partner_id, self.customer)

    def test_contact_without_e_mail_uses_the_one_of_the_company(self):
        self.contact(self.customer, recovery_contact=True)
        self.assertEqual(self.addressed().email_to, self.customer.email)

    def test_language_is_the_one_of_the_contact(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.contact(self.customer, recovery_contact=True, lang="de_DE")
        self.assertEqual(self.addressed().lang, "de_DE")

    def test_formal_notice_is_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "en_US"
        level = {"delay_days": 5, "letter": "L4", "by_registered": True}
        self.assertEqual(self.addressed(level).lang, "fr_FR")

    def test_e_mail_falls_back_on_a_letter_where_there_is_no_address(self):
        self.customer.email = False
        notice = self.addressed({"delay_days": 5, "letter": "L1"})
        self.assertEqual((notice.by_email, notice.by_letter), (False, True))

    def test_several_channels_of_a_level_are_kept(self):
        channels = {"by_email": True, "by_letter": True, "by_call": True}
        notice = self.addressed({"delay_days": 5} | channels)
        self.assertEqual({name: notice[name] for name in channels}, channels)

    def test_deadline_granted_counts_from_the_notice(self):
        notice = self.addressed({"delay_days": 5, "granted_days": 12})
        self.assertEqual((notice.granted_days, notice.deadline), (12, day(12)))

    def test_collector_of_the_customer_else_of_the_company_has_it(self):
        ours, theirs = self.collector("ours"), self.collector("theirs")
        self.company.recovery_user_id = ours
        self.assertEqual(self.addressed().user_id, ours)
        other = self.debtor("Other")
        other.with_company(self.company).recovery_user_id = theirs
        self.invoice(other)
        self.assertEqual(self.decide().user_id, theirs)
