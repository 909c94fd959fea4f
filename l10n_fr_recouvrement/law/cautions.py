"""What a reader of the statement must be told (réserves), in French sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from .claim import Payment
from .rates import MissingRate, semester_label
from .regime import Regime


class Line(Protocol):
    """What is read of a statement line."""

    @property
    def start(self) -> date: ...

    @property
    def percent(self) -> Decimal: ...


def cautions(
    regime: Regime, lines: Sequence[Line], as_of: date, overpaid: Decimal
) -> tuple[str, ...]:
    """Every warning that applies, in a fixed order."""
    claim = regime.claim
    found: list[str] = []
    if claim.rule != "statutory":
        found += _stipulated_rate(regime, lines)
    elif claim.needs_notice and claim.enforceable and not claim.formal_notice:
        found.append(_TITLE_WITHOUT_NOTICE)
    if claim.insolvency is not None:
        found += _forbidden_payments(claim.payments, claim.insolvency, as_of)
    if overpaid:
        found.append(f"Trop-perçu de {_french(overpaid)} à rendre ou à imputer.")
    return tuple(found)


_TITLE_WITHOUT_NOTICE = (
    "Titre exécutoire sans mise en demeure : aucun intérêt n'est compté ; indiquer "
    "la date de la mise en demeure ou de la signification (C. civ. 1344-1)."
)
_JUDGE_MAY_REDUCE = (
    "Taux stipulé envers un non-professionnel ou un consommateur : le juge peut le "
    "réduire ou écarter une clause abusive (C. civ. 1231-5, C. conso. L212-1)."
)
_WAIVER_REFUSED = (
    "Acheteur public : la renonciation aux intérêts moratoires est réputée non "
    "écrite (CCP L2192-14)."
)


def _stipulated_rate(regime: Regime, lines: Sequence[Line]) -> list[str]:
    """What the law says of a rule that departs from the statutory rate."""
    claim = regime.claim
    if claim.needs_notice:
        return [_JUDGE_MAY_REDUCE] if claim.rule in ("contractual", "floor") else []
    if claim.debtor == "public":
        # our notes of penalties carry no indemnity: they are no waiver
        if claim.rule == "none" and claim.fixed_indemnity:
            return [_WAIVER_REFUSED]
        return _below(lines, lambda _day: regime.public_percent(), _PUBLIC_MINIMUM)
    # after a decision the legal rate is the judge's, not a stipulation
    judged = claim.rule == "legal" and claim.enforceable is not None
    if claim.rule == "floor" or judged:
        return []
    return _below(lines, regime.floor, _FLOOR)


_FLOOR = "plancher de 3 fois le taux légal (C. com. L441-10 II)"
_PUBLIC_MINIMUM = "taux BCE + 8 points des acheteurs publics (CCP R2192-31)"


def _below(
    lines: Sequence[Line], minimum: Callable[[date], Decimal], name: str
) -> list[str]:
    """One sentence for the half-years under the minimum, one for each unknown."""
    under: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for line in lines:
        try:
            least = minimum(line.start)
        except MissingRate as missing:
            unknown[f"{missing}, {name} non vérifié."] = None
            continue
        if line.percent < least:
            under[f"{semester_label(line.start)} ({_french(least)}\u00a0%)"] = None
    found = [sentence[0].upper() + sentence[1:] for sentence in unknown]
    if under:
        found.insert(0, f"Taux appliqué inférieur au {name} : {', '.join(under)}.")
    return found


def _forbidden_payments(
    payments: Sequence[Payment], judgment: date, as_of: date
) -> list[str]:
    """A debt born before the judgment may not be paid after it (C. com. L622-7)."""
    return [
        f"Paiement du {payment.date:%d/%m/%Y} reçu après le jugement d'ouverture : "
        "interdit, il peut être annulé (C. com. L622-7)."
        for payment in payments
        if payment.amount and judgment <= payment.date <= as_of
    ]


def _french(number: Decimal) -> str:
    """A decimal as French people write it: 7,86."""
    return f"{number:f}".replace(".", ",")
