from odoo.tools import SQL


def bulk_insert(env, model_name, rows):
    """Insert rows of one shape in one statement, without the ORM's per-record work.

    :param rows: list of {field: value as PostgreSQL takes it}, same keys in each
    :return: list of ids, in the order of the rows
    """
    if not rows:
        return []
    model = env[model_name]
    table = SQL.identifier(model._table)
    sequence = f"{model._table}_id_seq"
    ids = [
        number
        for [number] in env.execute_query(
            SQL("SELECT nextval(%s) FROM generate_series(1, %s)", sequence, len(rows))
        )
    ]
    names = list(rows[0])
    arrays = [SQL("%s::int[]", ids)] + [
        SQL(
            "%s::%s[]",
            [row[name] for row in rows],
            SQL(model._fields[name].column_type[1].split("(")[0]),
        )
        for name in names
    ]
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT * FROM unnest(%s)",
            table,
            SQL(", ").join(map(SQL.identifier, ["id", *names])),
            SQL(", ").join(arrays),
        )
    )
    model.invalidate_model(flush=False)
    return ids
