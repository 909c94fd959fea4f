from odoo import api, fields, models
from odoo.exceptions import UserError

from .vocabulary import ACCOUNTING

PAID = ("paid", "in_payment")


class RecoveryChargeMixin(models.AbstractModel):
    """Invoices and their penalties; debit notes whose charges follow what they live."""

    _name = "recovery.charge.mixin"
    _description = "Penalties of invoices"

    recovery_charge_ids = fields.One2many(
        comodel_name="recovery.charge",
        inverse_name="move_id",
        string="Penalties",
        readonly=True,
        groups=ACCOUNTING,
    )
    recovery_note_charge_ids = fields.One2many(
        comodel_name="recovery.charge",
        inverse_name="debit_move_id",
        string="Penalties claimed by this note",
        readonly=True,
        groups=ACCOUNTING,
    )
    recovery_charge_count = fields.Integer(
        compute="_compute_recovery_charge_count", groups=ACCOUNTING
    )

    @api.depends("recovery_charge_ids", "recovery_note_charge_ids")
    def _compute_recovery_charge_count(self):
        for move in self:
            charges = move.recovery_charge_ids | move.recovery_note_charge_ids
            move.recovery_charge_count = len(charges)

    def _recovery_note_charges(self):
        """Charges of these moves as debit notes; the ledger decides over them."""
        charges = self.env["recovery.charge"].sudo()  # whoever posts, pays or cancels
        return charges.search([("debit_move_id", "in", self.ids)])

    def _recovery_is_penalty_note(self):
        """A debit note without VAT is of penalties: they bear none (C. civ. 1343-2)."""
        return bool(self.debit_origin_id) and not self.amount_tax

    def _recovery_sync_charges(self):
        """Posted notes: collected when paid, cancelled when reversed, else claimed."""
        charges = self._recovery_note_charges().filtered(
            lambda charge: charge.debit_line_id.parent_state == "posted"
        )
        for note, group in charges.grouped("debit_move_id").items():
            if note.payment_state == "reversed":
                group._flow("cancelled", collected_on=False)
            elif note.payment_state in PAID:
                group._flow("collected", collected_on=note._recovery_paid_on())
            else:
                group._flow("claimed", collected_on=False)

    def _recovery_paid_on(self):
        """Day of the last receipt: income tax follows it (CGI 237 sexies)."""
        days = self._recovery_receivable_items().matched_credit_ids.mapped("max_date")
        return max(days, default=False)

    def _recovery_cancel_charges(self):
        self._recovery_note_charges()._flow("cancelled", collected_on=False)

    def _post(self, soft=True):
        # EXTENDS 'account'
        charges = self._recovery_note_charges()
        self._recovery_check_notes(charges)
        posted = super()._post(soft)
        (posted & charges.debit_move_id)._recovery_sync_charges()
        return posted

    @api.model
    def _recovery_check_notes(self, charges):
        """A note claims what its charges say; a line that was removed claims no more.

        :raises UserError: a line was changed by hand
        """
        charges.filtered(lambda charge: not charge.debit_line_id)._flow("cancelled")
        for charge in charges.filtered("debit_line_id"):
            line = charge.debit_line_id
            if charge.currency_id.compare_amounts(line.price_subtotal, charge.amount):
                raise UserError(
                    self.env._(
                        "“%(line)s” no longer claims the %(amount)s of its penalty: "
                        "put the amount back, or delete the note and claim again.",
                        line=line.name,
                        amount=charge.currency_id.format(charge.amount),
                    )
                )

    def button_draft(self):
        # EXTENDS 'account'
        result = super().button_draft()
        self._recovery_cancel_charges()
        return result

    def button_cancel(self):
        # EXTENDS 'account'
        result = super().button_cancel()
        self._recovery_cancel_charges()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_recovery_cancel_charges(self):
        self._recovery_cancel_charges()

    def action_recovery_claim(self):
        """Claim (or waive) the penalties of these invoices."""
        return self.env["recovery.claim"]._open(self)

    def action_recovery_charges(self):
        """Penalties of these invoices, and those that they claim."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_charge_action"
        )
        action["domain"] = [
            "|",
            ("move_id", "in", self.ids),
            ("debit_move_id", "in", self.ids),
        ]
        action["context"] = {}
        return action
