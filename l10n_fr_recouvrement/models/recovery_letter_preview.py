from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..reports.letter_variables import DATES, MONEY, SPECIAL
from .access import FLOW
from .recovery_plan import LIVE_PLANS
from .vocabulary import OCCASION_LETTERS, PLAN_LETTERS, SHEETS, STATEMENTS


class RecoveryLetterPreview(models.AbstractModel):
    """What a text looks like on a real debtor; nothing of it is kept."""

    _name = "recovery.letter.preview"
    _description = "Preview of a letter"

    @api.model
    def _render(self, letter, company):
        """PDF of the newest notice of this letter, else of one written for the look.

        :param letter: a text of `recovery.letter`
        :raises UserError: nobody to show it on, or what is wrong with the letter
        """
        newest = self._newest(letter, company)
        if newest:
            return self._print(letter, newest)
        savepoint = self.env.cr.savepoint()
        try:
            return self._print(letter, self._sample(letter, company))
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)

    @api.model
    def _newest(self, letter, company):
        """Newest notice of this letter, or plan, to the chosen debtor if any."""
        if letter.letter in dict(STATEMENTS):
            return None
        domain = Domain("company_id", "=", company.id)
        if partner := letter.preview_partner_id:
            domain &= Domain("partner_id", "=", partner.commercial_partner_id.id)
        if letter.letter in SHEETS:
            return self.env["recovery.plan"].search(domain, limit=1)
        domain &= Domain("letter", "=", letter.letter)
        if letter.level_id:
            domain &= Domain("level_id", "=", letter.level_id.id)
        return self.env["recovery.notice"].search(domain, limit=1)

    @api.model
    def _sample(self, letter, company):
        """A notice, or a plan, as it would be today to the chosen debtor."""
        partner = letter.preview_partner_id.commercial_partner_id
        if not partner:
            raise UserError(
                self.env._(
                    "No letter of this kind was written yet: choose a customer who "
                    "owes you something in “Preview with”."
                )
            )
        if letter.letter in dict(STATEMENTS):
            return self._sheets(letter.letter, partner, company)
        if letter.letter in dict(PLAN_LETTERS):
            return self._sample_of_plan(letter, partner, company)
        level = letter.level_id or self._level_of(letter)
        values = {"granted_days": level.granted_days or 8, "by_letter": True}
        if letter.letter in dict(OCCASION_LETTERS):
            values["facts"] = self._facts(letter.letter)
        notice = self.env["recovery.occasion"]._write_letter(
            letter.letter, partner, company, level=level, **values
        )
        notice.sudo().level_id = level  # of a notice that is rolled back
        return notice

    @api.model
    def _sheets(self, letter, partner, company):
        """What is owed by the debtor, in one sheet for each currency."""
        if letter == "account":
            service = self.env["recovery.account.statement"]
            sheets = list(service._sheets(partner, company))
        else:
            report = self.env["recovery.statement.report"].create(
                {"partner_ids": partner.ids, "company_ids": company.ids}
            )
            sheets = list(report._sheets())
        if not sheets:
            raise UserError(self.env["recovery.occasion"]._nothing_open(partner))
        return sheets

    @api.model
    def _sample_of_plan(self, letter, partner, company):
        """A plan of what is owed; for the formal notice, with its first day missed."""
        plan = self.env["recovery.plan"].search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("state", "in", LIVE_PLANS),
            ],
            limit=1,
        ) or self._new_plan(partner, company)
        if letter.letter in SHEETS:
            return plan
        today = company._recovery_today()
        plan._write_flow(
            {"state": "default", "accepted_on": today, "defaulted_on": today}
        )
        missed_on = fields.Date.add(today, days=-plan.grace_days - 1)
        flow = plan.with_context(recovery_flow=FLOW)
        flow.line_ids.sorted("date")[:1].date = missed_on
        return plan._write_formal_notice()

    @api.model
    def _new_plan(self, partner, company):
        """:raises UserError: nothing is due, or no plan is possible; it says why"""
        action = partner.with_company(company).action_recovery_plan()
        wizard = self.env["recovery.plan.wizard"].with_context(**action["context"])
        plan = wizard.create({}).action_create()
        return self.env["recovery.plan"].browse(plan["res_id"])

    @api.model
    def _level_of(self, letter):
        """Any level that sends this letter; none for a letter of an occasion."""
        levels = self.env["recovery.level"]
        return levels.search([("letter", "=", letter.letter)], limit=1)

    @api.model
    def _facts(self, letter):
        """Facts for the look: the examples of the list of variables."""
        today = self.env["res.company"]._recovery_today().isoformat()
        examples = self.env["recovery.letter.variable"]._help()
        facts = {}
        for name in SPECIAL.get(letter, ()):
            if name in MONEY:
                facts[name] = 100.0
            elif name in DATES:
                facts[name] = today
            elif name not in ("mediator", "note_about", "penalty_basis"):
                facts[name] = examples[name][1]
        return facts

    @api.model
    def _print(self, letter, shown):
        """:param shown: a notice, a plan, or sheets of a statement"""
        lang = {"fr": "fr_FR", "en": "en_US"}[letter.lang]
        self = self.with_context(recovery_letter_lang=lang)
        if letter.letter in dict(STATEMENTS):
            return self._print_sheets(letter.letter, shown)
        if letter.letter in SHEETS:
            return self.env["recovery.plan.printer"]._pdf(shown, letter.letter)
        shown.invalidate_recordset()
        document = self.env["recovery.letter.renderer"].render(shown)[shown.id]
        if isinstance(document, str):
            raise UserError(document)
        return document

    @api.model
    def _print_sheets(self, letter, sheets):
        renderer = self.env["recovery.statement.renderer"]
        account = letter == "account"
        printed = renderer._account_pdfs if account else renderer._interest_pdfs
        return renderer._joined(printed(sheets))
