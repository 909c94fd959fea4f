from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .access import COLLECTOR
from .recovery_decision import COLUMNS

# What only the calendar holds back: a human may go ahead of it.
CALENDAR = "waiting"


class RecoveryReminder(models.AbstractModel):
    """Remind now: one invoice or one debtor, outside the run, by the same rules."""

    _name = "recovery.reminder"
    _description = "Reminder by hand"

    @api.model
    def _remind(self, debtors=None, moves=None):
        """Write and send notices for what is late, ahead of the calendar.

        What suspends an item (dispute, promise, block …) still does.

        :param debtors: commercial partners, or
        :param moves: invoices
        :raises UserError: nothing can be sent; the message says why
        """
        if not self.env.user.has_group(COLLECTOR):
            raise AccessError(self.env._("Only a collector can send reminders."))
        debtors = debtors if debtors is not None else moves.commercial_partner_id
        rows = self._rows(debtors, moves)
        plans = self.env["recovery.writer"]._plans(rows)
        if not plans:
            raise UserError(
                self._refusal(
                    [row for row in rows if not moves or row["move_id"] in moves.ids]
                )
            )
        notices, failures = self.env["recovery.writer"]._write_notices(
            plans, self.env["res.company"]._recovery_today()
        )
        if failures:
            raise UserError(failures[0][1])
        notices.action_send()
        return self._sent(notices)

    @api.model
    def _rows(self, debtors, moves):
        """Rows of the debtors; those that wait for their day become due."""
        situation = self.env["recovery.situation"]._scoped(debtors=debtors.ids)
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT %s, level_id, pending_notice_id FROM %s AS situation"
                " WHERE company_id = ANY(%s)",
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                situation._table_sql,
                self.env.companies.ids,
            )
        )
        for row in rows:
            wanted = moves is None or row["move_id"] in moves.ids
            if row["status"] == "due" and not wanted:
                row["status"] = CALENDAR
            elif row["status"] == CALENDAR and wanted and self._may_go_ahead(row):
                row["status"] = "due"
        return rows

    @api.model
    def _may_go_ahead(self, row):
        return (
            row["next_level_id"]
            and not row["pending_notice_id"]
            and row["days_late"] > 0
        )

    @api.model
    def _refusal(self, rows):
        """Why nothing leaves: the reasons of the items, once each."""
        ids = [row["id"] for row in rows]
        situations = self.env["recovery.situation"]._scoped(items=ids).browse(ids)
        reasons = dict.fromkeys(
            f"{situation.number}: {situation.reason}" for situation in situations
        )
        return "\n".join(
            [self.env._("There is nothing to remind now."), *list(reasons)[:10]]
        )

    @api.model
    def _sent(self, notices):
        """Tell the user what left, and what did not and why."""
        stopped = notices.filtered(lambda n: n.state in ("failed", "cancelled"))
        lines = [
            f"{notice.name}: {notice.failure_reason or notice.cancel_reason}"
            for notice in stopped
        ]
        if sent := notices - stopped:
            names = ", ".join(sent.mapped("name"))
            lines.insert(0, self.env._("On its way: %s", names))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if stopped else "success",
                "sticky": bool(stopped),
                "message": "\n".join(lines),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
