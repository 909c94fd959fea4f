"""What a customer contests was the `reason` of a dispute of one invoice; reasons are
records now, and a dispute has lines.
"""

VIEW = ("l10n_fr_recouvrement", "recovery_dispute_view_form_letter")


def migrate(cr, version):
    cr.execute("ALTER TABLE recovery_dispute RENAME COLUMN reason TO description")
    cr.execute(
        "ALTER TABLE recovery_dispute DROP CONSTRAINT recovery_dispute_check_amount"
    )
    # Amounts are those of the lines, which the end of the upgrade makes of these.
    cr.execute(
        """
        CREATE TEMP TABLE recovery_contested AS
        SELECT id AS dispute_id, company_id, move_id, amount FROM recovery_dispute
        """
    )
    # It looks for the field that is gone; the upgrade makes it again.
    cr.execute(
        """
        DELETE FROM ir_ui_view WHERE id IN (
               SELECT res_id FROM ir_model_data
                WHERE model = 'ir.ui.view' AND (module, name) = %s)
        """,
        [VIEW],
    )
