from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.recovery_portal_link import PATH, SESSION_DAYS


class RecoveryPortalHome(CustomerPortal):
    """Portal users reach the page of their own company by their login."""

    def _prepare_home_portal_values(self, counters):
        # EXTENDS 'portal'
        values = super()._prepare_home_portal_values(counters)
        if "recovery_count" in counters:
            values["recovery_count"] = len(self._recovery_companies())
        return values

    @http.route(
        "/my/recouvrement", type="http", auth="user", methods=["GET"], website=True
    )
    def portal_my_recovery(self):
        """The accounts of who is logged in, with each company that they owe to."""
        links = request.env["recovery.portal.link"]
        partner = request.env.user.partner_id
        accounts = [
            (company, PATH + links._token(partner, company, SESSION_DAYS))
            for company in self._recovery_companies()
        ]
        if len(accounts) == 1:
            return request.redirect(accounts[0][1])
        values = self._prepare_portal_layout_values()
        return request.render(
            "l10n_fr_recouvrement.portal_accounts",
            values | {"accounts": accounts, "page_name": "recovery"},
        )

    def _recovery_companies(self):
        partner = request.env.user.partner_id
        return request.env["recovery.portal.link"]._companies(partner)
