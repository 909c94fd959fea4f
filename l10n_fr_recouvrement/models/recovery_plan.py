from odoo import api, fields, models
from odoo.exceptions import ValidationError

PLAN_STATES = [
    ("draft", "Draft"),
    ("offered", "Offered"),
    ("active", "In force"),
    ("default", "In default"),
    ("kept", "Respected"),
    ("accelerated", "Accelerated"),
    ("renegotiated", "Renegotiated"),
    ("cancelled", "Cancelled"),
]
RUNNING = ("active", "default")
# An invoice is in one of these at most.
LIVE_PLANS = ("draft", "offered", *RUNNING)
PENALTIES = [
    ("run_on", "Run on"),
    ("suspended", "Suspended while the plan is respected"),
    ("waived", "Waived if the plan is respected"),
]


class RecoveryPlan(models.Model):
    """Agreement to pay by instalments (échéancier, protocole d'accord).

    The due dates of the ledger never change: the plan suspends the reminders of its
    invoices while it is respected. No instalment missed makes the whole due by law:
    the agreement says so, after a formal notice (C. civ. 1305-4; Cass. 1re civ.
    22/06/2017, n° 16-18.418).
    """

    _name = "recovery.plan"
    _description = "Payment plan"
    _inherit = [
        "recovery.plan.evidence.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "recovery.plan.signature.mixin",
        "recovery.plan.breach.mixin",
        "recovery.plan.print.mixin",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Number", required=True, readonly=True, default="/", copy=False)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('parent_id', '=', False)]",
    )
    debtor_kind = fields.Selection(related="partner_id.recovery_debtor_kind")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Collector",
        default=lambda self: self.env.user,
        tracking=True,
    )
    date = fields.Date(
        string="Recognised on",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
        help="Interest and indemnity are counted to that day.",
    )
    valid_until = fields.Date(
        string="Offer valid until",
        required=True,
        default=lambda self: fields.Date.add(
            self.env.company._recovery_today(), days=15
        ),
    )
    state = fields.Selection(
        selection=PLAN_STATES,
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    contact_id = fields.Many2one(
        comodel_name="res.partner",
        string="Written to",
        compute="_compute_contact_id",
        help="Marked for recovery, else the invoice address, else the customer.",
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company currency"
    )
    invoice_ids = fields.One2many(
        comodel_name="recovery.plan.invoice", inverse_name="plan_id", copy=False
    )
    line_ids = fields.One2many(
        comodel_name="recovery.plan.line", inverse_name="plan_id", copy=False
    )
    principal = fields.Monetary(
        compute="_compute_principal", store=True, help="What the instalments pay."
    )
    interest = fields.Monetary(help="Late interest recognised on that day.")
    indemnity = fields.Monetary(
        currency_field="company_currency_id",
        help="Fixed indemnities recognised on that day (C. com. D441-5).",
    )
    total = fields.Monetary(
        compute="_compute_total",
        store=True,
        string="Recognised",
        help="Principal, interest and, in the same currency, indemnities.",
    )
    end_date = fields.Date(
        string="Last instalment", compute="_compute_end_date", store=True
    )
    penalties = fields.Selection(
        selection=PENALTIES,
        string="Late interest from now on",
        default="run_on",
        required=True,
    )
    grace_days = fields.Integer(
        default=3, required=True, help="Days after an instalment before it is missed."
    )
    remind_days = fields.Integer(
        default=5,
        required=True,
        help="Days before an instalment when the customer is reminded; 0 for never.",
    )
    paid = fields.Monetary(compute="_compute_progress")
    residual = fields.Monetary(compute="_compute_progress", string="Left to pay")
    missed = fields.Monetary(compute="_compute_progress")
    next_date = fields.Date(compute="_compute_progress", string="Next instalment")
    previous_id = fields.Many2one(
        comodel_name="recovery.plan",
        string="Replaces",
        index="btree_not_null",
        copy=False,
        check_company=True,
    )
    next_ids = fields.One2many(
        comodel_name="recovery.plan", inverse_name="previous_id", string="Replaced by"
    )
    closed_on = fields.Date(readonly=True, copy=False)
    closed_paid = fields.Monetary(readonly=True, copy=False)
    revived = fields.Boolean(
        readonly=True,
        copy=False,
        help="What was suspended is due again: a plan that replaces it was broken.",
    )
    note = fields.Text()

    _name_uniq = models.Constraint(
        "UNIQUE (company_id, name)", "There is already a plan with this number."
    )
    _check_days = models.Constraint(
        "CHECK (grace_days >= 0 AND cure_days > 0 AND remind_days >= 0)",
        "Days of grace and of reminder cannot be negative, and the delay to cure is at "
        "least one day.",
    )
    _check_amounts = models.Constraint(
        "CHECK (interest >= 0 AND indemnity >= 0)",
        "Interest and indemnity cannot be negative.",
    )

    @api.depends("partner_id.child_ids.recovery_contact", "partner_id.child_ids.type")
    def _compute_contact_id(self):
        contacts = self.env["recovery.statement.renderer"]._contacts_of(self.partner_id)
        for plan in self:
            plan.contact_id = contacts.get(plan.partner_id)

    @api.depends("invoice_ids.amount")
    def _compute_principal(self):
        for plan in self:
            plan.principal = sum(plan.invoice_ids.mapped("amount"))

    @api.depends("principal", "interest", "indemnity", "currency_id", "company_id")
    def _compute_total(self):
        """The 40 EUR stay in EUR beside a total in another currency."""
        for plan in self:
            plan.total = plan.principal + plan.interest
            if plan.currency_id == plan.company_currency_id:
                plan.total += plan.indemnity

    @api.depends("line_ids.date")
    def _compute_end_date(self):
        for plan in self:
            plan.end_date = max(
                filter(None, plan.line_ids.mapped("date")), default=False
            )

    @api.depends("line_ids.amount", "state")
    def _compute_progress(self):
        summary = self.env["recovery.plan.progress"]._summary(self.ids)
        for plan in self:
            row = summary.get(plan.id or plan._origin.id, {})
            plan.paid = row.get("paid", 0)
            plan.residual = plan.principal - plan.paid
            plan.missed = row.get("missed", 0)
            plan.next_date = row.get("next_date", False)

    @api.constrains("penalties", "partner_id", "interest", "indemnity")
    def _check_law(self):
        """No interest nor fee of a consumer (reform of consumer credit, 20/11/2026);
        a public buyer's interest cannot be waived (CCP L2192-14).
        """
        for plan in self:
            if plan.debtor_kind == "consumer" and (
                plan.penalties == "run_on" or plan.interest or plan.indemnity
            ):
                raise ValidationError(
                    self.env._(
                        "A plan for a consumer bears neither interest nor fee: suspend "
                        "the interest and leave interest and indemnity at zero."
                    )
                )
            if plan.debtor_kind == "public" and plan.penalties != "run_on":
                raise ValidationError(
                    self.env._(
                        "The interest of a public buyer cannot be given up (CCP "
                        "L2192-14): let it run on."
                    )
                )
