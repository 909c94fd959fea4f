"""What is measured, each in a process of its own: measures.py NAME DATABASE [ADDONS]"""

import json
import resource
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from odoo import fields  # noqa: E402

from bench.amicable import plans, promises  # noqa: E402, F401
from bench.night import keep_invoices, night  # noqa: E402, F401
from bench.session import session  # noqa: E402

LIST_FIELDS = (
    "partner_id",
    "debtor_kind",
    "days_late",
    "overdue",
    "credit",
    "claimable",
    "currency_id",
    "level_id",
    "last_notice_date",
    "next_level_id",
    "next_date",
    "status",
    "pending_count",
)
LETTERS = 500
INVOICE_FIELDS = ("recovery_status", "recovery_reason", "recovery_next_date")


def timed(action):
    """(result, seconds)"""
    start = time.perf_counter()
    result = action()
    return result, time.perf_counter() - start


def at_turns(action):
    """Print what an action finds, for each line that comes in."""
    for _line in sys.stdin:
        print(json.dumps(action()), flush=True)
    return {}


def decide_at_turns(env):
    return at_turns(lambda: decide(env))


def decide_peer_at_turns(env):
    return at_turns(lambda: decide_peer(env))


def decide(env):
    """Items due per second, from a run to its notices."""
    run = env["recovery.run"]._open(None, env.company, "manual")
    env.flush_all()
    _result, seconds = timed(lambda: (run._process(), env.flush_all()))
    figures = {"due": run.due_count, "read": run.read_count, "seconds": seconds}
    env.cr.rollback()
    return figures


def decide_peer(env):
    """As `decide`, for OCA's account_credit_control: from a run to its communications,
    as it calls what goes to a customer, and apart to the levels of the items alone.
    """
    policy = env.ref("account_credit_control.credit_control_3_time")
    receivables = env["account.account"].search(
        [("account_type", "=", "asset_receivable")]
    )
    policy.account_ids = receivables
    env.company.credit_policy_id = policy
    run = env["credit.control.run"].create(
        {"date": fields.Date.today(), "policy_ids": [(6, 0, policy.ids)]}
    )
    env.flush_all()
    communications = env["credit.control.communication"]

    def notices():
        run.set_to_ready_lines()
        communications._generate_comm_from_credit_lines(run.line_ids)
        env.flush_all()

    _result, levels = timed(lambda: (run.generate_credit_lines(), env.flush_all()))
    _result, more = timed(notices)
    figures = {"due": len(run.line_ids), "seconds": levels + more, "levels": levels}
    env.cr.rollback()
    return figures


def worklist(env):
    """Seconds of the list of debtors: default filter, first page, its count."""
    specification = {name: {} for name in LIST_FIELDS}
    specification["partner_id"] = {"fields": {"display_name": {}}}
    debtors = env["recovery.debtor"]

    def open_list():
        debtors.web_search_read(
            [("status", "=", "due")], specification, limit=80, count_limit=10001
        )

    return {"seconds": statistics.median(timed(open_list)[1] for _try in range(3))}


def why(env):
    """Seconds of the reason of one open invoice."""
    item = env["account.move.line"].search(
        [("account_type", "=", "asset_receivable"), ("reconciled", "=", False)],
        order="id desc",
        limit=1,
    )

    def read():
        env.invalidate_all()
        item.move_id.read(INVOICE_FIELDS)

    return {"seconds": statistics.median(timed(read)[1] for _try in range(5))}


def letters(env):
    """Letters a second: rendered, printed in batches and archived with their hash."""
    env["recovery.run"].launch()
    notices = env["recovery.notice"].search([("letter", "!=", False)], limit=LETTERS)
    env.flush_all()
    sender = env["recovery.sender"]
    archived, seconds = timed(lambda: (sender._archive(notices), env.flush_all())[0])
    assert len(archived.document_id) == len(notices) == LETTERS
    assert len(set(archived.mapped("document_sha256"))) == LETTERS
    env.cr.rollback()
    return {"speed": len(notices) / seconds}


def statements(env):
    """Seconds of the statements of interest of open items, and their queries."""
    items = env["account.move.line"].search(
        [
            ("account_type", "=", "asset_receivable"),
            ("reconciled", "=", False),
            ("balance", ">", 0),
            ("parent_state", "=", "posted"),
        ]
    )
    today = fields.Date.today()
    (few, _seconds), (many, seconds) = (
        timed(lambda: queries_of(env, ids, today))  # noqa: B023
        for ids in (items.ids[:100], items.ids)
    )
    return {"items": len(items), "seconds": seconds, "few": few, "many": many}


def queries_of(env, item_ids, day):
    before = env.cr.sql_log_count
    env["recovery.statement"]._for_items(item_ids, day)
    return env.cr.sql_log_count - before


def invoicing(env):
    """For each line that comes in: seconds to post 100 invoices, and to open one."""
    domain = [("state", "=", "posted"), ("move_type", "=", "out_invoice")]
    invoice = env["account.move"].search(domain, limit=1)
    partner = invoice.partner_id
    product = env["product.product"].create({"name": "Bench", "list_price": 100})
    form = env.ref("account.view_move_form").id
    # To start workers costs more than what is measured, and which process gets such a
    # plan first is chance.
    env.cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")

    def post_and_open():
        invoices = env["account.move"].create([draft(partner, product)] * 100)
        env.flush_all()
        posting = timed(lambda: (invoices.action_post(), env.flush_all()))[1]
        opening = [timed(lambda: open_form(invoice, form))[1] for _ in range(5)]
        return {"posting": posting, "opening": min(opening)}

    return at_turns(post_and_open)


def draft(partner, product):
    line = {"product_id": product.id, "price_unit": 100}
    return {
        "move_type": "out_invoice",
        "partner_id": partner.id,
        "invoice_date": fields.Date.today(),
        "invoice_line_ids": [(0, 0, line)],
    }


def open_form(invoice, form):
    """What the web client asks for when it opens the form."""
    view = invoice.get_views([(form, "form")])["models"]["account.move"]["fields"]
    names = {
        name: {"fields": {"display_name": {}}}
        if invoice._fields[name].type == "many2one"
        else {}
        for name in view
        if name in invoice._fields
    }
    invoice.env.invalidate_all()
    invoice.web_read(names)


if __name__ == "__main__":
    name, database, *addons = sys.argv[1:]
    with session(database, *addons) as env:
        figures = globals()[name](env)
        env.cr.rollback()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    print(json.dumps(figures | {"gib": peak}))
