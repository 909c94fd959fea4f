import io

from pypdf import PdfWriter

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from . import typography as typo
from .account_document import AccountDocument
from .interest_document import InterestDocument
from .letter_parties import Sender


class RecoveryStatementRenderer(models.AbstractModel):
    """PDF of statements of interest (L9) and of statements of account, in bulk, by the
    printer of the letters. Writes nothing.
    """

    _name = "recovery.statement.renderer"
    _inherit = ["recovery.letter.renderer"]
    _description = "Printing of statements"

    @api.model
    def _interest_pdfs(self, sheets, annexed=False):
        """PDF of each sheet of `recovery.statement.detail`.

        :param annexed: without letterhead, in French: an exhibit, or behind a letter
        :raises UserError: a sheet could not be printed
        """
        senders, contacts = self._senders(sheets), self._contacts(sheets)
        kept = {}
        return self._printed(
            InterestDocument(
                sheet,
                senders[sheet.company],
                rank,
                contacts[sheet.partner],
                annexed or self._reads_french(contacts[sheet.partner]),
                kept,
                annexed,
            )
            for rank, sheet in enumerate(sheets, 1)
        )

    @api.model
    def _account_pdfs(self, sheets):
        """PDF of each sheet of `recovery.account.statement`, in the language of who
        is written to.

        :raises UserError: a sheet could not be printed
        """
        senders, kept = self._senders(sheets), {}
        return self._printed(
            AccountDocument(
                sheet,
                senders[sheet.company],
                rank,
                sheet.contact,
                self._reads_french(sheet.contact),
                kept,
            )
            for rank, sheet in enumerate(sheets, 1)
        )

    @api.model
    def _account_file(self, sheet):
        """Name of the PDF, in the customer's language."""
        french = self._reads_french(sheet.contact)
        title = "Relevé de compte" if french else "Statement of account"
        return f"{title} {sheet.date} {sheet.currency.name}.pdf"

    @api.model
    def _account_words(self, sheets, reader=None):
        """What the e-mail says of one customer: contact, day, amounts as text.

        :param reader: language of who reads it, by default of the contact
        """
        contact = sheets[0].contact if sheets else self.env["res.partner"]
        french = reader.startswith("fr") if reader else self._reads_french(contact)
        lang = "fr" if french else "en"

        def amounts(name):
            return ", ".join(
                typo.money(getattr(sheet, name), symbol, lang, digits)
                for sheet in sheets
                for symbol, digits in [
                    (sheet.currency.symbol, sheet.currency.decimal_places)
                ]
                if name == "balance" or getattr(sheet, name)
            )

        return {
            "contact": contact.id,
            "lang": contact.lang or "",
            "date": typo.long_date(sheets[0].date, lang) if sheets else "",
            "overdue": amounts("overdue"),
            "balance": amounts("balance"),
        }

    @api.model
    def _printed(self, documents):
        documents = list(documents)
        printed = self.render(documents)
        errors = [text for text in printed.values() if isinstance(text, str)]
        if errors:
            raise UserError("\n".join(dict.fromkeys(errors)))
        return [printed[document.id] for document in documents]

    @api.model
    def _senders(self, sheets):
        return {sheet.company: Sender.of(sheet.company) for sheet in sheets}

    @api.model
    def _contacts(self, sheets):
        partners = self.env["res.partner"].union(*(sheet.partner for sheet in sheets))
        return self._contacts_of(partners)

    @api.model
    def _contacts_of(self, partners):
        """Who is written to: marked for recovery, else the invoice address."""
        situation = self.env["recovery.situation"]._scoped(debtors=partners.ids)
        chosen = dict(
            self.env.execute_query(
                SQL(
                    "SELECT partner_id, contact_id FROM (%s) AS contacts",
                    situation._contacts(),
                )
            )
        )
        people = partners.browse(chosen.values()).grouped("id")
        return {
            partner: people.get(chosen.get(partner.id), partner) for partner in partners
        }

    @api.model
    def _reads_french(self, contact):
        lang = self.env.context.get("recovery_letter_lang") or contact.lang or ""
        return not lang.startswith("en")

    @api.model
    def _refusals(self, notices):
        # OVERRIDES 'recovery.letter.renderer': a statement tells, it claims nothing
        return {}

    @api.model
    def _copies(self, notices):
        # OVERRIDES 'recovery.letter.renderer': made anew each time
        return {}

    @api.model
    def _body(self, notice, shared=None):
        # OVERRIDES 'recovery.letter.renderer': documents instead of notices
        if sentence := self.env["recovery.guard"]._check_words(
            notice, notice.lang, notice.edited
        ):
            raise UserError(sentence)
        values = {"doc": notice, "marker": self._marker(notice)}
        return self.env["ir.qweb"]._render(notice.template, values)

    @api.model
    def _joined(self, pdfs):
        """One PDF out of several, for the printer."""
        if len(pdfs) == 1:
            return pdfs[0]
        writer, content = PdfWriter(), io.BytesIO()
        for pdf in pdfs:
            writer.append(io.BytesIO(pdf))
        writer.write(content)
        return content.getvalue()
