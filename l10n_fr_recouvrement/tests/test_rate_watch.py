from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, new_test_user

from ..models.recovery_rate_watch import ACTIVITY

CRON = "l10n_fr_recouvrement.ir_cron_recovery_rates"
SOURCES = {"ecb_reference": "ECB", "legal_reference": "Order of 21/12/2026"}


@freeze_time("2026-12-11 09:00:00")
class TestRateWatch(TransactionCase):
    """Three weeks before a semester, managers are asked for its rates."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rates = cls.env["recovery.rate"]
        manager = "l10n_fr_recouvrement.group_recovery_manager"
        cls.manager = new_test_user(cls.env, "manager", manager)
        cls.second = new_test_user(cls.env, "second", manager)
        cls.collector = new_test_user(
            cls.env, "collector", "l10n_fr_recouvrement.group_recovery_user"
        )

    def watch(self, day=None):
        with freeze_time(day or "2026-12-11 09:00:00"):
            self.rates._cron_watch()
        return self.requests()

    def requests(self):
        kind = self.env.ref(ACTIVITY)
        ours = self.manager | self.second | self.collector
        return self.env["mail.activity"].search(
            [("activity_type_id", "=", kind.id), ("user_id", "in", ours.ids)]
        )

    def enter(self, kind, day="2027-01-01", **values):
        return self.rates.create(
            {"kind": kind, "date_from": day, "percent": 2.65} | values
        )

    def entry(self, **values):
        entries = self.env["recovery.rate.entry"].with_user(self.manager)
        return entries.create(values)

    def test_each_manager_is_asked_in_his_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(
            ["l10n_fr_recouvrement"], ["fr_FR"]
        )
        self.second.lang = "fr_FR"
        asked = {one.user_id: one.summary for one in self.watch()}
        self.assertIn("Enter the statutory rates", asked[self.manager])
        self.assertIn("Saisir les taux légaux", asked[self.second])

    def test_nothing_is_asked_more_than_three_weeks_before(self):
        self.assertFalse(self.watch("2026-12-10 09:00:00"))

    def test_each_manager_is_asked_once(self):
        requests = self.watch()
        self.assertEqual(requests.user_id, self.manager | self.second)
        self.assertEqual(len(requests), 2)
        deadlines = {str(request.date_deadline) for request in requests}
        self.assertEqual(deadlines, {"2027-01-01"})
        self.assertEqual(self.watch("2026-12-12 09:00:00"), requests)

    def test_the_day_is_that_of_france(self):
        """23:30 UTC on 10 December is 11 December in Paris."""
        self.assertFalse(self.watch("2026-12-10 22:30:00"))
        self.assertTrue(self.watch("2026-12-10 23:30:00"))

    def test_one_of_two_rates_is_not_enough(self):
        requests = self.watch()
        self.enter("ecb_refi")
        self.assertEqual(self.watch(), requests)
        self.enter("legal_other")
        self.assertFalse(self.requests())
        self.assertFalse(self.watch())

    def test_the_column_of_natural_persons_is_not_asked_for(self):
        self.enter("ecb_refi")
        self.enter("legal_other")
        self.assertFalse(self.watch())

    def test_a_request_done_without_rates_comes_back(self):
        self.watch()
        mine = self.requests().filtered(lambda found: found.user_id == self.manager)
        mine.with_user(self.manager).action_feedback()
        self.assertEqual(len(self.watch("2026-12-12 09:00:00")), 2)

    def test_a_missing_current_semester_is_asked_for_at_once(self):
        current = [("date_from", "=", "2026-07-01"), ("kind", "=", "legal_other")]
        self.rates.search(current).unlink()
        requests = self.watch("2026-09-01 09:00:00")
        self.assertEqual(str(requests[0].date_deadline), "2026-07-01")

    def test_the_request_opens_a_rate_with_the_form(self):
        request = self.watch()[0]
        self.assertEqual(request.res_model, "recovery.rate")
        form = self.env.ref("l10n_fr_recouvrement.recovery_rate_view_form").arch
        action = self.env.ref("l10n_fr_recouvrement.recovery_rate_entry_action")
        self.assertIn(str(action.id), form)

    def test_the_cron_asks(self):
        with self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.assertEqual(len(self.requests()), 2)

    def test_the_form_enters_both_rates_and_ends_the_requests(self):
        self.watch()
        with Form(self.env["recovery.rate.entry"].with_user(self.manager)) as form:
            self.assertEqual(str(form.date_from), "2027-01-01")
            self.assertEqual(form.semester, "1er semestre 2027")
            form.ecb_percent, form.ecb_reference = 2.65, "ECB"
            form.legal_percent, form.legal_reference = 2.8, "Order of 21/12/2026"
        form.record.action_save()
        found = self.rates.search([("date_from", "=", "2027-01-01")], order="kind")
        self.assertEqual(
            [(rate.kind, rate.percent, rate.reference) for rate in found],
            [
                ("ecb_refi", 2.65, "ECB"),
                ("legal_other", 2.8, "Order of 21/12/2026"),
            ],
        )
        self.assertEqual(set(found.mapped("confidence")), {"sure"})
        self.assertFalse(self.requests())

    def test_a_rate_of_zero_is_entered_by_its_source(self):
        """The ECB rate was 0 % from 2016 to 2022."""
        self.entry(ecb_percent=0, **SOURCES).action_save()
        known = self.rates.search([("date_from", "=", "2027-01-01")])
        self.assertEqual(set(known.mapped("kind")), {"ecb_refi", "legal_other"})

    def test_a_rate_without_source_is_not_entered(self):
        self.entry(ecb_percent=2.65, ecb_reference="ECB", legal_percent=2).action_save()
        known = self.rates.search([("date_from", "=", "2027-01-01")])
        self.assertEqual(known.kind, "ecb_refi")

    def test_nothing_entered_is_refused(self):
        for source in (False, "  "):
            with self.assertRaisesRegex(UserError, "source"):
                self.entry(ecb_percent=2.65, ecb_reference=source).action_save()

    def test_what_is_known_is_shown_and_may_be_corrected(self):
        rate = self.enter("ecb_refi", reference="Press", confidence="to_verify")
        entry = self.entry(date_from="2027-03-15")
        self.assertEqual((entry.ecb_percent, entry.ecb_reference), (2.65, "Press"))
        entry.write({"ecb_percent": 2.9, "ecb_reference": "ECB"})
        entry.action_save()
        self.assertEqual((rate.percent, rate.confidence), (2.9, "sure"))

    def test_saving_what_is_known_changes_nothing(self):
        rate = self.enter("ecb_refi", reference="Press", confidence="to_verify")
        self.entry(date_from="2027-01-01").action_save()
        self.assertEqual(rate.confidence, "to_verify")

    def test_entered_rates_survive_an_upgrade(self):
        self.entry(ecb_percent=9, legal_percent=8, **SOURCES).action_save()
        self.rates._load_shipped()
        found = self.rates.search([("date_from", "=", "2027-01-01")])
        self.assertEqual(sorted(found.mapped("percent")), [8, 9])

    def test_a_collector_enters_nothing(self):
        with self.assertRaises(AccessError):
            self.env["recovery.rate.entry"].with_user(self.collector).create({})
        with self.assertRaises(AccessError):
            self.rates.with_user(self.collector).create({"kind": "ecb_refi"})

    def test_an_archived_manager_is_not_asked(self):
        self.second.active = False
        self.assertEqual(self.watch().user_id, self.manager)

    def test_an_accounting_manager_is_a_manager_of_recovery(self):
        group = self.env.ref("account.group_account_manager")
        self.collector.group_ids = [Command.link(group.id)]
        self.assertIn(self.collector, self.watch().user_id)
