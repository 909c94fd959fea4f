import logging
import time
from collections import Counter, defaultdict
from datetime import timedelta
from operator import itemgetter

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import fields, models
from odoo.tools import SQL, split_every

from .recovery_decision import COLUMNS

_logger = logging.getLogger(__name__)
CHUNK_DEBTORS = 2000
ATTEMPTS = 3
# A debtor whose items others hold at the end of a run is tried again for an hour.
LAST_PASSES = 12
WAIT = timedelta(minutes=5)
# Another transaction changed the items, or wrote the same notice, meanwhile.
CONFLICTS = (SerializationFailure, UniqueViolation)


class RecoveryRun(models.Model):
    """How a run goes through the debtors: lock, read, decide, write, commit."""

    _inherit = "recovery.run"

    def _process(self):
        """Decide for the debtors after the cursor; False when the time is over.

        Commits after each chunk, only when the cron engine runs it.
        """
        self.ensure_one()
        debtors = self._debtors_left()
        waiting = len(self.locked_ids or [])
        self.debtor_total = self.debtor_count + waiting + len(debtors)
        # The run is kept, and the first chunk begins its transaction by its lock.
        left = len(debtors) + 1
        self._commit(0, left)
        for chunk in split_every(CHUNK_DEBTORS, debtors, list):
            self._isolate(chunk)
            left -= len(chunk)
            if not self._commit(len(chunk), left):
                return False
        self._finish()
        return True

    def _finish(self):
        """Last pass for the debtors that were locked; then the run is done, or open for
        another last pass where they still are.
        """
        if self.locked_ids and self._in_cron():
            self._isolate(self.locked_ids)
        if self.locked_ids and self.last_passes < LAST_PASSES:
            self.last_passes += 1
            self._trigger_deciding(fields.Datetime.now() + WAIT)
        else:
            self._end()
        self._notify_progress()
        self._commit(1, 0)

    def _end(self):
        for partner_id in self.locked_ids or []:
            self._log_failure(
                partner_id, self.env._("Somebody else was changing its items")
            )
        self.write({"state": "done", "ended_at": fields.Datetime.now()})
        self.env["recovery.objection"]._tell(self.company_id)

    def _in_cron(self):
        return "ir_cron_progress_id" in self.env.context

    def _commit(self, processed, remaining):
        """Commit where the cron engine counts our progress, nowhere else."""
        if not self._in_cron():
            return True
        cron = self.env["ir.cron"]
        return bool(cron._commit_progress(processed, remaining=remaining))

    def _isolate(self, chunk):
        """Decide for a chunk; where it fails, for each debtor alone, so that one bad
        record keeps nobody else waiting.
        """
        if not self._in_cron():
            return self._isolate_by_hand(chunk)
        try:
            self._attempt(chunk)
        except Exception as error:
            self.env.cr.rollback()
            _logger.info("Run %s failed for %s: %s", self.id, chunk, error)
            if len(chunk) > 1:
                for partner_id in chunk:
                    self._isolate([partner_id])
                    self._commit(0, len(chunk))
            elif isinstance(error, CONFLICTS):
                self._advance(chunk, waiting=chunk)
            else:
                self._log_failure(chunk[0], str(error))
                self._advance(chunk)

    def _isolate_by_hand(self, chunk):
        """As `_isolate` in one transaction: who another run just wrote to waits."""
        try:
            with self.env.cr.savepoint():
                self._process_chunk(chunk)
        except UniqueViolation:
            if len(chunk) == 1:
                return self._advance(chunk, waiting=chunk)
            for partner_id in chunk:
                self._isolate_by_hand([partner_id])

    def _advance(self, chunk, waiting=(), seconds=0):
        """Go past a chunk; those of it who wait are left to the last pass."""
        others = set(self.locked_ids or []).difference(chunk)
        self.write(
            {
                "cursor": max(self.cursor, *chunk),
                "locked_ids": sorted(others.union(waiting)),
                "debtor_count": self.debtor_count + len(chunk) - len(waiting),
                "duration": self.duration + seconds,
            }
        )

    def _attempt(self, chunk):
        """Decide for a chunk, again after a conflict with another transaction."""
        for attempt in range(ATTEMPTS):
            try:
                return self._process_chunk(chunk)
            except CONFLICTS:
                if attempt + 1 == ATTEMPTS:
                    raise
                self.env.cr.rollback()

    def _situation(self):
        """The read model as this run sees it."""
        return self.env["recovery.situation"].with_context(
            recovery_date=fields.Date.to_string(self.date),
            recovery_company=self.company_id.id,
        )

    def _debtors_left(self):
        """Customers with open items after the cursor, in order."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT partner_id FROM (%s) AS items"
                " WHERE partner_id > %s ORDER BY partner_id",
                self._situation()._items(),
                self.cursor,
            )
        )
        return [partner_id for [partner_id] in rows]

    def _process_chunk(self, chunk):
        """Lock, read, decide, write for these customers; those locked out wait.

        The lock comes first in the transaction: cursors are REPEATABLE READ, and what
        was read before it could be stale.
        """
        started = time.monotonic()
        situation = self._situation()._scoped(debtors=chunk)
        locked_out = self._lock(situation)
        rows = self._read(situation)
        rows = [row for row in rows if row["partner_id"] not in locked_out]
        rows.sort(key=itemgetter("partner_id", "id"))
        self._count(rows, self._decide_and_write(rows))
        self._advance(chunk, locked_out, time.monotonic() - started)
        self._notify_progress()

    def _lock(self, situation):
        """Lock the open items; customers of whom one item is locked elsewhere."""
        rows = self.env.execute_query(
            SQL(
                """
                WITH items AS MATERIALIZED (
                    SELECT id, partner_id FROM (%s) AS items),
                     locked AS (
                    SELECT id FROM account_move_line
                     WHERE id = ANY(ARRAY(SELECT id FROM items))
                       FOR NO KEY UPDATE SKIP LOCKED)
                SELECT DISTINCT partner_id FROM items
                 WHERE id NOT IN (SELECT id FROM locked)
                """,
                situation._items(),
            )
        )
        return {partner_id for [partner_id] in rows}

    def _read(self, situation):
        """The situation's rows of this company, as dicts with COLUMNS."""
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM %s AS situation",
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                situation._table_sql,
            )
        )
        return [dict(zip(COLUMNS, row, strict=True)) for row in rows]

    def _decide_and_write(self, rows):
        """Plans of the notices that were written."""
        self.env["recovery.objection"]._ask(self, rows)
        writer = self.env["recovery.writer"]
        plans = writer._plans(rows)
        _notices, failures = writer._write_notices(
            plans, self.date, run=self, held=not self.company_id.recovery_live
        )
        for plan, reason in failures:
            self._log_failure(plan["head"]["partner_id"], reason)
        return [plan for plan in plans if "notice_id" in plan]

    def _log_failure(self, partner_id, reason):
        self.failure_count += 1
        self.env["recovery.run.line"].create(
            {
                "run_id": self.id,
                "kind": "failure",
                "partner_id": partner_id,
                "message": reason,
            }
        )

    def _count(self, rows, plans):
        """Add a chunk to the counters: items skipped by reason, notices by level."""
        skipped = Counter(map(itemgetter("status"), rows))
        self.read_count += len(rows)
        self.due_count += skipped.pop("due", 0)
        self.notice_count += len(plans)
        counts = {
            ("skipped", status, False, False): (count, 0)
            for status, count in skipped.items()
        }
        groups = defaultdict(list)
        for plan in plans:
            groups[plan["level_id"], plan["channels"]].append(plan)
        notices = self.env["recovery.notice"].browse(
            group[0]["notice_id"] for group in groups.values()
        )
        for notice, group in zip(notices, groups.values(), strict=True):
            key = ("level", False, notice.level_id.id, notice.channel_names)
            counts[key] = (sum(len(plan["claimed"]) for plan in group), len(group))
        self._add_to_lines(counts)

    def _add_to_lines(self, counts):
        """Add {(kind, status, level id, channels): (items, notices)} to the lines."""
        lines = {
            (line.kind, line.status, line.level_id.id, line.channels): line
            for line in self.line_ids
        }
        missing = [key for key in counts if key not in lines]
        names = ("kind", "status", "level_id", "channels")
        created = self.env["recovery.run.line"].create(
            [
                {"run_id": self.id, **dict(zip(names, key, strict=True))}
                for key in missing
            ]
        )
        lines.update(zip(missing, created, strict=True))
        for key, (item_count, notice_count) in counts.items():
            lines[key].item_count += item_count
            lines[key].notice_count += notice_count

    def _notify_progress(self):
        """One bus message per chunk: the open form moves its progress bar."""
        self.create_uid._bus_send("recovery_run", {"id": self.id})
