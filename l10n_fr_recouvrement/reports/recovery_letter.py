import logging
from functools import partial

from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from odoo.addons.base.models.ir_qweb import QWebError

from . import pdf_batch
from .letter_document import LetterDocument
from .letter_parties import Sender

_logger = logging.getLogger(__name__)

BATCH = 50  # letters in one call of wkhtmltopdf
PLAIN_LETTERS = ("promise", "grace", "meeting", "unfounded", "rejected")
TEMPLATE = "l10n_fr_recouvrement.letter_%s"
PAGE_TEMPLATE = "l10n_fr_recouvrement.letter_batch"


class RecoveryLetterRenderer(models.AbstractModel):
    """PDF letters of notices, in bulk. Writes nothing."""

    _name = "recovery.letter.renderer"
    _description = "Printing of letters"

    @api.model
    def render(self, notices):
        """PDF of each notice; one that fails does not keep the others.

        :return: {notice id: bytes, or the message of its error}
        """
        self.env.flush_all()
        letters = self._refusals(notices)
        letters |= self._copies([n for n in notices if n.id not in letters])
        allowed = [notice for notice in notices if notice.id not in letters]
        for batch in split_every(BATCH, self._bodies(allowed), list):
            letters |= self._print(batch)
        return letters

    @api.model
    def _refusals(self, notices):
        """{notice id: sentence} of what may not be printed."""
        return self.env["recovery.guard"]._refusals(notices)

    @api.model
    def _copies(self, notices):
        """{notice id: the archived letter of the first sending, marked as a copy}."""
        copies = {}
        for notice in notices:
            if not notice.original_id.document_id:
                continue
            doc = self.document(notice)
            day = doc.long(notice.date)
            text = doc.say(
                f"DUPLICATA \u2013 second envoi du {day}",
                f"COPY \u2013 sent again on {day}",
            )
            # The letter is read by who may read its notice.
            archived = notice.original_id.document_id.sudo().raw
            copies[notice.id] = pdf_batch.duplicate(archived, text)
        return copies

    @api.model
    def _bodies(self, notices):
        """(notice, html of its letter or None, error message) one by one."""
        shared = {}
        for notice in notices:
            try:
                with self.env.cr.savepoint(flush=False):
                    yield notice, self._body(notice, shared), ""
            except Exception as error:
                yield notice, None, self._error(notice, error)

    @api.model
    def _error(self, notice, error):
        """Sentence for the user; the log has the rest."""
        _logger.info("Letter of notice %s failed", notice.name, exc_info=True)
        if isinstance(error, QWebError) and error.__cause__:
            error = error.__cause__
        return str(error) or type(error).__name__

    @api.model
    def _body(self, notice, shared=None):
        """Html of one letter, without the page around it."""
        values = self._document_values(notice, shared)
        doc = values["doc"]
        edited = doc.edited(doc.lang)
        if sentence := self.env["recovery.guard"]._check_words(
            notice, doc.lang, edited
        ):
            raise UserError(sentence)
        return self.env["ir.qweb"]._render(self._template(notice), values)

    @api.model
    def _template(self, notice):
        """Template of a letter; those without a legal block share one."""
        letter = notice.letter or "L1"
        return TEMPLATE % ("plain" if letter in PLAIN_LETTERS else letter.lower())

    @api.model
    def _edited(self, notice, shared):
        """Function that gives {part: words} of a user by language, read once a batch
        for the notices of one letter and company.
        """
        kept = shared.setdefault("edited", {})
        return partial(self.env["recovery.letter"]._edited, notice, kept=kept)

    @api.model
    def _document_values(self, notice, shared=None):
        """What QWeb gets: `doc`, see LetterDocument, and the marker of the letter."""
        return {"doc": self.document(notice, shared), "marker": self._marker(notice)}

    @api.private
    @api.model
    def document(self, notice, shared=None, lang=None):
        """The notice ready to print, for letters and e-mails.

        :param shared: dict that keeps what the letters of one company have in common
        :param lang: language of the text around it, for an e-mail
        """
        shared = {} if shared is None else shared
        company = notice.company_id
        lang = lang or self.env.context.get("recovery_letter_lang")
        if company not in shared:
            shared[company] = Sender.of(company)
        edited = self._edited(notice, shared)
        return LetterDocument(notice, shared[company], lang, edited)

    @api.model
    def _marker(self, notice):
        """Hidden text that tells where a letter begins in a batch."""
        return f"[{notice.name}#{notice.id}]"

    @api.model
    def _page(self, bodies):
        """The html document around some letters."""
        values = {"body": Markup().join(bodies), "zoom": pdf_batch.zoom()}
        html = self.env["ir.qweb"]._render(PAGE_TEMPLATE, values)
        return Markup("<!DOCTYPE html>") + html

    @api.model
    def _print(self, batch):
        """Print a batch of `_bodies` in one call; alone, one by one, if it fails."""
        letters = {notice.id: error for notice, body, error in batch if body is None}
        good = [(notice, body) for notice, body, _error in batch if body is not None]
        if not good:
            return letters
        try:
            letters |= self._print_together(good)
        except Exception as error:
            if len(good) == 1:
                [(notice, _body)] = good
                return letters | {notice.id: self._error(notice, error)}
            _logger.info("Batch of %s letters printed one by one: %s", len(good), error)
            for notice, body in good:
                letters |= self._print([(notice, body, "")])
        return letters

    @api.model
    def _print_together(self, good):
        pdf = pdf_batch.print_html(self._page([body for _notice, body in good]))
        parts = pdf_batch.split(pdf, [self._marker(notice) for notice, _body in good])
        if parts is None:
            raise pdf_batch.PrintError("the letters of a batch could not be told apart")
        return {
            notice.id: pdf_batch.letter(pages, notice.name, notice.company_id.name)
            for (notice, _body), pages in zip(good, parts, strict=True)
        }
