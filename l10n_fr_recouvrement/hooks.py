from odoo.tools import SQL


def uninstall_hook(env):
    """Leave posted entries and nothing else: our documents and what hangs on them.

    Notices refer to levels, which Odoo deletes one by one before it drops the tables.
    """
    models = tuple(name for name in env if name.startswith("recovery."))
    for model in (
        "recovery.plan",
        "recovery.notice.line",
        "recovery.level.change",
        "recovery.notice",
    ):
        env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(env[model]._table)))
    for model, field in (
        ("mail.activity", "res_model"),
        ("mail.message", "model"),
        ("mail.followers", "res_model"),
        ("ir.attachment", "res_model"),
    ):
        records = env[model].with_context(active_test=False)  # finished activities too
        records.search([(field, "in", models)]).unlink()
