"""What is set for one invoice moved from its form to a dialog; two indexes on invoices
that made every posting slower than they made anything faster are gone.
"""


def migrate(cr, version):
    # Our views of the form find their places by what is gone from it: made again.
    cr.execute(
        """
        DELETE FROM ir_ui_view USING ir_model_data form, ir_model_data part
         WHERE form.module = 'l10n_fr_recouvrement'
           AND form.name = 'account_move_view_form'
           AND form.res_id = ir_ui_view.inherit_id
           AND part.module = 'l10n_fr_recouvrement'
           AND part.model = 'ir.ui.view' AND part.res_id = ir_ui_view.id
        """
    )
    cr.execute(
        """
        DROP INDEX IF EXISTS account_move__recovery_policy_id_index;
        DROP INDEX IF EXISTS account_move__recovery_clause_id_index
        """
    )
