"""The invoice of a line and the rank of its instalment are those of its item; what is
kept are those of items that a reset to draft made, or may still make, disappear.
"""


def migrate(cr, version):
    cr.execute(
        """
        ALTER TABLE recovery_notice_line
              ADD COLUMN reset_move_id integer, ADD COLUMN reset_rank integer;
        UPDATE recovery_notice_line line
           SET reset_move_id = move_id, reset_rank = rank
         WHERE move_line_id IS NULL
            OR EXISTS (SELECT FROM account_move_line item
                        WHERE item.id = line.move_line_id
                          AND item.parent_state != 'posted');
        ALTER TABLE recovery_notice_line DROP COLUMN move_id, DROP COLUMN rank
        """
    )
