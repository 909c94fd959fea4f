from datetime import timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.tools.misc import hash_sign, verify_hash_signed

SCOPE = "l10n_fr_recouvrement.portal"
PATH = "/recouvrement/espace/"
SESSION_DAYS = 1  # of the link that a login gives


class PortalDebtor(NamedTuple):
    """Who acts on the page, and towards which company: every domain holds both.

    Records are in superuser mode: portal users have no right on our models.
    """

    partner: models.BaseModel
    company: models.BaseModel


class RecoveryPortalLink(models.AbstractModel):
    """Signed links to a debtor's page: of one customer and company, they expire and can
    be revoked.
    """

    _name = "recovery.portal.link"
    _description = "Link to a debtor's page"

    @api.model
    def _token(self, partner, company, days=None):
        """Signed text that names a debtor.

        :param days: validity; by default what the company chose
        """
        partner = partner.commercial_partner_id
        values = [partner.id, company.id, self._version(partner, company)]
        # The signature needs the secret of the database.
        secret_env = self.env(su=True)
        days = days or company.sudo().recovery_portal_days
        return hash_sign(secret_env, SCOPE, values, expiration=timedelta(days=days))

    @api.model
    def _version(self, partner, company):
        # A counter that tells nothing; a link must not depend on who writes it.
        return partner.sudo().with_company(company).recovery_portal_version

    @api.model
    def _url(self, partner, company, lang=None):
        """Address of the page of a debtor, in their language where it is installed."""
        code = self.env["res.lang"]._get_data(code=lang or partner.lang or "").url_code
        prefix = f"/{code}" if code else ""
        return company.get_base_url() + prefix + PATH + self._token(partner, company)

    @api.model
    def _debtor(self, token):
        """The debtor of a link; None if it is forged, too old or revoked."""
        # The signature needs the secret of the database.
        secret_env = self.env(su=True)
        try:
            values = verify_hash_signed(secret_env, SCOPE, token)
        except ValueError:
            return None
        if not values:
            return None
        partner_id, company_id, version = values
        company = secret_env["res.company"].browse(company_id).exists()
        partner = secret_env["res.partner"].browse(partner_id).exists()
        if not (company and partner) or version != self._version(partner, company):
            return None
        return PortalDebtor(partner.with_company(company), company)

    @api.model
    def _companies(self, partner):
        """Companies with which this customer has an open account."""
        # What a customer owes, asked by that customer.
        situation = self.env["recovery.situation"].sudo()
        rows = situation._scoped(debtors=partner.commercial_partner_id.ids)
        found = rows._read_group(
            [("partner_id", "=", partner.commercial_partner_id.id)], ["company_id"]
        )
        return self.env["res.company"].sudo().union(*(company for [company] in found))
