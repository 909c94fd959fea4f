from datetime import date, datetime

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY, day
from .common_sending import RUN_CRON, SEND_CRON, SendingCommon

FRIDAY, MONDAY = day(-2), day(1)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCalendar(SendingCommon):
    """The night job works on the working days of the company, within hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].sudo().search([]).recovery_live = False
        cls.company.write({"recovery_live": True, "recovery_working_days": True})

    def close(self, start, end, **values):
        """A closing period of the company, in UTC."""
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": f"{start} 00:00:00",
                "date_to": f"{end} 23:00:00",
                **values,
            }
        )

    def next_open(self, on):
        return self.company._recovery_next_open_days([on])[on]

    def opening(self, moment):
        opening = self.company._recovery_opening(datetime.fromisoformat(moment))
        return opening.isoformat(" ", "minutes")

    def ready(self):
        self.policy(5)
        self.invoice()
        return self.decide()

    def planned(self):
        """Moments for which the sending job is triggered."""
        cron = self.env.ref(SEND_CRON)
        triggers = self.env["ir.cron.trigger"].sudo()
        return triggers.search([("cron_id", "=", cron.id)]).mapped("call_at")

    def test_weekend_and_holiday_wait_for_the_next_working_day(self):
        self.assertEqual(self.next_open(FRIDAY), FRIDAY)
        self.assertEqual(self.next_open(TODAY), MONDAY)
        # Saturday 1 May, Ascension on Thursday 6 May, Easter Monday
        self.assertEqual(self.next_open(date(2027, 5, 1)), date(2027, 5, 3))
        self.assertEqual(self.next_open(date(2027, 5, 6)), date(2027, 5, 7))
        self.assertEqual(self.next_open(date(2027, 3, 27)), date(2027, 3, 30))

    def test_working_hours_of_the_company_say_its_days(self):
        calendar = self.company.resource_calendar_id
        calendar.attendance_ids.filtered(lambda line: line.dayofweek == "0").unlink()
        self.assertEqual(self.next_open(TODAY), day(2))

    def test_closing_period_is_skipped(self):
        self.close(MONDAY, day(5))
        self.assertEqual(self.next_open(MONDAY), day(8))

    def test_half_day_closed_is_a_working_day(self):
        self.close(MONDAY, MONDAY, date_to=f"{MONDAY} 11:00:00")
        self.assertEqual(self.next_open(MONDAY), MONDAY)

    def test_time_off_of_one_employee_closes_nothing(self):
        resource = self.env["resource.resource"].sudo()
        resource = resource.create(
            {"name": "Claire", "calendar_id": self.company.resource_calendar_id.id}
        )
        self.close(MONDAY, day(5), resource_id=resource.id)
        self.assertEqual(self.next_open(MONDAY), MONDAY)

    def test_closing_of_another_company_closes_nothing(self):
        other = self.setup_other_company()["company"]
        closing = self.close(MONDAY, day(5))
        closing.calendar_id = False
        self.env.flush_all()
        closing.company_id = other
        self.assertEqual(self.next_open(MONDAY), MONDAY)

    def test_company_without_working_hours_is_open_but_on_holidays(self):
        self.company.resource_calendar_id = False
        self.assertEqual(self.next_open(TODAY), TODAY)
        self.assertEqual(self.next_open(date(2026, 12, 25)), date(2026, 12, 26))

    def test_company_closed_without_end_does_not_wait_for_ever(self):
        self.company.resource_calendar_id.attendance_ids.unlink()
        self.assertEqual(self.next_open(TODAY), TODAY)

    def test_company_that_minds_no_calendar_is_always_open(self):
        self.company.recovery_working_days = False
        self.assertEqual(self.next_open(TODAY), TODAY)

    def test_holidays_of_france_close_no_foreign_company(self):
        self.company.account_fiscal_country_id = self.env.ref("base.be")
        self.assertEqual(self.next_open(date(2026, 11, 11)), date(2026, 11, 11))

    def test_next_opening_in_utc(self):
        # Paris is one hour ahead in winter, two in summer.
        self.assertEqual(self.opening("2026-11-23 09:00"), "2026-11-23 09:00")
        self.assertEqual(self.opening("2026-11-23 06:59"), "2026-11-23 07:00")
        self.assertEqual(self.opening("2026-11-23 18:00"), "2026-11-24 07:00")
        self.assertEqual(self.opening("2026-11-20 18:30"), "2026-11-23 07:00")
        self.assertEqual(self.opening("2026-07-13 17:30"), "2026-07-15 06:00")
        # Sunday 23:30 UTC is Monday in Paris.
        self.assertEqual(self.opening("2026-11-22 23:30"), "2026-11-23 07:00")

    def test_hours_are_those_of_the_company(self):
        self.company.write({"recovery_hour_from": 9.5, "recovery_hour_to": 24})
        self.assertEqual(self.opening("2026-11-23 07:00"), "2026-11-23 08:30")
        self.assertEqual(self.opening("2026-11-23 22:30"), "2026-11-23 22:30")

    def test_hours_that_make_no_window_are_refused(self):
        for hours in ((19, 8), (8, 8), (-1, 8), (8, 25)):
            with self.subTest(hours=hours), self.assertRaises(ValidationError):
                self.company.write(
                    {"recovery_hour_from": hours[0], "recovery_hour_to": hours[1]}
                )

    def test_night_job_decides_on_working_days_only(self):
        self.policy(5)
        self.invoice()
        self.cron(RUN_CRON)
        self.assertFalse(self.last_run(company_id=self.company.id))
        with freeze_time(f"{MONDAY} 02:00:00"):
            self.cron(RUN_CRON)
        run = self.last_run(company_id=self.company.id)
        self.assertEqual((run.date, run.notice_count), (MONDAY, 1))

    def test_run_that_was_started_ends_on_a_closed_day(self):
        self.policy(5)
        self.invoice()
        run = self.env["recovery.run"].launch_in_background(company=self.company)
        self.cron(RUN_CRON)
        self.assertEqual((run.state, run.notice_count), ("done", 1))

    def test_job_waits_for_the_opening(self):
        notice = self.ready()
        self.cron(SEND_CRON)
        self.assertEqual((notice.state, self.outbox), ("ready", []))
        self.assertIn(datetime(2026, 11, 23, 7), self.planned())
        with freeze_time(f"{MONDAY} 07:00:00"):
            self.cron(SEND_CRON)
        self.assertEqual((notice.state, len(self.outbox)), ("sent", 1))

    def test_job_that_waits_asks_once(self):
        self.ready()
        self.cron(SEND_CRON)
        self.cron(SEND_CRON)
        self.assertEqual(self.planned().count(datetime(2026, 11, 23, 7)), 1)

    def test_human_sends_when_he_wants(self):
        notice = self.ready()
        notice.action_send()
        self.assertEqual((notice.state, len(self.outbox)), ("sent", 1))

    def test_level_of_a_sunday_leaves_on_monday_and_says_so(self):
        self.policy(10)
        late = self.situation(self.invoice(due=-10))
        self.assertEqual((late.status, late.leaving_date), ("due", MONDAY))
        self.assertIn("The company is closed: it leaves on 11/23/2026", late.reason)
        coming = self.situation(self.invoice(due=-3))  # next Sunday
        self.assertEqual((coming.status, coming.leaving_date), ("waiting", day(8)))
        self.assertIn("it leaves on 11/30/2026", coming.reason)

    def test_level_of_a_working_day_leaves_that_day(self):
        self.policy(11)
        row = self.situation(self.invoice(due=-10))
        self.assertEqual((row.next_date, row.leaving_date), (MONDAY, MONDAY))
        self.assertNotIn("closed", row.reason)

    def test_sentences_read_the_calendar_once(self):
        self.policy(20)
        moves = self.invoices(100, due=-3)
        _first, few, many = (self.queries(moves[:count]) for count in (1, 10, 100))
        self.assertEqual(few, many)

    def queries(self, moves):
        rows = self.situation(moves)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertEqual(len(rows.mapped("reason")), len(moves))
        return self.cr.sql_log_count - before

    def test_settings_show_the_calendar(self):
        with Form(self.env["res.config.settings"]) as settings:
            settings.recovery_hour_to = 18
        self.assertEqual(self.company.recovery_hour_to, 18)
