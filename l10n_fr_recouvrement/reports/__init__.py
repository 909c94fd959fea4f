from . import (
    penalty_note,
    recovery_letter,
    recovery_statement_renderer,
)

# isort: split
# it extends the renderer of statements
from . import recovery_plan_printer
