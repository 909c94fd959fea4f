from . import (
    penalty_note,
    recovery_letter,
    recovery_statement_renderer,
)
