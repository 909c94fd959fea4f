from odoo import api, fields, models, tools

from ..law.rates import RateTable

SHIPPED = "l10n_fr_recouvrement/data/rates.csv"


class RecoveryRate(models.Model):
    """Statutory rates (taux légaux), one value per kind and semester.

    ECB refinancing rate in force on 1 January or 1 July (C. com. L441-10, II) and
    legal interest rate of both columns (CMF L313-2).
    """

    _name = "recovery.rate"
    _description = "Statutory interest rate"
    _inherit = ["recovery.law.data.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, kind"
    _rec_name = "date_from"
    _shipped_file = SHIPPED
    _shipped_key = "kind"

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
