from . import recovery_letter
