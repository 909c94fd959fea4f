from collections import defaultdict
from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

from ..law.charged import Charge, left
from .bulk import among
from .recovery_statement import money


class RecoveryChargeQuery(models.AbstractModel):
    """What the charges leave of the statements, for many items in one query."""

    _name = "recovery.charge.query"
    _description = "Penalties of journal items"

    @api.model
    def _of_items(self, facts, booked=False):
        """Live charges of these items and their invoices.

        :param facts: dicts with `move_id`
        :param booked: leave out what is claimed without a debit note: it is still due
        :return: ({item id: [(state, Charge, currency symbol)]}, ids of the invoices
            whose indemnity is charged)
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT kind, move_id, move_line_id, state, date_from, date_to, amount,
                       symbol
                  FROM recovery_charge charge
                  JOIN res_currency currency ON currency.id = charge.currency_id
                 WHERE move_id %s AND state != 'cancelled'
                   AND kind IN ('interest', 'indemnity')
                   AND (debit_move_id IS NOT NULL OR state != 'claimed' OR %s)
                """,
                among({fact["move_id"] for fact in facts}),
                not booked,
            )
        )
        charges, indemnified = defaultdict(list), set()
        for kind, move_id, item_id, state, start, end, amount, symbol in rows:
            if kind == "indemnity":
                indemnified.add(move_id)
            else:
                charge = Charge(start, end, money(amount))
                charges[item_id].append((state, charge, symbol))
        return charges, indemnified

    @api.model
    def _less(self, figures, charges, date):
        """A statement without the interest that was charged: no more due here."""
        charges = [entry for entry in charges if entry[1].start <= date]
        if not charges:
            return figures
        rest = left(figures, [charge for _state, charge, _symbol in charges], date)
        return replace(
            figures,
            interest_due=rest.interest,
            total=figures.total - figures.interest_due + rest.interest,
            warnings=figures.warnings + self._sentences(charges),
        )

    @api.model
    def _sentences(self, charges):
        """What a reader must know: interest that the total leaves out."""
        sums = defaultdict(int)
        for state, charge, symbol in charges:
            word = "abandonnés" if state == "waived" else "déjà facturés"
            sums[word, symbol] += charge.amount
        return tuple(
            f"Intérêts\xa0: dont {amount:.2f}\xa0{symbol} {word}.".replace(".", ",", 1)
            for (word, symbol), amount in sums.items()
        )
