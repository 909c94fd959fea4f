"""The facts of one debt (créance), checked once and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

DEBTORS = ("professional", "consumer", "public", "non_professional")
MILD_DEBTORS = ("consumer", "non_professional")
"""Nothing runs against them before a formal notice; neither the ECB rate nor 40 EUR."""
RULES = ("statutory", "contractual", "floor", "legal", "none")
IMPUTATIONS = ("principal_first", "interest_first")

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money received: `amount` in the currency of the claim, on `date`.

    A rejected cheque or debit is no payment: leave it out, and the debt is open
    again from its due date. Raises ValueError on a negative amount.
    """

    date: date
    amount: Decimal

    def __post_init__(self) -> None:
        _check_date(self, "date")
        _check_amount(self, "amount")


@dataclass(frozen=True, slots=True)
class Claim:
    """One instalment of one invoice, VAT included, and what changes its interest.

    - `principal`, `credit_notes`, `fixed_indemnity`: amounts in one currency;
      credit notes and write-offs were never due, they reduce the base from the
      due date whatever their own date;
    - `due_date`: interest may run from the day after it;
    - `debtor`: one of DEBTORS (LAW: only a professional or a public buyer owes the
      40 EUR and the ECB rate);
    - `rule`: one of RULES, what was agreed; for a debtor who is neither
      professional nor public, `statutory` is the legal rate (C. civ. 1231-6);
    - `percent`: the stipulated annual rate of rule `contractual` (15 means 15 %);
    - `formal_notice`: first presentation of the mise en demeure, or the service of
      the act that stands for it; starts the interest of a consumer or
      non-professional (C. civ. 1344-1), changes nothing for the others;
    - `insolvency`: opening judgment, for a debt born before it (C. com. L622-28);
    - `enforceable`: day the decision became enforceable (CMF L313-3);
    - `capitalisation`: judicial request or clause (C. civ. 1343-2);
    - `creditor_individual`: the creditor acts for no professional need (CMF L313-2);
    - `imputation`: one of IMPUTATIONS (C. civ. 1343-1 gives way to an agreement).

    Raises ValueError on what cannot be: a negative or non-decimal amount, an
    unknown word, a contractual rule without its percent.
    """

    principal: Decimal
    due_date: date
    debtor: str
    rule: str = "statutory"
    percent: Decimal | None = None
    payments: tuple[Payment, ...] = ()
    credit_notes: Decimal = ZERO
    formal_notice: date | None = None
    insolvency: date | None = None
    enforceable: date | None = None
    capitalisation: date | None = None
    creditor_individual: bool = False
    imputation: str = "principal_first"
    fixed_indemnity: Decimal = Decimal("40")

    def __post_init__(self) -> None:
        _check_word(self, "debtor", DEBTORS)
        _check_word(self, "rule", RULES)
        _check_word(self, "imputation", IMPUTATIONS)
        for name in ("principal", "credit_notes", "fixed_indemnity"):
            _check_amount(self, name)
        _check_date(self, "due_date")
        for name in ("formal_notice", "insolvency", "enforceable", "capitalisation"):
            if getattr(self, name) is not None:
                _check_date(self, name)
        if self.percent is not None:
            _check_amount(self, "percent")
        elif self.rule == "contractual":
            raise ValueError("a contractual rule needs its percent")
        self._keep_payments()

    def _keep_payments(self) -> None:
        payments = tuple(self.payments)
        if not all(isinstance(payment, Payment) for payment in payments):
            raise ValueError("payments must be Payment objects")
        object.__setattr__(self, "payments", payments)

    @property
    def needs_notice(self) -> bool:
        """No interest before a formal notice (C. civ. 1231-6); no 40 EUR either."""
        return self.debtor in MILD_DEBTORS


def check_day(name: str, day: date) -> None:
    """Raise ValueError unless `day` is a plain date (a datetime has a time zone)."""
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ValueError(f"{name} must be a date, not {day!r}")


def _check_date(owner: object, name: str) -> None:
    check_day(name, getattr(owner, name))


def _check_word(owner: object, name: str, words: tuple[str, ...]) -> None:
    value = getattr(owner, name)
    if value not in words:
        raise ValueError(f"unknown {name} {value!r}, expected one of {words}")


def _check_amount(owner: object, name: str) -> None:
    """Keep a Decimal (an int is exact and converted); refuse anything else."""
    value = getattr(owner, name)
    if type(value) is int:
        value = Decimal(value)
        object.__setattr__(owner, name, value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise ValueError(f"{name} must be a finite Decimal, not {value!r}")
    if value < 0:
        raise ValueError(f"{name} cannot be negative: {value}")
