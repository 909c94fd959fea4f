from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..law.rates import MissingRate
from .bulk import among, bulk_insert
from .recovery_decision import decide


class RecoveryWriter(models.AbstractModel):
    """Writes what a decision calls for: notices and their lines, in bulk."""

    _name = "recovery.writer"
    _description = "Writer of notices"

    @api.model
    def _plans(self, rows):
        """Notices that these rows of the situation call for; nothing is written."""
        policies = self.env["recovery.policy"].browse(
            {row["policy_id"] for row in rows if row["policy_id"]}
        )
        levels = self.env["recovery.level"].browse(
            {row["next_level_id"] for row in rows if row["next_level_id"]}
        )
        return decide(
            rows,
            {policy.id: policy.grouping for policy in policies},
            {level.id: level.position for level in levels},
        )

    @api.model
    def _write_notices(self, plans, date, run=None, held=False, levels=None):
        """Insert the planned notices with their figures as of `date`.

        :param plans: what `recovery_decision.decide` returns
        :param held: the notices wait for an approval whatever their level says
        :param levels: {None: values} for letters that no level sends
        :return: (notices, [(plan, sentence)]) the plans that could not be written
        """
        plans, refused = self.env["recovery.guard"]._screen(plans, date)
        levels = levels or self._levels(plans)
        plans, failures = self._with_figures(plans, levels, date)
        failures += refused
        items = self._items_of(plans)
        heads = self._notice_rows(plans, levels, date, run, held)
        notice_ids = bulk_insert(self.env, "recovery.notice", heads)
        lines = [
            row
            for notice_id, plan, head in zip(notice_ids, plans, heads, strict=True)
            for row in self._line_rows(notice_id, plan, head, items)
        ]
        bulk_insert(self.env, "recovery.notice.line", lines)
        return self.env["recovery.notice"].browse(notice_ids), failures

    @api.model
    def _levels(self, plans):
        """{level id: its fields as a dict}, read once for all notices."""
        levels = self.env["recovery.level"].browse({plan["level_id"] for plan in plans})
        names = ("claims", "letter", "granted_days", "needs_validation")
        rows = levels.read([*names, *levels._channel_fields()])
        return {row["id"]: row for row in rows}

    @api.model
    def _with_figures(self, plans, levels, date):
        """Plans with the statements that their level shows; a missing rate stops only
        the plans that need it.
        """
        wanted = [p for p in plans if levels[p["level_id"]]["claims"] != "nothing"]
        try:
            self._compute_figures(wanted, date)
            return plans, []
        except MissingRate:
            failures = []
            for plan in wanted:
                try:
                    self._compute_figures([plan], date)
                except MissingRate as error:
                    failures.append((plan, self._missing_rate(error)))
            failed = {id(plan) for plan, _reason in failures}
            return [plan for plan in plans if id(plan) not in failed], failures

    @api.model
    def _missing_rate(self, error):
        return self.env._(
            "%s: enter it in Configuration, Recovery, Statutory rates.", error
        )

    @api.model
    def _compute_figures(self, plans, date):
        rows = [row for plan in plans for row in plan["claimed"]]
        excluded = {row["id"]: row["disputed"] + row["covered"] for row in rows}
        statements = self.env["recovery.statement"]._for_items(
            list(excluded), date, excluded
        )
        for row in rows:
            row["statement"] = statements[row["id"]]

    @api.model
    def _items_of(self, plans):
        """{item id: (original amount, rank in its invoice, {level: occurrences})}."""
        item_ids = [
            row["id"]
            for plan in plans
            for kind in ("claimed", "also_due", "credits")
            for row in plan[kind]
        ]
        past = defaultdict(dict)
        for item_id, level_id, occurrence in self._past_occurrences(item_ids):
            past[item_id][level_id] = occurrence
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id, line.amount_currency, COUNT(other.id)
                  FROM account_move_line line
                  LEFT JOIN account_move_line other
                    ON other.move_id = line.move_id
                   AND other.account_id = line.account_id
                   AND (other.date_maturity, other.id)
                       <= (line.date_maturity, line.id)
                 WHERE line.id = ANY(%s)
                 GROUP BY line.id
                """,
                item_ids,
            )
        )
        return {
            item_id: (amount, rank, past[item_id]) for item_id, amount, rank in rows
        }

    @api.model
    def _past_occurrences(self, item_ids):
        """(item, level, occurrences so far) where an item had a notice already."""
        return self.env.execute_query(
            SQL(
                """
                SELECT move_line_id, level_id, MAX(occurrence)
                  FROM recovery_notice_line
                 WHERE move_line_id %s AND level_id IS NOT NULL
                   AND state != 'cancelled' AND state != 'failed'
                 GROUP BY move_line_id, level_id
                """,
                among(item_ids),
            )
        )
