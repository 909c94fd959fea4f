import json

from odoo.tools import SQL


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
