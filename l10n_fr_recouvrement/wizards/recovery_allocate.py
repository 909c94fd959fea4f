from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.access import COLLECTOR


class RecoveryAllocate(models.TransientModel):
    """Put a receipt on penalties that were claimed without a debit note: the note is
    created, posted and paid at once.
    """

    _name = "recovery.allocate"
    _description = "Allocate a receipt to penalties"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True, readonly=True
    )
    credit_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Receipt",
        required=True,
        domain="[('id', 'in', credit_ids)]",
    )
    credit_ids = fields.Many2many(
        comodel_name="account.move.line", compute="_compute_credit_ids"
    )
    currency_id = fields.Many2one(related="credit_id.currency_id")
    available = fields.Monetary(compute="_compute_charge_ids", store=True)
    charge_ids = fields.Many2many(
        comodel_name="recovery.charge",
        string="Penalties covered",
        compute="_compute_charge_ids",
        store=True,
        readonly=False,
        domain="[('partner_id', '=', partner_id), ('company_id', '=', company_id),"
        " ('state', '=', 'claimed'), ('debit_move_id', '=', False),"
        " ('currency_id', '=', currency_id)]",
    )
    total = fields.Monetary(compute="_compute_total")

    @api.depends("partner_id", "company_id")
    def _compute_credit_ids(self):
        for wizard in self:
            wizard.credit_ids = wizard._open_credits(
                wizard.partner_id, wizard.company_id
            )

    @api.depends("credit_id")
    def _compute_charge_ids(self):
        """Whole penalties, oldest first, as far as the receipt goes."""
        for wizard in self:
            left = wizard.available = -wizard.credit_id.amount_residual_currency
            covered = wizard.charge_ids.browse()
            for charge in wizard._unbooked():
                if charge.currency_id.compare_amounts(charge.amount, left) <= 0:
                    covered |= charge
                    left -= charge.amount
            wizard.charge_ids = covered

    @api.depends("charge_ids")
    def _compute_total(self):
        for wizard in self:
            wizard.total = sum(wizard.charge_ids.mapped("amount"))

    def _unbooked(self):
        return self.env["recovery.charge"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("currency_id", "=", self.currency_id.id),
                ("state", "=", "claimed"),
                ("debit_move_id", "=", False),
            ],
            order="date_maturity, date_from, id",
        )

    @api.model
    def _open_credits(self, partner, company):
        """Money of a customer that is on no invoice, oldest first."""
        return self.env["account.move.line"].search(
            [
                ("partner_id", "child_of", partner.commercial_partner_id.ids),
                ("company_id", "=", company.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("amount_residual_currency", "<", 0),
            ],
            order="date, id",
        )

    @api.model
    def _open(self, partner, company, credit=None):
        """The wizard on an open credit of a customer.

        :raises UserError: no open credit, or no penalty that it covers
        """
        self.env["recovery.charge"]._require(COLLECTOR)
        credit = credit or self._open_credits(partner, company)[:1]
        if not credit:
            raise UserError(
                self.env._("%s has no receipt left to allocate.", partner.name)
            )
        wizard = self.create(
            {
                "partner_id": partner.commercial_partner_id.id,
                "company_id": company.id,
                "credit_id": credit.id,
            }
        )
        if not wizard.charge_ids:
            raise UserError(
                self.env._(
                    "No claimed penalty of %s waits for this receipt, or it covers "
                    "none of them as a whole.",
                    partner.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Allocate to penalties"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_allocate(self):
        """Create, post and reconcile the debit note of the chosen penalties."""
        self.ensure_one()
        self.env["recovery.charge"]._require(COLLECTOR)
        self._check()
        service = self.env["recovery.charge.note"]
        today = self.company_id._recovery_today()
        notes = service._write_notes(
            self.charge_ids, today, by_customer=True, post=True
        )
        items = notes._recovery_receivable_items()
        if items.account_id != self.credit_id.account_id:
            raise UserError(
                self.env._(
                    "The receipt is on account %(receipt)s and the customer's debts on "
                    "%(debt)s: give the customer the account of the receipt first.",
                    receipt=self.credit_id.account_id.display_name,
                    debt=items.account_id.display_name,
                )
            )
        (items | self.credit_id).reconcile()
        return service._show(notes)

    def _check(self):
        """:raises UserError: nothing is chosen, or more than the receipt covers"""
        if self.charge_ids - self._unbooked():
            raise UserError(self.env["recovery.charge"]._twice())
        if not self.charge_ids:
            raise UserError(self.env._("Choose at least one penalty."))
        left = -self.credit_id.amount_residual_currency
        if self.currency_id.compare_amounts(self.total, left) > 0:
            raise UserError(
                self.env._(
                    "The receipt leaves %(left)s: choose penalties of that amount at "
                    "most.",
                    left=self.currency_id.format(left),
                )
            )
