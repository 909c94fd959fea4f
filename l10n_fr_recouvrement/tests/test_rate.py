import csv
from datetime import date
from decimal import Decimal

from psycopg2 import IntegrityError

from odoo.fields import Date
from odoo.tests import TransactionCase
from odoo.tools import file_open, mute_logger

from ..law.rates import MissingRate
from ..models.recovery_rate import SHIPPED


class TestRate(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rates = cls.env["recovery.rate"]
        with file_open(SHIPPED, "r") as lines:
            cls.shipped = list(csv.DictReader(lines))

    def rate(self, kind, day):
        return self.rates.search([("kind", "=", kind), ("date_from", "=", day)])

    def percent(self, kind, day):
        return self.rates._rate_table().percent(kind, day)

    def test_all_shipped_values_are_loaded(self):
        for row in self.shipped:
            rate = self.rate(row["kind"], row["date_from"])
            self.assertEqual(len(rate), 1, row)
            self.assertAlmostEqual(rate.percent, float(row["percent"]), 2)
            self.assertEqual(rate.reference, row["reference"])
            self.assertEqual(rate.confidence, row["confidence"])

    def test_the_law_reads_exact_decimals(self):
        row = self.shipped[-1]
        found = self.percent(row["kind"], Date.to_date(row["date_from"]))
        self.assertIsInstance(found, Decimal)
        self.assertEqual(found, Decimal(row["percent"]))

    def test_correction_of_a_user_survives_a_reload(self):
        rate = self.rate("ecb_refi", "2024-01-01")
        rate.percent = 9.99
        count = self.rates.search_count([])
        self.rates._load_shipped()
        self.assertEqual(rate.percent, 9.99)
        self.assertEqual(self.rates.search_count([]), count)

    def test_reload_adds_what_is_missing(self):
        self.rate("ecb_refi", "2024-01-01").unlink()
        self.rates._load_shipped()
        self.assertEqual(self.rate("ecb_refi", "2024-01-01").percent, 4.5)

    @mute_logger("odoo.sql_db")
    def test_semester_begins_on_1_january_or_1_july(self):
        for day in ("2030-01-02", "2030-02-01", "2030-12-31"):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                self.enter("2030-01-01", date_from=day)
        self.enter("2030-07-01")

    @mute_logger("odoo.sql_db")
    def test_one_value_for_each_kind_and_semester(self):
        self.enter("2030-01-01")
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.enter("2030-01-01")

    @mute_logger("odoo.sql_db")
    def test_negative_rate_is_refused(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.enter("2030-01-01", percent=-1)

    def enter(self, day, **values):
        return self.rates.create(
            {"kind": "ecb_refi", "date_from": day, "percent": 1} | values
        )

    def test_new_value_is_used_at_once(self):
        with self.assertRaises(MissingRate):
            self.percent("ecb_refi", date(2030, 2, 1))
        self.enter("2030-01-01", percent=3.15)
        self.assertEqual(self.percent("ecb_refi", date(2030, 2, 1)), Decimal("3.15"))

    def test_corrected_value_is_used_at_once(self):
        self.percent("ecb_refi", date(2024, 2, 1))
        self.rate("ecb_refi", "2024-01-01").percent = 5
        self.assertEqual(self.percent("ecb_refi", date(2024, 2, 1)), Decimal(5))

    def test_deleted_value_is_not_used_any_more(self):
        self.percent("ecb_refi", date(2024, 2, 1))
        self.rate("ecb_refi", "2024-01-01").unlink()
        with self.assertRaises(MissingRate):
            self.percent("ecb_refi", date(2024, 2, 1))
