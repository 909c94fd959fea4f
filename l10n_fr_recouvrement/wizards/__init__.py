from . import (
    base_partner_merge,
    recovery_account_statement_send,
    recovery_allocate,
    recovery_answer,
    recovery_claim,
    recovery_go_live,
    recovery_level_assign,
    recovery_penalty,
    recovery_postpone,
    recovery_rate_entry,
    recovery_reset,
    recovery_statement_report,
)
