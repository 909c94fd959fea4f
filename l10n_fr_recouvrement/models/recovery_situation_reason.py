from odoo import api, models
from odoo.tools import format_date, formatLang


class RecoverySituation(models.Model):
    """The sentences that explain each status, in the words of an accountant."""

    _inherit = "recovery.situation"

    @api.depends("status")
    @api.depends_context("recovery_date", "lang")
    def _compute_reason(self):
        for situation in self:
            situation.reason = situation._reason()

    def _reason(self):
        """Sentence that explains the status: why here, why not today, what to do."""
        self.ensure_one()
        sentence = getattr(self, f"_reason_{self.status}", None)
        return sentence() if sentence else ""

    def _reason_nothing_due(self):
        return self.env._("Credit to allocate: it is deducted from the oldest debts.")

    def _reason_blocked(self):
        return self.env._(
            "The payment of this invoice is blocked or it is excluded from follow-up: "
            "unblock it to remind it again."
        )

    def _reason_not_invoice(self):
        return self.env._(
            "Entry of a general journal, for example an opening balance: include it in "
            "the follow-up to remind it."
        )

    def _reason_disputed(self):
        return self.env._("Wholly disputed: close the dispute to remind it again.")

    def _reason_plan(self):
        return self.env._(
            "Payment plan until %s: nothing is sent while it is in force.",
            self._day(self.until),
        )

    def _reason_promise(self):
        return self.env._(
            "The customer promised to pay: nothing is sent before %s is over.",
            self._day(self.until),
        )

    def _reason_paused(self):
        return self.env._("Paused until %s included.", self._day(self.until))

    def _reason_reply(self):
        return self.env._(
            "The customer answered: read the answer, nothing more is sent before that."
        )

    def _reason_covered(self):
        return self.env._(
            "Open credits and unallocated payments of %s cover it: allocate them.",
            self._amount(self.covered),
        )

    def _reason_below_minimum(self):
        return self.env._(
            "The customer owes less than the minimum amount of policy “%s”.",
            self.policy_id.name,
        )

    def _reason_no_policy(self):
        return self.env._(
            "No recovery policy covers this customer: choose one on the customer or in "
            "the settings."
        )

    def _reason_unconfirmed_kind(self):
        return self.env._(
            "“%s” depends on the kind of debtor: confirm it on the customer.",
            self.next_level_id.name,
        )

    def _reason_no_address(self):
        if not self.partner_id:
            return self.env._(
                "This item has no customer: enter one on the entry, or nobody can be "
                "reminded."
            )
        # Only whether they may be written to.
        contacts = (self.contact_id | self.partner_id).sudo()
        if any(contacts.mapped("is_blacklisted")):
            return self.env._(
                "“%s” cannot be sent: the customer refuses e-mails (blacklist). "
                "Complete the postal address, or enter another e-mail.",
                self.next_level_id.name,
            )
        return self.env._(
            "“%s” cannot be sent: complete the e-mail or the postal address of the "
            "customer.",
            self.next_level_id.name,
        )

    def _reason_bank_late(self):
        return self.env._(
            "“%s” waits: the bank entries are too old to say who has paid. Enter the "
            "bank, or confirm that it is up to date.",
            self.next_level_id.name,
        )

    def _reason_asked(self):
        if not self.answer_until:
            return self.env._(
                "“%(level)s” is to be sent since %(date)s: the next run asks the "
                "salesperson first.",
                level=self.next_level_id.name,
                date=self._day(self.next_date),
            )
        return self.env._(
            "“%(level)s”: the salesperson may object until %(date)s included. Without "
            "an answer it is sent afterwards.",
            level=self.next_level_id.name,
            date=self._day(self.answer_until),
        )

    def _reason_objection(self):
        return self.env._(
            "The salesperson objects until %s included: nothing is sent, unless a "
            "manager refuses the objection.",
            self._day(self.until),
        )

    def _reason_due(self):
        if self.leaving_date != self._date():
            return self.env._(
                "“%(level)s” is to be sent since %(date)s. The company is closed: it "
                "leaves on %(leaving)s.",
                level=self.next_level_id.name,
                date=self._day(self.next_date),
                leaving=self._day(self.leaving_date),
            )
        return self.env._(
            "“%(level)s” is to be sent since %(date)s: %(late)s.",
            level=self.next_level_id.name,
            date=self._day(self.next_date),
            late=self._reason_late(),
        )

    def _reason_waiting(self):
        if self.pending_notice_id:
            return self._reason_pending(self.pending_notice_id.sudo())  # its number
        if self.debtor_kind == "public" and self.move_id.recovery_reopened_days:
            return self.env._(
                "The public buyer asked for documents: supply them. The invoice is due "
                "%s days after that.",
                self.move_id.recovery_reopened_days,
            )
        if not self.next_level_id:
            return self.env._(
                "Policy “%s” has no further level: decide what comes next.",
                self.policy_id.name,
            )
        if self.days_late <= 0 and self.next_date <= self._date():
            return self.env._(
                "Not yet due: the late invoices of the customer are reminded first."
            )
        if self.leaving_date != self.next_date:
            return self.env._(
                "“%(level)s” comes on %(date)s, when the company is closed: it leaves "
                "on %(leaving)s.",
                level=self.next_level_id.name,
                date=self._day(self.next_date),
                leaving=self._day(self.leaving_date),
            )
        return self.env._(
            "“%(level)s” comes on %(date)s: %(late)s.",
            level=self.next_level_id.name,
            date=self._day(self.next_date),
            late=self._reason_late(),
        )

    def _reason_pending(self, notice):
        if notice.registered_outcome == "unknown":
            return self.env._(
                "Letter %s came back, address unknown: correct the address of the "
                "customer, then click “Address found” on the notice.",
                notice.name,
            )
        if notice.awaits_post and not notice.posted_on:
            return self.env._(
                "Registered letter %s is to be posted: record the day of its posting.",
                notice.name,
            )
        if notice.awaits_post:
            return self.env._(
                "Registered letter %(number)s was posted on %(date)s: what follows "
                "counts from its first presentation, to be recorded.",
                number=notice.name,
                date=self._day(notice.posted_on),
            )
        return self.env._(
            "Notice %s is not sent yet: approve it or wait for its sending.",
            notice.name,
        )

    def _reason_late(self):
        if self.days_late > 0:
            late = self.env._("%s days late", self.days_late)
        else:
            late = self.env._("due on %s", self._day(self.date_maturity))
        if not self.level_id:
            return late
        return self.env._(
            "%(late)s, “%(level)s” reached on %(date)s",
            late=late,
            level=self.level_id.name,
            date=self._day(self.level_date),
        )

    def _day(self, day):
        return format_date(self.env, day) if day else ""

    def _amount(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)
