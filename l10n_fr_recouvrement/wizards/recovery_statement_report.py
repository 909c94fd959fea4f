import re

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from ..law.rates import MissingRate
from ..reports import statement_words as words
from ..reports.statement_xlsx import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCREEN_LIMIT = 200  # items; more of them are read in the spreadsheet


class RecoveryStatementReport(models.TransientModel):
    """The statement of interest (décompte des intérêts) of invoices or customers at a
    date: on screen, as a letter (L9) or its annex, as a spreadsheet.
    """

    _name = "recovery.statement.report"
    _description = "Statement of interest"

    company_ids = fields.Many2many(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.companies,
    )
    move_ids = fields.Many2many(comodel_name="account.move", string="Invoices")
    partner_ids = fields.Many2many(comodel_name="res.partner", string="Customers")
    date = fields.Date(
        string="As of",
        required=True,
        default=lambda self: self.env.company._recovery_today(),
        help="The evening of this day: later payments are ignored. It may be in the "
        "future as far as the rates are known.",
    )
    include_paid = fields.Boolean(
        string="Invoices paid late too",
        help="Their interest stays due for five years (C. com. L110-4).",
    )
    annexed = fields.Boolean(
        string="PDF without letterhead", help="In French: an annex or an exhibit."
    )
    content = fields.Html(compute="_compute_content", sanitize=False)
    problem = fields.Text(compute="_compute_content")
    missing_rate = fields.Boolean(compute="_compute_content")

    @api.model
    def _action(self, **scope):
        """Open the dialog on `move_ids`, or on `partner_ids` and `company_ids`."""
        defaults = {f"default_{name}": ids for name, ids in scope.items()}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statement of interest"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": defaults | {"dialog_size": "extra-large"},
        }

    @api.depends("date", "include_paid", "move_ids", "partner_ids", "company_ids")
    @api.depends_context("lang")
    def _compute_content(self):
        for report in self:
            report.content = False
            report.missing_rate = False
            try:
                report.problem = False
                sheets = report._sheets()
                report.problem = report._remark(sheets)
                report.content = report._screen(sheets)
            except MissingRate as error:
                report.problem = report._explain(error)
                report.missing_rate = True

    def _remark(self, sheets):
        """What to know before using the figures."""
        if not sheets:
            return self.env._("Nothing is late at this date.")
        unknown = [
            sheet.partner.name or ""
            for sheet in sheets
            if not sheet.partner.recovery_debtor_kind
        ]
        if not unknown:
            return False
        return self.env._(
            "Kind of debtor unknown, counted without interest: %s. Choose it on the "
            "customer.",
            ", ".join(unknown),
        )

    def _explain(self, error):
        """Sentence that names the half-year, and what to do."""
        label = dict(
            self.env["recovery.rate"]._fields["kind"]._description_selection(self.env)
        )[error.kind]
        return self.env._(
            "%(rate)s: the value of the half-year that begins on %(day)s is not known. "
            "Enter it in Recovery ▸ Configuration ▸ Statutory rates, or choose an "
            "earlier date.",
            rate=label,
            day=format_date(self.env, error.semester_start),
        )

    def _sheets(self):
        """See `recovery.statement.detail`; raises MissingRate."""
        self.ensure_one()
        if not self.date:
            return []
        keep = None if self.move_ids else lambda item: item.owed
        return self.env["recovery.statement.detail"]._sheets(
            self._items(), self.date, keep
        )

    def _items(self):
        """Items of the chosen invoices, else what is late for the chosen customers."""
        moves = self.move_ids._origin
        if moves:
            moves.check_access("read")
            posted = moves.filtered(lambda move: move.state == "posted")
            return posted._recovery_debts()
        return self.env["account.move.line"].search(self._late())

    def _late(self):
        """Debts of the customers that were late and open on the day, or paid late."""
        late = Domain(
            [
                ("company_id", "in", self.company_ids.ids),
                (
                    "partner_id.commercial_partner_id",
                    "in",
                    self.partner_ids.commercial_partner_id.ids,
                ),
                ("account_id.account_type", "=", "asset_receivable"),
                ("account_id.non_trade", "=", False),
                ("parent_state", "=", "posted"),
                ("debit", ">", 0),
                ("date", "<=", self.date),
            ]
        )
        late &= Domain("date_maturity", "<", self.date) | Domain(
            "date_maturity", "=", False
        )
        matched = "matched_credit_ids.max_date"
        still_open = Domain("reconciled", "=", False) | Domain(matched, ">", self.date)
        if self.include_paid:
            since = self.env["recovery.claimable"]._since(self.date)
            still_open |= Domain(matched, ">=", since)
        return late & still_open

    def _screen(self, sheets):
        """The sheets as html, in the user's language."""
        if sum(len(sheet.items) for sheet in sheets) > SCREEN_LIMIT:
            return self.env._(
                "More than %s invoices: see the spreadsheet or the PDF.", SCREEN_LIMIT
            )
        return self.env["ir.qweb"]._render(
            "l10n_fr_recouvrement.statement_screen",
            {
                "sheets": sheets,
                "day": lambda day: format_date(self.env, day) if day else "",
                "money": self._money,
                "percent": self._percent,
                "source": lambda found: words.source(found, self._say, self._percent),
                "conventions": lambda sheet: [
                    *words.conventions(sheet, self._say),
                    *words.remarks(sheet, self._say),
                ],
            },
        )

    def _money(self, amount, currency):
        return formatLang(self.env, float(amount), currency_obj=currency)

    def _percent(self, value):
        return f"{formatLang(self.env, float(value), digits=2)}\u00a0%"

    def _say(self, french, english):
        """Terms of law exist in two languages."""
        return french if (self.env.lang or "").startswith("fr") else english

    def action_rates(self):
        """Where the missing rate is entered."""
        return self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_rate_action"
        )

    def action_pdf(self):
        """The letter, or the annex, of each customer and currency, in one file."""
        renderer = self.env["recovery.statement.renderer"]
        pdfs = renderer._interest_pdfs(self._checked_sheets(), self.annexed)
        return self._download(renderer._joined(pdfs), "pdf", "application/pdf")

    def action_xlsx(self):
        return self._download(
            workbook(self.env, self._checked_sheets(), self._say), "xlsx", XLSX
        )

    def _checked_sheets(self):
        """:raises UserError: nothing to print, or a rate is missing"""
        try:
            sheets = self._sheets()
        except MissingRate as error:
            raise RedirectWarning(
                self._explain(error),
                self.env.ref("l10n_fr_recouvrement.recovery_rate_action").id,
                self.env._("Statutory rates"),
            ) from error
        if not sheets:
            raise UserError(self.env._("Nothing is late at this date."))
        return sheets

    def _download(self, content, extension, mimetype):
        """Hand the file over; it disappears with the dialog."""
        partners = self.move_ids.commercial_partner_id or self.partner_ids
        names = [self.env._("Statement of interest"), str(self.date)]
        if len(partners) == 1:
            names.insert(1, partners.name or "")
        attachment = self.env["ir.attachment"].create(
            {
                "name": re.sub(r'[\\/:*?"<>|]+', " ", " ".join(names))
                + f".{extension}",
                "raw": content,
                "mimetype": mimetype,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }
