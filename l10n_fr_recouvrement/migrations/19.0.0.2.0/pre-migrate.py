"""What a customer contests was the `reason` of a dispute; reasons are records now."""


def migrate(cr, version):
    cr.execute("ALTER TABLE recovery_dispute RENAME COLUMN reason TO description")
