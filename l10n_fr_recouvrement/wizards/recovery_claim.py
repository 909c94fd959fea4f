from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..law.rates import MissingRate
from ..models.access import COLLECTOR, MANAGER
from ..models.recovery_charge import KINDS


class RecoveryClaim(models.TransientModel):
    """Claim penalties by debit notes, or waive them: days and indemnities that were
    not charged yet, of invoices paid or not.
    """

    _name = "recovery.claim"
    _description = "Claim penalties"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    move_ids = fields.Many2many(comodel_name="account.move", string="Invoices")
    action = fields.Selection(
        selection=[("claim", "Claim"), ("waive", "Waive")],
        default="claim",
        required=True,
    )
    can_waive = fields.Boolean(compute="_compute_can_waive")
    date = fields.Date(
        string="Interest up to",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
    )
    date_from = fields.Date(
        string="Days from", help="Empty: all the days that were not charged yet."
    )
    minimum = fields.Monetary(
        string="Customers from",
        currency_field="company_currency_id",
        help="Customers whose penalties stay below are not ticked.",
    )
    grouping = fields.Selection(
        selection=[
            ("invoice", "One for each invoice"),
            ("customer", "One for each customer"),
        ],
        string="Debit notes",
        default="invoice",
        required=True,
    )
    post = fields.Boolean(string="Post the notes")
    book_collected = fields.Boolean(related="company_id.recovery_book_collected")
    reason = fields.Text(help="Kept with the waiver.")
    line_ids = fields.One2many(
        comodel_name="recovery.claim.line",
        inverse_name="wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    total = fields.Char(compute="_compute_total")
    blocked_count = fields.Integer(compute="_compute_total")

    @api.depends_context("uid")
    def _compute_can_waive(self):
        self.can_waive = self.env.user.has_group(MANAGER)

    @api.depends("move_ids", "date", "date_from", "minimum")
    def _compute_line_ids(self):
        for wizard in self:
            rows = wizard._rows()
            small = wizard._small(rows)
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create(wizard._line_values(row, small)) for row in rows
            ]

    @api.depends("line_ids.selected", "line_ids.amount")
    def _compute_total(self):
        for wizard in self:
            chosen = wizard.line_ids.filtered("selected")
            wizard.total = " + ".join(
                format_amount(self.env, sum(lines.mapped("amount")), currency)
                for currency, lines in chosen.grouped("currency_id").items()
            )
            wizard.blocked_count = len(wizard.line_ids.filtered("blocked"))

    @api.model
    def _open(self, moves, date=None):
        """The wizard on these invoices.

        :param date: last day of interest; default the French day
        :raises UserError: invoices of several companies, or nothing to claim
        """
        self.env["recovery.charge"]._require(COLLECTOR)
        moves.check_access("read")
        if len(moves.company_id) > 1:
            raise UserError(self.env._("Choose invoices of one company."))
        company = moves.company_id or self.env.company
        wizard = self.create(
            {
                "company_id": company.id,
                "date": date or company._recovery_today(),
                "minimum": company.recovery_penalty_minimum if len(moves) > 1 else 0,
                "move_ids": [fields.Command.set(moves.ids)],
            }
        )
        if not wizard.line_ids:
            raise UserError(
                self.env._(
                    "There are no penalties left to claim: these invoices were paid "
                    "on time, their penalties were charged already, or the customer "
                    "owes none before a formal notice."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoice the penalties"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _rows(self):
        """What may be claimed now: from the ledger, never from the screen."""
        self.ensure_one()
        self.move_ids.check_access("read")
        service = self.env["recovery.claimable"].sudo()  # facts of readable invoices
        items = self.move_ids._origin._recovery_receivable_items()
        self.env.flush_all()
        try:
            return service._lines(items.ids, self.date, self.date_from)
        except MissingRate as error:
            raise UserError(self.env["recovery.writer"]._missing_rate(error)) from error

    def _small(self, rows):
        """Ids of the customers whose penalties stay below the minimum."""
        totals = {}
        for row in rows:
            currency = self.env["res.currency"].browse(row["currency_id"])
            amount = currency._convert(
                float(row["amount"]), self.company_currency_id, self.company_id
            )
            totals[row["partner_id"]] = totals.get(row["partner_id"], 0) + amount
        return {partner for partner, total in totals.items() if total < self.minimum}

    def _line_values(self, row, small):
        names = ("move_id", "move_line_id", "partner_id", "currency_id", "kind")
        names += ("date_from", "date_to", "amount", "date_maturity")
        remark = self._remark(row, small)
        return {name: row[name] for name in names} | {
            "selected": not remark,
            "remark": remark,
            "blocked": not row["kind_confirmed"],
        }

    def _remark(self, row, small):
        """Why a line is not ticked."""
        if not row["kind_confirmed"]:
            return self.env._("Confirm the kind of debtor first")
        if row["disputed"]:
            return self.env._("A dispute is open")
        if row["spared"] and not row["public"]:
            return self.env._("No penalties for this customer")
        if row["partner_id"] in small and not row["public"]:
            return self.env._("Below the minimum")
        return False

    def action_apply(self):
        """Claim or waive the chosen lines, at today's figures."""
        self.ensure_one()
        return self._waive() if self.action == "waive" else self._claim()

    def _chosen(self):
        """Fresh values of the chosen lines.

        :raises UserError: no line, a day to come, a kind of debtor nobody confirmed
        """
        if self.date > self.company_id._recovery_today():
            raise UserError(
                self.env._("Interest is claimed once it has run: choose a past day.")
            )
        keys = {
            (line.move_line_id.id, line.kind, line.date_from or None)
            for line in self.line_ids.filtered("selected")
        }
        rows = [
            row
            for row in self._rows()
            if (row["move_line_id"], row["kind"], row["date_from"]) in keys
        ]
        if len(rows) < len(keys):
            raise UserError(self.env["recovery.charge"]._twice())
        if not rows:
            raise UserError(self.env._("Tick at least one line."))
        self._check_kinds(rows)
        return rows

    def _check_kinds(self, rows):
        unknown = {row["partner_id"] for row in rows if not row["kind_confirmed"]}
        if unknown:
            partners = self.env["res.partner"].browse(unknown)
            raise UserError(
                self.env._(
                    "What may be claimed depends on the kind of debtor: confirm it "
                    "first for %s.",
                    ", ".join(partners.mapped("name")),
                )
            )

    def _record(self, rows, **values):
        """Charges of these rows, by customer, then by due date."""
        charges, writer = self.env["recovery.charge"], self.env["recovery.writer"]
        today = self.company_id._recovery_today()
        return charges._record(
            [
                {name: row[name] for name in row if name in charges._fields}
                | {
                    "date": today,
                    "segments": row["segments"]
                    and writer._segments_of(row["segments"]),
                }
                | values
                for row in rows
            ]
        )

    def _claim(self):
        self.env["recovery.charge"]._require(COLLECTOR)
        charges = self._record(self._chosen())
        charges._log(self.env._("Penalties claimed:"))
        if self.book_collected:
            return self._show_charges(charges)
        service = self.env["recovery.charge.note"]
        notes = service._write_notes(
            charges,
            self.company_id._recovery_today(),
            by_customer=self.grouping == "customer",
            post=self.post,
        )
        return service._show(notes)

    def _waive(self):
        """Give up the chosen lines (renonciation), with a reason.

        :raises UserError: no reason; a public buyer (CCP L2192-14)
        """
        self.env["recovery.charge"]._require(MANAGER)
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why these penalties are waived."))
        rows = self._chosen()
        public = {row["partner_id"] for row in rows if row["public"]}
        if public:
            partners = self.env["res.partner"].browse(public)
            raise UserError(
                self.env._(
                    "%s is a public buyer: waiving its interest is void (CCP "
                    "L2192-14). Leave its lines out.",
                    partners[0].name,
                )
            )
        charges = self._record(rows, state="waived", reason=self.reason)
        charges._log(self.env._("Penalties waived (%s):", self.reason))
        return self._show_charges(charges)

    def _show_charges(self, charges):
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_charge_action"
        )
        return action | {"domain": [("id", "in", charges.ids)], "context": {}}


class RecoveryClaimLine(models.TransientModel):
    """One period of interest of an instalment, or the indemnity of an invoice."""

    _name = "recovery.claim.line"
    _description = "Penalty to claim"

    wizard_id = fields.Many2one(
        comodel_name="recovery.claim", required=True, ondelete="cascade"
    )
    selected = fields.Boolean(string="Take")
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    move_id = fields.Many2one(
        comodel_name="account.move", string="Invoice", readonly=True
    )
    move_line_id = fields.Many2one(comodel_name="account.move.line", readonly=True)
    date_maturity = fields.Date(string="Due date", readonly=True)
    kind = fields.Selection(selection=KINDS, readonly=True)
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)
    remark = fields.Char(readonly=True)
    blocked = fields.Boolean(readonly=True)
