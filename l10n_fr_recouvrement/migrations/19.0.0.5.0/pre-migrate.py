"""What is set for one invoice moved from its form to a dialog; two indexes on invoices
that made every posting slower than they made anything faster are gone.
"""


def migrate(cr, version):
    # These views find their place by a group that is gone from the form.
    cr.execute(
        """
        DELETE FROM ir_ui_view USING ir_model_data data
         WHERE data.model = 'ir.ui.view' AND data.res_id = ir_ui_view.id
           AND data.module = 'l10n_fr_recouvrement'
           AND data.name IN (
               'account_move_view_form_letter', 'account_move_view_form_public')
        """
    )
    cr.execute(
        """
        DROP INDEX IF EXISTS account_move__recovery_policy_id_index;
        DROP INDEX IF EXISTS account_move__recovery_clause_id_index
        """
    )
