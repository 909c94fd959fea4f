import csv

from odoo import api, fields, models, tools
from odoo.tools import file_open

from ..law.rates import RateTable

SHIPPED = "l10n_fr_recouvrement/data/rates.csv"


class RecoveryRate(models.Model):
    """Statutory rates (taux légaux), one value per kind and semester.

    ECB refinancing rate in force on 1 January or 1 July (C. com. L441-10, II) and
    legal interest rate of both columns (CMF L313-2).
    """

    _name = "recovery.rate"
    _description = "Statutory interest rate"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, kind"
    _rec_name = "date_from"

    kind = fields.Selection(
        selection=[
            ("ecb_refi", "ECB main refinancing rate"),
            ("legal_other", "Legal rate, creditor is a company"),
            ("legal_individual", "Legal rate, creditor is a natural person"),
        ],
        required=True,
    )
    date_from = fields.Date(
        string="Semester from", required=True, help="1 January or 1 July."
    )
    percent = fields.Float(digits=(5, 2), required=True, tracking=True)
    reference = fields.Char(help="Decree, order or decision that sets the rate.")
    confidence = fields.Selection(
        selection=[("sure", "Sure"), ("to_verify", "To verify")],
        default="sure",
        required=True,
    )

    _kind_date_uniq = models.Constraint(
        "UNIQUE (kind, date_from)", "There is already a rate for this semester."
    )
    _check_semester = models.Constraint(
        "CHECK (extract(day from date_from) = 1"
        " AND extract(month from date_from) IN (1, 7))",
        "A semester begins on 1 January or 1 July.",
    )
    _check_percent = models.Constraint(
        "CHECK (percent >= 0)", "A rate cannot be negative."
    )

    @api.model
    @tools.ormcache()
    def _rate_table(self):
        """The rates known to this database, as the law package reads them."""
        rates = self.sudo().search_fetch(
            [], ["kind", "date_from", "percent", "reference"]
        )  # public data
        return RateTable(
            (rate.kind, rate.date_from, f"{rate.percent:.2f}", rate.reference or "")
            for rate in rates
        )

    @api.model
    def _load_shipped(self):
        """Add the shipped rates that this database lacks, at install and upgrade.

        A row that is there stays as it is: somebody may have corrected it.
        """
        known = {(rate.kind, rate.date_from) for rate in self.search([])}
        with file_open(SHIPPED, "r") as lines:
            rows = list(csv.DictReader(lines))
        self.with_context(tracking_disable=True).create(
            [
                row
                for row in rows
                if (row["kind"], fields.Date.to_date(row["date_from"])) not in known
            ]
        )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_clear_cache(self):
        self.env.registry.clear_cache()
