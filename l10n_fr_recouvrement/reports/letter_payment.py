"""How the debtor pays: account, reference, SEPA code, link."""

from functools import cached_property

from odoo.exceptions import UserError

from .letter_parties import Bank
from .letter_qr import sepa_code


class LetterPayment:
    """Means of payment of what the letter asks for."""

    @cached_property
    def _move(self):
        """The claimed invoice when there is only one, else an empty recordset."""
        moves = self._lines["claimed"].move_id
        return moves if len(moves) == 1 and not self.several else moves[:0]

    @cached_property
    def _account(self):
        """The account that the claimed invoices name, else the company's first one."""
        # It is printed on each invoice; a collector may not read bank accounts.
        account = self._lines["claimed"].move_id.sudo().partner_bank_id
        if len(account) == 1:
            return account
        return self.notice.company_id.sudo().partner_id.bank_ids[:1]

    @property
    def asks_payment(self):
        """Written to who pays, and about a sum that is still to be paid."""
        return not self.third_party and self.notice.total > 0

    @cached_property
    def bank(self):
        return self._account and Bank.of(self._account)

    @cached_property
    def reference(self):
        """What the debtor quotes: the invoice's own reference when it is alone."""
        return self._move.payment_reference or self._move.name or self.notice.name

    @cached_property
    def qr(self):
        """SEPA code that fills in a transfer, as a data URI; "" where impossible."""
        notice = self.notice
        if not self._account or notice.total <= 0 or self.third_party:
            return ""
        try:
            return sepa_code(
                self._account,
                notice.currency_id.round(notice.total),
                self.reference,
                notice.currency_id,
                notice.partner_id,
            )
        except (UserError, ValueError):
            return ""

    @cached_property
    def qr_url(self):
        """The same code by its public address: mail readers show no data URI."""
        notice = self.notice
        if not self.qr:
            return ""
        path = self._account.build_qr_code_url(
            notice.currency_id.round(notice.total),
            self.reference,
            "",
            notice.currency_id,
            notice.partner_id,
        )
        return notice.get_base_url() + path if path else ""

    @cached_property
    def payment_url(self):
        """Where to pay the claimed invoice online; "" when it is not possible."""
        # The debtor holds this invoice already; its link is meant for them.
        move = self._move.sudo()
        company = self.notice.company_id
        if not move or not move._has_to_be_paid() or not has_provider(company):
            return ""
        return move.get_base_url() + move.get_portal_url()


def has_provider(company):
    """Whether the customers of a company can pay online."""
    providers = company.env["payment.provider"].sudo()  # only whether there is one
    return bool(
        providers.search_count(
            [
                *providers._check_company_domain(company),
                ("state", "=", "enabled"),
                ("is_published", "=", True),
            ],
            limit=1,
        )
    )
