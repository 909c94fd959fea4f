from odoo import api, models
from odoo.tools import SQL

from .vocabulary import LIVE


class RecoveryQueryNotice(models.AbstractModel):
    """Parts of the query that say what was written about each item."""

    _name = "recovery.query.notice"
    _description = "Recovery query: notices"

    @api.model
    def _written(self):
        """Lines that bring an item to a level, or will."""
        return SQL(
            """
            SELECT line.move_line_id, line.notice_id, line.level_id, line.state,
                   line.date, line.presented_on, line.sent_at, line.awaits_post
              FROM recovery_notice_line line
             WHERE (line.state = ANY(%s) OR line.awaits_post)
               AND line.level_id IS NOT NULL AND line.move_line_id IS NOT NULL AND %s
            """,
            list(LIVE),
            self._line_scope(),
        )

    @api.model
    def _reached(self):
        """Level that each item has reached: newest of sent notices and changes.

        Levels join outward: PostgreSQL would else look for the lines of each level.
        """
        return SQL(
            """
            SELECT DISTINCT ON (move_line_id) move_line_id AS id, level_id,
                   COALESCE(position, 0) AS position, date AS level_date
              FROM (SELECT line.move_line_id, line.level_id, level.position,
                           COALESCE(line.presented_on, line.date) AS date,
                           line.sent_at AS at
                      FROM written line
                      LEFT JOIN recovery_level level ON level.id = line.level_id
                     WHERE line.state IN ('sent', 'closed')
                     UNION ALL
                    SELECT line.move_line_id, line.level_id, level.position,
                           line.date, line.at
                      FROM recovery_level_change line
                      LEFT JOIN recovery_level level ON level.id = line.level_id
                     WHERE line.move_line_id IS NOT NULL AND %s) AS step
             ORDER BY move_line_id, at DESC, position DESC
            """,
            self._line_scope(),
        )

    @api.model
    def _pending(self):
        """Notice that waits for a human, the sending job or the post, per item."""
        return SQL(
            """
            SELECT line.move_line_id AS id, MAX(line.notice_id) AS pending_notice_id
              FROM written line
             WHERE line.state IN ('draft', 'ready', 'sending', 'to_check')
                OR line.awaits_post
             GROUP BY line.move_line_id
            """
        )

    @api.model
    def _marks(self):
        """What single items carry: most carry nothing, so one join looks for all."""
        return SQL(
            """
            SELECT *
              FROM disputed
              FULL JOIN in_process USING (id)
              FULL JOIN reached USING (id)
              FULL JOIN pending USING (id)
              FULL JOIN questions USING (id)
            """
        )

    @api.model
    def _line_scope(self):
        """Condition on our own lines (alias `line`) where the ledger is scoped."""
        if not self.env.context.get("recovery_scope"):
            return SQL("TRUE")
        return SQL("line.move_line_id = ANY(ARRAY(SELECT id FROM items))")
