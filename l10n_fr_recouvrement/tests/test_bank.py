from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .common import TODAY, day
from .common_sending import SEND_CRON, SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestBank(SendingCommon):
    """Old bank entries hold the second reminder on, until somebody says that the bank
    is up to date.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "recovery_bank_days": 5,
                "recovery_hour_from": 0,
                "recovery_hour_to": 24,
            }
        )
        cls.clerk = cls.collector()
        cls.steps = cls.policy({"delay_days": 5, "letter": "L1"}, 15)
        cls.first = cls.invoice(amount=100)
        cls.second = cls.invoice(cls.debtor("Late"), due=-20)
        cls.reach(cls.second, cls.steps.level_ids[0], on=-8)

    def bank(self, on):
        """An entry of the bank of another customer, on a day."""
        return self.payment(self.debtor("Paying"), on=on)

    def confirm(self, user=None, company=None):
        confirmations = self.env["recovery.bank.confirmation"]
        return confirmations.with_user(user or self.clerk)._confirm(
            company or self.company
        )

    def test_old_entries_hold_the_second_level_and_not_the_first(self):
        self.bank(-6)
        self.assertEqual(self.status(self.second), "bank_late")
        self.assertEqual(self.status(self.first), "due")
        self.assertIn(
            "confirm that it is up to date", self.situation(self.second).reason
        )
        notices = self.decide()
        self.assertEqual(notices.line_ids.move_id, self.first)

    def test_age_is_counted_in_working_days(self):
        self.bank(-5)
        self.assertEqual(self.status(self.second), "due")
        self.company.recovery_working_days = True
        # Of Tuesday: Wednesday to Friday are three working days before Sunday.
        self.company.recovery_bank_days = 3
        self.assertEqual(self.status(self.second), "bank_late")
        self.company.recovery_bank_days = 4
        self.assertEqual(self.company.recovery_bank_limit, day(-5))
        self.assertEqual(self.status(self.second), "due")

    def test_newer_entry_lets_go_at_once(self):
        self.bank(-6)
        self.bank(-1)
        self.assertEqual(self.status(self.second), "due")

    def test_entry_dated_in_the_future_says_nothing(self):
        self.bank(-6)
        self.bank(3)
        self.assertEqual(self.status(self.second), "bank_late")

    def test_confirmation_lets_go_and_leaves_its_trace(self):
        self.bank(-6)
        confirmation = self.confirm()
        self.assertEqual(
            (confirmation.user_id, confirmation.date, confirmation.company_id),
            (self.clerk, TODAY, self.company),
        )
        self.assertEqual(self.status(self.second), "due")
        self.assertIn(self.second, self.decide().line_ids.move_id)

    def test_confirmation_grows_old_too(self):
        self.bank(-6)
        self.confirm()
        with freeze_time(day(6)):
            self.company._recovery_refresh_bank_limit()
            self.assertEqual(self.status(self.second), "bank_late")

    def test_company_without_bank_entries_or_with_the_check_off_is_not_held(self):
        self.assertEqual(self.status(self.second), "due")
        self.confirm()
        with freeze_time(day(20)):
            self.company._recovery_refresh_bank_limit()
            self.assertEqual(self.status(self.second), "due")
        self.bank(-6)
        self.company.recovery_bank_days = 0
        self.assertEqual(self.status(self.second), "due")

    def test_night_job_moves_the_limit(self):
        self.bank(-1)
        with freeze_time(f"{day(6)} 03:00:00"):
            self.launch()
        self.assertEqual(self.company.recovery_bank_limit, day(1))

    def test_level_says_whether_it_needs_the_bank(self):
        self.bank(-6)
        self.assertEqual(self.steps.level_ids.mapped("needs_bank"), [False, True])
        self.steps.level_ids[1].needs_bank = False
        self.assertEqual(self.status(self.second), "due")

    def test_letter_that_waits_does_not_leave(self):
        notices = self.decide()
        self.bank(-6)
        self.cron(SEND_CRON)
        held = notices.filtered(lambda n: n.level_id == self.steps.level_ids[1])
        self.assertEqual((held.state, (notices - held).state), ("ready", "sent"))
        with self.refused("bank entries of .* too old"):
            held.with_user(self.clerk).action_send()
        self.confirm()
        self.cron(SEND_CRON)
        self.assertEqual(held.state, "sent")

    def test_reminder_by_hand_waits_too(self):
        self.bank(-6)
        with self.refused("confirm that it is up to date"):
            self.second.with_user(self.clerk).action_recovery_remind()

    def test_each_company_has_its_bank(self):
        self.bank(-6)
        other = self.setup_other_company()["company"]
        self.assertFalse(other._recovery_bank_held())
        stranger = self.collector(
            "stranger", company_id=other.id, company_ids=other.ids
        )
        with self.assertRaises(AccessError):
            self.confirm(stranger)
        self.confirm(stranger, other)
        self.assertEqual(self.status(self.second), "bank_late")

    def test_only_a_collector_confirms_and_nobody_takes_it_back(self):
        biller = self.member("biller", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.confirm(biller)
        confirmations = self.env["recovery.bank.confirmation"]
        with self.assertRaises(UserError):
            confirmations._confirm(self.env["res.company"])
        confirmation = self.confirm()
        for user in (self.clerk, self.manager()):
            with self.assertRaises(AccessError):
                confirmation.with_user(user).date = day(30)

    def test_confirmation_from_the_worklist_and_the_invoice(self):
        self.bank(-6)
        self.worklist().with_user(self.clerk).action_confirm_bank()
        self.second.with_user(self.clerk).action_recovery_confirm_bank()
        self.situation(self.second).with_user(self.clerk).action_confirm_bank()
        found = self.env["recovery.bank.confirmation"].search_count([])
        self.assertEqual(found, 3)

    def test_health_tells_and_settings_confirm(self):
        self.bank(-6)
        lines = {line[0]: line[1:] for line in self.health()}
        text, right = lines["Bank entries"]
        self.assertFalse(right)
        self.assertIn("11/16/2026", text)
        with Form(self.env["res.config.settings"]) as settings:
            self.assertEqual(settings.recovery_bank_days, 5)
        settings.record.action_recovery_confirm_bank()
        lines = {line[0]: line[1:] for line in self.health()}
        self.assertEqual(lines["Bank entries"], ("until 11/22/2026", True))

    def health(self):
        return self.env["recovery.health"]._lines(self.company)
