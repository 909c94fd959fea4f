from odoo import api, models
from odoo.tools.mail import email_split_and_format_normalize


class RecoveryRecipient(models.AbstractModel):
    """Who may be written to, and how: several addresses, blacklisted ones, consent to
    electronic registered letters.
    """

    _name = "recovery.recipient"
    _description = "Recipients of notices"

    @api.model
    def _writable(self, emails):
        """Addresses that may be written to, as one text each.

        :param emails: texts, each one address or several separated by commas
        :return: {text: the same without invalid and blacklisted addresses, or ""}
        """
        parts = {email: self._addresses(email) for email in emails if email}
        wanted = {address for addresses in parts.values() for address in addresses}
        blacklist = self.env["mail.blacklist"].sudo()  # a list that all must respect
        refused = set(blacklist.search([("email", "in", list(wanted))]).mapped("email"))
        return {
            email: ", ".join(
                formatted
                for address, formatted in addresses.items()
                if address not in refused
            )
            for email, addresses in parts.items()
        }

    @api.model
    def _addresses(self, email):
        """{normalised address: the address as it is written to}."""
        formatted = email_split_and_format_normalize(email.replace(";", ","))
        return {one.split("<")[-1].strip("> ").lower(): one for one in formatted}

    @api.model
    def _reach(self, notices):
        """Prepare the sending: notices that may be written to, as they may be.

        Without an address that may be written to, an e-mail becomes a letter; without
        a postal address either, the notice fails and its sentence says so.
        """
        refused = self._without_consent(notices)
        by_email = (notices - refused).filtered("by_email")
        writable = self._writable(by_email.mapped(self._email_of))
        for notice in by_email:
            if address := writable.get(self._email_of(notice)):
                notice.email_to = address
            elif self._has_address(notice):
                notice.write({"by_email": False, "by_letter": True, "email_to": False})
                notice._message_log(body=self._printed_instead(notice))
            else:
                notice._fail(
                    self.env._("Neither an e-mail that may be used nor an address")
                )
                refused |= notice
        return notices - refused

    @api.model
    def _printed_instead(self, notice):
        return self.env._(
            "Printed instead of e-mailed: “%s” has no e-mail address that may be "
            "written to (missing, invalid or on the blacklist).",
            (notice.contact_id or notice.partner_id).display_name,
        )

    @api.model
    def _email_of(self, notice):
        return (
            notice.email_to or notice.contact_id.email or notice.partner_id.email or ""
        )

    @api.model
    def _has_address(self, notice):
        return bool(notice.contact_id.city or notice.partner_id.city)

    @api.model
    def _without_consent(self, notices):
        """Electronic registered letters that the debtor did not agree to: not sent."""
        refused = notices.filtered(
            lambda notice: notice.by_electronic and not notice._may_be_electronic()
        )
        for notice in refused:
            notice._fail(notice.partner_id._recovery_consent_missing())
        return refused
