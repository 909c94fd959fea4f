from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import day
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCollector(SendingCommon):
    """Who is in charge of a customer: one answer for lists, tasks and letters."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy({"delay_days": 5, "by_call": True, "by_email": True})
        cls.anna, cls.boris, cls.clara, cls.diane = (
            cls.collector(name) for name in ("anna", "boris", "clara", "diane")
        )
        cls.seller = cls.member("seller", "sales_team.group_sale_salesman")
        cls.team = (
            cls.env["crm.team"]
            .sudo()
            .create({"name": "North", "member_ids": [(4, cls.seller.id)]})
        )
        cls.seller.flush_recordset()
        cls.move = cls.invoice()
        cls.other = cls.setup_other_company(name="Second company")["company"]

    def in_charge(self, company=None, date=None):
        """The answer, which the worklist and the situation must share."""
        company = company or self.company
        service = self.env["recovery.collector"]
        if date is not None:
            service = service.with_context(recovery_date=str(day(date)))
        pair = (company.id, self.customer.id)
        user_id = service._of([pair])[pair]
        if company == self.company:
            self.assertEqual(self.worklist(date=date).collector_id.id or None, user_id)
            row = self.situation(self.move, date)
            self.assertEqual(row.collector_id.id or None, user_id)
        return self.env["res.users"].browse(user_id)

    def rule(self, user, **values):
        return self.env["recovery.collector.rule"].create(
            {"user_id": user.id, **values}
        )

    def away(self, user, substitute, start, end, **values):
        return self.env["recovery.substitute"].create(
            {
                "user_id": user.id,
                "substitute_id": substitute.id,
                "date_from": day(start),
                "date_to": day(end),
                **values,
            }
        )

    def test_customer_then_salesperson_then_team_then_company(self):
        self.assertFalse(self.in_charge())
        self.company.recovery_user_id = self.diane
        self.assertEqual(self.in_charge(), self.diane)
        self.rule(self.clara, team_id=self.team.id)
        self.assertEqual(self.in_charge(), self.diane)
        self.customer.user_id = self.seller
        self.assertEqual(self.in_charge(), self.clara)
        self.rule(self.boris, salesperson_id=self.seller.id)
        self.assertEqual(self.in_charge(), self.boris)
        self.customer.recovery_user_id = self.anna
        self.assertEqual(self.in_charge(), self.anna)

    def test_default_of_one_company_comes_before_the_shared_one(self):
        self.customer.user_id = self.seller
        self.rule(self.anna, salesperson_id=self.seller.id)
        self.rule(self.boris, salesperson_id=self.seller.id, company_id=self.other.id)
        self.assertEqual(self.in_charge(), self.anna)
        self.assertEqual(self.in_charge(self.other), self.boris)

    def test_collector_of_a_customer_is_one_of_each_company(self):
        self.customer.recovery_user_id = self.anna
        self.customer.with_company(self.other).recovery_user_id = self.boris
        self.assertEqual(self.in_charge(), self.anna)
        self.assertEqual(self.in_charge(self.other), self.boris)

    def test_contact_of_a_customer_has_its_collector(self):
        self.customer.recovery_user_id = self.anna
        contact = self.contact(self.customer)
        pair = (self.company.id, contact.id)
        found = self.env["recovery.collector"]._of([pair])
        self.assertEqual(found, {pair: self.anna.id})

    def test_substitute_stands_in_from_the_first_day_to_the_last(self):
        self.customer.recovery_user_id = self.anna
        self.away(self.anna, self.boris, 2, 4)
        for date, user in (
            (1, self.anna),
            (2, self.boris),
            (4, self.boris),
            (5, self.anna),
        ):
            with self.subTest(date):
                self.assertEqual(self.in_charge(date=date), user)
        row = self.worklist(date=3)
        self.assertEqual(row.assigned_id, self.anna)

    def test_substitute_of_one_company_stays_in_it(self):
        self.company.recovery_user_id = self.other.recovery_user_id = self.anna
        self.away(self.anna, self.boris, -1, 1, company_id=self.other.id)
        self.assertEqual(self.in_charge(), self.anna)
        self.assertEqual(self.in_charge(self.other), self.boris)

    def test_tasks_go_to_whoever_is_in_charge_today(self):
        self.customer.recovery_user_id = self.anna
        self.away(self.anna, self.boris, -1, 1)
        notice = self.decide()
        self.assertEqual(notice.user_id, self.boris)
        self.send(notice)
        self.assertEqual(notice.sudo().activity_ids.user_id, self.boris)
        later = self.env["recovery.collector"].with_context(recovery_date=str(day(2)))
        self.assertEqual(later._for(notice), {notice: self.anna})

    def test_task_of_an_unassigned_customer_goes_to_whom_the_record_names(self):
        notice = self.notice(self.move, self.env["recovery.level"].search([])[:1])
        notice.sudo().user_id = self.clara
        collectors = self.env["recovery.collector"]
        self.assertEqual(collectors._for(notice), {notice: self.clara})
        notice.sudo().user_id = False
        self.assertEqual(collectors._for(notice), {notice: self.env.user})

    def test_a_hundred_customers_take_one_query(self):
        debtors = self.env["res.partner"].create(
            [{"name": f"Debtor {rank}"} for rank in range(100)]
        )
        self.env.flush_all()
        pairs = [(self.company.id, debtor.id) for debtor in debtors]
        service = self.env["recovery.collector"]
        service._of(pairs[:1])  # fills the caches of the fields
        for some in (pairs[:10], pairs):
            with self.assertQueryCount(2):  # with the fallback of the field
                self.assertEqual(len(service._of(some)), len(some))

    def test_absences_that_contradict_one_another_are_refused(self):
        self.away(self.anna, self.boris, 0, 10)
        for user, substitute in (
            (self.anna, self.clara),  # two substitutes
            (self.clara, self.anna),  # is away
            (self.boris, self.clara),  # stands in for somebody
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.away(user, substitute, 10, 12)
        self.assertTrue(self.away(self.anna, self.clara, 11, 12))
        self.assertTrue(self.away(self.diane, self.boris, 5, 6))

    def test_reversed_days_and_oneself_are_refused(self):
        for values in ((self.anna, self.boris, 2, 1), (self.anna, self.anna, 1, 2)):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.away(*values)

    def test_default_is_for_a_salesperson_or_for_a_team_and_only_once(self):
        seller, team = {"salesperson_id": self.seller.id}, {"team_id": self.team.id}
        self.rule(self.anna, **seller)
        for values in ({}, seller | team, seller):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.rule(self.boris, **values)

    def test_only_managers_share_the_customers_out(self):
        rules = self.env["recovery.collector.rule"].with_user(self.anna)
        with self.assertRaises(AccessError):
            rules.create({"user_id": self.anna.id, "team_id": self.team.id})
        boss = self.manager()
        self.assertTrue(
            rules.with_user(boss).create(
                {"user_id": self.anna.id, "team_id": self.team.id}
            )
        )
