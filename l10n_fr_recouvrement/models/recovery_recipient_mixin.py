from odoo import api, fields, models


class RecoveryRecipientMixin(models.AbstractModel):
    """Who a notice is written to, and what to know of it before it leaves."""

    _name = "recovery.recipient.mixin"
    _description = "Recipients of a notice"

    email_cc = fields.Char(string="In copy")
    recipient_note = fields.Char(
        string="About the recipients", compute="_compute_recipient_note"
    )

    @api.depends("state", "level_id", "contact_id", "email_to", "email_cc")
    @api.depends_context("lang")
    def _compute_recipient_note(self):
        """Which role is missing, which addresses are left out and why."""
        for notice in self:
            waits = notice.state in ("draft", "ready")
            remarks = notice._recipient_remarks() if waits else ()
            notice.recipient_note = " ".join(filter(None, remarks))

    def _recipient_remarks(self):
        role = self.level_id.recipient_role
        contact = self.contact_id or self.partner_id
        if role and contact.recovery_role != role:
            yield self.env._(
                "No contact of %(customer)s is “%(role)s”: written to %(contact)s.",
                customer=self.partner_id.display_name,
                role=dict(
                    self.level_id._fields["recipient_role"]._description_selection(
                        self.env
                    )
                )[role],
                contact=contact.display_name,
            )
        if self.by_email and (refused := self._refused_addresses(contact)):
            yield self.env._(
                "Left out, because on the blacklist: %s.", ", ".join(refused)
            )

    def _refused_addresses(self, contact):
        """Addresses of the contacts that are on the blacklist."""
        recipient = self.env["recovery.recipient"]
        contacts = recipient._contacts_of_role(self.partner_id, contact.recovery_role)
        emails = (contacts | contact).mapped("email")
        known = recipient._addresses(", ".join(filter(None, emails)))
        written = recipient._addresses(self.email_to or "")
        left_out = [address for address in known if address not in written]
        blacklist = self.env["mail.blacklist"].sudo()  # a list that all must respect
        return blacklist.search([("email", "in", left_out)]).mapped("email")
