from datetime import date

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime, get_lang, split_every

BATCH = 50
# A customer who is given a rhythm later in the month waits for the next period.
WINDOW = 10  # days
TEMPLATE = "l10n_fr_recouvrement.mail_template_account_statement"
CRON = "l10n_fr_recouvrement.ir_cron_recovery_account_statement"


def period_start(period, today):
    """First day of the month or of the quarter."""
    month = today.month if period == "monthly" else today.month - (today.month - 1) % 3
    return date(today.year, month, 1)


class RecoveryAccountStatementSender(models.AbstractModel):
    """Sends statements of account, at the user's request or on the first days of a
    period.

    The e-mail is queued and the customer is marked in one transaction: after a crash
    the next pass goes on where this one stopped, and nobody is written to twice. They
    count in the hourly limit of the mail provider as reminders do.
    """

    _name = "recovery.account.statement.sender"
    _description = "Sender of statements of account"

    @api.model
    def _cron_send(self):
        """Scheduled action: customers of each company whose period has begun."""
        lang = get_lang(self.env, self.env.company.partner_id.lang).code
        self.with_context(lang=lang)._send_period()  # a job has no language

    @api.model
    def _send_period(self):
        today = self.env["res.company"]._recovery_today()
        if today.day > WINDOW:
            return
        batches = [
            (company, ids)
            for company in self.env["res.company"].search([("active", "=", True)])
            for ids in split_every(BATCH, self._waiting(company, today).ids, list)
        ]
        left = sum(len(ids) for _company, ids in batches)
        for company, ids in batches:
            self._send_batch(company, self.env["res.partner"].browse(ids), today)
            left -= len(ids)
            if not self.env["recovery.sender"]._commit(len(ids), left):
                return

    @api.model
    def _waiting(self, company, today, partners=None):
        """Customers whose statement of the period was not looked at yet."""
        among = Domain.TRUE if partners is None else Domain("id", "in", partners.ids)
        due = Domain.OR(
            Domain("recovery_statement_period", "=", period)
            & (
                Domain("recovery_statement_checked_on", "=", False)
                | Domain(
                    "recovery_statement_checked_on", "<", period_start(period, today)
                )
            )
            for period in ("monthly", "quarterly")
        )
        # contacts only follow their company
        chosen = (
            self.env["res.partner"]
            .with_company(company)
            .search(among & due, order="id")
        )
        return chosen.filtered(lambda one: one == one.commercial_partner_id)

    @api.model
    def _send_batch(self, company, partners, today):
        """Send what is to send; the others wait for the next period, for a task, or for
        the next hour where the mail provider takes no more in this one.
        """
        partners = partners.try_lock_for_update(allow_referencing=True)
        partners.invalidate_recordset()
        partners = self._waiting(company, today, partners)
        service = self.env["recovery.account.statement"]
        sheets = self._by_partner(service._sheets(partners, company))
        wanted = {
            partner: found
            for partner, found in sheets.items()
            if not company.recovery_statement_overdue_only
            or any(sheet.overdue > 0 for sheet in found)
        }
        held = self._beyond_limit(company, partners.browse().union(*wanted))
        problems = self._send(
            company, {who: wanted[who] for who in wanted if who not in held}
        )
        self._plan(company, problems)
        (partners - held).recovery_statement_checked_on = today

    @api.model
    def _beyond_limit(self, company, customers):
        """Those of these customers whose e-mail is one too many in this hour; the job
        comes back for them.
        """
        everybody = len(customers), None
        room, later = company._recovery_mail_room().get(company, everybody)
        if held := customers[room:]:
            self.env["recovery.sender"]._come_back(later, CRON)
        return held

    @api.model
    def _check_limit(self, company, count):
        """:raises UserError: the mail provider takes fewer e-mails in this hour"""
        room, later = company._recovery_mail_room().get(company, (count, None))
        if count > room:
            raise UserError(
                self.env._(
                    "Your mail provider still takes %(room)s e-mails until %(moment)s: "
                    "choose fewer customers, or send the others then.",
                    room=room,
                    moment=format_datetime(self.env, later),
                )
            )

    @api.model
    def _by_partner(self, sheets):
        found = {}
        for sheet in sheets:
            found.setdefault(sheet.partner, []).append(sheet)
        return found

    @api.model
    def _send(self, company, sheets):
        """Queue the e-mails of these customers, their PDF attached.

        :param sheets: {customer: sheets}
        :return: {customer: why it may not leave}
        """
        service = self.env["recovery.account.statement"]
        problems = {
            partner: problem
            for partner, found in sheets.items()
            if (problem := service._problem(found))
        }
        ready = {who: found for who, found in sheets.items() if who not in problems}
        if ready:
            self._queue(company, ready)
        return problems

    @api.model
    def _queue(self, company, sheets):
        partners = self.env["res.partner"].union(*sheets).with_company(company)
        renderer = self.env["recovery.statement.renderer"]
        pdfs = renderer._account_pdfs(
            [one for found in sheets.values() for one in found]
        )
        words = {
            who.id: renderer._account_words(found) for who, found in sheets.items()
        }
        # The text is the house's own; who sends may not read mail servers.
        template = self.env.ref(TEMPLATE).sudo().with_company(company)
        mails = template.with_context(recovery_statements=words).send_mail_batch(
            partners.ids
        )
        mails._recovery_hand_over(company)
        pdfs = iter(pdfs)
        for (who, found), mail in zip(sheets.items(), mails, strict=True):
            mail.attachment_ids += self._attachments(who, found, pdfs)
        partners.recovery_statement_sent_on = company._recovery_today()
        # they leave in the hour in which they count
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    @api.model
    def _attachments(self, partner, sheets, pdfs):
        """The PDF of each currency, kept on the customer."""
        return self.env["ir.attachment"].create(
            [
                {
                    "name": self.env["recovery.statement.renderer"]._account_file(
                        sheet
                    ),
                    "raw": next(pdfs),
                    "mimetype": "application/pdf",
                    "res_model": partner._name,
                    "res_id": partner.id,
                }
                for sheet in sheets
            ]
        )

    @api.model
    def _plan(self, company, problems):
        """A task for the collector where an address is missing."""
        collectors = self.env["recovery.collector"]._of(
            (company.id, partner.id) for partner in problems
        )
        for partner, problem in problems.items():
            partner.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Statement of account not sent"),
                note=problem,
                user_id=collectors[company.id, partner.id] or self.env.uid,
            )
