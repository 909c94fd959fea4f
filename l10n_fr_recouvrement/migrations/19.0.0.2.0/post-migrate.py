"""Disputes of one invoice get their line; promises count payments since they exist."""


def migrate(cr, version):
    cr.execute(
        """
        INSERT INTO recovery_dispute_line
               (dispute_id, company_id, move_id, amount, conceded)
        SELECT id, company_id, move_id, amount, 0 FROM recovery_dispute
         WHERE move_id IS NOT NULL
        """
    )
    cr.execute("UPDATE recovery_promise SET made_on = create_date::date")
