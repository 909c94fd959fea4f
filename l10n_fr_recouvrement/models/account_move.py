from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from .access import COLLECTOR, require
from .recovery_public_mixin import RUNNING
from .vocabulary import ACCOUNTING, STATUSES


class AccountMove(models.Model):
    _name = "account.move"
    # The first mixins go before: their methods extend those of core.
    _inherit = [
        "recovery.charge.mixin",
        "recovery.reset.mixin",
        "account.move",
        "recovery.clause.mixin",
        "recovery.debit.cover.mixin",
        "recovery.limitation.mixin",
        "recovery.plan.move.mixin",
        "recovery.prefetch.mixin",
        "recovery.public.mixin",
        "recovery.shortfall.mixin",
        "recovery.release.mixin",
        "recovery.term.alert.mixin",
    ]

    # No index of its own: each on invoices slows down every posting.
    recovery_policy_id = fields.Many2one(
        comodel_name="recovery.policy",
        string="Recovery policy",
        copy=False,
        check_company=True,
        help="Empty: the policy of the customer.",
        groups="base.group_user",
    )
    recovery_debtor_kind = fields.Selection(
        related="commercial_partner_id.recovery_debtor_kind", groups="base.group_user"
    )
    recovery_status = fields.Selection(
        selection=STATUSES,
        string="Recovery",
        compute="_compute_recovery_situation",
        search="_search_recovery_status",
        groups="base.group_user",
    )
    recovery_reason = fields.Char(
        string="Why", compute="_compute_recovery_reason", groups="base.group_user"
    )
    recovery_level_id = fields.Many2one(
        comodel_name="recovery.level",
        string="Level reached",
        compute="_compute_recovery_situation",
        groups="base.group_user",
    )
    recovery_next_level_id = fields.Many2one(
        comodel_name="recovery.level",
        string="Next level",
        compute="_compute_recovery_situation",
        groups="base.group_user",
    )
    recovery_next_date = fields.Date(
        string="Next reminder",
        compute="_compute_recovery_situation",
        groups="base.group_user",
    )
    recovery_days_late = fields.Integer(
        string="Days late",
        compute="_compute_recovery_situation",
        groups="base.group_user",
    )
    recovery_page = fields.Boolean(
        compute="_compute_recovery_page",
        help="Whether the form has something to say on its page about recovery.",
        groups="base.group_user",
    )
    recovery_notice_count = fields.Integer(
        compute="_compute_recovery_notice_count", groups=ACCOUNTING
    )

    _recovery_marked_idx = models.Index(
        "(id) WHERE payment_state = 'blocked' OR recovery_policy_id IS NOT NULL"
        f" OR {RUNNING}"
    )

    @api.depends_context("recovery_date")
    @api.depends("amount_residual", "state", "payment_state", "recovery_policy_id")
    def _compute_recovery_situation(self):
        """The most urgent of the invoice's open items: one query for all of them."""
        rows = self._recovery_rows()
        for move in self:
            row = rows.get(move._origin.id, {})
            move.recovery_status = row.get("status")
            move.recovery_level_id = row.get("level_id")
            move.recovery_next_level_id = row.get("next_level_id")
            move.recovery_next_date = row.get("next_date")
            move.recovery_days_late = max(row.get("days_late", 0), 0)

    @api.depends_context("recovery_date", "lang")
    @api.depends("recovery_status")
    def _compute_recovery_reason(self):
        rows = self._recovery_rows()
        items = [row["id"] for row in rows.values()]
        situation = self.env["recovery.situation"].sudo()._scoped(items=items)
        reasons = {item.id: item.reason for item in situation.browse(items)}
        for move in self:
            row = rows.get(move._origin.id)
            move.recovery_reason = row and reasons[row["id"]]

    def _recovery_rows(self):
        """The most urgent open item of each invoice, as the situation sees it now.

        :return: {invoice id: row}
        """
        items = self.env["account.move.line"].sudo()  # of invoices that one reads
        domain = [
            ("move_id", "in", self._origin.ids),
            ("account_type", "=", "asset_receivable"),
            ("reconciled", "=", False),
            ("parent_state", "=", "posted"),
        ]
        ids = items.search(domain, order="id").ids if self._origin else []
        if not ids:
            return {}
        table = self.env["recovery.situation"]._scoped(items=ids)._table_sql
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT DISTINCT ON (move_id) id, move_id, status, level_id,
                       next_level_id, next_date, days_late
                  FROM %s AS situation WHERE id = ANY(%s)
                 ORDER BY move_id, status <> 'due', date_maturity, id
                """,
                table,
                ids,
            )
        )
        return {row["move_id"]: row for row in rows}

    @api.depends("state", "move_type", "line_ids.reconciled")
    def _compute_recovery_page(self):
        """Nothing is read for invoices: forms open as fast as without the page."""
        for move in self:
            move.recovery_page = move.state == "posted" and (
                move.move_type in ("out_invoice", "out_receipt")
                or move.move_type == "entry"
                and any(
                    line.account_type == "asset_receivable" and not line.reconciled
                    for line in move.line_ids
                )
            )

    @api.model
    def _search_recovery_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env.flush_all()
        table = self.env["recovery.situation"]._table_sql
        found = Domain(
            "id",
            "in",
            SQL(
                "(SELECT move_id FROM %s AS situation WHERE status = ANY(%s))",
                table,
                [status for status in value if status],
            ),
        )
        if False in value:
            known = SQL("(SELECT move_id FROM %s AS situation)", table)
            found |= Domain("id", "not in", known)
        return found

    @api.depends_context("company")
    def _compute_recovery_notice_count(self):
        claimed = self.env["recovery.notice.line"].search(
            [("move_id", "in", self.ids), ("kind", "=", "claimed")]
        )
        lines = claimed.grouped("move_id")
        for move in self:
            move.recovery_notice_count = len(lines.get(move, claimed[:0]).notice_id)

    def recovery_statement(self, date=None):
        """Statement of interest (décompte) of these invoices.

        :param date: the day at whose evening it stands; default the French day
        :return: dict, keys and Decimals as `law.interest.Statement`, in the invoice's
            currency (the indemnity in EUR), over all items of the invoice
        :raises AccessError: no access to the invoice, or no employee
        :raises law.rates.MissingRate: a day that bears interest has no rate
        """
        self._check_recovery_reader()
        day = fields.Date.to_date(date) or self.env["res.company"]._recovery_today()
        debts = self._recovery_debts()
        service = self.env["recovery.statement"].sudo()  # facts of a readable invoice
        return service._merged(service._for_items(debts.ids, day).values())

    def action_recovery_interest_statement(self):
        """The statement of interest of these invoices, at any date."""
        return self.env["recovery.statement.report"]._action(move_ids=self.ids)

    def recovery_summary(self, details=False):
        """What the form shows of the recovery of this invoice, once it is open.

        :param details: also what the page shows: statement, actions, history
        :return: dict of values that the web client can show
        :raises AccessError: no access to the invoice, or no employee
        """
        self.ensure_one()
        self._check_recovery_reader()
        return self.env["recovery.summary"]._of_move(self, details)

    def _check_recovery_reader(self):
        self.check_access("read")
        if not self.env.su and not self.env.user._is_internal():
            raise AccessError(self.env._("Statements of interest are for employees."))

    def action_recovery_remind(self):
        """Remind these invoices now, outside the night job, by the same rules."""
        return self.env["recovery.reminder"]._remind(moves=self)

    def action_recovery_notices(self):
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_notice_action"
        )
        action["domain"] = [("line_ids.move_id", "in", self.ids)]
        return action

    def action_recovery_include(self):
        """Include entries of general journals, as opening balances, in the dunning."""
        require(self.env, COLLECTOR)
        self._recovery_receivable_items().no_followup = False

    def _recovery_invoice_pdf(self):
        """The PDF that was sent, else one made now, as attachments of the invoice."""
        self.ensure_one()
        if self.invoice_pdf_report_id:
            return self.invoice_pdf_report_id
        report = self.env["ir.actions.report"].sudo()  # a printed invoice is no secret
        content, _format = report._render_qweb_pdf("account.account_invoices", self.ids)
        return self.env["ir.attachment"].create(
            {
                "name": self._get_invoice_report_filename(),
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _get_alerts(self):
        # EXTENDS 'account'
        return super()._get_alerts() | self._recovery_term_alert()

    def _recovery_debts(self):
        """Items that are owed: of an invoice, not of a credit note."""
        return self.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and line.debit
        )

    def _recovery_receivable_items(self):
        """Instalments of an invoice, in the order of their due dates."""
        return self.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).sorted(lambda line: (line.date_maturity, line.id))
