from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .access import COLLECTOR
from .recovery_decision import COLUMNS

CLAIMS_ALL = ("L10",)  # letters that hold interest and indemnity too


class RecoveryOccasion(models.AbstractModel):
    """Letters that no level sends: they follow a promise, a dispute, a payment …

    They are notices like the others, archived and sent the same way, but without a
    level: their items stay at the level that they have reached.
    """

    _name = "recovery.occasion"
    _description = "Letters written on an occasion"

    @api.model
    def _write_letter(self, letter, partner, company, moves=None, **values):
        """A notice to approve, with the open items that it is about.

        :param moves: invoices; None or empty for all that is overdue, else all
        :param values: facts, granted_days, currency, contact, level, channels (by_…)
        :raises AccessError: the user is no collector
        :raises UserError: nothing is open, or the letter is refused; it says why
        """
        if not self.env.user.has_group(COLLECTOR):
            raise AccessError(self.env._("Only a collector can write to customers."))
        plan = self._plan(partner.commercial_partner_id, company, moves, values)
        level = self._level(letter, values)
        date = company._recovery_today()
        notices, failures = self.env["recovery.writer"]._write_notices(
            [plan], date, held=True, levels={None: level}
        )
        if failures:
            raise UserError(failures[0][1])
        # Nobody but the house writes notices; the group is checked above.
        notices.sudo().write({"facts": values.get("facts") or {}})
        if sentence := self.env["recovery.guard"]._refusals(notices).get(notices.id):
            raise UserError(sentence)
        return notices

    @api.model
    def _level(self, letter, values):
        """What a level says of its notices, for a letter without a level.

        `values["level"]` lends what it claims, for the look of its letter.
        """
        names = self.env["recovery.level"]._channel_fields()
        claims = values["level"].claims if values.get("level") else "nothing"
        channels = {name: bool(values.get(name)) for name in names}
        if not any(channels.values()):
            channels["by_email"] = True
        return channels | {
            "id": None,
            "letter": letter,
            "claims": "claims" if letter in CLAIMS_ALL else claims,
            "granted_days": values.get("granted_days", 0),
            "needs_validation": True,
        }

    @api.model
    def _plan(self, partner, company, moves, values):
        """The items of the letter, as `recovery_decision.decide` would give them."""
        rows = self._rows(partner, company)
        claimed = self._chosen(rows, moves, values.get("currency"))
        if not claimed:
            raise UserError(self._nothing_open(partner))
        head = dict(claimed[0])
        if contact := values.get("contact"):
            head["contact_id"] = contact.id
        return {
            "level_id": None,
            "head": head,
            "due_ids": set(),
            "claimed": claimed,
            "also_due": [],
            "credits": [],
        }

    @api.model
    def _nothing_open(self, partner):
        return self.env._(
            "Nothing is open on the account of %s: there is nothing to write about.",
            partner.display_name,
        )

    @api.model
    def _rows(self, partner, company):
        situation = self.env["recovery.situation"]._scoped(debtors=partner.ids)
        return self.env.execute_query_dict(
            SQL(
                "SELECT %s FROM %s AS situation WHERE company_id = %s AND residual > 0"
                " ORDER BY date_maturity, id",
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                situation._table_sql,
                company.id,
            )
        )

    @api.model
    def _chosen(self, rows, moves, currency):
        """Items of the invoices, else what is overdue, else all; in one currency."""
        if moves:
            rows = [row for row in rows if row["move_id"] in moves.ids]
        else:
            rows = [row for row in rows if row["days_late"] > 0] or rows
        currency_id = currency.id if currency else rows and rows[0]["currency_id"]
        return [row for row in rows if row["currency_id"] == currency_id]

    @api.model
    def _open(self, notices):
        """Show what was written: it leaves when somebody approves it."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "recovery.notice",
            "res_id": notices.id,
            "views": [(False, "form")],
        }
