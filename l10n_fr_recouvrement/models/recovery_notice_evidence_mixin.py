from odoo import api, models
from odoo.exceptions import UserError

from .access import is_flow
from .vocabulary import POSTED

EVIDENCE = {
    "name",
    "company_id",
    "partner_id",
    "contact_id",
    "currency_id",
    "date",
    "lang",
    "level_id",
    "plan_id",
    "letter",
    "facts",
    "debtor_kind",
    "email_to",
    "email_cc",
    "document_id",
    "document_sha256",
    "principal",
    "interest",
    "indemnity",
    "total",
    "daily_interest",
    "credit",
    "granted_days",
    "line_ids",
    "by_email",
    "by_letter",
    "by_registered",
    "by_electronic",
    "by_sms",
    "by_call",
    "by_meeting",
    "offers_plan",
}
FLOW_FIELDS = {
    "state",
    "sent_at",
    "deferred_since",
    "document_id",
    "document_sha256",
    "printed_at",
    "by_service",
    "address_found_on",
    "original_id",
    "resend_reason",
}


class RecoveryNoticeEvidenceMixin(models.AbstractModel):
    """What keeps a notice as it was sent."""

    _name = "recovery.notice.evidence.mixin"
    _description = "Evidence of a notice"

    def write(self, vals):
        # EXTENDS 'mail'
        if not is_flow(self.env):
            self._check_evidence(vals)
        return super().write(vals)

    def _check_evidence(self, vals):
        """Only our own flow changes the state, and nobody what was sent.

        :raises UserError: says which notice and what to do
        """
        if FLOW_FIELDS.intersection(vals):
            raise UserError(
                self.env._(
                    "The state of a notice follows its sending: use the buttons."
                )
            )
        posted = self.filtered(lambda notice: notice.state in POSTED)
        if posted and EVIDENCE.intersection(vals):
            raise UserError(
                self.env._(
                    "Notice %s was sent: it is evidence and cannot be changed. Send a "
                    "new one.",
                    posted[0].name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        if posted := self.filtered(lambda notice: notice.state in POSTED):
            raise UserError(
                self.env._(
                    "Notice %s was sent: it is evidence and cannot be deleted.",
                    posted[0].name,
                )
            )
