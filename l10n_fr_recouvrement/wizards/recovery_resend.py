from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.access import COLLECTOR, require

# A call or a text message is no letter that one could send again.
WAYS = ("by_email", "by_letter", "by_registered", "by_electronic")


class RecoveryResend(models.TransientModel):
    """Sends a notice again, for a reason; the item's level does not move."""

    _name = "recovery.resend"
    _description = "Second sending of a notice"

    notice_id = fields.Many2one(
        comodel_name="recovery.notice", required=True, readonly=True
    )
    by_email = fields.Boolean(
        string="E-mail", compute="_compute_ways", store=True, readonly=False
    )
    by_letter = fields.Boolean(
        string="Letter", compute="_compute_ways", store=True, readonly=False
    )
    by_registered = fields.Boolean(
        string="Registered letter", compute="_compute_ways", store=True, readonly=False
    )
    by_electronic = fields.Boolean(
        string="Electronic registered letter",
        compute="_compute_ways",
        store=True,
        readonly=False,
    )
    email_to = fields.Char(
        string="E-mail address", compute="_compute_ways", store=True, readonly=False
    )
    reason = fields.Char(required=True)

    @api.depends("notice_id")
    def _compute_ways(self):
        """As the first time, until somebody chooses otherwise."""
        for wizard in self:
            for name in (*WAYS, "email_to"):
                wizard[name] = wizard.notice_id[name]

    def action_apply(self):
        """Send again and say what left.

        :raises AccessError: the user is no collector
        :raises UserError: no way is chosen, or the claim is not right any more
        """
        self.ensure_one()
        require(self.env, COLLECTOR)
        ways = {name: self[name] for name in WAYS}
        if not any(ways.values()):
            raise UserError(self.env._("Choose how the letter is sent again."))
        again = self.notice_id._resend(self.reason, **ways, email_to=self.email_to)
        return self.env["recovery.reminder"]._sent(again)
