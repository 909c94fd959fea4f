from . import (
    recovery_answer,
    recovery_go_live,
    recovery_post_batch,
    recovery_post_import,
)
