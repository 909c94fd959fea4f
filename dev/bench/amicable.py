"""The night's look at 10,000 promises and 10,000 plans whose day is over: the most that
such a night can find. Few are paid, by receipts of the ledger that wait.
"""

import time

from odoo.tools import SQL

COUNT = 10_000
# One invoice for each; the ledger is gone through again where it has fewer.
INVOICES = """
    WITH invoice AS (
        SELECT move.id, move.company_id, move.currency_id, move.amount_residual,
               move.commercial_partner_id AS partner_id,
               row_number() OVER (ORDER BY move.id) AS rank, COUNT(*) OVER () AS total
          FROM account_move move
         WHERE move.move_type = 'out_invoice' AND move.state = 'posted'
           AND move.amount_residual > 0),
    chosen AS (
        SELECT number, invoice.*
          FROM generate_series(1, %(count)s) AS number
          JOIN invoice ON invoice.rank = (number - 1) %% invoice.total + 1)
"""
PROMISES = """
    INSERT INTO recovery_promise (company_id, partner_id, commercial_partner_id,
           currency_id, amount, date, until, grace_days, made_on, origin, state)
    SELECT company_id, partner_id, partner_id, currency_id, amount_residual,
           CURRENT_DATE - 4, CURRENT_DATE - 1, 3, CURRENT_DATE - 20, 'collector', 'open'
      FROM chosen ORDER BY number RETURNING id
"""
NAMED = """
    INSERT INTO account_move_recovery_promise_rel
           (recovery_promise_id, account_move_id)
    SELECT (%(ids)s::int[])[number], id FROM chosen
"""
PLANS = """
    INSERT INTO recovery_plan (name, company_id, partner_id, currency_id, date,
           valid_until, accepted_on, state, principal, total, interest, indemnity,
           penalties, grace_days, remind_days, cure_days)
    SELECT 'BENCH/' || number, company_id, partner_id, currency_id, CURRENT_DATE - 40,
           CURRENT_DATE - 25, CURRENT_DATE - 30, 'active', amount_residual,
           amount_residual, 0, 0, 'run_on', 3, 5, 8
      FROM chosen ORDER BY number RETURNING id
"""
SHARES = """
    INSERT INTO recovery_plan_invoice (plan_id, company_id, move_id, residual_start,
           amount)
    SELECT (%(ids)s::int[])[number], company_id, id, amount_residual, amount_residual
      FROM chosen
"""
INSTALMENTS = """
    INSERT INTO recovery_plan_line (plan_id, company_id, partner_id, date, amount)
    SELECT (%(ids)s::int[])[number], company_id, partner_id,
           CURRENT_DATE - 10 + 30 * part, amount_residual / 4
      FROM chosen CROSS JOIN generate_series(0, 3) AS part
"""


def promises(env):
    """Seconds to find that 10,000 promises are broken, and to plan the calls."""
    ids = prepare(env, PROMISES, NAMED)
    return night(env, "recovery.promise", ids, "open", "broken")


def plans(env):
    """Seconds to find that 10,000 plans are in default, and to tell the collectors."""
    ids = prepare(env, PLANS, SHARES, INSTALMENTS)
    return night(env, "recovery.plan", ids, "active", "default")


def prepare(env, records, *parts):
    """Ids of records of the ledger; nothing of it is committed."""
    rows = env.execute_query(SQL(INVOICES + records, count=COUNT))
    ids = [number for [number] in rows]
    for part in parts:
        env.cr.execute(SQL(INVOICES + part, count=COUNT, ids=ids))
    env.cr.execute(SQL("ANALYZE"))
    env.invalidate_all()
    return ids


def night(env, model, ids, before, after):
    """Seconds in all and of this process, queries, and how many have the state after;
    none is left in the state before.
    """
    start, cpu, queries = time.perf_counter(), time.process_time(), env.cr.sql_log_count
    env[f"{model}.watch"]._watch()
    env.flush_all()
    figures = {
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "queries": env.cr.sql_log_count - queries,
    }
    states = env[model].browse(ids).mapped("state")
    assert before not in states
    return figures | {"found": states.count(after)}
