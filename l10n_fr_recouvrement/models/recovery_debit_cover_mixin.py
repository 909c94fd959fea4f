from odoo import models
from odoo.exceptions import UserError

NOTE_DAYS = 15


class RecoveryDebitCoverMixin(models.AbstractModel):
    """A debit note of penalties and its cover letter (L18)."""

    _name = "recovery.debit.cover.mixin"
    _description = "Cover letter of a debit note"

    def action_recovery_debit_cover(self):
        """Write the letter that goes with this debit note."""
        self.ensure_one()
        if not self.debit_origin_id or self.state != "posted":
            raise UserError(
                self.env._(
                    "Only a posted debit note has a cover letter: post it first, or "
                    "make one from the late invoice."
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
                facts=self._recovery_debit_facts(),
            )
        )

    def _recovery_debit_facts(self):
        """What the letter prints of the note, line by line."""
        lines = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        return {
            "note": self.name,
            "note_date": self.invoice_date.isoformat(),
            "note_amount": self.amount_total,
            "of_origins": f"de la facture {self.debit_origin_id.name}",
            "rows": [
                [(line.name or "").split("\n")[0], line.price_total] for line in lines
            ],
        }
