"""Where the rate of one day comes from (source du taux), for who checks a statement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .claim import Claim
from .rates import ECB_REFI, RateTable, semester_start
from .regime import ONE_DAY, Regime, legal_kind

CONTRACT = "contract"
"""The stipulated rate."""
COMMERCIAL = "commercial"
"""ECB + 10 points of the half-year (C. com. L441-10 II)."""
PUBLIC = "public"
"""ECB + 8 points of the half-year in which interest began (CCP R2192-31)."""
FLOOR = "floor"
"""3 × the legal rate (C. com. L441-10 II)."""
LEGAL = "legal"
"""The legal rate of the half-year (CMF L313-2; C. civ. 1231-6)."""


class Source(NamedTuple):
    """The published rate on which a rate stands; `percent` a year, before any points.

    `semester` is its half-year and `reference` the text that fixes it; a stipulated
    rate has neither. `surcharge`: the 5 points of CMF L313-3 are added.
    """

    basis: str
    semester: date | None = None
    percent: Decimal | None = None
    reference: str = ""
    surcharge: bool = False


def rate_source(claim: Claim, rates: RateTable, day: date) -> Source:
    """Source of the rate that runs on `day`; raises MissingRate."""
    basis = _basis(claim)
    if basis == CONTRACT:
        return Source(basis)
    kind = ECB_REFI if basis in (COMMERCIAL, PUBLIC) else legal_kind(claim)
    if basis == PUBLIC:
        day = claim.due_date + ONE_DAY
    surcharge = Regime.of(claim, rates).surcharge
    return Source(
        basis,
        semester_start(day),
        rates.percent(kind, day),
        rates.source(kind, day),
        basis == LEGAL and surcharge is not None and day >= surcharge,
    )


def _basis(claim: Claim) -> str:
    if claim.rule == "contractual":
        return CONTRACT
    if claim.rule == "floor":
        return FLOOR
    if claim.rule == "statutory" and not claim.needs_notice:
        return PUBLIC if claim.debtor == "public" else COMMERCIAL
    return LEGAL
