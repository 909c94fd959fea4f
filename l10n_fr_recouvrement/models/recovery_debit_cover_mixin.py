from odoo import models
from odoo.exceptions import UserError

from ..reports.letter_variables import FEW
from .recovery_charge import KINDS

NOTE_DAYS = 15


class RecoveryDebitCoverMixin(models.AbstractModel):
    """A debit note of penalties and its cover letter (L18)."""

    _name = "recovery.debit.cover.mixin"
    _description = "Cover letter of a debit note"

    def action_recovery_debit_cover(self):
        """Write the letter that goes with this debit note."""
        self.ensure_one()
        charges = self._recovery_note_charges()
        penalties = charges or self._recovery_is_penalty_note()
        if not penalties or self.state != "posted":
            raise UserError(
                self.env._(
                    "Only a posted debit note of penalties has a cover letter: post it "
                    "first, or make one from the late invoice."
                )
            )
        occasion = self.env["recovery.occasion"]
        return occasion._open(
            occasion._write_letter(
                "L18",
                self.partner_id,
                self.company_id,
                self,
                granted_days=NOTE_DAYS,
                facts=self._recovery_debit_facts(charges),
            )
        )

    def _recovery_debit_facts(self, charges):
        """What the letter prints of the note, line by line."""
        lines = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        found = set(charges.mapped("kind"))
        return {
            "note": self.name,
            "note_date": self.invoice_date.isoformat(),
            "note_amount": self.amount_total,
            "of_origins": self._recovery_debit_origins(charges),
            "kinds": [kind for kind, _label in KINDS if kind in found],
            "rows": [
                [(line.name or "").split("\n")[0], line.price_total] for line in lines
            ],
        }

    def _recovery_debit_origins(self, charges):
        """Invoices that were paid late, in the French of the letter."""
        numbers = list(dict.fromkeys(filter(None, charges.mapped("number"))))
        numbers = numbers or [self.debit_origin_id.name]
        if len(numbers) == 1:
            return f"de la facture {numbers[0]}"
        if len(numbers) > FEW:
            return "des factures que cette note énumère"
        return f"des factures {', '.join(numbers[:-1])} et {numbers[-1]}"
