from . import recovery_answer, recovery_go_live, recovery_transfer
