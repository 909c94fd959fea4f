"""Disputes of one invoice get their line; promises count payments since they exist."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    cr.execute(
        """
        INSERT INTO recovery_dispute_line
               (dispute_id, company_id, move_id, amount, conceded)
        SELECT dispute_id, company_id, move_id, amount, 0 FROM recovery_contested
        """
    )
    cr.execute("DROP TABLE recovery_contested")
    env = api.Environment(cr, SUPERUSER_ID, {})
    disputes = env["recovery.dispute"].search([])
    disputes.line_ids.modified(["move_id", "amount", "conceded"])
    cr.execute("UPDATE recovery_promise SET made_on = create_date::date")
