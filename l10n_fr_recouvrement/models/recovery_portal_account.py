from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from odoo import api, models
from odoo.exceptions import UserError

from ..law.rates import MissingRate
from ..reports.letter_parties import Bank
from ..reports.letter_payment import has_provider
from ..reports.letter_qr import sepa_code
from .recovery_account_statement import ELSEWHERE, Balances
from .recovery_statement import ZERO, money
from .vocabulary import PENALTY_KINDS, THIRD_PARTY_LETTERS

# The debtor does not pay these now: a plan says when, or nobody may be paid.
NOT_ASKED = ("plan", "insolvency")
NO_PROMISE = ("plan", "promise", "insolvency", "case", "blocked")
REFERENCE_LENGTH = 140  # of a SEPA transfer


@dataclass(frozen=True)
class PortalSheet(Balances):
    """What a debtor owes in one currency, as the page shows it.

    Amounts are in that currency, the indemnity in EUR (C. com. D441-5).
    """

    rows: models.BaseModel
    currency: models.BaseModel
    principal: Decimal
    interest: Decimal
    indemnity: Decimal
    claimed: Decimal  # of interest and indemnity, by the letters sent so far
    payable: frozenset  # ids of the invoices that can be paid online

    @property
    def asked(self):
        """What to pay now."""
        return self.principal + self.claimed

    @cached_property
    def invoices(self):
        """Invoices of which something is left to contest."""
        return self.rows.filtered(
            lambda row: row.residual > row.disputed
            and row.move_id.move_type == "out_invoice"
        ).move_id

    @cached_property
    def pay_rows(self):
        """Ids of the rows with a button to pay: the first of each payable invoice."""
        groups = self.rows.grouped("move_id").items()
        return frozenset(rows[0].id for move, rows in groups if move.id in self.payable)

    @cached_property
    def promisable(self):
        """Items that a promise may be about: late ones first, the oldest first."""
        rows = self.rows.filtered(
            lambda row: row.claimable > 0 and row.status not in NO_PROMISE
        )
        return rows.filtered(lambda row: row.days_late > 0) or rows

    @cached_property
    def promised(self):
        """What a promise is about, in full."""
        total = sum((money(row.claimable) for row in self.promisable), ZERO)
        return max(total, self.asked)

    @cached_property
    def disputed(self):
        return sum((money(row.disputed) for row in self.rows), ZERO)

    @cached_property
    def reference(self):
        """What to quote with a transfer: the invoices, else the customer."""
        moves = self.rows.filtered(
            lambda row: row.days_late > 0 and row.claimable > 0
        ).move_id
        if len(moves) == 1:
            return moves.payment_reference or moves.name
        numbers = " ".join(moves.mapped("name"))
        if 0 < len(numbers) <= REFERENCE_LENGTH:
            return numbers
        partner = self.rows.partner_id
        return partner.ref or partner.name

    @cached_property
    def account(self):
        """The account that the invoices name, else the company's first one."""
        invoices = self.rows.move_id.filtered(lambda one: one.move_type != "out_refund")
        account = invoices.partner_bank_id
        return account if len(account) == 1 else self.company.partner_id.bank_ids[:1]

    @cached_property
    def bank(self):
        return self.account and Bank.of(self.account)

    @cached_property
    def qr(self):
        """SEPA code that fills in a transfer, as a data URI; "" where impossible."""
        amount = self.currency.round(float(self.asked))
        if not self.account or amount <= 0:
            return ""
        try:
            return sepa_code(
                self.account, amount, self.reference, self.currency, self.partner
            )
        except (UserError, ValueError):
            return ""

    @property
    def company(self):
        return self.rows.company_id

    @property
    def partner(self):
        return self.rows.partner_id


