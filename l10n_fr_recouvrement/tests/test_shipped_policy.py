from odoo.tests import tagged

from .common import RecoveryCommon

# Kind of debtor, and the letter that closes the amicable phase.
KINDS = {
    "professional": "L4",
    "consumer": "L5",
    "non_professional": "L5",
    "public": "L5p",
}
PREFIX = "l10n_fr_recouvrement.policy_"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestShippedPolicy(RecoveryCommon):
    """Ready after install, for the four kinds of debtors, in correct law."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policies = {kind: cls.env.ref(f"{PREFIX}{kind}") for kind in KINDS}
        for policy in cls.policies.values():
            policy.active = True

    def test_each_kind_of_debtor_has_its_policy(self):
        for kind, policy in self.policies.items():
            invoice = self.invoice(self.debtor(kind=kind))
            self.assertEqual(self.situation(invoice).policy_id, policy)

    def test_late_invoices_go_through_all_levels_to_the_last_letter(self):
        for kind, policy in self.policies.items():
            with self.subTest(kind):
                invoice = self.invoice(self.debtor(kind=kind), due=-120)
                steps = policy.level_ids.filtered(lambda level: level.delay_days >= 0)
                for level in steps:
                    row = self.situation(invoice)
                    self.assertEqual((row.status, row.next_level_id), ("due", level))
                    self.reach(invoice, level)
                self.assertEqual(steps[-1].letter, KINDS[kind])
                self.assertEqual(self.status(invoice), "waiting")

    def test_consumers_and_non_professionals_never_see_interest_before_notice(self):
        """No ECB rate and no 40 EUR for them (C. com. L441-10 is not theirs)."""
        for kind in ("consumer", "non_professional"):
            for level in self.policies[kind].level_ids:
                with self.subTest(kind, level=level.name):
                    self.assertEqual(level.claims, "nothing")
                    self.assertNotEqual(level.letter, "L4")

    def test_formal_notices_are_registered_and_wait_for_an_approval(self):
        for kind, policy in self.policies.items():
            for level in policy.level_ids.filtered("is_formal_notice"):
                with self.subTest(kind):
                    self.assertTrue(level.by_registered)
                    self.assertTrue(level.needs_validation)

    def test_levels_come_one_after_another(self):
        for kind, policy in self.policies.items():
            with self.subTest(kind):
                delays = policy.level_ids.sorted("position").mapped("delay_days")
                self.assertEqual(delays, sorted(set(delays)))

    def test_every_electronic_level_has_a_text(self):
        for policy in self.policies.values():
            for level in policy.level_ids.filtered("by_email"):
                self.assertTrue(level.mail_template_id, level.display_name)
