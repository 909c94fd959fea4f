import json

from odoo import api, models
from odoo.tools import SQL

from ..law.rates import MissingRate
from .bulk import bulk_insert
from .recovery_decision import decide
from .vocabulary import LIVE


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
        """Insert the planned notices with their figures as of `date`; those written get
        their `notice_id`, state and channels.

        :param plans: what `recovery_decision.decide` returns
        :param held: the notices wait for an approval whatever their level says
        :param levels: {None: values} for letters that no level sends
        :return: (notices, [(plan, sentence)]) the plans that could not be written
        """
        plans, refused = self.env["recovery.guard"]._screen(plans, date)
        levels = levels or self._levels(plans)
        plans, failures = self._with_figures(plans, levels, date)
        failures += refused
        notices = self._notice_rows(plans, levels, date, run, held)
        notice_ids = bulk_insert(self.env, "recovery.notice", notices)
        for plan, notice_id in zip(plans, notice_ids, strict=True):
            plan["notice_id"] = notice_id
        self._insert_lines(
            [row for plan in plans for row in self._line_rows(plan)], date
        )
        return self.env["recovery.notice"].browse(notice_ids), failures

    @api.model
    def _levels(self, plans):
        """{level id: its fields as a dict}, read once for all notices."""
        levels = self.env["recovery.level"].browse({plan["level_id"] for plan in plans})
        names = (
            "claims",
            "letter",
            "granted_days",
            "needs_validation",
            "recipient_role",
            "copy_salesperson",
        )
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
    def _insert_lines(self, rows, date):
        """Insert lines in one statement: the facts come from the ledger where the
        decision says nothing else; in its order, in which its pages are found faster.

        :param rows: what `_line_rows` yields
        """
        self.env.cr.execute(
            SQL(
                """
                WITH part AS (
                    SELECT * FROM json_populate_recordset(
                               NULL::recovery_notice_line, %(rows)s))
                INSERT INTO recovery_notice_line (
                       notice_id, kind, state, date, move_line_id,
                       level_id, occurrence, number, invoice_date, date_maturity,
                       days_late, amount_total, residual, disputed, covered, claimable,
                       interest, indemnity, daily_interest, segments, rule, percent)
                SELECT part.notice_id, part.kind, part.state, %(date)s, item.id,
                       part.level_id, COALESCE(past.occurrence, 0) + 1,
                       item.move_name, COALESCE(item.invoice_date, item.date),
                       due.date, %(date)s - due.date,
                       item.amount_currency, item.amount_residual_currency,
                       COALESCE(part.disputed, 0), COALESCE(part.covered, 0),
                       COALESCE(part.claimable, item.amount_residual_currency),
                       COALESCE(part.interest, 0),
                       COALESCE(part.indemnity, 0), COALESCE(part.daily_interest, 0),
                       part.segments, %(rule)s, move.recovery_clause_percent
                  FROM part
                  JOIN account_move_line item ON item.id = part.move_line_id
                  JOIN account_move move ON move.id = item.move_id
                  LEFT JOIN (%(past)s) past ON past.move_line_id = part.move_line_id
                   AND past.level_id = part.level_id
                 CROSS JOIN LATERAL (
                       SELECT COALESCE(part.date_maturity, item.date_maturity,
                                       item.date) AS date) AS due
                 ORDER BY item.id
                """,
                past=self._past_occurrences(),
                rule=self.env["recovery.statement"]._clause_rule(),
                date=date,
                rows=json.dumps(rows, default=str),
            )
        )
        self.env["recovery.notice.line"].invalidate_model(flush=False)

    @api.model
    def _past_occurrences(self):
        """How often the items (of `part`) had a notice of each level already."""
        return SQL(
            """
            SELECT line.move_line_id, line.level_id,
                   MAX(line.occurrence) AS occurrence
              FROM recovery_notice_line line
             WHERE line.move_line_id = ANY(ARRAY(SELECT move_line_id FROM part))
               AND line.level_id IS NOT NULL AND line.state = ANY(%s)
             GROUP BY line.move_line_id, line.level_id
            """,
            list(LIVE),
        )
