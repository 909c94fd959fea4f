from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import format_date

from .common import day
from .common_security import SecurityCommon

TREATMENT = "action_recovery_treatment"
OURS = ("recovery_situation", "recovery_notice", "recovery_dispute", "recovery_promise")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestSummary(SecurityCommon):
    """What the form of an invoice shows of its recovery once it is open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5, 15)
        cls.due = cls.invoice()

    def summary(self, move=None, user=None, details=True):
        move = move or self.due
        return move.with_user(user or self.clerk).recovery_summary(details)

    def names(self, summary):
        return [action["name"].split("_new")[0] for action in summary["actions"]]

    def facts(self, summary):
        return {fact["name"]: fact["text"] for fact in summary["facts"]}

    def opened(self, move, user):
        """Fields of the form of an invoice, and the queries that reading them takes."""
        move = move.with_user(user)
        form = self.env.ref("account.view_move_form").id
        views = move.get_views([(form, "form")])["models"]["account.move"]
        names = {name: {} for name in views["fields"] if name in move._fields}
        for name, asked in names.items():
            if move._fields[name].type == "many2one":
                asked["fields"] = {"display_name": {}}
        return names, self.queries(move, names)

    def queries(self, move, names):
        self.env.flush_all()
        self.env.invalidate_all()
        with self.capture() as queries:
            move.with_user(self.clerk).web_read(names)
        return queries

    def capture(self):
        return QueryLog(self.env.cr)

    # The form

    def test_form_opens_without_reading_the_recovery(self):
        self.notice(self.due, self.steps.level_ids[0], on=-1)
        names, queries = self.opened(self.due, self.clerk)
        self.assertIn("recovery_page", names)
        self.assertNotIn("recovery_status", names)
        found = [query for query in queries for table in OURS if table in query]
        self.assertEqual(found, [])

    def test_our_fields_of_the_form_cost_no_query(self):
        names, _queries = self.opened(self.due, self.clerk)
        core = {
            name: asked
            for name, asked in names.items()
            if not name.startswith("recovery_")
        }
        self.assertLess(len(core), len(names))
        self.queries(self.due, names)  # what is cached once for all
        without, full = (len(self.queries(self.due, spec)) for spec in (core, names))
        self.assertLessEqual(full, without)

    def test_page_is_for_posted_customer_invoices_and_open_entries(self):
        draft, entry = self.invoice(state="draft"), self.entry()
        bill = self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.customer.id}
        )
        self.assertTrue(self.due.recovery_page)
        self.assertTrue(entry.recovery_page)
        self.assertFalse(draft.recovery_page)
        self.assertFalse(bill.recovery_page)
        payment = self.payment(amount=10)
        self.assertTrue(payment.move_id.recovery_page)

    def test_core_alerts_are_left_alone(self):
        self.assertNotIn("l10n_fr_recouvrement", self.due._get_alerts())

    # The alert

    def test_alert_is_for_collectors_and_says_why(self):
        shown = self.summary(details=False)
        self.assertTrue(shown["alert"])
        self.assertIn("10 days late", shown["reason"])
        self.assertNotIn("statement", shown)

    def test_no_alert_for_who_is_no_collector(self):
        for user in (self.invoicing, self.auditor):
            self.assertFalse(self.summary(user=user, details=False)["alert"])

    def test_no_alert_where_nothing_is_to_do(self):
        self.assertFalse(self.summary(self.invoice(due=10))["alert"])
        self.pause(move=self.due)
        self.assertFalse(self.summary()["alert"])

    # The page

    def test_page_tells_level_next_step_and_delay(self):
        self.notice(self.due, self.steps.level_ids[0], on=-2)
        facts = self.facts(self.summary())
        self.assertEqual(facts["days_late"], "10 days")
        self.assertEqual(facts["level"], "Step 10")
        self.assertTrue(facts["next_level"].startswith("Step 20 – "))
        self.assertNotIn("formal_notice", facts)

    def test_page_tells_the_formal_notice_from_its_presentation(self):
        step = self.level(self.steps, position=30, letter="L4", by_registered=True)
        self.notice(self.due, step, on=-5, presented_on=day(-3))
        text = self.facts(self.summary())["formal_notice"]
        self.assertEqual(text, self.env["recovery.summary"]._day(day(-3)))

    def test_what_is_set_for_this_invoice_alone_is_told(self):
        facts = self.facts(self.summary())
        self.assertFalse({"policy", "legal_due"} & facts.keys())
        self.due.recovery_policy_id = own = self.policy(20, name="Their own")
        self.due.recovery_received_on = day(-40)
        facts = self.facts(self.summary())
        self.assertEqual(facts["policy"], own.name)
        due = self.env["recovery.summary"]._day(self.due.recovery_legal_due_date)
        self.assertEqual(facts["legal_due"], due)
        self.due.recovery_interrupted_on = day(-30)
        self.assertEqual(self.facts(self.summary())["legal_due"], "interrupted")

    def test_statement_of_the_page_is_that_of_the_invoice(self):
        figures = self.due.recovery_statement()
        shown = self.summary()["statement"]
        for name in ("principal_due", "interest_due", "indemnity", "total"):
            self.assertEqual(shown[name], float(figures[name]))
        days = sum(line["days"] for line in shown["segments"])
        interest = sum(line["interest"] for line in shown["segments"])
        self.assertEqual(days, 10)
        self.assertAlmostEqual(interest, float(figures["interest_accrued"]))
        self.assertAlmostEqual(
            shown["total"],
            shown["principal_due"] + shown["interest_due"] + shown["indemnity"],
        )

    def test_missing_rate_is_said_in_a_sentence(self):
        self.env["recovery.rate"].search([]).unlink()
        problem = self.summary()["statement"]["problem"]
        self.assertIn("Statutory rates", problem)

    def test_actions_follow_the_status(self):
        suspend = [f"l10n_fr_recouvrement.recovery_{name}" for name in NEW]
        suspend += ["l10n_fr_recouvrement.recovery_level_assign_action", TREATMENT]
        remind = "action_recovery_remind"
        self.assertEqual(self.names(self.summary()), [remind, *suspend])
        early = self.summary(self.invoice(due=10))
        self.assertEqual(self.names(early), suspend)
        self.pause(move=self.due)
        self.assertEqual(self.names(self.summary()), suspend)
        entry = self.summary(self.entry())
        self.assertEqual(self.names(entry), ["action_recovery_include", TREATMENT])

    def test_no_reminder_where_the_policy_is_at_its_end(self):
        self.notice(self.due, self.steps.level_ids[1], on=-1)
        self.assertNotIn("action_recovery_remind", self.names(self.summary()))

    def test_actions_are_for_collectors(self):
        self.assertEqual(self.summary(user=self.invoicing)["actions"], [])
        self.assertTrue(self.summary(user=self.boss)["actions"])

    def test_paid_invoice_keeps_statement_and_history(self):
        self.notice(self.due, self.steps.level_ids[0], on=-2)
        self.pay(self.due)
        shown = self.summary()
        self.assertFalse(shown["status"])
        self.assertEqual(self.names(shown), [TREATMENT])
        self.assertEqual(shown["statement"]["principal_due"], 0)
        self.assertGreater(shown["statement"]["interest_due"], 0)
        self.assertEqual(shown["notice_count"], 1)

    def test_history_shows_what_is_about_this_invoice_only(self):
        other = self.invoice()
        both = self.due | other
        notice = self.notice(both, self.steps.level_ids[0], on=-2)
        for line in notice.sudo().line_ids:
            line.claimable = 700 if line.move_id == self.due else 300
        dispute = self.dispute(self.due, amount=50)
        promise = self.promise(moves=self.due, on=5)
        self.dispute(other)
        self.promise(moves=other, on=5)
        histories = self.summary()["histories"]
        rows = {block["model"]: block["rows"] for block in histories}
        self.assertEqual([len(block) for block in rows.values()], [1, 1, 1])
        self.assertEqual(rows["recovery.notice"][0]["amount"], 700)
        self.assertEqual(rows["recovery.dispute"][0]["id"], dispute.id)
        self.assertEqual(rows["recovery.promise"][0]["id"], promise.id)

    def test_letter_to_post_is_not_shown_as_sent(self):
        step = self.level(self.steps, position=30, letter="L4", by_registered=True)
        values = {"by_email": False, "by_registered": True}
        notice = self.notice(self.due, step, on=-1, **values)
        states = [notice.display_state]
        notice._write_flow({"printed_at": "2026-11-20 10:00:00"})
        states.append(notice.display_state)
        notice.with_user(self.clerk).action_posted()
        states.append(notice.display_state)
        self.assertEqual(states, ["to_print", "to_post", "sent"])
        self.assertEqual(notice.posted_on, notice.date.today())

    def test_limitation_is_shown_as_long_as_something_is_due(self):
        last = format_date(self.env, self.due.recovery_limitation_date)
        self.assertEqual(self.facts(self.summary())["limitation"], last)
        self.pay(self.due)
        self.assertNotIn("limitation", self.facts(self.summary()))

    def test_page_tells_what_the_invoice_agreed_on_late_payment(self):
        shown = self.summary()
        self.assertEqual(self.facts(shown)["clause"], "Statutory rate")
        self.assertEqual(shown["clause"], self.due.recovery_clause_text)
        self.assertIn("40", shown["clause"])
        self.customer.recovery_clause_id = self.env["recovery.penalty.clause"].create(
            {"name": "Agreed", "rule": "contractual", "percent": 12}
        )
        agreed = self.facts(self.summary(self.invoice()))["clause"]
        self.assertEqual(agreed, "Agreed rate (12.00\xa0%)")

    # Who may not

    def test_summary_is_refused_to_a_portal_customer(self):
        self.due.message_subscribe(self.portal.partner_id.ids)
        with self.assertRaises(AccessError):
            self.summary(user=self.portal)

    def test_summary_is_refused_without_access_to_the_invoice(self):
        with self.assertRaises(AccessError):
            self.summary(user=self.employee)

    def test_summary_is_refused_to_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.member(
            "stranger",
            "l10n_fr_recouvrement.group_recovery_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        with self.assertRaises(AccessError):
            self.summary(user=stranger)

    def test_salesperson_sees_no_history(self):
        self.due.invoice_user_id = self.seller
        self.notice(self.due, self.steps.level_ids[0], on=-2)
        shown = self.summary(user=self.seller)
        self.assertFalse(shown["alert"])
        self.assertEqual((shown["histories"], shown["notice_count"]), ([], 0))

    # The list

    def test_columns_of_the_list_take_as_many_queries_for_many_invoices(self):
        few, many = self.invoices(3), self.invoices(30)
        names = ["recovery_status", "recovery_next_level_id", "recovery_next_date"]
        few.with_user(self.clerk).read(names)
        counts = []
        for moves in (few, many):
            self.env.invalidate_all()
            with self.capture() as queries:
                moves.with_user(self.clerk).read(names)
            heavy = [query for query in queries if "scheduled" in query]
            self.assertEqual(len(heavy), 1)
            counts.append(len(queries))
        self.assertEqual(counts[0], counts[1])


NEW = ("promise", "dispute", "pause")


class QueryLog:
    """The queries that run inside the block."""

    def __init__(self, cr):
        self.cr, self.queries = cr, []

    def __enter__(self):
        execute = self.cr.execute

        def logged(query, *args, **kwargs):
            self.queries.append(str(getattr(query, "code", query)))
            return execute(query, *args, **kwargs)

        self.cr.execute = logged
        return self.queries

    def __exit__(self, *_error):
        del self.cr.execute
