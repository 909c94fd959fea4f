from odoo import api, fields, models
from odoo.exceptions import UserError

from ..law.rates import semester_label, semester_start
from ..models.recovery_rate_watch import SEMESTER

# Fields of the form and the kind of rate that each fills.
ENTRIES = {"ecb": "ecb_refi", "legal": "legal_other", "individual": "legal_individual"}


class RecoveryRateEntry(models.TransientModel):
    """Enter the rates of one semester, with their sources."""

    _name = "recovery.rate.entry"
    _description = "Rates of a semester"

    date_from = fields.Date(
        string="Semester from", required=True, default=lambda self: self._next()
    )
    semester = fields.Char(compute="_compute_semester")
    ecb_percent = fields.Float(
        string="ECB main refinancing rate",
        digits=(5, 2),
        compute="_compute_rates",
        store=True,
        readonly=False,
    )
    ecb_reference = fields.Char(
        string="Source of the ECB rate",
        compute="_compute_rates",
        store=True,
        readonly=False,
    )
    legal_percent = fields.Float(
        string="Legal rate, creditor is a company",
        digits=(5, 2),
        compute="_compute_rates",
        store=True,
        readonly=False,
    )
    legal_reference = fields.Char(
        string="Source of the legal rate",
        compute="_compute_rates",
        store=True,
        readonly=False,
    )
    individual_percent = fields.Float(
        string="Legal rate, creditor is a natural person",
        digits=(5, 2),
        compute="_compute_rates",
        store=True,
        readonly=False,
    )
    individual_reference = fields.Char(
        string="Source of the natural persons' rate",
        compute="_compute_rates",
        store=True,
        readonly=False,
    )

    @api.model
    def _next(self):
        """The semester whose rates are missing, else the coming one."""
        today = self.env["res.company"]._recovery_today()
        missing = self.env["recovery.rate"]._semester_to_enter()
        return missing or semester_start(today) + SEMESTER

    @api.depends("date_from")
    def _compute_semester(self):
        for entry in self:
            start = entry.date_from
            entry.semester = semester_label(start) if start else False

    @api.depends("date_from")
    def _compute_rates(self):
        """What is already known of the semester."""
        for entry in self:
            rates = entry._rates()
            for name, kind in ENTRIES.items():
                rate = rates.filtered(lambda known, kind=kind: known.kind == kind)
                entry[f"{name}_percent"] = rate.percent
                entry[f"{name}_reference"] = rate.reference

    def _rates(self):
        """Rates of the semester that are there already."""
        start = semester_start(self.date_from) if self.date_from else False
        return self.env["recovery.rate"].search([("date_from", "=", start)])

    def action_save(self):
        """Write the rates that have a source.

        :raises UserError: none has one
        """
        self.ensure_one()
        entered = {
            kind: {
                "percent": self[f"{name}_percent"],
                "reference": self[f"{name}_reference"].strip(),
                "confidence": "sure",
            }
            for name, kind in ENTRIES.items()
            if (self[f"{name}_reference"] or "").strip()
        }
        if not entered:
            raise UserError(
                self.env._(
                    "Enter at least one rate and its source: the decision of the ECB, "
                    "or the order published in the Journal officiel."
                )
            )
        self._save(entered)
        return {"type": "ir.actions.act_window_close"}

    def _save(self, entered):
        for rate in self._rates():
            values = entered.pop(rate.kind, None)
            if values and (rate.percent, rate.reference) != (
                values["percent"],
                values["reference"],
            ):
                rate.write(values)
        start = semester_start(self.date_from)
        self.env["recovery.rate"].create(
            [
                {"kind": kind, "date_from": start, **values}
                for kind, values in entered.items()
            ]
        )
