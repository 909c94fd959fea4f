import re

from markupsafe import Markup

from odoo import api, fields, models

from .typography import money, percent, short_date


class RecoveryPenaltyStatement(models.AbstractModel):
    """The statement that a debit note of penalties carries, in French."""

    _name = "recovery.penalty.statement"
    _description = "Statement of a debit note of penalties"

    @api.model
    def _html(self, charges):
        """Each line of interest with its days, base and rate, and why no VAT is due."""
        html = self.env["ir.qweb"]._render(
            "l10n_fr_recouvrement.penalty_note_statement",
            {
                "charges": charges.filtered(lambda charge: charge.segments),
                "rows": self._rows,
                "money": self._money,
            },
        )
        return Markup(re.sub(r"[ \n]+", " ", html))  # noqa: S704 our own template

    @api.model
    def _money(self, charge, amount):
        return money(amount, charge.currency_id.symbol, "fr")

    @api.model
    def _rows(self, charge):
        return [
            {
                "start": short_date(fields.Date.to_date(line["start"])),
                "end": short_date(fields.Date.to_date(line["end"])),
                "days": line["days"],
                "base": self._money(charge, float(line["base"])),
                "percent": percent(float(line["percent"]), "fr"),
                "interest": self._money(charge, float(line["interest"])),
            }
            for line in charge.segments
        ]
