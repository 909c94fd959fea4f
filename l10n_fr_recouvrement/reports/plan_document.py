"""The letters of a payment plan (L6, L7, L8), ready to print. They are in French: they
bind, and a judge may read them.
"""

from dataclasses import dataclass
from functools import cached_property

from ..models.amount_words import in_words
from . import typography as typo
from .letter_parties import address_line_of
from .sheet_document import SheetDocument

TITLES = {
    "L6": "Proposition d’échéancier",
    "L7": "Protocole d’accord",
    "L8": "Mise en demeure après échéancier rompu",
}
ORIGINALS = 2  # one for each party (C. civ. 1375)


@dataclass(frozen=True)
class PlanSheet:
    """What the sheets of the house have in common, for a plan."""

    company: object
    partner: object
    currency: object
    date: object


@dataclass(frozen=True)
class PlanDocument(SheetDocument):
    """A payment plan seen by one of its letters."""

    plan: object = None
    letter: str = "L6"
    due_now: object = None  # law.interest figures of the whole debt, for L8

    @property
    def template(self):
        return f"l10n_fr_recouvrement.letter_{self.letter.lower()}"

    @property
    def name(self):
        return f"{TITLES[self.letter]} {self.plan.name}"

    @property
    def registered(self):
        return self.letter == "L8"

    @property
    def consumer(self):
        return self.plan.debtor_kind == "consumer"

    @property
    def owes_penalties(self):
        """A consumer, or a non-professional, never reads of penalties nor of 40 EUR."""
        return self.plan.debtor_kind in ("professional", "public")

    @property
    def mediator(self):
        return self.sender.mediator if self.consumer else ""

    @cached_property
    def collector(self):
        # Name, phone and e-mail of a colleague are meant for the debtor.
        return self.plan.user_id.sudo()

    @property
    def reference(self):
        return self.plan.name

    @property
    def invoices(self):
        """(number, invoice date, due date, in the plan) of each invoice."""
        return [
            (
                share.move_id.name,
                typo.short_date(share.move_id.invoice_date),
                typo.short_date(share.invoice_date_due),
                self.money(share.amount),
            )
            for share in self.plan.invoice_ids.sorted("invoice_date_due")
        ]

    @property
    def instalments(self):
        """(rank, day, amount, left after it, missed) of each instalment."""
        left = self.plan.principal
        for rank, line in enumerate(self.plan.line_ids.sorted("date"), 1):
            left -= line.amount
            missed = line.state == "missed"
            yield (
                rank,
                self.long(line.date),
                self.money(line.amount),
                self.money(left),
                self.money(line.paid),
                missed,
            )

    @property
    def missed(self):
        return [
            (self.long(line.date), self.money(line.amount - line.paid))
            for line in self.plan.line_ids.sorted("date")
            if line.state == "missed"
        ]

    @property
    def figures(self):
        """(label, amount, strong) of what is recognised."""
        plan = self.plan
        yield "Principal", self.money(plan.principal), False
        if plan.interest:
            label = f"{self.penalty_name} au {self.recognised_on}"
            yield label, self.money(plan.interest), False
        if plan.indemnity:
            label = "Indemnités forfaitaires (article D441-5)"
            yield label, self.money(plan.indemnity, plan.company_currency_id), False
        yield "Total reconnu", self.total, True

    @property
    def penalty_name(self):
        public = self.plan.debtor_kind == "public"
        if public:
            return "Intérêts moratoires"
        return "Pénalités de retard" if self.owes_penalties else "Intérêts de retard"

    @property
    def feminine(self):
        """Whether the name of the interest is feminine: « pénalités »."""
        return self.penalty_name.startswith("Pénalités")

    @property
    def recognised_on(self):
        return typo.short_date(self.plan.date)

    @property
    def total(self):
        return self.money(self.plan.total)

    @property
    def indemnity_apart(self):
        """The 40 EUR beside a total in another currency (C. com. D441-5)."""
        plan = self.plan
        if not plan.indemnity or plan.currency_id == plan.company_currency_id:
            return ""
        return self.money(plan.indemnity, plan.company_currency_id)

    @property
    def words(self):
        return in_words(self.plan.total, self.plan.currency_id)

    @property
    def valid_until(self):
        return self.long(self.plan.valid_until)

    @property
    def signed_on(self):
        return self.long(self.plan.accepted_on)

    @property
    def fate(self):
        return self.plan.penalties

    def days(self, count):
        unit = "jours" if count > 1 else "jour"
        return f"{count}{typo.NBSP}{unit}"

    @property
    def cure(self):
        return self.days(self.plan.cure_days)

    @property
    def creditor(self):
        """Identity of the creditor in one sentence (C. com. R123-237)."""
        company = self.plan.company_id
        apart = (company.phone, company.email)
        lines = [line for line in self.sender.lines if line not in apart]
        return ", ".join((self.sender.name, *lines))

    @property
    def debtor(self):
        partner = self.plan.partner_id
        code = typo.siren(partner.company_registry)
        facts = (partner.name, address_line_of(partner), code and f"n° {code}")
        return ", ".join(filter(None, facts))

    @property
    def debtor_signatory(self):
        plan = self.plan
        facts = (plan.signatory_name, plan.signatory_title, plan.signatory_power)
        return ", ".join(filter(None, facts))

    @property
    def payable(self):
        """What a code for the transfer asks: the first instalment, or the missed."""
        if self.letter == "L8":
            return self.plan.missed
        return self.plan.line_ids.sorted("date")[:1].amount

    @property
    def balance(self):
        """What becomes due at once, in principal."""
        return self.money(self.plan.residual)

    @property
    def revived(self):
        """Interest that becomes due again or goes on, "" where there is none."""
        return self.money(self.due_now) if self.due_now else ""
