"""The offer of a payment plan (L6) and its agreement (L7), ready to print. They are in
French: they bind, and a judge may read them. The formal notice after a broken plan (L8)
is a notice like the others.
"""

from dataclasses import dataclass
from functools import cached_property

from ..models.amount_words import in_words
from ..models.vocabulary import PENALTY_KINDS
from . import typography as typo
from .letter_parties import address_line_of
from .plan_tables import PlanTables
from .sheet_document import SheetDocument

TITLES = {
    "L6": "Proposition d’échéancier",
    "L7": "Protocole d’accord",
}


@dataclass(frozen=True)
class PlanSheet:
    """What the sheets of the house have in common, for a plan."""

    company: object
    partner: object
    currency: object
    date: object


@dataclass(frozen=True)
class PlanDocument(PlanTables, SheetDocument):
    """A payment plan seen by one of its letters."""

    plan: object = None
    letter: str = "L6"

    @property
    def template(self):
        return f"l10n_fr_recouvrement.letter_{self.letter.lower()}"

    @property
    def name(self):
        return f"{TITLES[self.letter]} {self.plan.name}"

    @property
    def debtor_kind(self):
        return self.plan.debtor_kind

    @property
    def consumer(self):
        return self.debtor_kind == "consumer"

    @property
    def owes_penalties(self):
        """A consumer, or a non-professional, never reads of penalties nor of 40 EUR."""
        return self.debtor_kind in PENALTY_KINDS

    @property
    def shows_interest(self):
        return self.owes_penalties

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
    def several(self):
        """More than one invoice is in the plan."""
        return len(self.plan.invoice_ids) > 1

    @property
    def invoices(self):
        return self._numbers_of(self._shares.mapped("move_id.name"))

    @property
    def figures(self):
        """(label, amount, strong) of what is recognised."""
        plan = self.plan
        yield "Principal", self.money(plan.principal), False
        if plan.interest:
            label = f"{self.penalty_name} au {self.recognised_on}"
            yield label, self.money(plan.interest), False
        if plan.indemnity:
            label = f"Indemnités forfaitaires ({self.indemnity_article})"
            yield label, self.money(plan.indemnity, plan.company_currency_id), False
        yield "Total reconnu", self.amount, True

    @property
    def penalty_name(self):
        if self.public:
            return "Intérêts moratoires"
        return "Pénalités de retard" if self.owes_penalties else "Intérêts de retard"

    @property
    def text_penalty_name(self):
        return self.penalty_name.lower() if self.owes_penalties else ""

    @property
    def public(self):
        return self.debtor_kind == "public"

    @property
    def indemnity_article(self):
        return "article D2192-35" if self.public else "article D441-5"

    @property
    def feminine(self):
        """Whether the name of the interest is feminine: « pénalités »."""
        return self.penalty_name.startswith("Pénalités")

    @property
    def recognised_on(self):
        return typo.short_date(self.plan.date)

    @property
    def number(self):
        return self.plan.name

    @property
    def amount(self):
        """What is recognised."""
        return self.money(self.plan.total)

    @property
    def principal(self):
        return self.money(self.plan.principal)

    @property
    def interest(self):
        return self.money(self.plan.interest)

    @property
    def indemnity(self):
        return self.money(self.plan.indemnity, self.plan.company_currency_id)

    @property
    def indemnity_apart(self):
        """The 40 EUR beside a total in another currency (C. com. D441-5)."""
        plan = self.plan
        if not plan.indemnity or plan.currency_id == plan.company_currency_id:
            return ""
        return self.indemnity

    @property
    def words(self):
        return in_words(self.plan.total, self.plan.currency_id)

    @property
    def valid_until(self):
        return self.long(self.plan.valid_until)

    @property
    def fate(self):
        return self.plan.penalties

    @property
    def cure(self):
        """Days to pay after a formal notice."""
        days = self.plan.cure_days
        return f"{days}{typo.NBSP}{'jours' if days > 1 else 'jour'}"

    @property
    def creditor(self):
        """Identity of the creditor in one sentence (C. com. R123-237)."""
        company = self.plan.company_id
        apart = (company.phone, company.email)
        lines = [line for line in self.sender.lines if line not in apart]
        return ", ".join((self.sender.name, *lines))

    @property
    def debtor_identity(self):
        partner = self.plan.partner_id
        code = typo.siren(partner.company_registry)
        facts = (partner.name, address_line_of(partner), code and f"SIREN {code}")
        return ", ".join(filter(None, facts))

    @property
    def debtor_signatory(self):
        plan = self.plan
        facts = (plan.signatory_name, plan.signatory_title, plan.signatory_power)
        return ", ".join(filter(None, facts))

    @property
    def payable(self):
        """What a code for the transfer asks: the first instalment."""
        return self.plan.line_ids.sorted("date")[:1].amount
