from . import recovery_answer, recovery_go_live, recovery_rate_entry
from . import (
    recovery_account_statement_send,
    recovery_answer,
    recovery_go_live,
    recovery_statement_report,
)
