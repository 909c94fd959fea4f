import io

from pypdf import PdfReader, PdfWriter
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request


class NoticeController(http.Controller):
    @http.route(
        "/recouvrement/notices/<string:ids>.pdf",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def notices(self, ids):
        """The letters of several notices as one PDF, in the order of the ids."""
        try:
            notices = request.env["recovery.notice"].browse(map(int, ids.split(",")))
        except ValueError as error:
            raise NotFound() from error
        notices = notices.exists()
        notices.check_access("read")
        documents = notices._documents()
        if not documents:
            raise NotFound()
        merged = PdfWriter()
        for document in documents:
            merged.append(PdfReader(io.BytesIO(document)))
        content = io.BytesIO()
        merged.write(content)
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", str(content.tell())),
        ]
        return request.make_response(content.getvalue(), headers)

    @http.route(
        "/recouvrement/letters/<int:letter_id>.pdf",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def letter(self, letter_id):
        """What a text looks like on a real debtor; an error says what to do."""
        letter = request.env["recovery.letter"].browse(letter_id).exists()
        if not letter:
            raise NotFound()
        try:
            content = letter._preview()
        except UserError as error:
            return request.make_response(
                str(error), [("Content-Type", "text/plain; charset=utf-8")]
            )
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", str(len(content))),
        ]
        return request.make_response(content, headers)
