import csv

from odoo import api, fields, models
from odoo.tools import file_open


class RecoveryLawDataMixin(models.AbstractModel):
    """Dated values that the legislator fixes: shipped in a file, corrected by users,
    read through caches.
    """

    _name = "recovery.law.data.mixin"
    _description = "Dated values of the law"
    _inherit = ["recovery.cache.mixin"]

    # File of the shipped values, and the field that names a value.
    _shipped_file = None
    _shipped_key = None

    confidence = fields.Selection(
        selection=[("sure", "Sure"), ("to_verify", "To verify")],
        default="sure",
        required=True,
    )

    @api.model
    def _load_shipped(self):
        """Add the shipped values that this database lacks, at install and upgrade.

        A row that is there stays as it is: somebody may have corrected it.
        """
        key = self._shipped_key
        known = {(row[key], row.date_from) for row in self.search([])}
        with file_open(self._shipped_file, "r") as lines:
            rows = list(csv.DictReader(lines))
        self.with_context(tracking_disable=True).create(
            [
                row
                for row in rows
                if (row[key], fields.Date.to_date(row["date_from"])) not in known
            ]
        )
