from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request
from odoo.tools import format_amount

from ..models.recovery_portal_link import PATH
from ..models.recovery_portal_report import FILE_SIZE
from .typed import amount_of, day_of, number_of

PAGE = f"{PATH}<string:token>"
OPTIONS = {"type": "http", "auth": "public", "website": True, "sitemap": False}
UPLOAD = 16 * 2**20  # bytes of a whole request; more is not even read
# Nobody keeps the page, frames it, indexes it, or learns its address from a click.
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Robots-Tag": "noindex",
}
DONE = ("promise", "dispute", "plan", "message")


class RecoveryPortal(http.Controller):
    """The page on which a debtor sees and answers what is due.

    The signed link names one customer and one company; each domain below holds both,
    and nobody chooses another by an id. GET changes nothing.
    """

    # The page

    @http.route(PAGE, methods=["GET"], **OPTIONS)
    def account(self, token, done=None, **_ignored):
        debtor = self._debtor(token)
        if not debtor:
            return self._gone()
        return self._account(token, debtor, done=done if done in DONE else None)

    @http.route(f"{PAGE}/echeancier/<int:plan_id>", methods=["GET"], **OPTIONS)
    def plan(self, token, plan_id, **_ignored):
        debtor = self._debtor(token)
        plan = debtor and self._accounts()._plans(debtor, plan_id)
        return self._plan(token, debtor, plan) if plan else self._gone()

    def _account(self, token, debtor, **values):
        accounts = self._accounts()
        return self._page(
            "l10n_fr_recouvrement.portal_account",
            base=PATH + token,
            debtor=debtor,
            sheets=accounts._sheets(debtor),
            plans=accounts._plans(debtor),
            letters=accounts._letters(debtor),
            limits=request.env["recovery.portal"]._limits(debtor),
            reasons=request.env["recovery.portal"]._reasons(),
            **values,
        )

    def _plan(self, token, debtor, plan, **values):
        letters = self._accounts()._letters(debtor)
        return self._page(
            "l10n_fr_recouvrement.portal_plan",
            base=PATH + token,
            debtor=debtor,
            plan=plan,
            letters=letters.filtered(lambda letter: letter.plan_id == plan),
            **values,
        )

    # Documents

    @http.route(f"{PAGE}/facture/<int:move_id>.pdf", methods=["GET"], **OPTIONS)
    def invoice(self, token, move_id, **_ignored):
        debtor = self._debtor(token)
        move = debtor and self._accounts()._invoice(debtor, move_id)
        if not move:
            return self._gone()
        return self._pdf(*self._accounts()._invoice_pdf(move))

    @http.route(f"{PAGE}/courrier/<int:notice_id>.pdf", methods=["GET"], **OPTIONS)
    def letter(self, token, notice_id, **_ignored):
        debtor = self._debtor(token)
        notice = debtor and self._accounts()._letters(debtor, notice_id)
        if not notice:
            return self._gone()
        return self._pdf(notice.document_id.name, notice.document_id.raw)

    @http.route(
        f"{PAGE}/echeancier/<int:plan_id>/protocole.pdf", methods=["GET"], **OPTIONS
    )
    def agreement(self, token, plan_id, **_ignored):
        debtor = self._debtor(token)
        plan = debtor and self._accounts()._plans(debtor, plan_id)
        document = plan and plan.agreement_document_id
        if not document:
            return self._gone()
        return self._pdf(document.name, document.raw)

    # Acts

    @http.route(f"{PAGE}/promesse", methods=["POST"], **OPTIONS)
    def promise(self, token, amount=None, date=None, currency=None, **_ignored):
        def act(service, debtor):
            # Only a currency of the debtor's own account is accepted.
            money = request.env["res.currency"].sudo().browse(number_of(currency))
            service.promise(debtor, money, amount_of(amount), day_of(date))

        return self._act(token, "promise", act)

    @http.route(
        f"{PAGE}/contestation", methods=["POST"], max_content_length=UPLOAD, **OPTIONS
    )
    def dispute(self, token, invoice=None, part=None, amount=None, **values):
        def act(service, debtor):
            contested = None if part == "whole" else amount_of(amount)
            if part != "whole" and contested is None:
                raise UserError(request.env._("Enter the contested amount."))
            service.dispute(
                debtor,
                number_of(invoice),
                contested,
                number_of(values.get("reason")),
                values.get("text"),
                self._upload(values.get("document")),
            )

        return self._act(token, "dispute", act)

    @http.route(f"{PAGE}/message", methods=["POST"], **OPTIONS)
    def message(self, token, text=None, **_ignored):
        return self._act(
            token, "message", lambda service, debtor: service.message(debtor, text)
        )

    @http.route(f"{PAGE}/echeancier/<int:plan_id>/accord", methods=["POST"], **OPTIONS)
    def accept(self, token, plan_id, words=None, figures=None, **values):
        def act(service, debtor):
            if not values.get("agreed"):
                raise UserError(
                    request.env._("Tick the box by which you accept the agreement.")
                )
            signer = [values.get(name) for name in ("name", "title", "power")]
            sum_typed = amount_of(figures)
            service.accept_plan(debtor, plan_id, signer, words, sum_typed, self._ip())

        return self._act(token, "plan", act, plan_id)

    @http.route(f"{PAGE}/paiement/<int:move_id>", methods=["POST"], **OPTIONS)
    def pay(self, token, move_id, **_ignored):
        """To core's own page of payment; it gives the invoice a link of its own."""
        debtor = self._debtor(token)
        accounts = self._accounts()
        rows = accounts._rows(debtor) if debtor else None
        if not rows or move_id not in accounts._payable(debtor, rows):
            return self._gone()
        move = accounts._invoice(debtor, move_id)
        query, anchor = "&payment=True", "portal_pay"
        return request.redirect(move.get_portal_url(query_string=query, anchor=anchor))

    def _act(self, token, kind, act, plan_id=None):
        """Do what the debtor asks, once and wholly, or say why not."""
        debtor = self._debtor(token)
        if not debtor:
            return self._gone()
        try:
            self._check_actor(debtor, token)
            with request.env.cr.savepoint():
                act(request.env["recovery.portal"], debtor)
        except UserError as error:
            return self._refused(token, debtor, kind, str(error), plan_id)
        return request.redirect(f"{PATH}{token}?done={kind}")

    def _refused(self, token, debtor, kind, sentence, plan_id):
        """The same page with what was typed, and why nothing was recorded."""
        values = {
            "failed": kind,
            "sentence": sentence,
            "typed": request.params,
            "status": 400,
        }
        plan = plan_id and self._accounts()._plans(debtor, plan_id)
        if plan:
            return self._plan(token, debtor, plan, **values)
        return self._account(token, debtor, **values)

    def _check_actor(self, debtor, token):
        """:raises UserError: an employee, or too many acts in an hour"""
        if request.env.user._is_internal():
            raise UserError(
                request.env._(
                    "You are logged in as an employee: only the customer acts here."
                )
            )
        attempts = request.env["recovery.portal.attempt"]
        sources = (self._ip(), f"{debtor.partner.id}/{debtor.company.id}")
        if attempts._is_limited("act", *sources):
            raise UserError(
                request.env._("Too many attempts: please try again in an hour.")
            )
        attempts._count("act", *sources)

    def _upload(self, document):
        """(name, content) of a file, of which no more than needed is read."""
        name = getattr(document, "filename", "")
        return (name, document.read(FILE_SIZE + 1)) if name else None

    # What they share

    def _accounts(self):
        return request.env["recovery.portal.account"]

    def _ip(self):
        return request.httprequest.remote_addr or ""

    def _debtor(self, token):
        """Whom the link names; None for any link that may not be used, whatever the
        reason: the answer must not tell a wrong link from an old or a revoked one.
        """
        attempts = request.env["recovery.portal.attempt"]
        if attempts._is_limited("link", self._ip()):
            return None
        debtor = request.env["recovery.portal.link"]._debtor(token)
        if not debtor:
            attempts._count("link", self._ip())
            return None
        user = request.env.user
        own = user.partner_id.commercial_partner_id
        return None if user._is_portal() and own != debtor.partner else debtor

    def _gone(self):
        return self._page("l10n_fr_recouvrement.portal_gone", status=404)

    def _page(self, template, status=200, **values):
        if debtor := values.get("debtor"):
            values["res_company"] = debtor.company
        values |= {"no_breadcrumbs": True, "page_name": "recovery"}
        values.setdefault("typed", {})
        values["money"] = self._money
        response = request.render(template, values, status=status)
        response.headers.update(HEADERS)
        return response

    def _money(self, amount, currency):
        return format_amount(request.env, float(amount), currency)

    def _pdf(self, name, content):
        headers = {
            "Content-Type": "application/pdf",
            "Content-Length": str(len(content)),
            "Content-Disposition": content_disposition(name),
            "X-Content-Type-Options": "nosniff",
        }
        return request.make_response(content, list((HEADERS | headers).items()))
