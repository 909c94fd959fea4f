from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import TODAY, day
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestObjection(SendingCommon):
    """Before a formal notice the salesperson gets the list, and may object."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk, cls.boss = cls.collector(), cls.manager()
        sales = "sales_team.group_sale_salesman"
        cls.seller = cls.member("seller", sales, email="seller@example.com")
        cls.rival = cls.member("rival", sales, email="rival@example.com")
        cls.policy({"delay_days": 5, "letter": "L1", "ask_days": 2})
        cls.own = cls.invoice(amount=300, invoice_user_id=cls.seller.id)
        cls.other = cls.invoice(
            cls.debtor("Other"), amount=500, invoice_user_id=cls.rival.id
        )

    def asked(self, move=None):
        questions = self.env["recovery.objection"].search([], order="id")
        return questions.filtered(lambda q: not move or q.move_id == move)

    def mails(self):
        mails = self.env["mail.mail"].sudo()
        return mails.search([("subject", "like", "to your customers")], order="id")

    def object(self, user=None, move=None, until=10, **values):
        move = (self.own if move is None else move).with_user(user or self.seller)
        context = move.action_recovery_object()["context"]
        wizards = self.env["recovery.objection.answer"].with_user(move.env.user)
        values = {"until": day(until), "reason": "Order under way", **values}
        wizards.with_context(**context).create(values).action_apply()
        return self.asked(move.with_user(self.env.user))

    def test_run_asks_instead_of_writing(self):
        before = self.situation(self.own)
        self.assertEqual(before.status, "asked")
        self.assertIn("next run asks the salesperson", before.reason)
        self.assertFalse(self.decide())
        question = self.asked(self.own)
        self.assertEqual(
            (question.user_id, question.amount, question.deadline),
            (self.seller, 300, day(2)),
        )
        row = self.situation(self.own)
        self.assertEqual((row.status, row.answer_until), ("asked", day(2)))
        self.assertIn("may object until 11/24/2026", row.reason)

    def test_each_salesperson_gets_one_e_mail_with_the_own_list(self):
        second = self.invoice(self.debtor("Third"), invoice_user_id=self.seller.id)
        self.launch()
        mails = {mail.email_to: mail for mail in self.mails()}
        self.assertEqual(len(mails), 2)
        body = str(mails[self.seller.email_formatted].body_html)
        for move in (self.own, second):
            self.assertIn(move.name, body)
        self.assertNotIn(self.other.name, body)
        self.assertIn("11/24/2026", body)
        self.assertIn("/odoo/recouvrement-oppositions", body)

    def test_second_run_asks_nothing_again(self):
        self.launch()
        self.launch()
        self.assertEqual((len(self.asked()), len(self.mails())), (2, 2))

    def test_silence_sends(self):
        self.launch()
        self.assertFalse(self.decide(day(2)))
        notices = self.decide(day(3))
        self.assertEqual(notices.line_ids.move_id, self.own | self.other)

    def test_delay_is_counted_in_working_days(self):
        self.company.recovery_working_days = True
        self.launch(day(-2))  # a Friday
        self.assertEqual(set(self.asked().mapped("deadline")), {day(2)})

    def test_objection_holds_until_its_day(self):
        self.launch()
        question = self.object()
        self.assertEqual(
            (question.state, question.reason, question.until),
            ("objected", "Order under way", day(10)),
        )
        self.assertEqual(self.status(self.own), "objection")
        self.assertIn("objects until 12/02/2026", self.situation(self.own).reason)
        trace = str(self.own.sudo().message_ids[:1].body)
        self.assertIn("objects until 12/02/2026: Order under way", trace)
        self.assertEqual(self.decide(day(5)).line_ids.move_id, self.other)

    def test_objection_that_is_over_sends_without_asking_again(self):
        self.launch()
        self.object()
        self.assertEqual(self.status(self.own, date=11), "due")

    def test_manager_refuses_with_a_reason(self):
        self.launch()
        question = self.object()
        refused = question.with_user(self.boss)
        with self.assertRaisesRegex(UserError, "Say why"):
            refused.action_refuse()
        refused.refusal = "Too much at stake"
        refused.action_refuse()
        self.assertEqual(
            (question.state, question.refused_by_id.id), ("refused", self.boss.id)
        )
        self.assertEqual(self.status(self.own, date=3), "due")
        with self.assertRaisesRegex(UserError, "no objection"):
            refused.action_refuse()

    def test_only_a_manager_refuses(self):
        self.launch()
        question = self.object()
        for user in (self.clerk, self.seller):
            with self.assertRaises(AccessError):
                question.with_user(user).action_refuse()

    def test_salesperson_objects_for_the_own_customers_only(self):
        self.launch()
        theirs = self.asked(self.other).with_user(self.seller)
        with self.assertRaises(AccessError):
            theirs._object("No", day(5))
        seen = self.env["recovery.objection"].with_user(self.seller).search([])
        self.assertEqual(seen.move_id, self.own)
        with self.assertRaises(AccessError):
            self.asked(self.own).with_user(self.seller).write({"refusal": "x"})

    def test_collector_objects_for_the_salesperson(self):
        self.launch()
        question = self.object(self.clerk)
        self.assertEqual(question.state, "objected")

    def test_too_late_answered_or_day_over_is_refused(self):
        self.launch()
        with self.refused("last day of the objection is over"):
            self.object(until=-1)
        with freeze_time(day(3)), self.refused("could object until"):
            self.object()
        question = self.object()
        with self.assertRaisesRegex(UserError, "answered already"):
            question.with_user(self.seller)._object("Again", day(20))
        with self.assertRaisesRegex(UserError, "Nothing is asked"):
            self.own.with_user(self.seller).action_recovery_object()

    def test_what_was_asked_stays(self):
        self.launch()
        with self.assertRaisesRegex(UserError, "use the buttons"):
            self.asked(self.own).with_user(self.boss).user_id = self.boss

    def test_invoice_without_salesperson_waits_for_nobody(self):
        move = self.invoice(self.debtor("Orphan"), invoice_user_id=False)
        self.assertEqual(self.status(move), "due")

    def test_salesperson_who_left_gets_no_e_mail_and_the_letter_leaves(self):
        self.rival.sudo().active = False
        self.launch()
        self.assertEqual(len(self.mails()), 1)
        self.assertIn(self.other, self.decide(day(3)).line_ids.move_id)

    def test_company_that_is_not_live_asks_nobody(self):
        self.company.recovery_live = False
        self.launch()
        self.assertFalse(self.asked())

    def test_reminder_by_hand_does_not_go_past_the_salesperson(self):
        self.launch()
        with self.refused("salesperson may object"):
            self.own.with_user(self.clerk).action_recovery_remind()

    def test_level_that_is_reached_again_is_asked_again(self):
        self.launch()
        [notice] = self.decide(day(3)).filtered(lambda n: n.partner_id == self.customer)
        self.send(notice)
        self.reach(self.own, None, on=4)
        self.assertEqual(self.status(self.own, date=5), "asked")
        self.assertFalse(self.situation(self.own, date=5).answer_until)

    def test_other_company_sees_nothing(self):
        self.launch()
        company = self.setup_other_company()["company"]
        stranger = self.manager(
            "stranger", company_id=company.id, company_ids=company.ids
        )
        objections = self.env["recovery.objection"].with_user(stranger)
        self.assertFalse(objections.search([]))
        with self.assertRaises(AccessError):
            self.asked(self.own).with_user(stranger)._object("No", day(5))

    def test_asking_takes_as_many_queries_for_many_as_for_few(self):
        run = self.env["recovery.run"].create(
            {"company_id": self.company.id, "date": TODAY}
        )
        moves = self.invoices(60, invoice_user_id=self.seller.id)
        rows = run._read(run._situation()._scoped(debtors=moves.partner_id.ids))
        rows = [row for row in rows if row["status"] == "asked"]
        counts = []
        for some in (rows[:1], rows[1:7], rows[7:]):
            before = self.cr.sql_log_count
            self.env["recovery.objection"]._ask(run, some)
            self.env["recovery.objection"]._tell(self.company)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
