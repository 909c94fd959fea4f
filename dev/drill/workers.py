"""The jobs done by servers with cron workers of their own, as in production."""

import time
from contextlib import ExitStack

from .database import serving

PATIENCE = 1800  # seconds, for a night
# Nothing else runs, and ours only when they are asked.
ONLY_OURS = """
UPDATE ir_cron SET active = id IN (
           SELECT res_id FROM ir_model_data WHERE model = 'ir.cron'
              AND name IN ('ir_cron_recovery_run', 'ir_cron_recovery_send')),
       nextcall = now() AT TIME ZONE 'UTC' + interval '1 day';
DELETE FROM ir_cron_trigger
"""
START = """
INSERT INTO ir_cron_trigger (cron_id, call_at)
SELECT res_id, now() AT TIME ZONE 'UTC' FROM ir_model_data
 WHERE model = 'ir.cron' AND name = 'ir_cron_recovery_run'
"""
WAKE = "SELECT pg_notify('cron_trigger', %s)"
DONE = """
SELECT EXISTS (SELECT FROM recovery_run WHERE state = 'done' AND origin = 'cron')
   AND NOT EXISTS (SELECT FROM recovery_run WHERE state = 'running')
   AND NOT EXISTS (SELECT FROM recovery_notice WHERE state IN ('ready', 'sending'))
"""
LISTENING = """
SELECT COUNT(*) FROM pg_stat_activity
 WHERE datname = 'postgres' AND application_name = ANY(%s)
"""


def night_of_servers(database, count):
    """Seconds that so many servers, of one cron worker each, need for the night job
    and the sending.
    """
    database.sql(ONLY_OURS)
    with ExitStack() as stack:
        servers = [
            stack.enter_context(
                serving(database, "--no-http", "--max-cron-threads", "1")
            )
            for _ in range(count)
        ]
        names = [f"odoo-{server.pid}" for server in servers]
        wait_until(lambda: database.sql(LISTENING, [names])[0][0] == count)
        start = time.monotonic()
        database.sql(START)
        database.sql(WAKE, [database.name], "postgres")
        wait_until(lambda: database.sql(DONE)[0][0])
        return time.monotonic() - start


def wait_until(true):
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "the servers did not finish"
        time.sleep(0.1)
