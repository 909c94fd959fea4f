from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request


class PostController(http.Controller):
    @http.route(
        "/recouvrement/post/<int:batch_id>/letters.pdf",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def letters(self, batch_id):
        """The letters of a batch in posting order, for the printer."""
        return self._respond(
            self._batch(batch_id).merged_pdf(), "application/pdf", "courriers.pdf"
        )

    @http.route(
        "/recouvrement/post/<int:batch_id>/addresses.csv",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def addresses(self, batch_id):
        """The address list of a batch, for a mailing service."""
        return self._respond(
            self._batch(batch_id).addresses_csv(),
            "text/csv; charset=utf-8",
            "adresses.csv",
        )

    def _batch(self, batch_id):
        """The user's own batch, of notices that they may read."""
        batch = request.env["recovery.post.batch"].browse(batch_id).exists()
        if not batch:
            raise NotFound()
        batch.check_access("read")
        batch.notice_ids.check_access("read")
        return batch

    def _respond(self, content, content_type, name):
        headers = [
            ("Content-Type", content_type),
            ("Content-Length", str(len(content))),
        ]
        if not content_type.endswith("pdf"):
            headers.append(("Content-Disposition", content_disposition(name)))
        return request.make_response(content, headers)
