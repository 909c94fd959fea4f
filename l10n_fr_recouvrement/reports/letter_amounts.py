"""The amounts of a letter."""

from functools import cached_property

from ..models.vocabulary import PENALTY_KINDS, THIRD_PARTY_LETTERS
from . import typography as typo

MANY_RATES = 4


class LetterAmounts:
    """What is asked, and what else is owed; nothing is computed but sums."""

    @property
    def asked(self):
        """What the letter asks for: `total` follows what the level claims."""
        return self.money(self.notice.total)

    @property
    def principal(self):
        return self.money(self.notice.principal)

    @cached_property
    def deductions(self):
        """From the sum of the items to the principal; None when they are equal."""
        notice, claimed = self.notice, self._lines["claimed"]
        total = sum(claimed.mapped("residual"))
        disputed = sum(claimed.mapped("disputed"))
        credit = notice.currency_id.round(total - disputed - notice.principal)
        if not credit and not disputed:
            return None
        figures = {"sum": total, "credit": -credit, "disputed": -disputed}
        return {name: self.money(figure) for name, figure in figures.items() if figure}

    @property
    def _claims(self):
        """What the level claims; a file that is handed over holds all of the claim."""
        if self.notice.letter in THIRD_PARTY_LETTERS:
            return "claims"
        return self.notice.level_id.claims or "nothing"

    @cached_property
    def shows_interest(self):
        """Interest and indemnity appear: level, and a debtor who owes them."""
        owes = self.notice.debtor_kind in PENALTY_KINDS
        return (
            (owes or self.notice.letter in THIRD_PARTY_LETTERS)
            and self.notice.letter != "L0"
            and self._claims in ("shows", "claims")
            and bool(self.notice.interest or self.notice.indemnity)
        )

    @property
    def claims_interest(self):
        return self.shows_interest and self._claims == "claims"

    @property
    def penalty_name(self):
        """A public buyer owes intérêts moratoires (CCP L2192-13)."""
        french = "intérêts moratoires" if self.public else "pénalités de retard"
        return self.say(french, "late payment interest")

    @property
    def interest(self):
        return self.money(self.notice.interest)

    @property
    def daily_interest(self):
        amount = self.notice.daily_interest
        return self.money(amount) if amount else ""

    @cached_property
    def indemnity(self):
        """In EUR whatever the currency of the letter (C. com. D441-5)."""
        return self.money(self.notice.indemnity, self.notice.company_currency_id)

    @cached_property
    def indemnity_detail(self):
        """`3 × 40,00 €`, one per invoice; "" for a single one."""
        amounts = [line.indemnity for line in self._lines["claimed"] if line.indemnity]
        if len(amounts) < 2 or len(set(amounts)) > 1:
            return ""
        unit = self.money(amounts[0], self.notice.company_currency_id)
        return f"{len(amounts)}{typo.NBSP}×{typo.NBSP}{unit}"

    @property
    def same_currency(self):
        """Else the indemnity stands apart from the total."""
        return self.notice.currency_id == self.notice.company_currency_id

    @property
    def full_total(self):
        """Principal and accessories, whether the level claims them or not."""
        notice = self.notice
        indemnity = notice.indemnity if self.same_currency else 0.0
        return self.money(notice.principal + notice.interest + indemnity)

    @cached_property
    def rates(self):
        """`12,15 % puis 12,40 %`; "" when there are too many for a sentence."""
        segments = [segment for _line, segment in self._segments]
        segments.sort(key=lambda segment: segment["start"])
        found = list(dict.fromkeys(float(segment["percent"]) for segment in segments))
        if not 0 < len(found) < MANY_RATES:
            return ""
        revised = self.rule in ("statutory", "floor", "legal")
        words = self.say(" puis ", " then ") if revised else self.say(" et ", " and ")
        return words.join(map(self.percent, found))
