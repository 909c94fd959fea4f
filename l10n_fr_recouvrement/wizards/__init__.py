from . import (
    recovery_account_statement_send,
    recovery_allocate,
    recovery_answer,
    recovery_claim,
    recovery_go_live,
    recovery_level_assign,
    recovery_penalty,
    recovery_plan_wizard,
    recovery_plan_wizard_line,
    recovery_rate_entry,
    recovery_statement_report,
)
