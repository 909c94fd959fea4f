import hashlib
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date, plaintext2html

from .recovery_statement import money
from .vocabulary import NO_PLAN

WORDS_LENGTH = 300
TRUST_DAYS = 90  # without a promise of the page after a broken one


class RecoveryPortal(models.AbstractModel):
    """What a debtor does on their page. Each act is checked before anything is written,
    and reaches the collector and the history.

    No user calls these methods: the controller does, for the debtor of the link.
    """

    _name = "recovery.portal"
    _description = "Acts of a debtor on their page"

    @api.private
    @api.model
    def promise(self, debtor, currency, amount, date):
        """The debtor promises to pay an amount by a day: what it covers waits.

        :raises UserError: the amount or the day is not possible; it says what is
        """
        self._check_promises(debtor)
        self._check_day(debtor, date)
        rows = self._promised(debtor, currency, amount)
        # For the debtor of the link, whose invoices they are.
        promise = (
            self._act("recovery.promise")
            .sudo()
            .create(
                {
                    "company_id": debtor.company.id,
                    "partner_id": debtor.partner.id,
                    "currency_id": currency.id,
                    "amount": amount,
                    "date": date,
                    "move_ids": [(6, 0, rows.move_id.ids)],
                    "origin": "portal",
                }
            )
        )
        sentence = self.env._(
            "%(debtor)s promises %(amount)s for %(date)s.",
            debtor=debtor.partner.name,
            amount=currency.format(float(amount)),
            date=format_date(self.env, date),
        )
        self._report(debtor, promise, self.env._("Promise to pay"), sentence)
        return promise

    @api.model
    def _check_promises(self, debtor):
        """One promise at a time; after a broken one, the collector decides."""
        today = debtor.company._recovery_today()
        # The debtor's own promises to this company.
        promises = self.env["recovery.promise"].sudo()
        domain = [
            ("commercial_partner_id", "=", debtor.partner.id),
            ("company_id", "=", debtor.company.id),
        ]
        pending = [("state", "=", "open"), ("until", ">=", today)]
        if promises.search_count([*domain, *pending], limit=1):
            raise UserError(
                self.env._(
                    "You have promised a payment already. To change it, write to us "
                    "below."
                )
            )
        since = today - timedelta(days=TRUST_DAYS)
        broken = [("state", "=", "broken"), ("date", ">=", since)]
        if promises.search_count([*domain, *broken], limit=1):
            raise UserError(
                self.env._(
                    "An earlier promise was not kept: write to us below, we will look "
                    "for a solution with you."
                )
            )

    @api.model
    def _limits(self, debtor):
        """First and last day on which the debtor may promise to pay."""
        today = debtor.company._recovery_today()
        days = debtor.company.recovery_portal_promise_days
        return today, today + timedelta(days=days)

    @api.model
    def _check_day(self, debtor, date):
        today, last = self._limits(debtor)
        if not date or not today <= date <= last:
            raise UserError(
                self.env._(
                    "Choose a day from today to %s. For more time, write to us below "
                    "and ask for a payment plan.",
                    format_date(self.env, last),
                )
            )

    @api.model
    def _promised(self, debtor, currency, amount):
        """Items that the amount pays in full, the oldest first (C. civ. 1342-10)."""
        sheets = self.env["recovery.portal.account"]._sheets(debtor)
        sheet = next((one for one in sheets if one.currency == currency), None)
        rows = sheet and sheet.promisable
        if not rows:
            raise UserError(self.env._("Nothing is left to promise: nothing is due."))
        least = money(rows[0].claimable)
        self._check_amount(currency, amount, least, sheet.promised)
        left, paid = amount, rows.browse()
        for row in rows:
            left -= money(row.claimable)
            if left < 0:
                break
            paid += row
        return paid

    @api.model
    def _check_amount(self, currency, amount, least, most):
        """:raises UserError: not an amount between these two"""
        if amount is None or not least <= amount <= most:
            raise UserError(
                self.env._(
                    "Enter an amount from %(least)s, your oldest invoice, to %(most)s. "
                    "For less, write to us below and ask for a payment plan.",
                    least=currency.format(float(least)),
                    most=currency.format(float(most)),
                )
            )

    @api.private
    @api.model
    def dispute(self, debtor, move_id, amount, reason_id, text, file=None):
        """The debtor contests an invoice, wholly or partly: that part is suspended.

        :param amount: None for all that is due
        :param reason_id: of a reason of the house
        :param file: (name, content) or None
        :raises UserError: the invoice, the amount, the reason or the file is not right
        """
        move, due = self._contestable(debtor, move_id)
        amount = due if amount is None else amount
        if not 0 < amount <= due:
            raise UserError(
                self.env._(
                    "Enter the contested amount: at most %(due)s on %(invoice)s.",
                    due=move.currency_id.format(float(due)),
                    invoice=move.name,
                )
            )
        reason = self._reasons().filtered(lambda one: one.id == reason_id)
        if not reason:
            raise UserError(self.env._("Choose why you contest the invoice."))
        text, document = self._text(text), file and self._document(*file)
        dispute = self._new_dispute(debtor, move, amount, reason, text)
        sentence = self.env._(
            "%(debtor)s contests %(amount)s of %(invoice)s.",
            debtor=debtor.partner.name,
            amount=move.currency_id.format(float(amount)),
            invoice=move.name,
        )
        files = self._attach(dispute, document)
        self._keep(debtor, dispute, f"{sentence}\n{reason.name}: {text}", files)
        return dispute

    @api.model
    def _contestable(self, debtor, move_id):
        """(invoice, what is left to contest), of this debtor only."""
        rows = self.env["recovery.portal.account"]._rows(debtor)
        rows = rows.filtered(lambda row: row.move_id.id == move_id and row.residual > 0)
        due = sum(money(row.residual) - money(row.disputed) for row in rows)
        if due <= 0 or rows.move_id.move_type != "out_invoice":
            raise UserError(
                self.env._("Choose one of your invoices that is not contested already.")
            )
        return rows.move_id, due

    @api.model
    def _reasons(self):
        # What a debtor may choose is the same for all.
        return (
            self.env["recovery.dispute.reason"].sudo().search([("active", "=", True)])
        )

    @api.model
    def _new_dispute(self, debtor, move, amount, reason, text):
        """Its activity goes to who answers for the reason, else to the collector."""
        # For the debtor of the link, whose invoice it is.
        disputes = self._act("recovery.dispute").sudo()
        return disputes.create(
            {
                "company_id": debtor.company.id,
                "partner_id": debtor.partner.id,
                "move_id": move.id,
                "amount": amount,
                "reason_id": reason.id,
                "description": text,
                "origin": "portal",
                "user_id": (reason.user_id or self._collector(debtor)).id,
            }
        )

    @api.private
    @api.model
    def accept_plan(self, debtor, plan_id, signer, words, figures, ip):
        """The debtor signs the plan that was offered (C. civ. 1366, 1376, 2240).

        :param signer: (name, quality, power), as the debtor states them
        :raises UserError: not theirs or not offered; incomplete; another sum
        """
        plan = self.env["recovery.portal.account"]._plans(debtor, plan_id)
        agreement = plan.agreement_document_id
        if plan.state != "offered" or not agreement or self._is_refused(plan):
            raise UserError(
                self.env._("This plan can no longer be accepted: write to us.")
            )
        name, title, power = (self._short(one) for one in signer)
        plan._accept(
            name,
            title,
            power,
            ip=ip,
            words=(words or "").strip()[:WORDS_LENGTH],
            figures=None if figures is None else float(figures),
            digest=hashlib.sha256(agreement.raw).hexdigest(),
        )
        sentence = self.env._(
            "%(name)s, %(title)s (%(power)s) accepted plan %(plan)s for %(debtor)s.",
            name=name,
            title=title,
            power=power,
            plan=plan.name,
            debtor=debtor.partner.name,
        )
        self._report(debtor, plan, self.env._("Payment plan accepted"), sentence)
        return plan

    @api.model
    def _is_refused(self, plan):
        """Whether something happened since the offer that forbids an agreement."""
        guard = self.env["recovery.plan.guard"]
        return bool(guard._refusal(plan.invoice_ids.move_id, NO_PLAN))

    @api.private
    @api.model
    def message(self, debtor, text):
        """The debtor writes to the collector, who finds an answer to read."""
        text = self._text(text)
        # For the debtor of the link.
        reply = (
            self._act("recovery.reply")
            .sudo()
            .create(
                {
                    "company_id": debtor.company.id,
                    "partner_id": debtor.partner.id,
                    "origin": "portal",
                    "author": debtor.partner.name,
                    "body": plaintext2html(text),  # what a debtor types is never HTML
                    "user_id": self._collector(debtor).id,
                }
            )
        )
        self._keep(debtor, debtor.partner, text)
        return reply
