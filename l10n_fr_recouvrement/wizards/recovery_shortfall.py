from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.access import COLLECTOR, require


class RecoveryShortfall(models.TransientModel):
    """Why a customer paid less than the invoice, and what follows.

    A small difference is written off, a larger one disputed: the limit is the
    company's. What is retained until a date is not reminded before it.
    """

    _name = "recovery.shortfall"
    _description = "Difference of a payment"

    move_id = fields.Many2one(
        comodel_name="account.move", string="Invoice", required=True, readonly=True
    )
    company_id = fields.Many2one(related="move_id.company_id")
    partner_id = fields.Many2one(related="move_id.commercial_partner_id")
    currency_id = fields.Many2one(related="move_id.currency_id")
    amount = fields.Monetary(
        related="move_id.amount_residual", string="Difference", readonly=True
    )
    reason_id = fields.Many2one(comodel_name="recovery.shortfall.reason", required=True)
    outcome = fields.Selection(
        selection=[
            ("write_off", "Write it off"),
            ("dispute", "Open a dispute"),
            ("retention", "Wait until the date"),
        ],
        compute="_compute_outcome",
    )
    account_id = fields.Many2one(
        comodel_name="account.account", compute="_compute_account_id"
    )
    until = fields.Date(string="Retained until")
    note = fields.Text(help="The debtor may ask to read it.")

    @api.depends("reason_id", "move_id")
    def _compute_outcome(self):
        for shortfall in self:
            treatment = shortfall.reason_id.treatment
            small = shortfall._in_company_currency() <= (
                shortfall.company_id.recovery_write_off_limit
            )
            large = treatment == "write_off" and not small
            shortfall.outcome = "dispute" if large else treatment

    @api.depends("outcome")
    def _compute_account_id(self):
        for shortfall in self:
            written_off = shortfall.outcome == "write_off"
            shortfall.account_id = written_off and shortfall.reason_id._account_of(
                shortfall.company_id
            )

    def _in_company_currency(self):
        return abs(sum(self._open_items().mapped("amount_residual")))

    def _open_items(self):
        return self.move_id._recovery_receivable_items().filtered(
            lambda item: not item.reconciled
        )

    def action_apply(self):
        """Do what the reason calls for.

        :raises AccessError: the user is no collector
        :raises UserError: nothing is left meanwhile; a day or words are missing
        """
        self.ensure_one()
        require(self.env, COLLECTOR)
        if not self.amount > 0:
            raise UserError(self.env._("Nothing is left to explain on this invoice."))
        self.move_id.message_post(
            body=": ".join(filter(None, (self.reason_id.name, self.note)))
        )
        return getattr(self, f"_apply_{self.outcome}")()

    def _apply_write_off(self):
        """An entry against the account of the reason, put on what is open."""
        items = self._open_items()
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "company_id": self.company_id.id,
                "journal_id": self._journal().id,
                "date": self.company_id._recovery_today(),
                "ref": f"{self.reason_id.name} – {self.move_id.name}",
                "line_ids": [
                    command for item in items for command in self._entry_lines(item)
                ],
            }
        )
        entry.action_post()
        receivable = entry.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        for item, line in zip(items, receivable, strict=True):
            (item | line).reconcile()

    def _journal(self):
        journals = self.env["account.journal"]
        journal = journals.search(
            [
                *journals._check_company_domain(self.company_id),
                ("type", "=", "general"),
            ],
            limit=1,
        )
        if not journal:
            raise UserError(
                self.env._("Create a journal of miscellaneous entries first.")
            )
        return journal

    def _entry_lines(self, item):
        """What takes an item out of the receivables, and its counterpart."""
        common = {
            "name": f"{self.reason_id.name} – {self.move_id.name}",
            "partner_id": item.partner_id.id,
            "currency_id": item.currency_id.id,
        }
        for account, sign in ((item.account_id, -1), (self.account_id, 1)):
            yield Command.create(
                common
                | {
                    "account_id": account.id,
                    "balance": sign * item.amount_residual,
                    "amount_currency": sign * item.amount_residual_currency,
                }
            )

    def _apply_dispute(self):
        reason = self.reason_id
        dispute = self.env["recovery.dispute"].create(
            {
                "move_id": self.move_id.id,
                "amount": self.amount,
                "reason_id": reason.dispute_reason_id.id,
                "description": self.note or reason.name,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": dispute._name,
            "res_id": dispute.id,
            "views": [(False, "form")],
        }

    def _apply_retention(self):
        if not self.until or self.until < self.company_id._recovery_today():
            raise UserError(
                self.env._("Enter the day until which the customer retains it.")
            )
        self.env["recovery.pause"].create(
            {
                "company_id": self.company_id.id,
                "partner_id": self.partner_id.id,
                "move_id": self.move_id.id,
                "until": self.until,
                "reason": self.reason_id.name,
            }
        )
