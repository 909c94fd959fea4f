from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.access import COLLECTOR, require


class RecoveryPostpone(models.TransientModel):
    """Pause several debtors at once, for one reason and until one day.

    The sending job cancels a letter that waits: its items are paused.
    """

    _name = "recovery.postpone"
    _description = "Pause of several customers"

    partner_ids = fields.Many2many(
        comodel_name="res.partner", string="Customers", required=True, readonly=True
    )
    move_ids = fields.Many2many(
        comodel_name="account.move",
        string="Invoices",
        readonly=True,
        help="Empty: all that the customers owe.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True
    )
    until = fields.Date(
        required=True, help="Last day of the pause: reminders go on the day after."
    )
    reason = fields.Char(required=True)

    def _action(self, debtors):
        """Dialog for these rows of the worklist.

        :raises AccessError: the user is no collector
        :raises UserError: the rows are of several companies
        """
        require(self.env, COLLECTOR)
        if len(debtors.company_id) > 1:
            raise UserError(self.env._("Choose customers of one company only."))
        return self._dialog(debtors.partner_id, debtors.company_id)

    def _action_moves(self, moves):
        """Dialog for these invoices.

        :raises AccessError: the user is no collector
        :raises UserError: nothing is due on them, or they are of several companies
        """
        require(self.env, COLLECTOR)
        moves = moves.filtered(
            lambda move: move.move_type == "out_invoice" and move.amount_residual > 0
        )
        if not moves:
            raise UserError(self.env._("Nothing is due on these invoices."))
        if len(moves.company_id) > 1:
            raise UserError(self.env._("Choose invoices of one company only."))
        return self._dialog(moves.commercial_partner_id, moves.company_id, moves)

    def _dialog(self, partners, company, moves=()):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Postpone"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_ids": [Command.set(partners.ids)],
                "default_company_id": company.id,
                "default_move_ids": [Command.set([move.id for move in moves])],
            },
        }

    def action_apply(self):
        """Write one pause for each invoice, or customer where none is chosen.

        :raises AccessError: the user is no collector
        :raises UserError: the day is over
        """
        self.ensure_one()
        require(self.env, COLLECTOR)
        if self.until < self.env["res.company"]._recovery_today():
            raise UserError(self.env._("The last day of the pause is already over."))
        common = {
            "company_id": self.company_id.id,
            "until": self.until,
            "reason": self.reason,
        }
        self.env["recovery.pause"].create(
            [
                {"partner_id": move.commercial_partner_id.id, "move_id": move.id}
                | common
                for move in self.move_ids
            ]
            or [{"partner_id": partner.id} | common for partner in self.partner_ids]
        )
        return {"type": "ir.actions.act_window_close"}
