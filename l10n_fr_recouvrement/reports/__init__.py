from . import (
    penalty_note,
    recovery_letter,
    recovery_plan_printer,
    recovery_statement_renderer,
)
