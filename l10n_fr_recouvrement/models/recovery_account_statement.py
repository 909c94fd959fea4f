from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from odoo import api, models

from .recovery_statement import ZERO, money
from .vocabulary import BUCKETS

# What is paid to somebody else is not on our statement.
ELSEWHERE = ("factored",)


@dataclass(frozen=True)
class AccountRow:
    """An open item, and the balance of the account down to it."""

    number: str
    reference: str
    date: date
    due_date: date
    days_late: int
    bucket: str
    total: Decimal
    residual: Decimal
    balance: Decimal


class Balances:
    """What the open items (`rows`) of an account add up to."""

    @property
    def overdue(self):
        return self._sum(lambda row: row.residual > 0 and row.days_late > 0)

    @property
    def not_due(self):
        return self._sum(lambda row: row.residual > 0 and row.days_late <= 0)

    @property
    def credit(self):
        """Credit notes and payments not allocated yet, as a negative amount."""
        return self._sum(lambda row: row.residual < 0)

    def _sum(self, condition):
        return sum((money(row.residual) for row in self.rows if condition(row)), ZERO)


@dataclass(frozen=True)
class AccountSheet(Balances):
    """Statement of account of a customer in one company and currency."""

    company: models.BaseModel
    partner: models.BaseModel
    contact: models.BaseModel
    currency: models.BaseModel
    date: date
    rows: tuple[AccountRow, ...]
    insolvent: bool

    @property
    def balance(self):
        return self.rows[-1].balance if self.rows else ZERO

    @property
    def ageing(self):
        """{bucket: amount}, in the order of their age."""
        amounts = Counter()
        for row in self.rows:
            amounts[row.bucket] += row.residual
        return {bucket: amounts[bucket] or ZERO for bucket, _name in BUCKETS}


class RecoveryAccountStatement(models.AbstractModel):
    """Statements of account (relevés de compte) of customers, from the situation."""

    _name = "recovery.account.statement"
    _description = "Statement of account"

    @api.model
    def _sheets(self, partners, company):
        """Sheets of these customers who have open items, one per currency.

        The number of queries does not depend on the number of customers.
        """
        situation = self.env["recovery.situation"].sudo()  # of readable customers
        rows = situation._scoped(debtors=partners.commercial_partner_id.ids).search(
            [("company_id", "=", company.id), ("status", "not in", ELSEWHERE)],
            order="invoice_date, date_maturity, id",
        )
        groups = rows.grouped(lambda row: (row.partner_id, row.currency_id))
        return [
            self._sheet(partner.sudo(False), currency, company, found)
            for (partner, currency), found in groups.items()
        ]

    @api.model
    def _sheet(self, partner, currency, company, rows):
        contact = rows[0].contact_id
        return AccountSheet(
            company=company,
            partner=partner,
            # what the contact lacks is taken from the customer
            contact=contact if contact.email or not partner.email else partner,
            currency=currency,
            date=company._recovery_today(),
            rows=tuple(self._rows(rows)),
            insolvent="insolvency" in rows.mapped("status"),
        )

    @api.model
    def _rows(self, rows):
        balance = ZERO
        for row in rows:
            residual = money(row.residual)
            balance += residual
            yield AccountRow(
                number=row.number or "",
                reference=row.move_id.ref or "",
                date=row.invoice_date,
                due_date=row.date_maturity,
                days_late=row.days_late,
                bucket=row.bucket,
                total=money(row.move_line_id.amount_currency),
                residual=residual,
                balance=balance,
            )

    @api.model
    def _problem(self, sheets):
        """Why the statement of one customer may not leave, or "".

        :param sheets: the sheets of one customer
        """
        if not sheets:
            return self.env._("Nothing is open on this account.")
        if any(sheet.insolvent for sheet in sheets):
            return self.env._("Insolvency: nothing is sent to this customer.")
        if not sheets[0].contact.email:
            return self.env._("No e-mail address: enter one on the customer.")
        return ""
