"""Statements of interest as a spreadsheet: invoices, lines of interest, payments.

Dates and numbers are real ones, interest and totals are formulas: whoever receives it
can check it. Titles are in the user's language.
"""

import io

import xlsxwriter

from . import statement_words as words
from . import typography as typo

HEAD = 3  # rows above the data: title, subtitle, names of the columns
FORMATS = {
    "title": {"bold": True, "font_size": 14},
    "small": {"font_color": "#555555"},
    "head": {
        "bold": True,
        "bg_color": "#E8E8E8",
        "bottom": 1,
        "text_wrap": True,
        "valign": "vcenter",
    },
    "text": {},
    "int": {"num_format": "0"},
    "date": {"num_format": "dd/mm/yyyy", "align": "left"},
    "money": {"num_format": "#,##0.00"},
    "rate": {"num_format": "0.00%"},
    "total": {"bold": True, "top": 1, "num_format": "#,##0.00"},
    "label": {"bold": True, "top": 1},
}


def workbook(env, sheets, say):
    """The content of the .xlsx file of these sheets of `recovery.statement.detail`."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": env._("Statement of interest")})
    writer = StatementBook(env, book, sheets, say)
    writer.invoices()
    writer.segments()
    writer.receipts()
    book.close()
    return buffer.getvalue()


class StatementBook:
    """Writes the three sheets of the workbook."""

    def __init__(self, env, book, sheets, say):
        self.env = env
        self.book = book
        self.sheets = sheets
        self.say = say
        self.formats = {name: book.add_format(how) for name, how in FORMATS.items()}
        self.items = [(sheet, item) for sheet in sheets for item in sheet.items]

    def invoices(self):
        columns = [
            (self.env._("Customer"), 30, "text"),
            (self.env._("Invoice"), 20, "text"),
            (self.env._("Invoice date"), 12, "date"),
            (self.env._("Due date"), 12, "date"),
            (self.env._("Currency"), 9, "text"),
            (self.env._("Amount"), 14, "money"),
            (self.env._("Paid, credited"), 14, "money"),
            (self.env._("Principal due"), 14, "money"),
            (self.env._("Interest accrued"), 14, "money"),
            (self.env._("Interest due"), 14, "money"),
            (self.env._("Fixed indemnity (EUR)"), 14, "money"),
            (self.env._("Total"), 14, "money"),
            (self.env._("Interest a day afterwards"), 14, "money"),
        ]
        sheet = self._sheet(self.env._("Invoices"), columns)
        for row, (group, item) in enumerate(self.items, HEAD):
            self._row(sheet, row, columns, self._invoice(group, item, row + 1))
        self._totals(sheet, HEAD + len(self.items), "FGHIJKLM")

    def _invoice(self, group, item, line):
        figures, move = item.figures, item.move
        owed = f"=H{line}+J{line}" + (f"+K{line}" if group.is_local else "")
        return [
            group.partner.name or "",
            item.label,
            move.invoice_date or item.item.date,
            item.claim.due_date,
            group.currency.name,
            item.claim.principal,
            item.received,
            figures.principal_due,
            figures.interest_accrued,
            figures.interest_due,
            figures.indemnity,
            (owed, figures.total),
            figures.daily_interest,
        ]

    def _totals(self, sheet, row, columns):
        """One line per currency, under the data."""
        currencies = dict.fromkeys(group.currency.name for group, _item in self.items)
        for position, currency in enumerate(currencies, row + 1):
            sheet.write_string(position, 3, self.env._("Total"), self.formats["label"])
            sheet.write_string(position, 4, currency, self.formats["label"])
            for column in columns:
                span = f"{column}{HEAD + 1}:{column}{row}"
                key = f"$E{HEAD + 1}:$E{row}"
                sheet.write_formula(
                    f"{column}{position + 1}",
                    f"=SUMIF({key},$E{position + 1},{span})",
                    self.formats["total"],
                    self._sum(currency, column),
                )

    def _sum(self, currency, column):
        """The value that a reader without formulas shows."""
        index = "FGHIJKLM".index(column)
        amounts = [
            self._invoice(group, item, 0)[5 + index]
            for group, item in self.items
            if group.currency.name == currency
        ]
        found = (one[1] if isinstance(one, tuple) else one or 0 for one in amounts)
        return float(sum(found))

    def segments(self):
        columns = [
            (self.env._("Customer"), 30, "text"),
            (self.env._("Invoice"), 20, "text"),
            (self.env._("From"), 12, "date"),
            (self.env._("To"), 12, "date"),
            (self.env._("Days"), 8, "int"),
            (self.env._("Base"), 14, "money"),
            (self.env._("Rate"), 9, "rate"),
            (self.env._("Source of the rate"), 60, "text"),
            (self.env._("Interest"), 14, "money"),
            (self.env._("Currency"), 9, "text"),
        ]
        sheet = self._sheet(self.env._("Interest"), columns)
        rows = [
            (group, item, segment)
            for group, item in self.items
            for segment in item.segments
        ]
        for row, (group, item, segment) in enumerate(rows, HEAD):
            cells = self._segment(group, item, segment, row + 1)
            self._row(sheet, row, columns, cells)

    def _segment(self, group, item, segment, line):
        found = segment.line
        return [
            group.partner.name or "",
            item.label,
            found.start,
            found.end,
            (f"=D{line}-C{line}+1", found.days),
            found.base,
            found.percent / 100,
            words.source(segment.source, self.say, self._percent),
            (f"=ROUND(F{line}*G{line}*E{line}/365,2)", found.interest),
            group.currency.name,
        ]

    def receipts(self):
        columns = [
            (self.env._("Customer"), 30, "text"),
            (self.env._("Invoice"), 20, "text"),
            (self.env._("Date"), 12, "date"),
            (self.env._("Kind"), 14, "text"),
            (self.env._("Entry"), 22, "text"),
            (self.env._("Amount"), 14, "money"),
            (self.env._("On the principal"), 14, "money"),
            (self.env._("On interest"), 14, "money"),
            (self.env._("Currency"), 9, "text"),
        ]
        sheet = self._sheet(self.env._("Payments"), columns)
        rows = [
            (group, item, receipt)
            for group, item in self.items
            for receipt in item.receipts
        ]
        for row, (group, item, receipt) in enumerate(rows, HEAD):
            cells = [
                group.partner.name or "",
                item.label,
                receipt.date,
                self.say(*words.RECEIPTS[receipt.kind]),
                receipt.label,
                receipt.amount,
                receipt.principal,
                receipt.interest,
                group.currency.name,
            ]
            self._row(sheet, row, columns, cells)

    def _sheet(self, name, columns):
        sheet = self.book.add_worksheet(name)
        day = typo.short_date(self.sheets[0].date)
        title = self.env._("Statement of interest as of %s", day)
        companies = dict.fromkeys(group.company.name for group in self.sheets)
        sheet.write_string(0, 0, title, self.formats["title"])
        sheet.write_string(1, 0, ", ".join(companies), self.formats["small"])
        for column, (label, width, _format) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD - 1, column, label, self.formats["head"])
        sheet.set_row(HEAD - 1, 32)
        sheet.freeze_panes(HEAD, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD - 1)
        return sheet

    def _row(self, sheet, row, columns, cells):
        """Write typed cells; a pair is a formula and its value, None stays empty."""
        for column, (cell, (_label, _width, kind)) in enumerate(
            zip(cells, columns, strict=True)
        ):
            style = self.formats[kind]
            if cell is None or cell is False:
                sheet.write_blank(row, column, None, style)
            elif isinstance(cell, tuple):
                formula, value = cell
                sheet.write_formula(row, column, formula, style, float(value))
            elif kind == "text":
                sheet.write_string(row, column, cell, style)
            elif kind == "date":
                sheet.write_datetime(row, column, cell, style)
            else:
                sheet.write_number(row, column, float(cell), style)

    def _percent(self, value):
        return typo.percent(value, self.say("fr", "en"))
