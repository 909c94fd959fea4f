from datetime import date

from .common import RecoveryCommon
from .common_letter import COMPANY, LetterCase


class StatementReportCase(RecoveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({name: COMPANY[name] for name in COMPANY if name != "name"})

    def report(self, moves=None, partners=None, **values):
        return self.env["recovery.statement.report"].create(
            {
                "move_ids": [(6, 0, moves.ids if moves else [])],
                "partner_ids": [(6, 0, partners.ids if partners else [])],
                "company_ids": [(6, 0, self.company.ids)],
                **values,
            }
        )

    def paid_in_part(self, **values):
        """LAW, example 13: 10 000 EUR due on 30/04/2026, 4 000 received on 15/07."""
        invoice = self.invoice(amount=10000, due=date(2026, 4, 30), **values)
        self.pay(invoice, 4000, date(2026, 7, 15))
        return invoice

    def text(self, report):
        """What the PDF prints."""
        renderer = self.env["recovery.statement.renderer"]
        pdfs = renderer._interest_pdfs(report._checked_sheets(), report.annexed)
        return LetterCase._text(self, renderer._joined(pdfs))
