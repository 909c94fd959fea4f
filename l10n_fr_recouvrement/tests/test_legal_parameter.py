import csv
from datetime import date
from decimal import Decimal

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import file_open, mute_logger

from ..models.recovery_legal_parameter import KEYS, SHIPPED
from .common import RecoveryCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestLegalParameter(RecoveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parameters = cls.env["recovery.legal.parameter"]
        with file_open(SHIPPED, "r") as lines:
            cls.shipped = list(csv.DictReader(lines))

    def parameter(self, key, day):
        return self.parameters.search([("key", "=", key), ("date_from", "=", day)])

    def enter(self, day, value, key="indemnity", unit="eur"):
        return self.parameters.create(
            {"key": key, "date_from": day, "value": value, "unit": unit}
        )

    def test_all_shipped_values_are_loaded_with_their_article(self):
        self.assertEqual({row["key"] for row in self.shipped}, set(dict(KEYS)))
        for row in self.shipped:
            found = self.parameter(row["key"], row["date_from"])
            self.assertEqual(len(found), 1, row)
            self.assertAlmostEqual(found.value, float(row["value"]), 2)
            for name in ("unit", "reference", "confidence", "note"):
                self.assertEqual(found[name], row[name])
            self.assertTrue(found.reference)

    def test_a_value_holds_from_its_date_until_the_next(self):
        self.enter("2027-01-01", 60)
        for day, value in (
            (date(2012, 12, 31), 0),
            (date(2013, 1, 1), 40),
            (date(2026, 12, 31), 40),
            (date(2027, 1, 1), 60),
        ):
            found = self.parameters._value("indemnity", day)
            self.assertEqual(found, value)
            self.assertIsInstance(found, Decimal)

    def test_a_date_without_value_is_refused_with_what_to_do(self):
        with self.assertRaisesRegex(UserError, "Public hospital.*2010.*enter it"):
            self.parameters._value("public_health", date(2010, 6, 30))

    def test_correction_of_a_user_survives_an_upgrade(self):
        """An upgrade calls `_load_shipped` again (data/recovery_data.xml)."""
        corrected = self.parameter("sector_transport", "2006-01-06")
        corrected.write({"value": 25, "confidence": "sure"})
        entered = self.enter("2028-01-01", 99)
        count = self.parameters.search_count([])
        self.parameters._load_shipped()
        self.assertEqual((corrected.value, corrected.confidence), (25, "sure"))
        self.assertEqual(entered.value, 99)
        self.assertEqual(self.parameters.search_count([]), count)

    def test_a_new_shipped_row_reaches_an_old_database(self):
        self.parameter("public_health", "2010-07-01").unlink()
        self.parameters._load_shipped()
        self.assertEqual(self.parameter("public_health", "2010-07-01").value, 50)

    def test_a_change_is_used_at_once(self):
        on = date(2026, 6, 1)
        self.assertEqual(self.parameters._value("indemnity", on), 40)
        self.parameter("indemnity", "2013-01-01").value = 45
        self.assertEqual(self.parameters._value("indemnity", on), 45)
        self.parameter("indemnity", "2013-01-01").unlink()
        self.assertEqual(self.parameters._value("indemnity", on), 0)

    @mute_logger("odoo.sql_db")
    def test_one_value_for_each_key_and_date(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.enter("2013-01-01", 41)

    @mute_logger("odoo.sql_db")
    def test_a_negative_value_is_refused(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.enter("2030-01-01", -1)

    def test_a_collector_reads_and_a_manager_writes(self):
        group = "l10n_fr_recouvrement.group_recovery_%s"
        collector, manager = (
            new_test_user(self.env, role, group % role, company_id=self.company.id)
            for role in ("user", "manager")
        )
        row = self.parameter("indemnity", "2013-01-01")
        self.assertEqual(row.with_user(collector).value, 40)
        with self.assertRaises(AccessError):
            row.with_user(collector).value = 41
        row.with_user(manager).value = 41
        self.assertEqual(row.value, 41)

    def test_the_statement_takes_the_indemnity_of_its_due_date(self):
        """40 EUR until 2025, 50 EUR for what is due from 2026 on, none before 2013."""
        self.enter("2026-01-01", 50)
        for due, owed in (
            (date(2025, 12, 31), 40),
            (date(2026, 1, 1), 50),
            (date(2012, 12, 31), 0),
        ):
            with self.subTest(due=due):
                invoice = self.invoice(due=due)
                self.assertEqual(invoice.recovery_statement()["indemnity"], owed)
