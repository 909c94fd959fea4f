from odoo import api, fields, models
from odoo.tools import SQL

from .vocabulary import BUCKETS, DEBTOR_KINDS, STATUSES, at_date

# Parts of the query, each a method of its name; a part reads only those before it.
PARTS = (
    "netted",
    "balances",
    "disputed",
    "in_process",
    "written",
    "reached",
    "pending",
    "questions",
    "marks",
    "invoices",
    "contacts",
    "roles",
    "debtors",
    "companies",
    "assignments",
    "substitutes",
    "tag_policies",
    "contacted",
    "relations",
    "parties",
    "steps",
    "facts",
    "scheduled",
)


class RecoverySituation(models.Model):
    """Where each open receivable item stands: the single truth that the worklist, the
    run, the preview, the alerts and the aged balance (balance âgée) read.

    One row per open item; its id is the id of the journal item.
    """

    _name = "recovery.situation"
    _description = "Situation of a receivable"
    _inherit = [
        "recovery.by.id.mixin",
        "recovery.query",
        "recovery.query.collector",
        "recovery.query.debtor",
        "recovery.query.notice",
        "recovery.situation.action",
    ]
    _auto = False
    _order = "date_maturity, id"
    _rec_name = "number"

    move_line_id = at_date(fields.Many2one, "account.move.line", "Journal item")
    move_id = at_date(fields.Many2one, "account.move", "Invoice")
    number = at_date(fields.Char)
    company_id = at_date(fields.Many2one, "res.company")
    partner_id = at_date(fields.Many2one, "res.partner", "Customer")
    contact_id = at_date(fields.Many2one, "res.partner", "Written to")
    salesperson_id = at_date(fields.Many2one, "res.users")
    assigned_id = at_date(fields.Many2one, "res.users", "Usual collector")
    collector_id = at_date(fields.Many2one, "res.users")
    currency_id = at_date(fields.Many2one, "res.currency")
    company_currency_id = at_date(fields.Many2one, "res.currency")
    invoice_date = at_date(fields.Date, "Invoice date")
    date_maturity = at_date(fields.Date, "Due date")
    days_late = at_date(fields.Integer, "Days late", aggregator="max")
    bucket = at_date(fields.Selection, BUCKETS, "Age")
    debtor_kind = at_date(fields.Selection, DEBTOR_KINDS, "Kind of debtor")
    policy_id = at_date(fields.Many2one, "recovery.policy")
    level_id = at_date(fields.Many2one, "recovery.level", "Level reached")
    level_date = at_date(fields.Date, "Reached on")
    next_level_id = at_date(fields.Many2one, "recovery.level", "Next level")
    next_date = at_date(fields.Date, "Next date")
    pending_notice_id = at_date(fields.Many2one, "recovery.notice", "Pending notice")
    until = at_date(fields.Date, "Suspended until")
    answer_until = at_date(fields.Date, "Salesperson answers until")
    status = at_date(fields.Selection, STATUSES)
    residual = at_date(fields.Monetary, "Amount due")
    disputed = at_date(fields.Monetary)
    covered = at_date(fields.Monetary, "Covered by credits")
    claimable = at_date(fields.Monetary)
    residual_company = at_date(
        fields.Monetary, "Outstanding", currency_field="company_currency_id"
    )
    overdue_company = at_date(
        fields.Monetary, "Overdue", currency_field="company_currency_id"
    )
    claimable_company = at_date(
        fields.Monetary, "To claim", currency_field="company_currency_id"
    )
    leaving_date = fields.Date(
        "Leaves on",
        compute="_compute_leaving_date",
        help="The working day on which the night job sends the next level.",
    )
    reason = fields.Char("Why", compute="_compute_reason")

    @api.model
    def _scoped(self, items=None, debtors=None):
        """This model limited to items or debtors, with fresh values."""
        scope = {"items": items} if debtors is None else {"debtors": debtors}
        self.env.flush_all()
        # What belongs to a scope is found through indexes, however large the tables.
        self.env.cr.execute(SQL("SET LOCAL random_page_cost = 1.1"))
        self.invalidate_model(flush=False)
        return self.with_context(recovery_scope=scope)

    @api.model
    def _scope_of_ids(self, ids):
        # OVERRIDE 'recovery.by.id.mixin'
        nobodys = [("id", "in", ids), ("partner_id", "=", False)]
        lines = self.env["account.move.line"].sudo()  # whether a debtor stands for it
        return None if lines.search_count(nobodys, limit=1) else {"items": ids}

    @property
    def _table_query(self):
        # Compiling this query takes PostgreSQL longer than running it, and it sorts
        # the ledger.
        self.env.cr.execute(SQL("SET LOCAL jit = off; SET LOCAL work_mem = '128MB'"))
        scoped = self.env.context.get("recovery_scope")
        return SQL(
            "WITH items AS %s (%s), %s SELECT *, %s AS status FROM scheduled",
            # Few items are read once; many are read again from their index.
            SQL("MATERIALIZED" if scoped else "NOT MATERIALIZED"),
            self._items(),
            SQL(", ").join(
                SQL("%s AS (%s)", SQL.identifier(part), getattr(self, f"_{part}")())
                for part in PARTS
            ),
            self._status(),
        )

    @api.model
    def _facts(self):
        """Each item with its debtor, amounts, level reached and what suspends it."""
        return SQL(
            """
            SELECT item.id, item.id AS move_line_id, item.move_id,
                   item.move_name AS number, item.company_id, item.partner_id,
                   move.invoice_user_id AS salesperson_id,
                   parties.assigned_id, parties.collector_id,
                   item.currency_id, item.company_currency_id,
                   COALESCE(item.invoice_date, item.date) AS invoice_date,
                   COALESCE(%(legal)s, item.date_maturity) AS date_maturity,
                   %(date)s - COALESCE(%(legal)s, item.date_maturity) AS days_late,
                   parties.debtor_kind, parties.kind_confirmed,
                   COALESCE(invoices.recovery_policy_id, parties.policy_id)
                       AS policy_id,
                   marks.level_id, marks.level_date,
                   COALESCE(marks.position, 0) AS position, marks.pending_notice_id,
                   item.residual, item.residual_company, parties.overdue,
                   COALESCE(marks.disputed, 0) AS disputed,
                   LEAST(COALESCE(item.credited, 0) + COALESCE(marks.in_process, 0),
                         GREATEST(item.residual, 0) - COALESCE(marks.disputed, 0))
                       AS covered,
                   COALESCE(item.credited, marks.disputed, marks.in_process)
                       IS NOT NULL AS reduced,
                   CASE WHEN parties.strength < COALESCE(invoices.strength, 99)
                        THEN parties.hold
                        ELSE COALESCE(invoices.hold, parties.hold) END AS hold,
                   CASE WHEN parties.strength < COALESCE(invoices.strength, 99)
                        THEN parties.until
                        ELSE COALESCE(invoices.until, parties.until) END AS until,
                   item.no_followup, item.journal_id = ANY(ARRAY(
                       SELECT id FROM account_journal WHERE type = 'general'))
                       AS is_general,
                   COALESCE(invoices.blocked, FALSE) AS blocked,
                   parties.contact_id AS usual_contact_id,
                   parties.has_email AS usual_email,
                   parties.has_address AS usual_address, parties.contacted,
                   parties.bank_late, marks.asked_level_id, marks.asked_on,
                   marks.asked_until
              FROM netted item
              LEFT JOIN parties ON parties.company_id = item.company_id
               AND parties.partner_id = item.partner_id
              LEFT JOIN invoices ON invoices.move_id = item.move_id
              LEFT JOIN marks ON marks.id = item.id
              LEFT JOIN account_move move ON move.id = item.move_id
            """,
            date=self._date(),
            legal=SQL(
                "CASE WHEN parties.debtor_kind = 'public'"
                " THEN invoices.legal_due_date END"
            ),
        )

    @api.model
    def _scheduled(self):
        """Facts with what is claimable, the next level and its date; a reminder before
        the due date that the interval puts after it is passed over.
        """
        return SQL(
            """
            SELECT facts.*, step.level_id AS next_level_id, step.needs_kind,
                   step.by_email, step.by_letter, step.by_registered, step.needs_bank,
                   step.minimum_amount, step.waits_for_reply,
                   CASE WHEN step.ask_days > 0 THEN (
                       SELECT invoice_user_id IS NOT NULL FROM account_move
                        WHERE account_move.id = facts.move_id) END AS asks,
                   CASE WHEN facts.asked_level_id = step.level_id
                         AND facts.asked_on >= COALESCE(level_date, facts.asked_on)
                        THEN facts.asked_until END AS answer_until,
                   COALESCE(roles.contact_id, facts.usual_contact_id) AS contact_id,
                   roles.has_email OR facts.usual_email AS has_email,
                   roles.has_address OR facts.usual_address AS has_address,
                   GREATEST(
                       CASE WHEN step.repeated OR step.delay_basis = 'previous_notice'
                            THEN COALESCE(facts.level_date, facts.date_maturity)
                            WHEN step.delay_basis = 'end_of_month'
                            THEN (date_trunc('month', facts.date_maturity)
                                  + interval '1 month - 1 day')::date
                            ELSE facts.date_maturity END + step.delay_days,
                       CASE WHEN step.level_id IS NOT NULL
                            THEN facts.contacted + step.interval_days END
                   ) AS next_date,
                   CASE WHEN facts.residual <= 0 THEN 'credit'
                        WHEN facts.days_late <= 0 THEN 'b0_not_due'
                        WHEN facts.days_late <= 30 THEN 'b1_30'
                        WHEN facts.days_late <= 60 THEN 'b2_60'
                        WHEN facts.days_late <= 90 THEN 'b3_90'
                        ELSE 'b4_more' END AS bucket,
                   CASE WHEN facts.reduced
                        THEN facts.residual - facts.disputed - facts.covered
                        ELSE GREATEST(facts.residual, 0) END AS claimable,
                   CASE WHEN facts.days_late > 0 THEN facts.residual_company ELSE 0 END
                       AS overdue_company,
                   CASE WHEN facts.reduced
                        THEN ROUND(facts.residual_company
                             * (facts.residual - facts.disputed - facts.covered)
                             / facts.residual, 2)
                        ELSE GREATEST(facts.residual_company, 0)
                        END AS claimable_company
              FROM facts
              LEFT JOIN steps step ON step.policy_id = facts.policy_id
               AND step.reached = facts.position
               AND step.overdue = (facts.days_late > 0 OR COALESCE(
                   facts.contacted + step.interval_days > facts.date_maturity, FALSE))
              LEFT JOIN roles ON roles.partner_id = facts.partner_id
               AND roles.role = step.recipient_role
            """
        )

    @api.model
    def _status(self):
        """Status of a scheduled item: the first match wins."""
        return SQL(
            """
            CASE WHEN residual <= 0 THEN 'nothing_due'
                 WHEN no_followup AND is_general THEN 'not_invoice'
                 WHEN blocked OR no_followup THEN 'blocked'
                 WHEN hold IN ('insolvency', 'case', 'factored') THEN hold
                 WHEN reduced AND disputed >= residual THEN 'disputed'
                 WHEN hold != 'reply' OR hold = 'reply' AND waits_for_reply THEN hold
                 WHEN reduced AND claimable <= 0 THEN 'covered'
                 WHEN partner_id IS NULL THEN 'no_address'
                 WHEN minimum_amount > CASE WHEN days_late > 0 THEN overdue
                                            ELSE residual_company END
                 THEN 'below_minimum'
                 WHEN policy_id IS NULL THEN 'no_policy'
                 WHEN pending_notice_id IS NOT NULL OR next_level_id IS NULL
                   OR days_late <= 0 AND overdue > 0
                 THEN 'waiting'
                 WHEN needs_kind AND NOT kind_confirmed
                 THEN 'unconfirmed_kind'
                 WHEN %s THEN 'no_address'
                 WHEN next_date > %s THEN 'waiting'
                 WHEN needs_bank AND bank_late THEN 'bank_late'
                 WHEN asks AND COALESCE(answer_until >= %s, TRUE) THEN 'asked'
                 ELSE 'due' END
            """,
            self._no_address(),
            self._date(),
            self._date(),
        )

    @api.depends("next_date", "company_id")
    @api.depends_context("recovery_date")
    def _compute_leaving_date(self):
        """One reading of each company's calendar, however many rows."""
        today = self._date()
        for company, rows in self.grouped("company_id").items():
            wanted = {row: max(row.next_date or today, today) for row in rows}
            days = company._recovery_next_open_days(wanted.values())
            for row, day in wanted.items():
                row.leaving_date = days[day]
