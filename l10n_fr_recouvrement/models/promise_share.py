"""How what came in is shared among the promises of one debtor: nothing of Odoo."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Claim:
    """A promise: it counts money from its day on, up to its amount."""

    id: int
    made_on: date
    most: Decimal
    moves: set = field(default_factory=set)  # invoices that it names; empty: any

    def takes(self, receipt):
        return receipt.date >= self.made_on and (
            receipt.move_id is None or not self.moves or receipt.move_id in self.moves
        )


@dataclass(frozen=True)
class Receipt:
    """Money that came in: on an invoice, or not allocated yet (None)."""

    move_id: int | None
    date: date
    amount: Decimal


def shared(claims, receipts):
    """What is there for each promise, no money twice.

    Each in turn takes first what the fewest others may take, then the oldest: a promise
    for all leaves an invoice to the promise that names it, while other money is there.

    :param claims: in the order in which they are served
    :return: {id of a claim: amount}
    """
    left = {receipt: receipt.amount for receipt in receipts}
    order = sorted(
        left,
        key=lambda receipt: (
            sum(claim.takes(receipt) for claim in claims),
            receipt.date,
        ),
    )
    paid = {}
    for claim in claims:
        paid[claim.id] = ZERO
        for receipt in filter(claim.takes, order):
            part = min(left[receipt], claim.most - paid[claim.id])
            left[receipt] -= part
            paid[claim.id] += part
    return paid
