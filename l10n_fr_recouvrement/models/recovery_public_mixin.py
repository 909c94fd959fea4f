from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ..law.public_buyer import legal_due_date, reopened_delay

# Invoices on which a legal delay runs: condition on account_move.
RUNNING = (
    "recovery_received_on IS NOT NULL"
    " AND payment_state IN ('not_paid', 'partial', 'blocked')"
)


def legal_due(move, date):
    """Legal due date of an invoice (alias) as of a date, or NULL: the ledger's holds.

    While documents are missing it is never due: at the earliest, once they are
    supplied and the new delay is over.
    """
    return SQL(
        "COALESCE(%(move)s.recovery_legal_due_date,"
        " %(date)s + NULLIF(%(move)s.recovery_reopened_days, 0))",
        move=move,
        date=date,
    )


class RecoveryPublicMixin(models.AbstractModel):
    """The legal due date of an invoice to a public buyer, beside the ledger's.

    The delay runs from the receipt of the payment request (CCP L2192-10) and may be
    interrupted once (R2192-27 to R2192-29). An invoice in several instalments keeps the
    ledger's dates: each instalment has its own payment request.
    """

    _name = "recovery.public.mixin"
    _description = "Legal due date of a public buyer"

    recovery_received_on = fields.Date(
        string="Payment request received on",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Day on which Chorus Pro made the invoice available to the buyer, not "
        "before the delivery (CCP R2192-12 and following).",
    )
    recovery_public_delay = fields.Integer(
        string="Legal delay (days)",
        compute="_compute_recovery_public_delay",
        store=True,
        readonly=False,
        copy=False,
        groups="base.group_user",
        help="Taken from the customer when the receipt is entered; later changes of "
        "the customer do not change it.",
    )
    recovery_interrupted_on = fields.Date(
        string="Interrupted on",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Day on which you received the buyer's request for missing documents; it "
        "may be made once (CCP R2192-27).",
    )
    recovery_documents_on = fields.Date(
        string="Documents supplied on",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Day on which the buyer received all of them: a new delay of 30 days "
        "opens, or what was left of the first one if longer (CCP R2192-29).",
    )
    recovery_legal_due_date = fields.Date(
        string="Legal due date",
        compute="_compute_recovery_legal_due_date",
        store=True,
        copy=False,
        groups="base.group_user",
        help="Reminders and interest follow it; the due date of the accounts stays.",
    )
    recovery_reopened_days = fields.Integer(
        string="Days that the documents will open",
        compute="_compute_recovery_legal_due_date",
        store=True,
        copy=False,
        groups="base.group_user",
    )

    def _auto_init(self):
        """No invoice from before the install has a legal due date: none is computed."""
        if self._auto:
            for name, kind in (
                ("recovery_public_delay", "int4"),
                ("recovery_legal_due_date", "date"),
                ("recovery_reopened_days", "int4"),
            ):
                if not column_exists(self.env.cr, self._table, name):
                    create_column(self.env.cr, self._table, name, kind)
        return super()._auto_init()

    @api.depends("recovery_received_on")
    def _compute_recovery_public_delay(self):
        for move in self:
            received = move.recovery_received_on
            delay = move.recovery_public_delay if received else 0
            if received and not delay:
                delay = move.commercial_partner_id._recovery_delay_on(received)
            move.recovery_public_delay = delay

    @api.depends(
        "recovery_received_on",
        "recovery_public_delay",
        "recovery_interrupted_on",
        "recovery_documents_on",
        "invoice_payment_term_id",
    )
    def _compute_recovery_legal_due_date(self):
        for move in self:
            move.recovery_legal_due_date = False
            move.recovery_reopened_days = 0
            if move._recovery_follows_legal_delay():
                move._recovery_apply_legal_delay()

    def _recovery_follows_legal_delay(self):
        """Whether its dates give a legal due date: known, in order, one instalment."""
        return (
            self.recovery_received_on
            and self._recovery_dates_in_order()
            and len(self.invoice_payment_term_id.line_ids) <= 1
        )

    def _recovery_apply_legal_delay(self):
        received, delay = self.recovery_received_on, self.recovery_public_delay
        interrupted = self.recovery_interrupted_on or None
        supplied = self.recovery_documents_on or None
        new = int(
            self.env["recovery.legal.parameter"]._value(
                "public_reopened", supplied or interrupted or received
            )
        )
        due = legal_due_date(received, delay, interrupted, supplied, new)
        self.recovery_legal_due_date = due
        if due is None:
            self.recovery_reopened_days = reopened_delay(
                received, delay, interrupted, new
            )

    def _recovery_dates_in_order(self):
        """Each date needs the one before it, and is not earlier."""
        dates = [
            self.recovery_received_on,
            self.recovery_interrupted_on,
            self.recovery_documents_on,
        ]
        known = [date for date in dates if date]
        return known == sorted(known) and known == dates[: len(known)]

    @api.constrains(
        "recovery_received_on", "recovery_interrupted_on", "recovery_documents_on"
    )
    def _check_recovery_public_dates(self):
        if not all(move._recovery_dates_in_order() for move in self):
            raise ValidationError(
                self.env._(
                    "Enter the dates of the public buyer in their order: the receipt "
                    "of the payment request, the interruption, then the supply of the "
                    "documents."
                )
            )

    @api.constrains("recovery_public_delay")
    def _check_recovery_public_delay(self):
        if any(move.recovery_public_delay < 0 for move in self):
            raise ValidationError(self.env._("A legal delay cannot be negative."))
