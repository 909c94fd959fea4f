from odoo import api, fields, models

from .recovery_legal_parameter import PUBLIC_BODIES, SECTORS


class RecoveryTermsMixin(models.AbstractModel):
    """Which delay of the law a customer has: his own as a public buyer (CCP L2192-10),
    or the cap of what is sold to him (C. com. L441-10 I, L441-11).
    """

    _name = "recovery.terms.mixin"
    _description = "Legal delays of a customer"

    recovery_public_body = fields.Selection(
        selection=PUBLIC_BODIES,
        string="Public body",
        help="Sets the delay in which it must pay. Empty: State or local authority.",
    )
    recovery_public_delay = fields.Integer(
        string="Legal delay (days)", compute="_compute_recovery_public_delay"
    )
    recovery_sector = fields.Selection(
        selection=SECTORS,
        string="Payment term cap",
        help="Sales with a shorter legal payment term. Empty: as in the settings.",
    )

    @api.depends("recovery_public_body")
    def _compute_recovery_public_delay(self):
        today = self.env["res.company"]._recovery_today()
        for partner in self:
            partner.recovery_public_delay = partner._recovery_delay_on(today)

    def _recovery_delay_on(self, date):
        """Days that this public buyer has to pay a request received on a date.

        :raises UserError: the law's delay of that date is not known
        """
        body = self.recovery_public_body or PUBLIC_BODIES[0][0]
        return int(self.env["recovery.legal.parameter"]._value(body, date))
