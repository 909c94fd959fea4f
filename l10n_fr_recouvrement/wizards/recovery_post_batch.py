import io

from markupsafe import Markup
from pypdf import PdfReader, PdfWriter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.recovery_post_flow_mixin import GONE
from ..reports import address_list, pdf_batch


class RecoveryPostBatch(models.TransientModel):
    """Print many letters in posting order, and say on which day they were posted."""

    _name = "recovery.post.batch"
    _description = "Print and post letters"

    notice_ids = fields.Many2many(
        comodel_name="recovery.notice", string="Letters", required=True
    )
    modes = fields.Selection(
        selection=[
            ("all", "All letters, registered ones first"),
            ("registered", "Registered letters only"),
            ("plain", "Plain letters only"),
        ],
        string="Which",
        default="all",
        required=True,
    )
    cover = fields.Boolean(
        string="With a cover list",
        default=True,
        help="First page of the PDF: the letters of the pile, in its order.",
    )
    posted_on = fields.Date(
        default=lambda self: self.env["res.company"]._recovery_today()
    )
    registered_count = fields.Integer(compute="_compute_counts")
    plain_count = fields.Integer(compute="_compute_counts")
    electronic_count = fields.Integer(compute="_compute_counts")
    service_count = fields.Integer(compute="_compute_counts")
    left_out_count = fields.Integer(compute="_compute_counts")
    posted_count = fields.Integer(compute="_compute_counts")

    @api.depends("notice_ids", "modes")
    def _compute_counts(self):
        for batch in self:
            by_mode = batch.notice_ids.grouped(batch._mode_of)
            batch.registered_count = len(by_mode.get("registered", ()))
            batch.plain_count = len(by_mode.get("plain", ()))
            batch.electronic_count = len(by_mode.get("electronic", ()))
            batch.service_count = len(by_mode.get("service", ()))
            batch.left_out_count = len(by_mode.get("none", ()))
            posted = batch.notice_ids.filtered("posted_on")
            batch.posted_count = len(posted)

    @api.model
    def _mode_of(self, notice):
        if not notice.letter or notice.state in GONE:
            return "none"
        if notice.by_service:
            return "service"
        if notice.by_registered:
            return "registered"
        if notice.by_letter:
            return "plain"
        return "electronic" if notice.by_electronic else "none"

    def _letters(self, *modes):
        """Notices of the batch that go on paper, in posting order.

        :raises UserError: there is none
        """
        wanted = {"registered": ("registered",), "plain": ("plain",)}.get(
            self.modes, modes or ("registered", "plain")
        )
        letters = self.notice_ids.filtered(lambda n: self._mode_of(n) in wanted)
        if not letters:
            raise UserError(self.env._("There is no letter of this kind to post here."))
        return letters.sorted(address_list.posting_order)

    def action_print(self):
        """Open the merged PDF; its letters are printed."""
        letters = self._letters()
        letters._check_to_post()
        letters.filtered("to_print")._write_flow({"printed_at": fields.Datetime.now()})
        return self._download("letters.pdf")

    def action_addresses(self):
        """Download the address list."""
        self._letters()
        return self._download("addresses.csv")

    def action_posted(self):
        """All these letters were handed to the carrier on the day."""
        if not self.posted_on:
            raise UserError(self.env._("Enter the day of posting."))
        self._letters("registered", "plain", "electronic")._mark_posted(self.posted_on)
        return {"type": "ir.actions.act_window_close"}

    def _download(self, name):
        return {
            "type": "ir.actions.act_url",
            "url": f"/recouvrement/post/{self.id}/{name}",
            "target": "new",
        }

    @api.private
    def merged_pdf(self):
        """The letters as archived, in posting order, after their cover list."""
        letters = self._letters()
        documents = [PdfReader(io.BytesIO(raw)) for raw in letters._documents()]
        merged = PdfWriter()
        if self.cover:
            pages = [len(document.pages) for document in documents]
            merged.append(PdfReader(io.BytesIO(self._cover_pdf(letters, pages))))
        for document in documents:
            merged.append(document)
        content = io.BytesIO()
        merged.write(content)
        return content.getvalue()

    @api.private
    def addresses_csv(self):
        letters = self._letters()
        pages = [len(PdfReader(io.BytesIO(raw)).pages) for raw in letters._documents()]
        return address_list.to_csv(zip(letters, pages, strict=True))

    def _cover_pdf(self, letters, pages):
        counts = letters.grouped(address_list.mode)
        values = {
            "company": letters.company_id[:1],
            "day": format_date(
                self.env, self.posted_on or fields.Date.today(), date_format="d/MM/y"
            ),
            "summary": ", ".join(
                f"{mode}\u00a0: {len(group)}" for mode, group in counts.items()
            ),
            "rows": [
                self._cover_row(letter, count)
                for letter, count in zip(letters, pages, strict=True)
            ],
        }
        body = self.env["ir.qweb"]._render("l10n_fr_recouvrement.post_cover", values)
        return pdf_batch.print_html(
            self.env["recovery.letter.renderer"]._page([Markup(body)])
        )

    def _cover_row(self, notice, pages):
        name, attention, *lines = address_list.address(notice)
        *street, postal_code, city, country = lines
        place = " ".join(filter(None, (postal_code, city)))
        return {
            "reference": notice.name,
            "mode": address_list.mode(notice),
            "name": ", ".join(filter(None, (name, attention))),
            "address": ", ".join(filter(None, (*street, place, country))),
            "number": notice.registered_number or "",
            "pages": pages,
        }
