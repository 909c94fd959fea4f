"""Words that several models share."""

# Groups of fields that tell what is in notices.
ACCOUNTING = "account.group_account_invoice,account.group_account_readonly"
DEBTOR_KINDS = [
    ("professional", "Professional"),
    ("consumer", "Consumer"),
    ("non_professional", "Non-professional"),
    ("public", "Public body"),
]
# Late interest and the 40 EUR exist against them only (C. com. L441-10 II, D441-5;
# CCP L2192-13, D2192-35).
PENALTY_KINDS = ("professional", "public")
# The words of law.claim.RULES.
PENALTY_RULES = [
    ("statutory", "Statutory rate"),
    ("contractual", "Agreed rate"),
    ("floor", "Three times the legal rate"),
    ("legal", "Legal rate"),
    ("none", "No interest"),
]
# What a level may send; the others are written on their own occasion.
LEVEL_LETTERS = [
    ("L0", "Reminder before the due date"),
    ("L1", "First reminder"),
    ("L2", "Firm reminder"),
    ("L3", "Last reminder before formal notice"),
    ("L4", "Formal notice to a professional"),
    ("L5", "Formal notice to a consumer"),
    ("L5p", "Claim of interest to a public buyer"),
]
OCCASION_LETTERS = [
    ("L10", "Transfer to a third party"),
    ("L18", "Cover of a debit note"),
    ("promise", "Confirmation of a promise"),
    ("grace", "Confirmation of a grace period"),
    ("meeting", "Confirmation of a meeting"),
    ("unfounded", "Answer to an unfounded dispute"),
    ("rejected", "Rejected payment"),
]
# Of a payment plan: its offer, the agreement, and the formal notice once it is broken.
PLAN_LETTERS = [
    ("L6", "Offer of a payment plan"),
    ("L7", "Agreement on a payment plan"),
    ("L8", "Formal notice after a broken plan"),
]
# Sent or printed on demand; no notice carries them, nor the offer and the agreement.
STATEMENTS = [
    ("L9", "Statement of interest"),
    ("account", "Statement of account"),
]
SHEETS = ("L6", "L7", "L9", "account")
LETTERS = LEVEL_LETTERS + PLAN_LETTERS + STATEMENTS + OCCASION_LETTERS
NOTICE_LETTERS = [letter for letter in LETTERS if letter[0] not in SHEETS]
# Written about the debtor to somebody who acts for us.
THIRD_PARTY_LETTERS = ("L10",)
FORMAL_NOTICES = ("L4", "L5", "L8")
# That long, the bank may take a payment back: a debit that the payer had not authorised
# (CMF L133-24).
UNDONE_MONTHS = 13
# They only remind: who has paid meanwhile takes no offence.
GENTLE_LETTERS = ("L0", "L1")
STATES = [
    ("draft", "To approve"),
    ("ready", "Ready"),
    ("sending", "Sending"),
    ("sent", "Sent"),
    ("closed", "Closed"),
    ("to_check", "To check"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
# States in which a notice holds its items: no second one for the same level.
LIVE = ("draft", "ready", "sending", "sent", "closed", "to_check")
# From here on a notice is evidence.
POSTED = ("sending", "sent", "closed", "to_check", "failed")
STATUSES = [
    ("nothing_due", "Nothing due"),
    ("blocked", "Blocked"),
    ("not_invoice", "Not an invoice"),
    ("insolvency", "Insolvency"),
    ("case", "Litigation"),
    ("factored", "Factored"),
    ("disputed", "Disputed"),
    ("plan", "Payment plan"),
    ("promise", "Promise"),
    ("objection", "Objection of the salesperson"),
    ("paused", "Paused"),
    ("reply", "Answer to read"),
    ("covered", "Covered by credits"),
    ("below_minimum", "Below the minimum"),
    ("no_policy", "No policy"),
    ("unconfirmed_kind", "Kind to confirm"),
    ("no_address", "No address"),
    ("bank_late", "Bank to update"),
    ("asked", "With the salesperson"),
    ("waiting", "Waiting"),
    ("due", "To remind"),
]
BUCKETS = [
    ("b0_not_due", "Not yet due"),
    ("b1_30", "1–30 days"),
    ("b2_60", "31–60 days"),
    ("b3_90", "61–90 days"),
    ("b4_more", "More than 90 days"),
    ("credit", "Credits"),
]
# What suspends an item as a whole, strongest first. Parts of `_holds` use these names.
HOLDS = (
    "insolvency",
    "case",
    "factored",
    "plan",
    "promise",
    "objection",
    "paused",
    "reply",
)
# Nothing is asked for in these situations, and no plan is agreed while one contests.
NO_CLAIM = ("insolvency", "case", "factored")
NO_PLAN = (*NO_CLAIM, "disputed")
# Who is written to at a debtor; none: the contact for recovery, else the invoice one.
ROLES = [
    ("accounting", "Accounts payable"),
    ("director", "Director"),
    ("office", "Registered office"),
]


def at_date(field_type, *args, **kwargs):
    """Field of a read model: its value depends on the date asked for."""
    return field_type(
        *args, readonly=True, depends_context=("recovery_date",), **kwargs
    )
