from odoo import api, fields, models
from odoo.exceptions import UserError


class RecoverySender(models.AbstractModel):
    """What keeps a notice back for a while: the bank of the company, a mail server that
    does not answer, the hourly limit of its provider.
    """

    _inherit = "recovery.sender"

    @api.model
    def _bank_holds(self, notices):
        """Notices whose level needs the bank of a company that is not up to date."""
        waiting = notices.filtered("level_id.needs_bank")
        held = waiting.company_id._recovery_bank_held()
        return waiting.filtered(lambda notice: notice.company_id in held)

    @api.model
    def _check_bank(self, notices):
        """:raises UserError: the bank is not up to date for one of the notices"""
        if held := self._bank_holds(notices):
            raise UserError(
                self.env._(
                    "%(number)s (“%(level)s”) waits: the bank entries of %(company)s "
                    "are too old to say who has paid. Enter the bank, or confirm that "
                    "it is up to date.",
                    number=held[0].name,
                    level=held[0].level_id.name,
                    company=held[0].company_id.name,
                )
            )

    @api.model
    def _within_reach(self, notices):
        """Notices whose mail server did not fail to answer a moment ago: the others
        stay ready until the job comes back.
        """
        now = fields.Datetime.now()
        silent = notices.company_id.filtered(
            lambda company: company._recovery_mail_retry_at() > now
        )
        return notices.filtered(
            lambda notice: not (notice.by_email and notice.company_id in silent)
        )

    @api.model
    def _within_limit(self, notices):
        """Notices that the mail provider still takes in this hour; the job comes back
        for the others, which stay ready.
        """
        allowed = self.env["recovery.notice"]
        rooms = notices.company_id._recovery_mail_room()
        for company, group in notices.grouped("company_id").items():
            mails = group.filtered("by_email")
            room, later = rooms.get(company, (len(mails), None))
            allowed |= group - mails[room:]
            if len(mails) > room:
                self._come_back(later)
        held = notices - allowed
        held.filtered(lambda notice: notice.state == "draft")._set_state("ready")
        return allowed
