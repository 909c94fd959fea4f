import json

from odoo import fields
from odoo.tools import SQL, split_every

from .vocabulary import UNDONE_MONTHS

BATCH = 1000  # records between two commits


def among(ids):
    """Whether a column is one of these ids, for a table that grows while we write: with
    no statistics yet PostgreSQL would read all of it for a long list, here it takes the
    index.
    """
    return SQL("= ANY(ARRAY(SELECT unnest(%s::int[])))", list(ids))


def rank(item):
    """Rank of a journal item (alias) among the instalments of its invoice."""
    return SQL(
        """
        (SELECT COUNT(*) FROM account_move_line other
          WHERE other.move_id = %(item)s.move_id
            AND other.account_id = %(item)s.account_id
            AND (other.date_maturity, other.id)
                <= (%(item)s.date_maturity, %(item)s.id))
        """,
        item=item,
    )


def bulk_insert(env, model_name, rows):
    """Insert rows of one shape in one statement, without the ORM's per-record work.

    They travel as one JSON text: PostgreSQL takes long to read the expressions of a
    large list of values.

    :param rows: list of {field: value as PostgreSQL takes it}, same keys in each
    :return: list of ids, in the order of the rows
    """
    if not rows:
        return []
    model = env[model_name]
    ids = [
        number
        for [number] in env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"{model._table}_id_seq",
                len(rows),
            )
        )
    ]
    rows = [row | {"id": number} for row, number in zip(rows, ids, strict=True)]
    names = SQL(", ").join(map(SQL.identifier, rows[0]))
    env.cr.execute(
        SQL(
            "INSERT INTO %(table)s (%(names)s) SELECT %(names)s"
            " FROM json_populate_recordset(NULL::%(table)s, %(rows)s)",
            table=SQL.identifier(model._table),
            names=names,
            rows=json.dumps(rows, default=str),
        )
    )
    model.invalidate_model(flush=False)
    return ids


def in_batches(records, domain, step, order="id"):
    """Take a step with the records of a domain, a commit after each batch.

    :param order: brings together what is looked at together
    :return: whether there was time for all
    """
    sender = records.env["recovery.sender"]
    ids = records.search(domain, order=order).ids
    left = len(ids)
    for batch in split_every(BATCH, ids, list):
        step(records.browse(batch))
        left -= len(batch)
        if not sender._commit(len(batch), left):
            return False
    return True


def locked(records, *states):
    """Those that nobody else holds and that are still in one of these states."""
    records = records.try_lock_for_update(allow_referencing=True)
    records.invalidate_recordset()
    return records.filtered(lambda record: record.state in states)


def undone_since(env):
    """First day of what a payment ended and may still be undone."""
    today = env["recovery.query"]._date()
    return fields.Date.subtract(today, months=UNDONE_MONTHS)
