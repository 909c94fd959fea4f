from . import recovery_letter, recovery_statement_renderer
