from datetime import date

from odoo.tests import BaseCase

from ..models.recovery_decision import decide

POSITIONS = {10: 10, 20: 20, 30: 30}
CUSTOMER, INVOICE = 1, 2
GROUPINGS = {CUSTOMER: "customer", INVOICE: "invoice"}
EUR, USD = 1, 2


def row(item_id, **values):
    """A late item, due for its first reminder, of customer 7."""
    return {
        "id": item_id,
        "move_id": item_id,
        "company_id": 1,
        "partner_id": 7,
        "currency_id": EUR,
        "policy_id": CUSTOMER,
        "next_level_id": 20,
        "status": "due",
        "days_late": 10,
        "date_maturity": date(2025, 1, item_id),
        "residual": 100,
        "claimable": 100,
    } | values


def plans(*rows):
    return decide(rows, GROUPINGS, POSITIONS)


def ids(rows):
    return [line["id"] for line in rows]


class TestDecision(BaseCase):
    def test_customer_gets_one_notice_for_all_its_due_items(self):
        [plan] = plans(row(1), row(2), row(3))
        self.assertEqual(ids(plan["claimed"]), [1, 2, 3])

    def test_each_customer_company_and_currency_gets_its_own_notice(self):
        self.assertEqual(len(plans(row(1), row(2, partner_id=8))), 2)
        self.assertEqual(len(plans(row(1), row(2, company_id=2))), 2)
        self.assertEqual(len(plans(row(1), row(2, currency_id=USD))), 2)

    def test_policy_per_invoice_writes_one_notice_for_each_invoice(self):
        split = plans(
            row(1, policy_id=INVOICE, move_id=50),
            row(2, policy_id=INVOICE, move_id=51),
            row(3, policy_id=INVOICE, move_id=50),
        )
        self.assertEqual([ids(plan["claimed"]) for plan in split], [[1, 3], [2]])

    def test_items_of_two_policies_never_share_a_notice(self):
        split = plans(row(1), row(2, policy_id=INVOICE))
        self.assertEqual([ids(plan["claimed"]) for plan in split], [[1], [2]])

    def test_invoices_of_a_customer_notice_are_listed_apart_when_not_due(self):
        [plan] = plans(row(1), row(2, status="waiting"))
        self.assertEqual(ids(plan["claimed"]), [1])
        self.assertEqual(ids(plan["also_due"]), [2])

    def test_highest_level_leads_and_claims_the_items_that_reach_it(self):
        [plan] = plans(row(1), row(2, next_level_id=30), row(3))
        self.assertEqual(plan["level_id"], 30)
        self.assertEqual(ids(plan["claimed"]), [2])

    def test_due_items_of_lower_levels_are_listed_apart_and_keep_their_own(self):
        [plan] = plans(row(1), row(2, next_level_id=30), row(3, status="waiting"))
        self.assertEqual(ids(plan["also_due"]), [1, 3])
        self.assertEqual(plan["also_due"][0]["next_level_id"], 20)
        self.assertEqual(plan["due_ids"], {1, 2})

    def test_position_not_id_says_which_level_is_highest(self):
        [plan] = decide(
            [row(1, next_level_id=30), row(2, next_level_id=20)],
            GROUPINGS,
            {30: 1, 20: 2},
        )
        self.assertEqual(plan["level_id"], 20)

    def test_late_items_are_listed_apart_whatever_keeps_them_back(self):
        for status in ("waiting", "no_address", "unconfirmed_kind", "below_minimum"):
            [plan] = plans(row(1), row(2, status=status))
            self.assertEqual(ids(plan["also_due"]), [2], status)

    def test_suspended_items_are_not_even_listed(self):
        for status in ("disputed", "promise", "paused", "blocked", "not_invoice"):
            [plan] = plans(row(1), row(2, status=status))
            self.assertEqual(plan["also_due"], [], status)

    def test_items_not_late_or_wholly_covered_are_not_listed_as_late(self):
        [plan] = plans(
            row(1),
            row(2, status="waiting", days_late=0),
            row(3, status="waiting", claimable=0),
        )
        self.assertEqual(plan["also_due"], [])

    def test_open_credits_are_shown_whatever_their_age(self):
        credit = row(2, status="nothing_due", residual=-40, claimable=0, days_late=-5)
        [plan] = plans(row(1), credit)
        self.assertEqual(ids(plan["credits"]), [2])
        self.assertEqual(ids(plan["claimed"]), [1])

    def test_credit_of_another_customer_is_not_shown(self):
        credit = row(2, partner_id=8, status="nothing_due", residual=-40)
        [plan] = plans(row(1), credit)
        self.assertEqual(plan["credits"], [])

    def test_credits_alone_call_for_nothing(self):
        credit = row(2, status="nothing_due", residual=-40, claimable=0)
        self.assertEqual(plans(credit), [])

    def test_coming_items_never_share_a_notice_with_late_ones(self):
        late, coming = plans(row(1), row(2, next_level_id=10, days_late=-5))
        self.assertEqual((late["level_id"], coming["level_id"]), (20, 10))
        self.assertEqual(ids(late["claimed"]), [1])
        self.assertEqual(ids(coming["claimed"]), [2])
        self.assertEqual(late["also_due"], [])

    def test_coming_items_alone_get_their_reminder(self):
        coming = {"next_level_id": 10, "days_late": -5}
        [plan] = plans(row(1, **coming), row(2, **coming))
        self.assertEqual(ids(plan["claimed"]), [1, 2])
        self.assertEqual(plan["level_id"], 10)

    def test_late_items_that_only_wait_do_not_silence_a_coming_one(self):
        [plan] = plans(row(1, next_level_id=10, days_late=-5), row(2, status="waiting"))
        self.assertEqual(ids(plan["claimed"]), [1])

    def test_lines_go_from_the_oldest_to_the_newest(self):
        [plan] = plans(row(3), row(1), row(2))
        self.assertEqual(ids(plan["claimed"]), [1, 2, 3])

    def test_nothing_due_calls_for_nothing(self):
        self.assertEqual(plans(row(1, status="waiting")), [])
        self.assertEqual(plans(), [])
