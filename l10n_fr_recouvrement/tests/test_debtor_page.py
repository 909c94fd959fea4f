from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import day
from .common_sending import SendingCommon

LISTS = (
    "item_ids",
    "credit_ids",
    "notice_ids",
    "promise_ids",
    "dispute_ids",
    "pause_ids",
    "plan_ids",
    "reply_ids",
    "people_ids",
    "answer_ids",
    "activity_ids",
)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestDebtorPage(SendingCommon):
    """One screen for a call, and in which order to call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 15, 30)
        cls.clerk = cls.collector()
        cls.company.recovery_user_id = cls.clerk
        cls.move = cls.invoice()

    def page(self, debtor=None):
        """Rows as their form reads them, by their ids alone."""
        rows = self.worklist(debtor)
        self.env.invalidate_all()
        return self.env["recovery.debtor"].with_user(self.clerk).browse(rows.ids)

    def test_page_shows_all_that_concerns_the_debtor(self):
        credit = self.credit(amount=100)
        notice = self.notice(self.move, self.steps.level_ids[0], on=-5)
        promise, pause = self.promise(on=3), self.pause(until=1)
        dispute = self.dispute(self.move, 50)
        contact = self.contact(self.customer, phone="01 02 03 04 05")
        stranger = self.debtor("Stranger")
        self.notice(self.invoice(stranger), self.steps.level_ids[0])
        page = self.page()
        self.assertEqual(page.item_ids.move_id, self.move)
        self.assertEqual(page.credit_ids.move_id, credit)
        self.assertEqual(page.notice_ids, notice)
        self.assertEqual(page.promise_ids, promise)
        self.assertEqual(page.pause_ids, pause)
        self.assertEqual(page.dispute_ids, dispute)
        self.assertEqual(page.people_ids, self.customer | contact)

    def test_who_is_written_to_comes_first_among_the_contacts(self):
        marked = self.contact(self.customer, recovery_contact=True)
        self.assertEqual(self.page().people_ids[0], marked)

    def test_page_of_one_company_shows_nothing_of_another(self):
        other = self.setup_other_company(name="Second company")["company"]
        self.invoice_of(other)
        self.promise(company_id=other.id, on=3)
        self.pause(until=1).company_id = other
        both = self.worklist()
        self.assertEqual(len(both), 2)
        [here] = both.filtered(lambda row: row.company_id == self.company)
        for name in ("promise_ids", "pause_ids"):
            self.assertFalse(here[name], name)
        self.assertEqual(here.item_ids.move_id, self.move)
        clerk = both.with_user(self.clerk)
        self.env.invalidate_all()
        self.assertEqual(clerk.search([("id", "in", both.ids)]).ids, here.ids)
        with self.assertRaises(AccessError):
            (clerk - here).read(["residual"])

    def test_page_lasts_while_items_come_and_go(self):
        later = self.invoice(due=5)
        before = self.worklist()
        self.pay(self.move)
        after = self.worklist()
        self.assertEqual(before.id, after.id)
        self.assertEqual(after.item_ids.move_id, later)

    def test_currencies_are_apart(self):
        dollar = self.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        self.invoice(amount=400, currency_id=dollar.id)
        rows = self.worklist()
        self.assertEqual(len(set(rows.ids)), 2)
        [page] = rows.filtered(lambda row: row.currency_id == dollar)
        self.assertEqual((page.residual, page.item_ids.residual), (400, 400))

    def test_item_without_customer_can_be_opened_too(self):
        self.entry(self.env["res.partner"], amount=90)
        self.env.flush_all()
        [row] = self.env["recovery.debtor"].search([("partner_id", "=", False)])
        self.env.invalidate_all()
        self.assertEqual(row.residual, 90)

    def test_row_is_found_without_the_ledger_of_the_others(self):
        row = self.worklist()
        scope = row._scope_of_domain([("id", "in", row.ids)])
        self.assertEqual(scope, {"debtors": self.customer.ids})
        self.assertIsNone(row._scope_of_domain([("residual", ">", 0)]))

    def test_ten_items_and_a_hundred_cost_the_same_queries(self):
        few, many = self.debtor("Few"), self.debtor("Many")
        for debtor, count in ((few, 10), (many, 100)):
            moves = self.invoices(count, debtor)
            self.notice(moves, self.steps.level_ids[0], on=-5)
            self.promise(debtor, on=3)
        spec = {name: {"fields": {"display_name": {}}} for name in LISTS}
        items = {"number": {}, "reason": {}, "residual": {}, "claimable": {}}
        spec |= {"item_ids": {"fields": items}, "reason": {}, "residual": {}}
        counts = []
        for debtor in (few, few, many):  # once to fill the caches that last
            page = self.page(debtor)
            before = self.cr.sql_log_count
            [values] = page.web_read(spec)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(len(values["item_ids"]), 100)
        self.assertEqual(counts[1], counts[2])

    def test_urgency_is_amount_times_age_of_what_nothing_suspends(self):
        self.invoice(amount=200, due=-30)
        self.invoice(amount=900, due=4)
        self.assertEqual(self.worklist().priority, 1000 * 10 + 200 * 30)
        self.pause(move=self.move, until=3)
        self.assertEqual(self.worklist().priority, 200 * 30)

    def test_worklist_begins_with_the_most_urgent(self):
        old = self.debtor("Old")
        self.invoice(old, amount=600, due=-60)
        rows = self.worklist(self.customer | old)
        self.assertEqual(rows.mapped("partner_id"), old | self.customer)
        shown = self.env["recovery.debtor"].web_search_read(
            [("id", "in", rows.ids)], {"partner_id": {}}
        )
        self.assertEqual([row["id"] for row in shown["records"]], rows.ids)

    def test_reason_says_why_to_call(self):
        self.invoice(due=-40)
        self.promise(on=-4, state="broken")
        reason = self.worklist().reason
        for words in ("Step 10", "2 late items", "40 days", "broken"):
            self.assertIn(words, reason)
        self.pause(until=3)
        self.assertIn("Paused", self.worklist().reason)

    def test_answer_recorded_on_the_page_is_shown_on_it(self):
        call = self.customer.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.clerk.id
        )
        action = self.page().action_answer()
        wizard = self.env["recovery.answer"].with_user(self.clerk)
        wizard = wizard.with_context(**action["context"])
        wizard.create({"answer": "promise", "date": day(5), "note": "by transfer"})
        wizard.search([]).action_record()
        self.assertFalse(call.exists() and call.active)
        page = self.page()
        self.assertIn("by transfer", page.answer_ids.body)
        self.assertEqual(page.promise_ids.amount, 1000)

    def test_answer_of_one_company_is_not_shown_in_another(self):
        other = self.setup_other_company(name="Second company")["company"]
        self.customer.message_post(
            body="Said elsewhere",
            subtype_xmlid="l10n_fr_recouvrement.mt_answer",
            record_company_id=other.id,
        )
        self.assertFalse(self.page().answer_ids)

    def appointment(self, **values):
        """Made on the page by the collector; the letter, if there is one."""
        action = self.page().action_appointment()
        wizard = self.env["recovery.appointment"].with_user(self.clerk)
        values = {"start": datetime(2026, 12, 3, 9, 0), **values}
        wizard = wizard.with_context(**action["context"]).create(values)
        action = wizard.action_book()
        return self.env["recovery.notice"].browse(action.get("res_id"))

    def test_appointment_is_in_the_agenda_of_the_collector(self):
        self.appointment(place="office")
        [task] = self.page().activity_ids
        self.assertEqual(task.date_deadline, day(date(2026, 12, 3)))
        self.assertEqual(task.user_id, self.clerk)
        meeting = self.env.ref("mail.mail_activity_data_meeting")
        self.assertEqual(task.activity_type_id, meeting)
        self.assertIn("In our offices", task.summary)
        if "calendar.event" in self.env:  # not a dependency
            event = task.sudo().calendar_event_id
            self.assertEqual(event.start, datetime(2026, 12, 3, 9, 0))

    def test_appointment_is_confirmed_in_writing(self):
        notice = self.appointment(confirm=True, place="phone")
        self.assertEqual((notice.letter, notice.state), ("meeting", "draft"))
        self.assertIn("3 December 2026 at 10:00, by phone", notice.facts["outcome"])

    def test_appointment_in_the_past_is_refused(self):
        with self.refused("a moment to come"):
            self.appointment(start=datetime(2026, 11, 1, 9, 0))

    def test_page_is_for_collectors(self):
        seller = self.member("seller", "sales_team.group_sale_salesman")
        self.move.invoice_user_id = seller
        self.invoice(self.debtor("Stranger"))
        self.env.flush_all()
        with self.assertRaises(AccessError):
            self.worklist().with_user(seller).read(["residual"])
        seen = self.env["recovery.situation"].with_user(seller).search([])
        self.assertEqual(seen.move_id.ids, self.move.ids)
