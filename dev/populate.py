"""Fills a database with open receivable items: populate.py DATABASE ITEMS

A few entries are made through Odoo, then multiplied by SQL (populate.sql): a million
items take minutes. Same number and same day: same data; dates are relative to today.

Per 100 open items: 82 invoices, 8 invoices partly paid, 6 instalments of 3 invoices,
2 credit notes, 2 unallocated payments; beside them 30 invoices that are paid. Late from
-30 to 400 days, the recent ones more often.
"""

import json
import sys
from contextlib import contextmanager
from pathlib import Path

from bench.session import session

from odoo import fields
from odoo.fields import Command

# Kinds of debtors and their share in percent.
KINDS = {"company": 68, "consumer": 22, "public": 5, "association": 5}
SIREN = {"company": "732829320", "public": "210600888"}
# Every amount of a prototype is this one, so that the copies can replace it.
AMOUNT = 1234.56
LARGE_TABLES = ["account_move", "account_move_line", "account_partial_reconcile"]


def populate(env, items):
    """Add `items` open receivable items to the company of `env`, and commit."""
    rows = prototypes(env)
    upto, bounds = 0, []
    for name, share in KINDS.items():
        upto += share
        bounds.append({"name": name, "upto": upto})
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    with fast_inserts(env.cr):
        env.cr.execute(script, {"items": items, "kinds": json.dumps(bounds)})
        insert_partners(env.cr, rows)
        insert_moves(env.cr, rows)
        insert_lines(env.cr, rows)
        insert_reconciliations(env.cr, rows)
    env.cr.commit()


def prototypes(env):
    """{name: row of a table} of partners and entries as Odoo makes them; none stays."""
    savepoint = env.cr.savepoint(flush=False)
    partners = {kind: make_partner(env, kind) for kind in KINDS}
    moves = make_moves(env, partners["company"])
    partners["contact"] = partners["company"].copy(
        {"type": "invoice", "name": "Comptabilité", "is_company": False}
        | {"parent_id": partners["company"].id}
    )
    env.flush_all()
    rows = {name: row_of(partner) for name, partner in partners.items()}
    for name, move in moves.items():
        rows[name] = row_of(move)
        for line in move.line_ids:
            side = "item" if line.account_type == "asset_receivable" else "other"
            rows[f"{name} {side}"] = row_of(line)
    rows["partial"] = row_of(reconcile(moves["invoice"], moves["payment"]))
    env.flush_all()
    savepoint.rollback()
    env.invalidate_all(flush=False)
    env.cr.precommit.clear()
    env.cr.postcommit.clear()
    return rows


def row_of(record):
    record.flush_recordset()
    query = f"SELECT to_jsonb(t) FROM {record._table} AS t WHERE id = %s"
    record.env.cr.execute(query, [record.id])
    return record.env.cr.fetchone()[0]


def make_partner(env, kind):
    return env["res.partner"].create(
        {
            "name": kind,
            "is_company": kind != "consumer",
            "company_registry": SIREN.get(kind),
            "country_id": env.ref("base.fr").id,
            "street": "1 rue de la Paix",
            "zip": "75002",
            "city": "Paris",
            "email": "client@example.com",
            "customer_rank": 1,
        }
    )


def make_moves(env, partner):
    day = fields.Date.subtract(fields.Date.today(), days=60)
    line = {"name": "Fourniture", "price_unit": AMOUNT, "tax_ids": [Command.clear()]}
    moves = env["account.move"].create(
        [
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": day,
                "invoice_line_ids": [Command.create(line)],
            }
            for move_type in ("out_invoice", "out_refund")
        ]
    )
    moves |= env["account.move"].create(payment_values(moves[0], day))
    moves.action_post()
    return dict(zip(("invoice", "refund", "payment"), moves, strict=True))


def payment_values(invoice, day):
    journal = invoice.env["account.journal"].search([("type", "=", "bank")], limit=1)
    receivable = invoice.line_ids.account_id.filtered(
        lambda account: account.account_type == "asset_receivable"
    )
    common = {"partner_id": invoice.partner_id.id, "name": "Virement"}
    sides = ((journal.default_account_id, AMOUNT), (receivable, -AMOUNT))
    return {
        "journal_id": journal.id,
        "date": day,
        "line_ids": [
            Command.create(common | {"account_id": account.id, "balance": balance})
            for account, balance in sides
        ],
    }


def reconcile(invoice, payment):
    items = (invoice | payment).line_ids.filtered(
        lambda line: line.account_type == "asset_receivable"
    )
    items.reconcile()
    return items.matched_debit_ids | items.matched_credit_ids


@contextmanager
def fast_inserts(cr):
    """Inserts first, then the plain indexes; foreign keys unchecked where allowed."""
    cr.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cr.fetchone()[0]:
        cr.execute("SET LOCAL session_replication_role = replica")
    cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
    cr.execute("SET LOCAL work_mem = '256MB'")
    cr.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        " AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
        [LARGE_TABLES],
    )
    indexes = cr.fetchall()
    for name, _definition in indexes:
        cr.execute(f'DROP INDEX "{name}"')
    yield
    for _name, definition in indexes:
        cr.execute(definition)


