from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from .vocabulary import ACCOUNTING, STATUSES


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = [
        "account.move",
        "recovery.limitation.mixin",
        "recovery.debit.cover.mixin",
    ]

    recovery_policy_id = fields.Many2one(
        comodel_name="recovery.policy",
        string="Recovery policy",
        copy=False,
        check_company=True,
        index="btree_not_null",
        help="Empty: the policy of the customer.",
        groups="base.group_user",
    )
    recovery_status = fields.Selection(
        selection=STATUSES,
        string="Recovery",
        compute="_compute_recovery_situation",
        search="_search_recovery_status",
        groups="base.group_user",
    )
    recovery_reason = fields.Char(
        string="Why", compute="_compute_recovery_situation", groups="base.group_user"
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
    recovery_notice_line_ids = fields.One2many(
        comodel_name="recovery.notice.line",
        inverse_name="move_id",
        domain=[("kind", "=", "claimed")],
        string="Reminders",
        readonly=True,
        groups=ACCOUNTING,
    )
    recovery_dispute_ids = fields.One2many(
        comodel_name="recovery.dispute",
        inverse_name="move_id",
        string="Disputes",
        groups=ACCOUNTING,
    )
    recovery_notice_count = fields.Integer(
        compute="_compute_recovery_notice_count", groups=ACCOUNTING
    )

    _recovery_marked_idx = models.Index(
        "(id) WHERE payment_state = 'blocked' OR recovery_policy_id IS NOT NULL"
    )

    @api.depends_context("recovery_date", "lang")
    @api.depends("amount_residual", "state", "payment_state", "recovery_policy_id")
    def _compute_recovery_situation(self):
        """The most urgent of the invoice's open items."""
        situations = self._recovery_situations()
        by_move = situations.grouped("move_id")
        for move in self:
            items = by_move.get(move, situations.browse()).sorted(
                lambda item: (item.status != "due", item.date_maturity)
            )[:1]
            move.recovery_status = items.status
            move.recovery_reason = items.reason
            move.recovery_level_id = items.level_id
            move.recovery_next_level_id = items.next_level_id
            move.recovery_next_date = items.next_date
            move.recovery_days_late = max(items.days_late or 0, 0)

    def _recovery_situations(self):
        """Open items of these moves, as the situation sees them now."""
        lines = self.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
            and not line.reconciled
            and line.parent_state == "posted"
        )
        situation = self.env["recovery.situation"].sudo()  # readers of the invoice
        if not lines:
            return situation
        return situation._scoped(items=lines.ids).search([("id", "in", lines.ids)])

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
        counts = dict(
            self.env["recovery.notice.line"]._read_group(
                [("move_id", "in", self.ids), ("kind", "=", "claimed")],
                ["move_id"],
                ["notice_id:count_distinct"],
            )
        )
        for move in self:
            move.recovery_notice_count = counts.get(move, 0)

    def recovery_statement(self, date=None):
        """Statement of interest (décompte) of these invoices.

        :param date: the day at whose evening it stands; default the French day
        :return: dict, keys and Decimals as `law.interest.Statement`, in the invoice's
            currency (the indemnity in EUR), over all items of the invoice
        :raises AccessError: no access to the invoice, or no employee
        :raises law.rates.MissingRate: a day that bears interest has no rate
        """
        self.check_access("read")
        if not self.env.su and not self.env.user._is_internal():
            raise AccessError(self.env._("Statements of interest are for employees."))
        day = fields.Date.to_date(date) or self.env["res.company"]._recovery_today()
        lines = self.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and line.debit
        )
        service = self.env["recovery.statement"].sudo()  # facts of a readable invoice
        return service._merged(service._for_items(lines.ids, day).values())

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
        if not self.env.user.has_group("l10n_fr_recouvrement.group_recovery_user"):
            raise AccessError(self.env._("Only a collector can do this."))
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
        alerts = super()._get_alerts()
        if self.recovery_status in ("due", "no_address", "unconfirmed_kind"):
            if self.env.user.has_group("l10n_fr_recouvrement.group_recovery_user"):
                alerts["l10n_fr_recouvrement"] = {
                    "level": "warning",
                    "message": self.recovery_reason,
                }
        return alerts

    def _post(self, soft=True):
        # EXTENDS 'account'
        posted = super()._post(soft)
        posted._recovery_relink_items()
        return posted

    def _recovery_relink_items(self):
        """Give the notices their items back after a reset to draft made new ones."""
        for model in ("recovery.notice.line", "recovery.level.change"):
            orphans = (
                self.env[model]
                .sudo()
                .search(  # history, whoever posts
                    [("move_id", "in", self.ids), ("move_line_id", "=", False)]
                )
            )
            for line in orphans:
                items = line.move_id._recovery_receivable_items()
                line.move_line_id = items[line.rank - 1 : line.rank]

    def _recovery_receivable_items(self):
        """Instalments of an invoice, in the order of their due dates."""
        return self.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).sorted(lambda line: (line.date_maturity, line.id))
