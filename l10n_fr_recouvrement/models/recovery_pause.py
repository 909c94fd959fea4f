from odoo import fields, models


class RecoveryPause(models.Model):
    """Dunning suspended until a date (suspension, délai de grâce amiable)."""

    _name = "recovery.pause"
    _description = "Pause of recovery"
    _order = "until desc, id desc"
    _rec_name = "reason"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True, index=True
    )
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        index="btree_not_null",
        check_company=True,
        ondelete="cascade",
        domain="[('commercial_partner_id', '=', partner_id),"
        " ('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]",
        help="Empty: all invoices of the customer.",
    )
    until = fields.Date(required=True, help="Last day of the pause.")
    reason = fields.Char(required=True)

    def action_end(self):
        """End pauses at once: their invoices are reminded again by the rules."""
        today = self.env["res.company"]._recovery_today()
        running = self.filtered(lambda pause: pause.until >= today)
        running.until = fields.Date.subtract(today, days=1)

    def action_confirm_in_writing(self):
        """Write to the customer until when nothing is sent."""
        self.ensure_one()
        occasion = self.env["recovery.occasion"]
        return occasion._open(
            occasion._write_letter(
                "grace",
                self.partner_id,
                self.company_id,
                self.move_id,
                facts={"grace_until": self.until.isoformat()},
            )
        )