class RecoveryPortalAccount(models.AbstractModel):
    """What a debtor sees on their page: only theirs, towards one company."""

    _name = "recovery.portal.account"
    _description = "Account shown to a debtor"

    @api.model
    def _sheets(self, debtor):
        """Sheets of a debtor, one per currency.

        :param debtor: PortalDebtor
        """
        rows = self._rows(debtor)
        return [
            self._sheet(debtor, currency, found)
            for currency, found in rows.grouped("currency_id").items()
        ]

    @api.model
    def _rows(self, debtor):
        """Open items, the oldest first; what was sold to a factor is paid to it."""
        # The debtor's own items towards this company, and no others.
        situation = self.env["recovery.situation"].sudo()
        return situation._scoped(debtors=debtor.partner.ids).search(
            [
                ("partner_id", "=", debtor.partner.id),
                ("company_id", "=", debtor.company.id),
                ("status", "not in", ELSEWHERE),
            ],
            order="date_maturity, id",
        )

    @api.model
    def _sheet(self, debtor, currency, rows):
        figures = self._penalties(debtor, rows)
        local = currency == debtor.company.currency_id
        claimed = ZERO
        for row in rows:
            if row.id in figures and row.level_id.claims == "claims":
                of_row = figures[row.id]
                claimed += of_row.interest_due + (of_row.indemnity if local else ZERO)
        asked = rows.filtered(
            lambda row: row.days_late > 0 and row.status not in NOT_ASKED
        )
        return PortalSheet(
            rows=rows,
            currency=currency,
            principal=sum((money(row.claimable) for row in asked), ZERO),
            interest=sum((one.interest_due for one in figures.values()), ZERO),
            indemnity=sum((one.indemnity for one in figures.values()), ZERO),
            claimed=claimed,
            payable=self._payable(debtor, rows),
        )

    @api.model
    def _penalties(self, debtor, rows):
        """Statements of the items whose letters show them, by item; never a consumer's
        (C. com. L441-10 II), nothing where a rate is not known yet.
        """
        partner = debtor.partner
        owes = partner.recovery_debtor_kind in PENALTY_KINDS
        if not (owes and partner.recovery_debtor_kind_confirmed):
            return {}
        excluded = {
            row.id: money(row.disputed) + money(row.covered)
            for row in rows
            if row.level_id.claims in ("shows", "claims") and row.residual > 0
        }
        service = self.env["recovery.statement"].sudo()  # of the debtor's own items
        today = debtor.company._recovery_today()
        try:
            return service._for_items(list(excluded), today, excluded)
        except MissingRate:
            return {}

    @api.model
    def _payable(self, debtor, rows):
        """Invoices that core lets the debtor pay online."""
        if not has_provider(debtor.company):
            return frozenset()
        asked = rows.filtered(lambda row: row.status not in NOT_ASKED)
        return frozenset(
            asked.move_id.filtered(
                lambda move: move.move_type == "out_invoice" and move._has_to_be_paid()
            ).ids
        )

    @api.model
    def _invoice(self, debtor, move_id):
        """A posted invoice or credit note of this debtor and company, or nothing."""
        # Bounded by the debtor and the company of the link.
        return (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("id", "=", move_id),
                    ("commercial_partner_id", "=", debtor.partner.id),
                    ("company_id", "=", debtor.company.id),
                    ("move_type", "in", ("out_invoice", "out_refund")),
                    ("state", "=", "posted"),
                ]
            )
        )

    @api.model
    def _letters(self, debtor, notice_id=None):
        """Letters that left for this debtor: not those about them to somebody else, nor
        those that wait to be printed or posted.
        """
        domain = [
            ("partner_id", "=", debtor.partner.id),
            ("company_id", "=", debtor.company.id),
            ("state", "in", ("sent", "closed")),
            ("document_id", "!=", False),
            ("letter", "not in", THIRD_PARTY_LETTERS),
        ]
        if notice_id is not None:
            domain.append(("id", "=", notice_id))
        # Bounded by the debtor and the company of the link.
        notices = self.env["recovery.notice"].sudo().search(domain)
        return notices.filtered(lambda one: one.display_state in ("sent", "closed"))

    @api.model
    def _plans(self, debtor, plan_id=None):
        """Payment plans that were put to this debtor."""
        domain = [
            ("partner_id", "=", debtor.partner.id),
            ("company_id", "=", debtor.company.id),
            ("state", "in", ("offered", "active", "default")),
        ]
        if plan_id is not None:
            domain.append(("id", "=", plan_id))
        # Bounded by the debtor and the company of the link.
        plans = self.env["recovery.plan"].sudo().search(domain)
        today = debtor.company._recovery_today()
        return plans.filtered(
            lambda plan: plan.state != "offered" or plan.valid_until >= today
        )

    @api.model
    def _invoice_pdf(self, move):
        """(file name, PDF) of an invoice: as sent, else made now and not kept."""
        if move.invoice_pdf_report_id:
            return move.invoice_pdf_report_id.name, move.invoice_pdf_report_id.raw
        report = self.env["ir.actions.report"].sudo()  # of the debtor's own invoice
        content, _kind = report._render_qweb_pdf("account.account_invoices", move.ids)
        return move._get_invoice_report_filename(), content
