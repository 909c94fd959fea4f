from odoo import api, fields, models
from odoo.exceptions import UserError

from .access import COLLECTOR, require


class RecoveryBankConfirmation(models.Model):
    """Somebody says that the bank is up to date (« banque à jour »), and until when."""

    _name = "recovery.bank.confirmation"
    _description = "Bank up to date"
    _order = "date desc, id desc"
    _rec_name = "date"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    date = fields.Date(
        string="Up to date on",
        required=True,
        readonly=True,
        default=fields.Date.context_today,
    )
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Confirmed by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )

    @api.model
    def _confirm(self, companies):
        """The bank of these companies is up to date today; what waited for it leaves
        with the next run.

        :raises AccessError: the user is no collector, or not of the company
        :raises UserError: no company is chosen
        """
        require(self.env, COLLECTOR)
        if not companies:
            raise UserError(self.env._("Choose the company whose bank is up to date."))
        confirmed = self.create(
            [
                {"company_id": company.id, "date": company._recovery_today()}
                for company in companies
            ]
        )
        self.env["recovery.run"]._trigger_sending()
        return confirmed

    @api.model
    def _tell(self, companies):
        """Confirm, and tell the user."""
        self._confirm(companies)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The bank is up to date: what waited for it may leave."
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
