from odoo import fields, models

from .access import COLLECTOR, require


class RecoveryPortalPartnerMixin(models.AbstractModel):
    """The page on which a customer sees and answers what is due."""

    _name = "recovery.portal.partner.mixin"
    _description = "Page of a debtor"

    recovery_portal_version = fields.Integer(
        string="Revoked links",
        company_dependent=True,
        copy=False,
        groups=COLLECTOR,
        help="A link to the customer's page is of one version: the next one revokes "
        "those sent before.",
    )

    def action_recovery_portal(self):
        """The page as the customer sees it."""
        require(self.env, COLLECTOR)
        self.ensure_one()
        self.check_access("read")
        link = self.env["recovery.portal.link"]._url(
            self.commercial_partner_id, self.env.company, self.env.lang
        )
        return {"type": "ir.actions.act_url", "url": link, "target": "new"}

    def action_recovery_revoke_links(self):
        """Links of the company sent to these customers so far open nothing any more."""
        require(self.env, COLLECTOR)
        debtors = self.commercial_partner_id
        debtors.check_access("read")
        # A collector may not change customers; who may revoke is asked above.
        for debtor in debtors.sudo():
            debtor.recovery_portal_version += 1
        sentence = self.env._(
            "The links to the customer's page of %s were revoked.",
            self.env.company.display_name,
        )
        debtors._message_log_batch(dict.fromkeys(debtors.ids, sentence))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": sentence},
        }
