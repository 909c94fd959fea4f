"""The page on which the debtor sees, pays, promises or disputes what is due."""

from functools import cached_property

from .letter_qr import code_image


class LetterPortal:
    """The signed link of the debtor, where the company wants it."""

    @cached_property
    def _portal_url(self):
        notice = self.notice
        if self.third_party or not notice.partner_id:
            return ""
        links = notice.env["recovery.portal.link"]
        return links._url(notice.partner_id, notice.company_id, notice.lang)

    @property
    def portal_mail_url(self):
        return self._portal_url if self.notice.company_id.recovery_portal_mail else ""

    @cached_property
    def portal_letter_code(self):
        """A code to scan, as a data URI: the address is too long to be typed."""
        wanted = self.notice.company_id.recovery_portal_letter
        return code_image(self._portal_url) if wanted and self._portal_url else ""
