from decimal import Decimal

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import format_date

SHIPPED = "l10n_fr_recouvrement/data/legal_parameters.csv"
SECTORS = [
    ("term_periodic", "Periodic invoices"),
    ("sector_transport", "Road freight, forwarding, vehicle rental"),
    ("sector_perishable", "Perishable food"),
    ("sector_livestock", "Livestock and fresh meat"),
    ("sector_alcohol", "Alcoholic drinks"),
]
PUBLIC_BODIES = [
    ("public_local", "State, local authority"),
    ("public_health", "Public hospital"),
    ("public_undertaking", "Public undertaking"),
]
KEYS = [
    ("indemnity", "Fixed recovery indemnity"),
    ("term_default", "Payment term without agreement"),
    ("term_net", "Longest agreed payment term"),
    ("term_end_of_month", "Longest agreed term, end of month"),
    *SECTORS,
    *PUBLIC_BODIES,
    ("public_reopened", "New delay after an interruption"),
]
UNITS = [
    ("eur", "EUR"),
    ("days", "days"),
    ("days_end_of_month", "days, end of month"),
    ("days_after_month", "days after the end of the month"),
]


class RecoveryLegalParameter(models.Model):
    """Dated amounts and delays of the law: what the legislator may change is data.

    A value holds from its date until the next one of the same key.
    """

    _name = "recovery.legal.parameter"
    _description = "Legal parameter"
    _inherit = ["recovery.law.data.mixin"]
    _order = "key, date_from desc"
    _rec_name = "key"
    _shipped_file = SHIPPED
    _shipped_key = "key"

    key = fields.Selection(selection=KEYS, string="Parameter", required=True)
    date_from = fields.Date(string="From", required=True)
    value = fields.Float(digits=(12, 2), required=True)
    unit = fields.Selection(selection=UNITS, required=True)
    reference = fields.Char(string="Source", help="Article that sets the value.")
    note = fields.Char()

    _key_date_uniq = models.Constraint(
        "UNIQUE (key, date_from)",
        "There is already a value of this parameter from this date.",
    )
    _check_value = models.Constraint(
        "CHECK (value >= 0)", "A legal parameter cannot be negative."
    )

    @api.model
    def _value(self, key, on):
        """Value in force on a day: EUR or days, as its unit says.

        :raises UserError: no value is known for that day
        """
        value, _unit = self._value_and_unit(key, on)
        return value

    @api.model
    def _value_and_unit(self, key, on):
        """As `_value`, with the unit in which the law counts."""
        for date_from, value, unit in self._history(key):
            if date_from <= on:
                return value, unit
        raise UserError(
            self.env._(
                "No value of “%(parameter)s” is known on %(date)s: enter it with its "
                "article in Configuration, Legal parameters.",
                parameter=dict(self._fields["key"]._description_selection(self.env))[
                    key
                ],
                date=format_date(self.env, on),
            )
        )

    @api.model
    @tools.ormcache("key")
    def _history(self, key):
        """Values of a parameter, newest first: tuples (from, Decimal, unit)."""
        rows = self.sudo().search_fetch(  # the law is no secret
            [("key", "=", key)],
            ["date_from", "value", "unit"],
            order="date_from desc",
        )
        return tuple(
            (row.date_from, Decimal(f"{row.value:.2f}"), row.unit) for row in rows
        )
