from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .vocabulary import PENALTY_KINDS


class RecoveryConsentMixin(models.AbstractModel):
    """Prior consent to electronic registered letters (LRE, CPCE L100).

    A professional needs not give it; a public body neither.
    """

    _name = "recovery.consent.mixin"
    _description = "Consent to electronic registered letters"

    recovery_electronic_consent = fields.Boolean(
        string="Accepts electronic registered letters",
        copy=False,
        help="Prior agreement, which the law requires of consumers and "
        "non-professionals (CPCE L100).",
    )
    recovery_electronic_consent_date = fields.Date(string="Agreed on", copy=False)
    recovery_electronic_consent_proof = fields.Binary(
        string="Proof of the agreement", attachment=True, copy=False
    )
    recovery_electronic_consent_filename = fields.Char(copy=False)

    @api.constrains("recovery_electronic_consent", "recovery_electronic_consent_date")
    def _check_recovery_electronic_consent(self):
        for partner in self:
            day = partner.recovery_electronic_consent_date
            if partner.recovery_electronic_consent and not day:
                raise ValidationError(
                    self.env._(
                        "%s: enter the day of the agreement to electronic registered "
                        "letters, and keep its proof.",
                        partner.display_name,
                    )
                )
            if day and day > self.env["res.company"]._recovery_today():
                raise ValidationError(
                    self.env._(
                        "%s: the agreement to electronic registered letters cannot be "
                        "in the future.",
                        partner.display_name,
                    )
                )

    def _recovery_accepts_electronic(self, kind):
        """Whether an electronic registered letter is valid for this kind of debtor."""
        if kind in PENALTY_KINDS:
            return True
        return self.commercial_partner_id.recovery_electronic_consent

    def _recovery_consent_missing(self):
        return self.env._(
            "%s has not agreed to electronic registered letters: record the agreement "
            "and its proof on the customer, or send it on paper.",
            self.commercial_partner_id.display_name,
        )
