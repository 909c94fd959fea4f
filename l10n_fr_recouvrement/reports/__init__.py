from . import (
    penalty_note,
    recovery_letter,
    recovery_statement_renderer,
)

# isort: split
from . import recovery_plan_printer
