"""Promises count payments since they exist."""


def migrate(cr, version):
    cr.execute("UPDATE recovery_promise SET made_on = create_date::date")
