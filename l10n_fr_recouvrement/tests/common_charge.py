from datetime import date

from odoo.tests import new_test_user

from .common import RecoveryCommon

COLLECTOR = "l10n_fr_recouvrement.group_recovery_user"
MANAGER = "l10n_fr_recouvrement.group_recovery_manager"
# Due on 31 August 2026: ECB 2.40 + 10 = 12.40 % in the second half-year.
DUE = date(2026, 8, 31)
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


class ChargeCommon(RecoveryCommon):
    """Late invoices of 10 000 EUR and what is claimed beyond them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collector = new_test_user(
            cls.env, "collector", groups=COLLECTOR, company_id=cls.company.id
        )

    @classmethod
    def late(cls, debtor=None, amount=10000, due=DUE, **values):
        return cls.invoice(debtor, amount, due, **values)

    @classmethod
    def wizard(cls, moves, user=None, **values):
        """The wizard on these invoices, with other values than its own."""
        moves = moves.with_user(user) if user else moves
        action = moves.action_recovery_claim()
        wizard = moves.env["recovery.claim"].browse(action["res_id"])
        wizard.write(values)
        return wizard

    @classmethod
    def claim(cls, moves, user=None, **values):
        """Claim all that is left; the charges."""
        before = cls.env["recovery.charge"].search([])
        cls.wizard(moves, user, **values).action_apply()
        return cls.env["recovery.charge"].search([]) - before

    @classmethod
    def waive(cls, moves, user=None, reason="Commercial gesture", **values):
        return cls.claim(moves, user, action="waive", reason=reason, **values)

    @classmethod
    def periods(cls, charges):
        """(kind, from, to, amount) of charges, interest first, by date."""
        rows = [
            (c.kind, c.date_from, c.date_to, round(c.amount, 2))
            for c in charges.sorted(lambda c: (c.kind != "interest", c.date_from))
        ]
        return rows
