from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class RecoveryPostpone(models.TransientModel):
    """Pause several debtors at once, for one reason and until one day.

    The sending job cancels a letter that waits: its items are paused.
    """

    _name = "recovery.postpone"
    _description = "Pause of several customers"

    partner_ids = fields.Many2many(
        comodel_name="res.partner", string="Customers", required=True, readonly=True
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
        self._check_collector()
        if len(debtors.company_id) > 1:
            raise UserError(self.env._("Choose customers of one company only."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Postpone"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_ids": [Command.set(debtors.partner_id.ids)],
                "default_company_id": debtors.company_id.id,
            },
        }

    def action_apply(self):
        """Write one pause for each customer.

        :raises AccessError: the user is no collector
        :raises UserError: the day is over
        """
        self.ensure_one()
        self._check_collector()
        if self.until < self.env["res.company"]._recovery_today():
            raise UserError(self.env._("The last day of the pause is already over."))
        self.env["recovery.pause"].create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": self.company_id.id,
                    "until": self.until,
                    "reason": self.reason,
                }
                for partner in self.partner_ids
            ]
        )
        return {"type": "ir.actions.act_window_close"}

    def _check_collector(self):
        if not self.env.user.has_group("l10n_fr_recouvrement.group_recovery_user"):
            raise AccessError(self.env._("Only a collector can do this."))
