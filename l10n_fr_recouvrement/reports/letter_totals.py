"""The sums under the table of items, from the items to what is owed."""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Total:
    label: str
    amount: str
    strong: bool = False


class LetterTotals:
    """Lines of sums; the strong one is what the letter asks for."""

    @cached_property
    def totals(self):
        if self.about_plan:
            return list(self._plan_totals())
        return [*self._principal_totals(), *self._penalty_totals()]

    def _principal_totals(self):
        say, figures = self.say, self.deductions or {}
        if figures:
            label = say("Total des factures", "Total of the invoices")
            yield Total(label, figures["sum"])
        if "credit" in figures:
            label = say("Avoirs et règlements à déduire", "Credits deducted")
            numbers = f" ({self.credits})" if self.credits else ""
            yield Total(label + numbers, figures["credit"])
        if "disputed" in figures:
            label = say("Part contestée à déduire", "Disputed part deducted")
            yield Total(label, figures["disputed"])
        label = say("Principal restant dû", "Principal due")
        if self.notice.letter == "L18":
            label = "Reste dû sur la note de débit"
        yield Total(label, self.principal, not self.claims_interest)

    def _penalty_totals(self):
        """C. com. L441-10 II, D441-5; public buyers: CCP L2192-13, D2192-35."""
        if not self.shows_interest:
            return
        if self.rule != "none":
            yield Total(self._interest_label(), self.interest)
        if self.notice.indemnity:
            yield Total(self._indemnity_label(), self.indemnity)
        label = self.say("Total, pénalités comprises, au", "Total with interest on")
        if self.claims_interest:
            label = self.say("Total dû au", "Total due on")
        label = f"{label} {self.date}"
        if not self.same_currency:
            label += self.say(", indemnité en sus", ", compensation not included")
        yield Total(label, self.full_total, self.claims_interest)

    def _interest_label(self):
        name = self.penalty_name.capitalize()
        closed = "arrêtés au" if self.public else "arrêtées au"
        label = f"{name} {self.say(closed, 'as of')} {self.date}"
        if "interest" in self.tables and "interest" not in self.inline:
            label += self.say(" (voir annexe)", " (see annex)")
        return label

    def _indemnity_label(self):
        label = self.say(
            "Indemnité forfaitaire pour frais de recouvrement",
            "Fixed compensation for recovery costs",
        )
        return f"{label} ({self.indemnity_detail})" if self.indemnity_detail else label
