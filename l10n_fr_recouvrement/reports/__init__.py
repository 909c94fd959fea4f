from . import penalty_note, recovery_letter
