from odoo import fields, models
from odoo.fields import Command


class AccountMoveReversal(models.TransientModel):
    """Credit notes of a dispute are of what is conceded, not of the whole invoice."""

    _inherit = "account.move.reversal"

    recovery_dispute_id = fields.Many2one(comodel_name="recovery.dispute")

    def reverse_moves(self, is_modify=False):
        # EXTENDS 'account'
        action = super().reverse_moves(is_modify)
        if self.recovery_dispute_id and not is_modify:
            conceded = {
                line.move_id: line.conceded
                for line in self.recovery_dispute_id.line_ids
            }
            for credit in self.new_move_ids:
                wanted = conceded.get(credit.reversed_entry_id, 0)
                if wanted and credit.state == "draft":
                    self._recovery_reduce(credit, wanted)
        return action

    def _recovery_reduce(self, credit, wanted):
        """Bring a draft credit note down to an amount, taxes included, each line in
        proportion; the biggest one takes the rounding.
        """
        currency, total = credit.currency_id, credit.amount_total
        if currency.compare_amounts(wanted, total) >= 0:
            return
        lines = credit.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        prices = {
            line: currency.round(self._recovery_price(line) * wanted / total)
            for line in lines
        }
        self._recovery_set_prices(credit, prices)
        biggest = max(lines, key=lambda line: abs(line.price_total))
        if missing := currency.round(wanted - credit.amount_total):
            rate = biggest.price_total / self._recovery_price(biggest)
            prices[biggest] += currency.round(missing / rate)
            self._recovery_set_prices(credit, prices)

    def _recovery_price(self, line):
        """What the line costs in the way its price is entered, for a quantity of 1."""
        included = line.tax_ids.filtered("price_include")
        return line.price_total if included else line.price_subtotal

    def _recovery_set_prices(self, credit, prices):
        credit.invoice_line_ids = [
            Command.update(line.id, {"quantity": 1, "price_unit": price, "discount": 0})
            for line, price in prices.items()
        ]
