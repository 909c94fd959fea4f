from odoo import api, fields, models

from .vocabulary import DEBTOR_KINDS, NOTICE_LETTERS, STATES

# What is sent on paper only leaves when somebody prints and posts it.
ON_PAPER = [("to_print", "To print"), ("to_post", "To post")]
SHOWN_STATES = STATES[:3] + ON_PAPER + STATES[3:]


class RecoveryNotice(models.Model):
    """What was written to one debtor (relance, mise en demeure), as it was that day.

    Once sent it is evidence: text, items and amounts never change again.
    """

    _name = "recovery.notice"
    _description = "Notice"
    _inherit = [
        "recovery.notice.evidence.mixin",
        "recovery.post.mixin",
        "recovery.post.flow.mixin",
        "recovery.plan.notice.mixin",
        "recovery.reply.mixin",
        "recovery.recipient.mixin",
        "recovery.resend.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "recovery.channel.mixin",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Number", required=True, readonly=True, default="/", copy=False)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    contact_id = fields.Many2one(
        comodel_name="res.partner", string="Written to", ondelete="restrict"
    )
    debtor_kind = fields.Selection(selection=DEBTOR_KINDS, readonly=True)
    lang = fields.Char(string="Language", readonly=True)
    email_to = fields.Char(string="E-mail address")
    user_id = fields.Many2one(comodel_name="res.users", string="Collector")
    date = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    policy_id = fields.Many2one(
        comodel_name="recovery.policy", readonly=True, ondelete="restrict"
    )
    level_id = fields.Many2one(
        comodel_name="recovery.level",
        index=True,
        readonly=True,
        ondelete="restrict",
        help="Empty: a letter written on its own occasion; it counts as no level.",
    )
    letter = fields.Selection(
        selection=NOTICE_LETTERS, string="Letter text", readonly=True
    )
    facts = fields.Json(
        readonly=True,
        copy=False,
        help="What the occasion adds to the text: amounts, days, words.",
    )
    offers_plan = fields.Boolean(
        string="Offers a payment plan",
        readonly=True,
        help="The customer is in difficulty: the letter says that a plan is possible.",
    )
    run_id = fields.Many2one(
        comodel_name="recovery.run",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    origin = fields.Selection(
        selection=[("run", "Run"), ("manual", "By hand")],
        default="manual",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        selection=STATES, default="draft", required=True, readonly=True, index=True
    )
    display_state = fields.Selection(
        selection=SHOWN_STATES, string="Progress", compute="_compute_display_state"
    )
    sent_at = fields.Datetime(readonly=True)
    failure_reason = fields.Char(readonly=True)
    deferred_since = fields.Datetime(
        string="Put off since",
        readonly=True,
        copy=False,
        help="The mail server wanted the e-mail later.",
    )
    sms_failure = fields.Char(string="Text message not delivered", readonly=True)
    cancel_reason = fields.Char(readonly=True)
    granted_days = fields.Integer(string="Deadline granted", help="Days.")
    deadline = fields.Date(compute="_compute_deadline", store=True)
    document_id = fields.Many2one(
        comodel_name="ir.attachment",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    document_sha256 = fields.Char("SHA-256", readonly=True, copy=False)
    printed_at = fields.Datetime(readonly=True, copy=False)
    to_print = fields.Boolean(compute="_compute_to_print", search="_search_to_print")
    mail_id = fields.Many2one(
        comodel_name="mail.mail", index="btree_not_null", readonly=True, copy=False
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, readonly=True
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company currency"
    )
    principal = fields.Monetary(readonly=True, help="Claimed items, credits deducted.")
    interest = fields.Monetary(readonly=True)
    indemnity = fields.Monetary(readonly=True, currency_field="company_currency_id")
    credit = fields.Monetary(
        readonly=True, help="Open credits that the claimed amounts already deduct."
    )
    total = fields.Monetary(
        readonly=True,
        help="Principal and, where the level claims them, interest and indemnity.",
    )
    daily_interest = fields.Monetary(readonly=True)
    line_ids = fields.One2many(
        comodel_name="recovery.notice.line", inverse_name="notice_id", readonly=True
    )

    claimed_line_ids = fields.One2many(
        comodel_name="recovery.notice.line",
        inverse_name="notice_id",
        domain=[("kind", "=", "claimed")],
        string="Claimed items",
        readonly=True,
    )
    also_due_line_ids = fields.One2many(
        comodel_name="recovery.notice.line",
        inverse_name="notice_id",
        domain=[("kind", "=", "also_due")],
        string="Also overdue",
        readonly=True,
    )
    credit_line_ids = fields.One2many(
        comodel_name="recovery.notice.line",
        inverse_name="notice_id",
        domain=[("kind", "=", "credit")],
        string="Open credits",
        readonly=True,
    )

    warning = fields.Char(compute="_compute_warning")

    _name_uniq = models.Constraint(
        "UNIQUE (company_id, name)", "There is already a notice with this number."
    )
    _contacted_idx = models.Index("(company_id, partner_id, date)")
    _to_print_idx = models.Index(
        "(company_id) WHERE state = 'sent' AND printed_at IS NULL"
        " AND (by_letter IS TRUE OR by_registered IS TRUE)"
    )

    @api.depends("granted_days", "date", "presented_on", "original_id")
    def _compute_deadline(self):
        """Counted from the first presentation where there is one; a second sending
        grants no more time than the first one.
        """
        for notice in self:
            start = notice.presented_on or (notice.original_id or notice).date
            notice.deadline = start and fields.Date.add(start, days=notice.granted_days)

    @api.depends("state", "line_ids.date_maturity", "debtor_kind")
    @api.depends_context("lang")
    def _compute_warning(self):
        """What to know before the letter leaves."""
        guard = self.env["recovery.guard"]
        for notice in self:
            waits = notice.state in ("draft", "ready")
            notice.warning = waits and guard._warning(notice)

    @api.depends("by_letter", "by_registered", "printed_at", "state")
    def _compute_to_print(self):
        for notice in self:
            notice.to_print = (
                notice.state == "sent"
                and (notice.by_letter or notice.by_registered)
                and not notice.printed_at
            )

    @api.depends("state", "to_print", "by_registered", "posted_on", "presented_on")
    def _compute_display_state(self):
        """The state, but a letter counts as sent for readers once it is posted."""
        for notice in self:
            notice.display_state = notice.state
            if notice.to_print:
                notice.display_state = "to_print"
            elif notice.state == "sent" and notice._is_to_post():
                notice.display_state = "to_post"

    def _is_to_post(self):
        return self.by_registered and not (self.posted_on or self.presented_on)

    @api.model
    def _search_to_print(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [
            ("state", "=", "sent"),
            ("printed_at", "=", False),
            "|",
            ("by_letter", "=", True),
            ("by_registered", "=", True),
        ]
