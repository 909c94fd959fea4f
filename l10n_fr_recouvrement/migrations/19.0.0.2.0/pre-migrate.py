"""Disputes have lines now, and what a customer contests is no longer called `reason`.

The lines come before the amounts of the disputes are computed from them.
"""


def migrate(cr, version):
    cr.execute(
        """
        ALTER TABLE recovery_dispute RENAME COLUMN reason TO description;
        ALTER TABLE recovery_dispute
              DROP CONSTRAINT IF EXISTS recovery_dispute_check_amount;
        CREATE TABLE recovery_dispute_line (
               id SERIAL PRIMARY KEY,
               dispute_id integer NOT NULL,
               company_id integer,
               move_id integer NOT NULL,
               amount numeric NOT NULL,
               conceded numeric);
        INSERT INTO recovery_dispute_line
               (dispute_id, company_id, move_id, amount, conceded)
        SELECT id, company_id, move_id, amount, 0 FROM recovery_dispute
        """
    )
    # The view finds its place by a field that is gone; it is made again.
    cr.execute(
        """
        DELETE FROM ir_ui_view USING ir_model_data data
         WHERE data.model = 'ir.ui.view' AND data.res_id = ir_ui_view.id
           AND data.module = 'l10n_fr_recouvrement'
           AND data.name = 'recovery_dispute_view_form_letter'
        """
    )
