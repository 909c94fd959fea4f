from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .vocabulary import DEBTOR_KINDS, STATUSES, at_date

# Most urgent first: what the worklist shows of a debtor with several items.
URGENCY = (
    "due",
    "reply",
    "no_address",
    "unconfirmed_kind",
    "no_policy",
    "bank_late",
    "asked",
    "waiting",
    "below_minimum",
    "promise",
    "objection",
    "paused",
    "plan",
    "disputed",
    "covered",
    "factored",
    "case",
    "insolvency",
    "blocked",
    "not_invoice",
    "nothing_due",
)
# Nothing suspends these: somebody may call.
CALLABLE = ("due", "waiting", "no_address", "unconfirmed_kind", "no_policy")
# Above any id of a level.
RADIX = 2**31
# Above any id of a customer and of a currency; with the company they make the id of a
# row, which a browser holds exactly (under 2**53).
PARTNERS, CURRENCIES = 2**29, 2**11


class RecoveryDebtor(models.Model):
    """The situation of a debtor (débiteur) in one company and currency: the worklist,
    and the page of the debtor.

    The id of a row says company, currency and customer: it stays the same while items
    come and go.
    """

    _name = "recovery.debtor"
    _description = "Debtor"
    _inherit = [
        "recovery.by.id.mixin",
        "recovery.debtor.page.mixin",
        "recovery.debtor.promise.mixin",
    ]
    _auto = False
    _order = "priority desc, claimable_company desc, id"
    _rec_name = "partner_id"

    company_id = at_date(fields.Many2one, "res.company")
    partner_id = at_date(fields.Many2one, "res.partner", "Customer")
    contact_id = at_date(fields.Many2one, "res.partner", "Written to")
    collector_id = at_date(fields.Many2one, "res.users")
    assigned_id = at_date(fields.Many2one, "res.users", "Usual collector")
    salesperson_id = at_date(fields.Many2one, "res.users")
    currency_id = at_date(fields.Many2one, "res.currency")
    company_currency_id = at_date(fields.Many2one, "res.currency")
    debtor_kind = at_date(fields.Selection, DEBTOR_KINDS, "Kind of debtor")
    policy_id = at_date(fields.Many2one, "recovery.policy")
    item_count = at_date(fields.Integer, "Open items")
    due_count = at_date(fields.Integer, "Items to remind")
    late_count = at_date(fields.Integer, "Late items")
    pending_count = at_date(fields.Integer, "Items in pending notices")
    residual = at_date(fields.Monetary, "Balance")
    overdue = at_date(fields.Monetary)
    claimable = at_date(fields.Monetary)
    credit = at_date(fields.Monetary, "Credits")
    residual_company = at_date(
        fields.Monetary, "Outstanding", currency_field="company_currency_id"
    )
    overdue_company = at_date(
        fields.Monetary, "Overdue amount", currency_field="company_currency_id"
    )
    claimable_company = at_date(
        fields.Monetary, "To claim", currency_field="company_currency_id"
    )
    priority = at_date(
        fields.Float,
        "Urgency",
        digits=(16, 0),
        help="Amount at stake × age: what may be claimed times the days late, summed "
        "over the late items that nothing suspends.",
    )
    oldest_due_date = at_date(fields.Date, "Oldest due date")
    days_late = at_date(fields.Integer, "Days late", aggregator="max")
    level_id = at_date(fields.Many2one, "recovery.level", "Level reached")
    last_notice_date = at_date(fields.Date, "Last notice")
    next_level_id = at_date(fields.Many2one, "recovery.level", "Next level")
    next_date = at_date(fields.Date, "Next date")
    status = at_date(fields.Selection, STATUSES)
    note = fields.Html(related="partner_id.comment", string="Notes")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT (company_id::bigint * %(currencies)s + currency_id)
                       * %(partners)s + COALESCE(partner_id, 0) AS id,
                   MIN(company_id) AS company_id,
                   MIN(partner_id) AS partner_id, MIN(currency_id) AS currency_id,
                   MIN(company_currency_id) AS company_currency_id,
                   MIN(contact_id) AS contact_id, MIN(collector_id) AS collector_id,
                   MIN(assigned_id) AS assigned_id,
                   MIN(salesperson_id) AS salesperson_id,
                   MIN(debtor_kind) AS debtor_kind, MIN(policy_id) AS policy_id,
                   COUNT(*) AS item_count,
                   COUNT(*) FILTER (WHERE status = 'due') AS due_count,
                   COUNT(*) FILTER (WHERE days_late > 0 AND residual > 0) AS late_count,
                   COALESCE(SUM(claimable_company * days_late)
                       FILTER (WHERE days_late > 0 AND status = ANY(%(callable)s)), 0)
                       AS priority,
                   SUM(residual) AS residual,
                   COALESCE(SUM(residual) FILTER (WHERE days_late > 0), 0) AS overdue,
                   COALESCE(SUM(claimable) FILTER (WHERE days_late > 0), 0)
                       AS claimable,
                   COALESCE(-SUM(residual) FILTER (WHERE residual < 0), 0) AS credit,
                   SUM(residual_company) AS residual_company,
                   SUM(overdue_company) AS overdue_company,
                   COALESCE(SUM(claimable_company) FILTER (WHERE days_late > 0), 0)
                       AS claimable_company,
                   MIN(date_maturity) FILTER (WHERE residual > 0) AS oldest_due_date,
                   MAX(days_late) FILTER (WHERE residual > 0) AS days_late,
                   MAX(level_date) AS last_notice_date,
                   (MAX(%(level_key)s) %% %(radix)s)::int AS level_id,
                   COUNT(pending_notice_id) AS pending_count,
                   (%(next_step)s %% %(radix)s)::int AS next_level_id,
                   DATE '2000-01-01' + (%(next_step)s / %(radix)s %% 100000)::int
                       AS next_date,
                   (%(urgency)s::text[])[MIN(array_position(%(urgency)s, status))]
                       AS status
              FROM %(situation)s AS situation
             GROUP BY 1
            """,
            level_key=SQL("(position::bigint * %s + level_id)", RADIX),
            next_step=self._next_step(),
            radix=RADIX,
            partners=PARTNERS,
            currencies=CURRENCIES,
            callable=list(CALLABLE),
            urgency=list(URGENCY),
            situation=self.env["recovery.situation"]._table_sql,
        )

    @api.model
    def _next_step(self):
        """The first step to come, late items before those not yet due, packed into one
        number that sorts: late, then days since 2000, then the id of the level.
        """
        return SQL(
            """
            MIN(((days_late <= 0)::int * 100000 + (next_date - DATE '2000-01-01'))
                ::bigint * %s + next_level_id)
                FILTER (WHERE status IN ('due', 'waiting'))
            """,
            RADIX,
        )

    @api.model
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        # EXTENDS 'web': the whole ledger is read once, for the page and its count
        self.env.flush_all()
        query = self._search(
            domain, offset=offset, limit=limit, order=order or self._order
        )
        rows = self.env.execute_query(query.select("id", SQL("COUNT(*) OVER ()")))
        if not rows and offset:
            return {"length": self.search_count(domain), "records": []}
        self.invalidate_model(flush=False)
        page = self.browse([row_id for row_id, _count in rows])
        return {
            "length": rows[0][1] if rows else 0,
            "records": page.web_read(specification),
        }

    @api.model
    def _scope_of_ids(self, ids):
        # OVERRIDE 'recovery.by.id.mixin'
        debtors = {row_id % PARTNERS for row_id in ids}
        return {"debtors": sorted(debtors)} if debtors and 0 not in debtors else None

    @api.model
    def _scoped(self, debtors):
        """This model limited to some debtors, with fresh values."""
        self.env.flush_all()
        self.invalidate_model(flush=False)
        return self.with_context(recovery_scope={"debtors": debtors})

    def action_situation(self):
        """Open items behind these rows."""
        self.env["recovery.debtor"].check_access("read")
        action = self.partner_id.action_recovery_situation()
        if len(self) == 1:
            action["display_name"] = self.partner_id.display_name
        return action

    def action_remind(self):
        """Remind these debtors now, by the rules of the night job."""
        return self.partner_id.action_recovery_remind()

    def action_interest_statement(self):
        """The statement of interest of these debtors, at any date."""
        return self.env["recovery.statement.report"]._action(
            partner_ids=self.partner_id.ids, company_ids=self.company_id.ids
        )

    def action_account_statement(self):
        """Send their statements of account, after a preview."""
        if len(self.company_id) > 1:
            raise UserError(self.env._("Choose customers of one company only."))
        return self.env["recovery.account.statement.send"]._action(
            self.partner_id, self.company_id
        )

    def action_resend(self):
        """Send the last reminder of this debtor again; it counts as no level."""
        self.ensure_one()
        notices = self.env["recovery.notice"]
        return notices._last_sent(self.partner_id, self.company_id).action_resend()

    def action_confirm_bank(self):
        """The bank of the companies of these debtors is up to date."""
        return self.env["recovery.bank.confirmation"]._tell(self.company_id)

    def action_postpone(self):
        """Pause these debtors at once, after a reason and a last day."""
        return self.env["recovery.postpone"]._action(self)

    def action_partner(self):
        """The customer, on its page about recovery."""
        self.ensure_one()
        view = self.env.ref("l10n_fr_recouvrement.res_partner_debtor_view_form")
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(view.id, "form")],
        }

    def action_answer(self):
        """Record what the debtor answered."""
        self.ensure_one()
        return self.env["recovery.answer"]._open(
            self, currency_id=self.currency_id.id, amount=self.claimable
        )
