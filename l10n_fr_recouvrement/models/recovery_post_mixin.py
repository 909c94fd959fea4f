import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# The addressee has 15 days to accept an electronic registered letter (CPCE R53-3).
ELECTRONIC_DAYS = 15
RETURNED = ("unclaimed", "refused")
UNDELIVERABLE = ("unknown", "lost")
POST_FIELDS = {
    "registered_number",
    "posted_on",
    "presented_on",
    "delivered_on",
    "registered_outcome",
}

_MAILED = Domain("by_letter", "=", True) | Domain("by_registered", "=", True)
_REGISTERED = Domain("by_registered", "=", True) | Domain("by_electronic", "=", True)
_SENT = Domain("state", "in", ("sent", "closed"))
_NOT_POSTED = _SENT & Domain("posted_on", "=", False)
_IN_THE_POST = _SENT & Domain("posted_on", "!=", False)
_NO_NEWS = Domain("presented_on", "=", False) & Domain("registered_outcome", "=", False)
# Where a letter is on its way: {state: (label, notices that are in it)}; they exclude
# each other.
POSTING_STATES = {
    "to_print": (
        "To print",
        Domain("to_print", "=", True) & Domain("posted_on", "=", False),
    ),
    "to_post": (
        "To post",
        _NOT_POSTED
        & Domain("by_service", "=", False)
        & _NO_NEWS
        & (
            _MAILED & Domain("printed_at", "!=", False)
            | ~_MAILED & Domain("by_electronic", "=", True)
        ),
    ),
    "service": (
        "With the mail service",
        _NOT_POSTED & Domain("by_service", "=", True) & _NO_NEWS,
    ),
    "posted": (
        "Posted",
        _IN_THE_POST & _NO_NEWS,
    ),
    "presented": (
        "Presented",
        _SENT
        & Domain("presented_on", "!=", False)
        & Domain("registered_outcome", "=", False),
    ),
    "delivered": (
        "Delivered",
        _SENT & Domain("registered_outcome", "=", "delivered"),
    ),
    "returned": ("Returned", _SENT & Domain("registered_outcome", "in", RETURNED)),
    "undeliverable": (
        "Not delivered",
        Domain("registered_outcome", "in", UNDELIVERABLE),
    ),
}


