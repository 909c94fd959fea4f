from odoo.tests import tagged

from .common import day
from .common_sending import SendingCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestDisputeAnalysis(SendingCommon):
    """Disputes by reason: how many, how much, how long."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reasons = cls.env["recovery.dispute.reason"]
        cls.price, cls.goods = reasons.create([{"name": "Price"}, {"name": "Goods"}])

    def ended(self, reason, amount, opened, closed, **values):
        dispute = self.dispute(
            self.invoice(**values), amount, reason_id=reason.id, opened_on=day(opened)
        )
        dispute.write({"state": "unfounded", "closed_on": day(closed)})

    def statistics(self):
        """{reason: (number, amount in company currency, average days)}"""
        rows = self.env["recovery.dispute"]._read_group(
            [("reason_id", "in", (self.price | self.goods).ids)],
            ["reason_id"],
            ["__count", "amount_company:sum", "duration:avg"],
        )
        return {reason: tuple(figures) for reason, *figures in rows}

    def test_each_reason_has_its_number_amount_and_days(self):
        dollar = self.setup_other_currency("USD", rates=[("2016-01-01", 2.0)])
        self.ended(self.price, 300, -20, -10)
        self.ended(self.price, 500, -8, -4, currency_id=dollar.id)
        self.ended(self.goods, 100, -3, -3)
        self.assertEqual(
            self.statistics(), {self.price: (2, 550, 7), self.goods: (1, 100, 0)}
        )

    def test_open_dispute_has_no_duration_yet(self):
        self.ended(self.price, 300, -20, -10)
        self.dispute(self.invoice(), 200, reason_id=self.price.id)
        self.dispute(self.invoice(), 100, reason_id=self.goods.id)
        self.assertEqual(
            self.statistics(), {self.price: (2, 500, 10), self.goods: (1, 100, 0)}
        )

    def test_screen_of_statistics_is_by_reason(self):
        action = self.env.ref("l10n_fr_recouvrement.recovery_dispute_analysis_action")
        self.assertEqual(action.view_mode.split(",")[:2], ["pivot", "graph"])
        views = self.env["recovery.dispute"].get_views([(False, "pivot")])
        self.assertIn('name="reason_id" type="row"', views["views"]["pivot"]["arch"])