def insert(cr, table, row, source, **values):
    """Copies of a row, with these columns taken from expressions over `source`; what
    holds the prototype's amount takes the `amount` of the source.
    """
    for name, value in row.items():
        if value in (AMOUNT, -AMOUNT):
            values.setdefault(name, "t.amount" if value > 0 else "-t.amount")
    kept = {
        name: value
        for name, value in row.items()
        if name not in values and value is not None
    }
    cr.execute(
        f"INSERT INTO {table} ({', '.join([*values, *kept])})"
        f" SELECT {', '.join([*values.values(), *(f'proto.{name}' for name in kept)])}"
        f" FROM jsonb_populate_record(NULL::{table}, %s) AS proto CROSS JOIN {source}",
        [json.dumps(kept)],
    )


def insert_partners(cr, rows):
    """One in 13 has no e-mail, one in 101 no postal address."""
    name = "'Client ' || lpad(t.n::text, 6, '0')"
    email = "CASE WHEN mod(t.n, 13) > 0 THEN 'client' || t.n || '@example.com' END"
    common = {
        "name": name,
        "complete_name": name,
        "email": email,
        "email_normalized": email,
        "city": "CASE WHEN mod(t.n, 101) > 0 THEN 'Paris' END",
        "commercial_partner_id": "t.id",
    }
    for kind in KINDS:
        source = f"(SELECT * FROM debtor WHERE kind = '{kind}') AS t"
        siren = (
            f"'{SIREN[kind][0]}' || lpad(t.n::text, 8, '0')"
            if kind in SIREN
            else "NULL"
        )
        values = common | {"id": "t.id", "company_registry": siren}
        insert(cr, "res_partner", rows[kind], source, **values)
    source = "(SELECT * FROM debtor WHERE contact_id IS NOT NULL) AS t"
    values = common | {"id": "t.contact_id", "parent_id": "t.id"}
    insert(cr, "res_partner", rows["contact"], source, **values)


NUMBER = "t.prefix || lpad(t.move_id::text, 7, '0')"


def insert_moves(cr, rows):
    for name in ("invoice", "refund", "payment"):
        values = {
            "id": "t.move_id",
            "name": NUMBER,
            "sequence_prefix": "t.prefix",
            "sequence_number": "t.move_id",
            "partner_id": "t.partner_id",
            "commercial_partner_id": "t.debtor_id",
            "date": "t.date",
        }
        if name != "payment":
            values |= {
                "invoice_date": "t.date",
                "invoice_date_due": "t.due",
                "payment_reference": NUMBER,
                "partner_shipping_id": "t.partner_id",
                "payment_state": "t.payment_state",
                "amount_residual": "abs(t.residual)",
                "amount_residual_signed": "t.residual",
            }
        source = f"(SELECT * FROM entry WHERE proto = '{name}') AS t"
        insert(cr, "account_move", rows[name], source, **values)


def insert_lines(cr, rows):
    for name in ("invoice", "refund", "payment"):
        values = {
            "id": "nextval('account_move_line_id_seq')",
            "move_id": "t.move_id",
            "move_name": NUMBER,
            "date": "t.date",
            "partner_id": "t.partner_id",
        }
        if name != "payment":
            values["invoice_date"] = "t.date"
        source = f"(SELECT * FROM entry WHERE proto = '{name}') AS t"
        insert(cr, "account_move_line", rows[f"{name} other"], source, **values)
        values |= {
            "id": "t.id",
            "name": NUMBER,
            "date_maturity": "t.due",
            "amount_residual": "t.residual",
            "amount_residual_currency": "t.residual",
            "reconciled": "t.residual = 0",
            "full_reconcile_id": "CASE WHEN t.closed THEN t.match END",
            "matching_number": "t.matching",
        }
        source = f"(SELECT * FROM item WHERE proto = '{name}') AS t"
        insert(cr, "account_move_line", rows[f"{name} item"], source, **values)


def insert_reconciliations(cr, rows):
    cr.execute(
        "INSERT INTO account_full_reconcile (id)"
        " SELECT match FROM item WHERE closed AND balance < 0"
    )
    cr.execute("SELECT setval('account_full_reconcile_id_seq', MAX(id)) FROM document")
    source = """(SELECT debit.id AS debit, credit.id AS credit,
                        -credit.balance AS amount, credit.due,
                        CASE WHEN debit.closed THEN debit.match END AS full_id
                   FROM item debit JOIN item credit USING (match)
                  WHERE debit.balance > 0 AND credit.balance < 0) AS t"""
    insert(
        cr,
        "account_partial_reconcile",
        rows["partial"],
        source,
        id="nextval('account_partial_reconcile_id_seq')",
        debit_move_id="t.debit",
        credit_move_id="t.credit",
        full_reconcile_id="t.full_id",
        max_date="t.due",
    )


if __name__ == "__main__":
    with session(sys.argv[1]) as env:
        populate(env, int(sys.argv[2]))
