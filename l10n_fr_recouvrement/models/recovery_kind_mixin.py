from stdnum.fr import siren as siren_number

from odoo import api, fields, models


class RecoveryKindMixin(models.AbstractModel):
    """Which kind of debtor the identification numbers of a customer suggest, and why.

    The law does not let a program decide it: a user confirms the proposal.
    """

    _name = "recovery.kind.mixin"
    _description = "Proposed kind of debtor"

    recovery_kind_reason = fields.Char(
        string="Why this kind", compute="_compute_recovery_kind_reason"
    )

    @api.depends(
        "vat", "company_registry", "country_id", "is_company", "commercial_partner_id"
    )
    @api.depends_context("lang")
    def _compute_recovery_kind_reason(self):
        for partner in self:
            _kind, partner.recovery_kind_reason = partner._recovery_proposal()

    def _recovery_proposal(self):
        """Kind of debtor, or False where the user must say it, and the reason."""
        partner = self.commercial_partner_id or self
        siren, vat = partner._recovery_siren(), (partner.vat or "").strip("/ ")
        number = partner.company_registry
        if siren:
            return partner._recovery_proposal_of(siren)
        if vat:
            return "professional", self.env._("VAT number %s", vat)
        if number and not partner._recovery_has_siren():
            return "professional", self.env._("Registered abroad: %s", number)
        if number:
            return False, self.env._("%s is not a valid SIREN or SIRET", number)
        if partner.is_company:
            return False, self.env._("No SIREN, no VAT number: association, co-owners?")
        return "consumer", self.env._("Natural person without SIREN")

    def _recovery_proposal_of(self, siren):
        """A SIREN that begins with 1 or 2 is that of a public body."""
        if siren.startswith(("1", "2")):
            return "public", self.env._(
                "SIREN %(siren)s begins with %(digit)s", siren=siren, digit=siren[0]
            )
        return "professional", self.env._("SIREN %s", siren)

    def _recovery_has_siren(self):
        return self.country_code in (False, "FR")

    def _recovery_siren(self):
        """Valid SIREN of a French company, from its SIREN, SIRET or VAT number."""
        if not self._recovery_has_siren():
            return ""
        digits = "".join(filter(str.isdigit, self.company_registry or ""))
        vat = (self.vat or "").replace(" ", "").upper()
        candidates = [digits[:9]] if len(digits) in (9, 14) else []
        if vat.startswith("FR") and len(vat) == 13:
            candidates.append(vat[4:])
        return next(filter(siren_number.is_valid, candidates), "")
