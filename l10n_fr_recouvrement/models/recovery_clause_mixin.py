from odoo import api, fields, models
from odoo.exceptions import UserError

from .vocabulary import DEBTOR_KINDS, PENALTY_RULES

NO_CLAUSE = {
    "recovery_clause_rule": "none",
    "recovery_clause_percent": 0.0,
    "recovery_clause_indemnity": 0.0,
    "recovery_clause_penalty_percent": 0.0,
    "recovery_clause_kind": None,
    "recovery_clause_text": None,
}
SNAPSHOT = tuple(NO_CLAUSE)
DOCUMENTS = ("out_invoice", "out_receipt")


class RecoveryClauseMixin(models.AbstractModel):
    """The penalty clause of an invoice, and what it was when the invoice was posted.

    The snapshot is evidence: only posting writes it. An invoice without one, from
    before the installation, stands under the statutory rule.
    """

    _name = "recovery.clause.mixin"
    _description = "Penalty clause of an invoice"

    recovery_clause_id = fields.Many2one(
        comodel_name="recovery.penalty.clause",
        string="Penalty clause",
        check_company=True,
        help="Empty: the clause of the payment term, else of the customer, else of the "
        "company, else of the kind of debtor.",
        groups="base.group_user",
    )
    recovery_clause_rule = fields.Selection(
        selection=PENALTY_RULES,
        string="Late interest",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    recovery_clause_percent = fields.Float(
        string="Agreed rate",
        digits=(5, 2),
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    recovery_clause_indemnity = fields.Float(
        string="Fixed indemnity (EUR)",
        digits=(16, 2),
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    recovery_clause_penalty_percent = fields.Float(
        string="Clause pénale",
        digits=(5, 2),
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    recovery_clause_kind = fields.Selection(
        selection=DEBTOR_KINDS,
        string="Clause written for",
        readonly=True,
        copy=False,
        help="Kind of the debtor when the invoice was posted.",
        groups="base.group_user",
    )
    recovery_clause_text = fields.Text(
        string="Text on the invoice",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_snapshot(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_snapshot(vals)
        if "recovery_clause_id" in vals and "posted" in self.mapped("state"):
            raise UserError(
                self.env._(
                    "The penalty clause was agreed when the invoice was posted: reset "
                    "the invoice to draft to choose another one."
                )
            )
        if vals.get("state") == "posted":
            self._recovery_snapshot_clauses()
        return super().write(vals)

    def _check_snapshot(self, vals):
        if any(vals.get(name) for name in SNAPSHOT) or (
            self.ids and not vals.keys().isdisjoint(SNAPSHOT)
        ):
            raise UserError(
                self.env._(
                    "The penalty clause of a posted invoice is evidence and cannot be "
                    "changed. Choose another clause on the draft invoice."
                )
            )

    def _recovery_snapshot_clauses(self):
        """Keep what these invoices agree on late payment, past the overrides of
        `write`, which would go through the items of every invoice.
        """
        moves = self.sudo()  # who may post may keep what is agreed
        values = moves._recovery_clause_values()
        invoices = moves.filtered(lambda move: move in values)
        for agreed, group in invoices.grouped(
            lambda move: tuple(values[move].items())
        ).items():
            models.Model.write(group, dict(agreed))

    def _recovery_clause_values(self):
        """{customer invoice of a French company: values of its snapshot}"""
        invoices = self.filtered(lambda move: move.move_type in DOCUMENTS)
        notes = invoices.filtered(
            lambda move: move._recovery_is_penalty_note()
            and move.company_id._recovery_is_french()
        )
        clauses = self.env["recovery.penalty.clause"]
        return clauses._recovery_snapshots(invoices - notes) | dict.fromkeys(
            notes, NO_CLAUSE
        )

    def _recovery_clause_choices(self):
        """Clauses chosen for the invoice, the nearest first; then its company's."""
        yield self.recovery_clause_id
        yield self.invoice_payment_term_id.recovery_clause_id
        yield self.commercial_partner_id.recovery_clause_id

    def _recovery_clause_facts(self):
        """Kind of the debtor, payment term, day and language of the invoice."""
        return (
            self.commercial_partner_id.recovery_debtor_kind,
            self.invoice_payment_term_id,
            self.invoice_date or self.company_id._recovery_today(),
            self.partner_id.lang or self.company_id.partner_id.lang or "fr_FR",
        )

    def _recovery_printed_terms(self):
        """What the invoice prints of its own on payment."""
        return (
            self.narration,
            self.invoice_payment_term_id.note,
            self.fiscal_position_id.note,
        )

    def _recovery_clause_lines(self):
        """Lines to print on the invoice; before it is posted, as they would be."""
        if not self or self.move_type not in DOCUMENTS:
            return []
        move = self.sudo()  # part of a document that the reader may print
        text = move.recovery_clause_text
        if move.state != "posted":
            text = move._recovery_clause_values().get(move, NO_CLAUSE)[
                "recovery_clause_text"
            ]
        return self.env["recovery.penalty.clause"]._recovery_printed(move, text)
