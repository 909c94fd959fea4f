from . import (
    recovery_allocate,
    recovery_answer,
    recovery_claim,
    recovery_go_live,
    recovery_penalty,
)
