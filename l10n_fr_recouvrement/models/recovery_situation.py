from odoo import api, fields, models
from odoo.tools import SQL, format_date, formatLang

from .vocabulary import BUCKETS, DEBTOR_KINDS, STATUSES, at_date

# Parts of the query, each a method of its name.
PARTS = (
    "items",
    "netted",
    "marked",
    "disputed",
    "in_process",
    "hold",
    "reached",
    "pending",
    "contacted",
    "steps",
    "kind_policies",
    "tag_policies",
    "contacts",
    "facts",
    "scheduled",
    "status",
)


class RecoverySituation(models.Model):
    """Where each open receivable item stands: the single truth that the worklist, the
    run, the preview, the alerts and the aged balance (balance âgée) read.

    One row per open item; its id is the id of the journal item.
    """

    _name = "recovery.situation"
    _description = "Situation of a receivable"
    _inherit = ["recovery.query"]
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
    reason = fields.Char("Why", compute="_compute_reason")

    @api.model
    def _scoped(self, items=None, debtors=None):
        """This model limited to items or debtors, with fresh values."""
        scope = {"items": items} if debtors is None else {"debtors": debtors}
        self.env.flush_all()
        self.invalidate_model(flush=False)
        return self.with_context(recovery_scope=scope)

    @property
    def _table_query(self):
        # Compiling this query takes PostgreSQL longer than running it.
        self.env.cr.execute(SQL("SET LOCAL jit = off"))
        return SQL(
            """
            WITH items AS (%(items)s), netted AS (%(netted)s), marked AS (%(marked)s),
                 disputed AS (%(disputed)s), in_process AS (%(in_process)s),
                 hold AS (%(hold)s), reached AS (%(reached)s),
                 pending AS (%(pending)s), contacted AS (%(contacted)s),
                 steps AS (%(steps)s), kind_policies AS (%(kind_policies)s),
                 tag_policies AS (%(tag_policies)s), contacts AS (%(contacts)s),
                 facts AS (%(facts)s), scheduled AS (%(scheduled)s)
            SELECT *, %(status)s AS status FROM scheduled
            """,
            **{part: getattr(self, f"_{part}")() for part in PARTS},
        )

    @api.model
    def _facts(self):
        """Each item with its policy, amounts, level reached and what suspends it."""
        company = SQL("items.company_id")
        return SQL(
            """
            SELECT items.id, items.id AS move_line_id, items.move_id,
                   items.move_name AS number, items.company_id, items.partner_id,
                   move.invoice_user_id AS salesperson_id,
                   COALESCE(%(collector)s, company.recovery_user_id) AS collector_id,
                   items.currency_id, items.company_currency_id,
                   COALESCE(items.invoice_date, items.date) AS invoice_date,
                   items.date_maturity, %(date)s - items.date_maturity AS days_late,
                   partner.recovery_debtor_kind AS debtor_kind,
                   COALESCE(partner.recovery_debtor_kind_confirmed, FALSE)
                       AS kind_confirmed,
                   COALESCE(marked.recovery_policy_id, %(policy)s,
                       CASE WHEN tag_policies.sequence <= kind_policies.sequence
                              OR kind_policies.policy_id IS NULL
                            THEN tag_policies.policy_id
                            ELSE kind_policies.policy_id END,
                       kind_policies.policy_id,
                       company.recovery_policy_id) AS policy_id,
                   reached.level_id, reached.date AS level_date,
                   COALESCE(reached.position, 0) AS position,
                   pending.notice_id AS pending_notice_id,
                   items.residual, items.residual_company,
                   COALESCE(disputed.amount, 0) AS disputed,
                   LEAST(COALESCE(items.credited, 0) + COALESCE(in_process.amount, 0),
                         GREATEST(items.residual, 0) - COALESCE(disputed.amount, 0))
                       AS covered,
                   items.overdue,
                   CASE WHEN debtor_hold.strength < COALESCE(move_hold.strength, 99)
                        THEN debtor_hold.hold
                        ELSE COALESCE(move_hold.hold, debtor_hold.hold) END AS hold,
                   CASE WHEN debtor_hold.strength < COALESCE(move_hold.strength, 99)
                        THEN debtor_hold.until
                        ELSE COALESCE(move_hold.until, debtor_hold.until) END AS until,
                   items.no_followup, journal.type = 'general' AS is_general,
                   COALESCE(marked.blocked, FALSE) AS blocked,
                   COALESCE(contacts.contact_id, items.partner_id) AS contact_id,
                   COALESCE(NULLIF(contacts.email, ''), NULLIF(partner.email, ''))
                       IS NOT NULL AS has_email,
                   COALESCE(NULLIF(contacts.city, ''), NULLIF(partner.city, ''))
                       IS NOT NULL AS has_address,
                   contacted.date AS contacted
              FROM netted items
              LEFT JOIN account_move move ON move.id = items.move_id
              LEFT JOIN account_journal journal ON journal.id = items.journal_id
              LEFT JOIN marked ON marked.id = items.move_id
              LEFT JOIN res_company company ON company.id = items.company_id
              LEFT JOIN res_partner partner ON partner.id = items.partner_id
              LEFT JOIN disputed ON disputed.id = items.id
              LEFT JOIN in_process ON in_process.id = items.id
              LEFT JOIN hold move_hold ON move_hold.move_id = items.move_id
               AND move_hold.company_id = items.company_id
              LEFT JOIN hold debtor_hold ON debtor_hold.move_id = 0
               AND debtor_hold.company_id = items.company_id
               AND debtor_hold.partner_id = items.partner_id
              LEFT JOIN reached ON reached.move_line_id = items.id
              LEFT JOIN pending ON pending.move_line_id = items.id
              LEFT JOIN kind_policies ON kind_policies.company_id = items.company_id
               AND kind_policies.kind = COALESCE(partner.recovery_debtor_kind, '')
              LEFT JOIN tag_policies ON tag_policies.company_id = items.company_id
               AND tag_policies.partner_id = items.partner_id
              LEFT JOIN contacts ON contacts.partner_id = items.partner_id
              LEFT JOIN contacted ON contacted.company_id = items.company_id
               AND contacted.partner_id = items.partner_id
            """,
            date=self._date(),
            collector=self._company_dependent(
                "res.partner", "recovery_user_id", "partner", company
            ),
            policy=self._company_dependent(
                "res.partner", "recovery_policy_id", "partner", company
            ),
        )

    @api.model
    def _scheduled(self):
        """Facts with what is claimable, the next level and its date."""
        return SQL(
            """
            SELECT facts.*, step.level_id AS next_level_id, step.needs_kind,
                   step.by_email, step.by_letter, step.by_registered,
                   policy.minimum_amount,
                   GREATEST(
                       CASE WHEN step.repeated OR step.delay_basis = 'previous_notice'
                            THEN COALESCE(facts.level_date, facts.date_maturity)
                            WHEN step.delay_basis = 'end_of_month'
                            THEN (date_trunc('month', facts.date_maturity)
                                  + interval '1 month - 1 day')::date
                            ELSE facts.date_maturity END + step.delay_days,
                       CASE WHEN step.level_id IS NOT NULL
                            THEN facts.contacted + policy.interval_days END
                   ) AS next_date,
                   CASE WHEN facts.residual <= 0 THEN 'credit'
                        WHEN facts.days_late <= 0 THEN 'b0_not_due'
                        WHEN facts.days_late <= 30 THEN 'b1_30'
                        WHEN facts.days_late <= 60 THEN 'b2_60'
                        WHEN facts.days_late <= 90 THEN 'b3_90'
                        ELSE 'b4_more' END AS bucket,
                   GREATEST(facts.residual, 0) - facts.disputed - facts.covered
                       AS claimable,
                   CASE WHEN facts.days_late > 0 THEN facts.residual_company ELSE 0 END
                       AS overdue_company,
                   CASE WHEN facts.residual <= 0 THEN 0
                        ELSE ROUND(facts.residual_company
                             * (facts.residual - facts.disputed - facts.covered)
                             / facts.residual, 2) END AS claimable_company
              FROM facts
              LEFT JOIN recovery_policy policy ON policy.id = facts.policy_id
              LEFT JOIN steps step ON step.policy_id = facts.policy_id
               AND step.reached = facts.position
               AND step.overdue = (facts.days_late > 0)
            """
        )

    @api.model
    def _status(self):
        """Status of a scheduled item: the first match wins."""
        return SQL(
            """
            CASE WHEN residual <= 0 THEN 'nothing_due'
                 WHEN is_general AND no_followup THEN 'not_invoice'
                 WHEN blocked OR no_followup THEN 'blocked'
                 WHEN hold IN ('insolvency', 'case', 'factored') THEN hold
                 WHEN disputed >= residual THEN 'disputed'
                 WHEN hold IS NOT NULL THEN hold
                 WHEN claimable <= 0 THEN 'covered'
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
                 ELSE 'due' END
            """,
            self._no_address(),
            self._date(),
        )

    @api.model
    def _no_address(self):
        """An e-mail level falls back on a letter; a letter needs a postal address."""
        return SQL(
            """
            partner_id IS NULL
            OR (by_letter OR by_registered) AND has_address IS NOT TRUE
            OR by_email AND has_email IS NOT TRUE AND has_address IS NOT TRUE
            """
        )

    @api.depends("status")
    @api.depends_context("recovery_date", "lang")
    def _compute_reason(self):
        for situation in self:
            situation.reason = situation._reason()

    def _reason(self):
        """Sentence that explains the status: why here, why not today, what to do."""
        self.ensure_one()
        sentence = getattr(self, f"_reason_{self.status}", None)
        return sentence() if sentence else ""

    def action_open(self):
        """The invoice, or the entry, behind the item."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }

    def action_remind(self):
        """Remind the invoices of these items now, by the rules of the night job."""
        return self.move_id.action_recovery_remind()

    def _day(self, day):
        return format_date(self.env, day) if day else ""

    def _amount(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)
