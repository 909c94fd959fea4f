from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_date


class RecoverySubstitute(models.Model):
    """Who stands in for a collector from one day to another, both included."""

    _name = "recovery.substitute"
    _description = "Substitute of a collector"
    _order = "date_from desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Collector away",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )
    substitute_id = fields.Many2one(
        comodel_name="res.users",
        string="Replaced by",
        required=True,
        ondelete="cascade",
        domain="[('share', '=', False), ('id', '!=', user_id)]",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", help="Empty: in all companies."
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", required=True, help="Last day away.")

    _check_days = models.Constraint(
        "CHECK (date_from <= date_to)",
        "The last day away comes before the first: check the days.",
    )
    _check_other = models.Constraint(
        "CHECK (user_id != substitute_id)",
        "Nobody stands in for themselves: choose another substitute.",
    )

    @api.constrains("user_id", "substitute_id", "company_id", "date_from", "date_to")
    def _check_present(self):
        """One substitute a day, who is there: tasks are handed on once, not twice."""
        clash = self._clashes()
        if not clash:
            return
        raise ValidationError(
            self.env._(
                "%(user)s is away from %(start)s to %(end)s already, and nobody stands "
                "in for somebody who is away: change the days or the substitute.",
                user=clash.user_id.name,
                start=format_date(self.env, clash.date_from),
                end=format_date(self.env, clash.date_to),
            )
        )

    def _clashes(self):
        """First absence that these contradict."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT other.id
                  FROM recovery_substitute mine
                  JOIN recovery_substitute other ON other.id != mine.id
                   AND (other.user_id IN (mine.user_id, mine.substitute_id)
                        OR other.substitute_id = mine.user_id)
                   AND COALESCE(other.company_id = mine.company_id, TRUE)
                   AND other.date_from <= mine.date_to
                   AND other.date_to >= mine.date_from
                 WHERE mine.id = ANY(%s)
                 ORDER BY other.id
                 LIMIT 1
                """,
                self.ids,
            )
        )
        return self.browse(row_id for [row_id] in rows)
