"""What the formal notice after a broken payment plan says of the plan (L8)."""

from datetime import date
from functools import cached_property

from ..models.vocabulary import PENALTY_KINDS
from .letter_totals import Total


class LetterPlan:
    """The plan as it stood when the notice was written: its facts are evidence."""

    @property
    def about_plan(self):
        return self.letter == "L8"

    @property
    def claimed_title(self):
        """Over the table of the invoices that the letter is about."""
        if self.about_plan:
            return "Factures de l’échéancier"
        return self.say("Factures réclamées", "Invoices claimed")

    @cached_property
    def instalments(self):
        """(rank, day, amount, paid, missed) of each instalment."""
        return [
            (
                rank,
                self.long(date.fromisoformat(day)),
                self.money(amount),
                self.money(paid),
                missed,
            )
            for rank, (day, amount, paid, missed) in enumerate(
                self.facts.get("instalments") or (), 1
            )
        ]

    @property
    def missed_instalments(self):
        """Sentence that names what was not paid in time."""
        missed = [
            (self.long(date.fromisoformat(day)), self.money(amount - paid))
            for day, amount, paid, late in self.facts.get("instalments") or ()
            if late
        ]
        days = [f"du {day} ({amount})" for day, amount in missed]
        if len(days) == 1:
            return f"L’échéance {days[0]} n’a pas été payée."
        return f"Les échéances {self._enumerate(days)} n’ont pas été payées."

    @property
    def balance(self):
        """What becomes due at once, in principal."""
        return self.money(self.facts.get("balance") or 0)

    @property
    def revived(self):
        """Interest that becomes due again or goes on, "" where there is none."""
        amount = self.facts.get("revived")
        return self.money(amount) if amount else ""

    @property
    def plan_penalties(self):
        """`les pénalités de retard prévues`; "" for who owes none."""
        if self.notice.debtor_kind not in PENALTY_KINDS:
            return ""
        foreseen = "prévus" if self.public else "prévues"
        return f"les {self.penalty_name} {foreseen}"

    def _plan_totals(self):
        """What is asked now, beside what would be due at once."""
        yield Total("Solde de l’échéancier, en principal", self.balance)
        yield Total("Échéances impayées, à régler", self.asked, True)
