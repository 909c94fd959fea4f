from psycopg2.errors import ExclusionViolation, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from .access import COLLECTOR, MANAGER, require

KINDS = [
    ("interest", "Interest"),
    ("indemnity", "Fixed indemnity"),
    ("clause", "Penalty clause"),
    ("cost", "Recovery cost"),
]
# What a charge says, and what links it: the first never changes.
EVIDENCE = {
    "company_id",
    "partner_id",
    "number",
    "date_maturity",
    "kind",
    "date",
    "date_from",
    "date_to",
    "amount",
    "deduction",
    "currency_id",
    "segments",
}
# Private: only `_flow` passes it, so that no caller from outside can.
FLOW = object()


class RecoveryCharge(models.Model):
    """What was claimed or waived beyond the principal (pénalités, L441-10 II).

    Evidence: nobody changes or deletes one; only its state moves, by methods and by
    what happens to its debit note.
    """

    _name = "recovery.charge"
    _description = "Penalty"
    _inherit = ["mail.thread"]
    _mail_post_access = "read"
    _order = "date desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        readonly=True,
        index=True,
        ondelete="set null",
        check_company=True,
    )
    move_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Instalment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    rank = fields.Integer(default=1, readonly=True, help="Of the instalment.")
    number = fields.Char(string="Invoice number", readonly=True)
    date_maturity = fields.Date(string="Due date", readonly=True)
    kind = fields.Selection(selection=KINDS, required=True, readonly=True)
    date = fields.Date(string="Claimed on", required=True, readonly=True)
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="To", readonly=True)
    currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, readonly=True
    )
    amount = fields.Monetary(required=True, readonly=True)
    deduction = fields.Monetary(
        readonly=True, help="Part of the statement that was paid or charged before."
    )
    segments = fields.Json(readonly=True, help="Lines of the statement of interest.")
    state = fields.Selection(
        selection=[
            ("claimed", "Claimed"),
            ("collected", "Collected"),
            ("waived", "Waived"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        tracking=True,
        index=True,
    )
    collected_on = fields.Date(readonly=True, help="Day of the last payment.")
    reason = fields.Text(readonly=True, tracking=True)
    plan_id = fields.Many2one(
        comodel_name="recovery.plan",
        string="Payment plan",
        readonly=True,
        index="btree_not_null",
        help="Waived because this plan was respected.",
    )
    debit_move_id = fields.Many2one(
        comodel_name="account.move",
        string="Debit note",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    debit_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Line of the debit note",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _check_amount = models.Constraint(
        "CHECK (amount >= 0)", "A penalty cannot be negative."
    )
    _check_period = models.Constraint(
        "CHECK (kind != 'interest' OR date_from <= date_to)",
        "Interest needs the first and the last day of its period, in this order.",
    )
    _period_excl = models.Constraint(
        "EXCLUDE USING gist (int4range(move_line_id, move_line_id, '[]') WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&)"
        " WHERE (kind = 'interest' AND state != 'cancelled'"
        " AND move_line_id IS NOT NULL)",
        "Interest of some of these days was charged already.",
    )
    _indemnity_uniq = models.UniqueIndex(
        "(move_id) WHERE kind = 'indemnity' AND state != 'cancelled'",
        "The fixed indemnity of this invoice was charged already.",
    )
    _unbooked_idx = models.Index(
        "(partner_id) WHERE state = 'claimed' AND debit_move_id IS NULL"
    )

    @api.depends("kind", "number", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for charge in self:
            parts = [labels.get(charge.kind), charge.number]
            if charge.kind == "interest" and charge.date_from:
                days = (charge.date_from, charge.date_to)
                parts.append(" – ".join(format_date(self.env, day) for day in days))
            charge.display_name = ", ".join(filter(None, parts))

    def write(self, vals):
        # EXTENDS 'mail'
        flow = self.env.context.get("recovery_charge_flow") is FLOW
        if EVIDENCE.intersection(vals) or ("state" in vals and not flow):
            raise UserError(
                self.env._(
                    "A penalty is evidence and cannot be changed: cancel it, or its "
                    "debit note, and claim again."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        raise UserError(self.env._("A penalty cannot be deleted: cancel it."))

    @api.model
    def _record(self, rows):
        """Create charges; the caller checked who may.

        :param rows: list of values, without `state` for what is claimed
        :raises UserError: days or an indemnity that were charged already
        """
        try:
            with self.env.cr.savepoint():
                charges = self.sudo().create(  # nobody creates one by hand
                    [{"state": "claimed"} | row for row in rows]
                )
                charges.flush_recordset()
        except (ExclusionViolation, UniqueViolation) as error:
            raise UserError(self._twice()) from error
        return charges.sudo(False)

    @api.model
    def _twice(self):
        return self.env._(
            "Some of these penalties were claimed or waived already, perhaps just now "
            "by somebody else. Nothing was changed: open the list again to see what "
            "is left."
        )

    def _flow(self, state, **values):
        """The only way to another state.

        :raises UserError: what comes back to life was charged again meanwhile
        """
        changed = self.filtered(lambda charge: charge.state != state)
        if not changed:
            return
        try:
            with self.env.cr.savepoint():
                changed.with_context(recovery_charge_flow=FLOW).sudo().write(
                    {"state": state} | values
                )  # rights were checked by the action, or the ledger decides
                changed.flush_recordset()
        except (ExclusionViolation, UniqueViolation) as error:
            raise UserError(self._twice()) from error

    @api.model
    def _require(self, group):
        """:raises AccessError: the user is not in the group"""
        if not self.env.su:
            require(self.env, group)

    def action_cancel(self):
        """Cancel what was claimed without a debit note, or (managers) a waiver."""
        self._require(COLLECTOR)
        self.check_access("read")
        if "waived" in self.mapped("state"):
            self._require(MANAGER)
        booked = self.filtered(
            lambda charge: charge.debit_move_id and charge.state != "cancelled"
        )
        if booked:
            raise UserError(
                self.env._(
                    "%(charge)s is on debit note %(note)s: cancel or reverse the note, "
                    "its penalties follow.",
                    charge=booked[0].display_name,
                    note=booked[0].debit_move_id.display_name,
                )
            )
        self._flow("cancelled")

    def _log(self, verb):
        """One sentence in the history of each invoice that is concerned."""
        for move, charges in self.grouped("move_id").items():
            amounts = ", ".join(
                f"{charge.display_name}: "
                f"{format_amount(self.env, charge.amount, charge.currency_id)}"
                for charge in charges
            )
            move._message_log(body=f"{verb} {amounts}")