class RecoveryPostMixin(models.AbstractModel):
    """What the post, whoever carries it, says of a letter (preuve d'envoi).

    The first presentation counts, not the delivery: from it run the deadline granted
    and a consumer's interest (CPC 668, C. civ. 1344-1). A letter that nobody claims or
    that is refused was presented (Cass. 1re civ., 20/01/2021, 19-20.680); one to an
    unknown address was not.
    """

    _name = "recovery.post.mixin"
    _description = "Posting of a letter"

    registered_number = fields.Char(string="Tracking number", copy=False, tracking=True)
    posted_on = fields.Date(copy=False, tracking=True)
    presented_on = fields.Date(
        string="First presented on",
        copy=False,
        tracking=True,
        help="Starts the deadline granted and a consumer's interest (C. civ. 1344-1).",
    )
    delivered_on = fields.Date(copy=False, tracking=True)
    registered_outcome = fields.Selection(
        selection=[
            ("delivered", "Delivered"),
            ("unclaimed", "Unclaimed"),
            ("refused", "Refused"),
            ("unknown", "Unknown address"),
            ("lost", "Lost by the carrier"),
        ],
        string="Outcome",
        copy=False,
        tracking=True,
        help="Unclaimed or refused, the letter counts as presented. To an unknown "
        "address, or lost, it does not: its level is not reached.",
    )
    by_service = fields.Boolean(
        string="Posted by the mail service", readonly=True, copy=False
    )
    address_found_on = fields.Date(readonly=True, copy=False)
    post_alert_on = fields.Date(
        readonly=True, copy=False, help="Day on which the silence of the post was told."
    )
    proof_ids = fields.Many2many(
        comodel_name="ir.attachment",
        relation="recovery_notice_proof_rel",
        string="Proofs",
        copy=False,
        help="Scans of the proof of posting and of the acknowledgement of receipt.",
    )
    awaits_post = fields.Boolean(
        compute="_compute_awaits_post",
        search="_search_awaits_post",
        help="Nothing further is sent for these items before the post has answered.",
    )
    posting_state = fields.Selection(
        selection=[(name, label) for name, (label, _domain) in POSTING_STATES.items()],
        string="Post",
        compute="_compute_posting_state",
        search="_search_posting_state",
    )

    @api.model
    def _awaiting_post(self):
        """Registered letters that nobody has seen presented, and those whose address is
        still to be found: their items wait.
        """
        return _REGISTERED & (
            _SENT & _NO_NEWS
            | Domain("registered_outcome", "=", "unknown")
            & Domain("address_found_on", "=", False)
        )

    @api.depends(
        "by_registered",
        "by_electronic",
        "state",
        "presented_on",
        "registered_outcome",
        "address_found_on",
    )
    def _compute_awaits_post(self):
        waiting = self.filtered_domain(self._awaiting_post())
        for notice in self:
            notice.awaits_post = notice in waiting

    @api.model
    def _search_awaits_post(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._awaiting_post()

    @api.depends(
        "by_letter",
        "by_registered",
        "by_electronic",
        "by_service",
        "state",
        "printed_at",
        "posted_on",
        "presented_on",
        "registered_outcome",
    )
    def _compute_posting_state(self):
        self.posting_state = False
        for state, (_label, domain) in POSTING_STATES.items():
            self.filtered_domain(domain).posting_state = state

    @api.model
    def _search_posting_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = {name: domain for name, (_label, domain) in POSTING_STATES.items()}
        found = Domain.OR(domains[state] for state in value if state)
        if False in value:
            found |= ~Domain.OR(domains.values())
        return found

    @api.constrains(*POST_FIELDS)
    def _check_post(self):
        for notice in self:
            if problem := notice._post_problem():
                raise ValidationError(
                    self.env._(
                        "Notice %(number)s: %(problem)s",
                        number=notice.name,
                        problem=problem,
                    )
                )

    def _post_problem(self):
        """Sentence that says what is contradictory in the facts of the post, or ""."""
        return self._date_problem() or self._outcome_problem()

    def _date_problem(self):
        posted, presented, delivered = (
            self.posted_on,
            self.presented_on,
            self.delivered_on,
        )
        today = self.env["res.company"]._recovery_today()
        if max(filter(None, (posted, presented, delivered)), default=today) > today:
            return self.env._("a day of the post cannot be in the future.")
        if posted and posted < self.date:
            return self.env._("it cannot be posted before the date of the letter.")
        if presented and presented < (posted or self.date):
            return self.env._("it cannot be presented before it is posted.")
        if delivered and delivered < (presented or posted or self.date):
            return self.env._("it cannot be delivered before it is presented.")
        return ""

    def _outcome_problem(self):
        outcome = self.registered_outcome
        if self.delivered_on and outcome != "delivered":
            return self.env._(
                "it has a day of delivery: its outcome can only be “Delivered”."
            )
        if outcome in ("delivered", *RETURNED) and not self.presented_on:
            return self.env._(
                "enter the day of the first presentation: the deadline counts from it."
            )
        if outcome in UNDELIVERABLE and self.presented_on:
            return self.env._(
                "a letter lost or sent to an unknown address was not presented: clear "
                "the day of the first presentation."
            )
        return ""

    @api.model
    def _clean_post(self, vals):
        """Numbers without spaces, as carriers write them in their files; a delivery is
        an outcome, and a presentation at the latest.
        """
        number = vals.get("registered_number")
        if number:
            vals = vals | {"registered_number": self._clean_number(number)}
        if vals.get("delivered_on") and not vals.get("registered_outcome"):
            vals = vals | {"registered_outcome": "delivered"}
        return vals

    @api.model
    def _clean_number(self, number):
        return re.sub(r"[^0-9A-Za-z]", "", number or "").upper()

    def write(self, vals):
        # EXTENDS 'recovery.notice'
        if not POST_FIELDS.intersection(vals):
            return super().write(vals)
        self._check_sent(vals)
        written = super().write(self._clean_post(vals))
        self.env["recovery.post.follow"]._record(self)
        return written

    def _check_sent(self, vals):
        """The post knows nothing of a letter that has not left."""
        facts = {name for name in POST_FIELDS.intersection(vals) if vals[name]}
        early = self.filtered(lambda notice: notice.state in ("draft", "ready"))
        if facts - {"registered_number"} and early:
            raise ValidationError(
                self.env._(
                    "Notice %s has not been sent: send it before you record what the "
                    "post says.",
                    early[0].name,
                )
            )
