from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import TODAY
from .common_portal import PDF, PortalCommon

NOTHING = "This link cannot be used"
BEGUN = date(2026, 11, 1)


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPortal(PortalCommon):
    """What a debtor sees on their page, and nobody else's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls.invoice(due=-40)
        cls.other = cls.debtor("Other debtor")
        cls.theirs = cls.invoice(cls.other, amount=777)

    def gone(self, response):
        self.assertEqual(response.status_code, 404)
        self.assertIn(NOTHING, self.text(response))

    def letter(self, moves, state="sent", **values):
        notice = self.notice(moves, self.shows, state=state, **values)
        document = self.env["ir.attachment"].create(
            {"name": "letter.pdf", "raw": PDF, "mimetype": "application/pdf"}
        )
        notice.sudo()._write_flow({"document_id": document.id})
        return notice

    def test_debtor_sees_what_is_due_with_credits(self):
        self.credit(amount=300)
        page = self.page()
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.move.name, self.text(page))
        for amount in ("1,000.00", "-300.00", "700.00"):
            self.assertIn(
                amount, self.text(page).replace("-\N{ZERO WIDTH NO-BREAK SPACE}", "-")
            )
        self.assertNotIn(self.theirs.name, self.text(page))
        self.assertNotIn("777", self.text(page))
        self.assertEqual(page.text.count("<textarea"), 2)  # dispute, message
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_interest_is_shown_once_a_letter_showed_it(self):
        self.assertNotIn("40.00", self.text(self.page()))
        self.reach(self.move, self.shows)
        page = self.text(self.page())
        # 1 000 × 12,40 % × 40 / 365
        self.assertIn("13.59", page)
        self.assertIn("40.00", page)

    def test_consumer_never_sees_penalties(self):
        consumer = self.debtor("Anne Petit", kind="consumer")
        move = self.invoice(consumer, due=-40)
        self.reach(move, self.shows)
        page = self.text(self.page(consumer))
        self.assertIn(move.name, page)
        for word in ("40.00", "13.59", "interest", "indemnity"):
            self.assertNotIn(word, page)

    def test_forged_expired_and_revoked_links_get_one_answer(self):
        base = self.base()
        forged = base[:-6] + ("AAAAAA" if not base.endswith("AAAAAA") else "BBBBBB")
        answers = [self.url_open(forged), self.url_open("/recouvrement/espace/é")]
        with freeze_time(TODAY + timedelta(days=91)):
            answers.append(self.url_open(base))
        self.customer.with_user(self.person).action_recovery_revoke_links()
        answers.append(self.url_open(base))
        for answer in answers:
            self.gone(answer)
        self.assertEqual(self.url_open(self.base()).status_code, 200)

    def test_only_a_collector_revokes_links(self):
        stranger = new_test_user(
            self.env, "portal6_sales", "sales_team.group_sale_salesman"
        )
        with self.assertRaises(AccessError):
            self.customer.with_user(stranger).action_recovery_revoke_links()

    def test_unknown_links_are_limited_by_address(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("l10n_fr_recouvrement.portal_link_limit", "2")
        for _attempt in range(2):
            self.gone(self.url_open("/recouvrement/espace/wrong"))
        self.gone(self.page())  # a right one is not told from a wrong one
        with freeze_time(f"{TODAY} 10:30:00"):
            self.assertEqual(self.page().status_code, 200)

    def test_invoice_of_another_debtor_is_not_found(self):
        own = self.page(path=f"/facture/{self.move.id}.pdf")
        self.assertEqual(own.content, PDF)
        self.gone(self.page(path=f"/facture/{self.theirs.id}.pdf"))
        draft = self.credit(state="draft")
        self.gone(self.page(path=f"/facture/{draft.id}.pdf"))

    def test_only_own_letters_that_left(self):
        sent = self.letter(self.move)
        theirs = self.letter(self.theirs)
        moves = [self.invoice(due=-40) for _letter in range(3)]
        draft = self.letter(moves[0], state="draft")
        unprinted = self.letter(moves[1], by_email=False, by_letter=True)
        about = self.letter(moves[2], letter="L10")
        page = self.page()
        self.assertIn(sent.name, self.text(page))
        own = self.page(path=f"/courrier/{sent.id}.pdf")
        self.assertEqual(own.content, PDF)
        for notice in (theirs, draft, unprinted, about):
            self.assertNotIn(notice.name, self.text(page))
            self.gone(self.page(path=f"/courrier/{notice.id}.pdf"))

    def test_formal_notice_of_a_broken_plan_is_on_its_page(self):
        plan = self.signed(self.move, 400, 600, dates=(5, 60), offered=BEGUN)
        self.watch()
        plan.action_formal_notice()
        notice, path = plan.formal_notice_id, f"/echeancier/{plan.id}"
        self.assertEqual(plan.state, "default")
        self.assertNotIn(notice.name, self.text(self.page(path=path)), "not sent yet")
        content = PDF + b"\n%L8"
        document = self.env["ir.attachment"].create({"name": "L8.pdf", "raw": content})
        notice.sudo()._write_flow({"document_id": document.id, "printed_at": TODAY})
        self.presented(plan, TODAY)
        for page in (self.page(), self.page(path=path)):
            self.assertIn(f"/courrier/{notice.id}.pdf", self.targets(page))
            self.assertIn("Formal notice after a broken plan", self.text(page))
        letter = self.page(path=f"/courrier/{notice.id}.pdf")
        self.assertEqual((letter.status_code, letter.content), (200, content))
        self.assertIn("An instalment is missing", self.text(self.page(path=path)))
        self.gone(self.page(self.other, path=f"/courrier/{notice.id}.pdf"))
        self.gone(self.page(self.other, path=path))

    def test_link_of_one_company_never_shows_another(self):
        other = self.setup_other_company()["company"]
        foreign = self.invoice_of(other, amount=555)
        page = self.page()
        self.assertNotIn("555.00", self.text(page))
        self.gone(self.page(path=f"/facture/{foreign.id}.pdf"))
        there = self.url_open(self.base(company=other))
        self.assertIn("555.00", self.text(there))
        self.assertNotIn("1,000.00", self.text(there))

    def test_portal_user_sees_the_own_company_only(self):
        contact = self.contact(self.customer, "Luc", email="luc@example.com")
        user = new_test_user(
            self.env(context={}),
            "portal6_luc",
            "base.group_portal",
            partner_id=contact.id,
        )
        self.authenticate("portal6_luc", "portal6_luc")
        page = self.url_open("/my/recouvrement")
        self.assertIn(self.move.name, self.text(page))
        self.assertNotIn(self.theirs.name, self.text(page))
        self.gone(self.page(self.other))
        for model in (
            "recovery.situation",
            "recovery.notice",
            "recovery.portal.attempt",
        ):
            self.assertFalse(self.env[model].with_user(user).has_access("read"), model)

    def test_visitor_is_asked_to_log_in(self):
        answer = self.url_open("/my/recouvrement", allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_invoice_is_paid_on_the_page_of_core(self):
        self.authenticate(None, None)
        service = "odoo.addons.l10n_fr_recouvrement.models.recovery_portal_account"
        self.startPatcher(patch(f"{service}.has_provider", lambda company: True))
        self.assertIn(f"/paiement/{self.move.id}", self.targets(self.page()))
        paid = self.post(f"/paiement/{self.move.id}")
        self.assertIn(f"/my/invoices/{self.move.id}?access_token=", paid.url)
        self.gone(self.post(f"/paiement/{self.theirs.id}"))

    def printed(self, template, document):
        values = {"doc": document}
        return self.env["ir.qweb"]._render(f"l10n_fr_recouvrement.{template}", values)

    def test_reminder_brings_the_link(self):
        notice = self.notice(self.move, self.shows, letter="L1")
        document = self.env["recovery.letter.renderer"].document(notice)
        self.assertIn("/recouvrement/espace/", document.portal_mail_url)
        self.assertFalse(document.portal_letter_code)
        self.assertIn(document.portal_mail_url, self.printed("mail_payment", document))
        self.company.write(
            {"recovery_portal_mail": False, "recovery_portal_letter": True}
        )
        document = self.env["recovery.letter.renderer"].document(notice)
        self.assertFalse(document.portal_mail_url)
        self.assertTrue(document.portal_letter_code.startswith("data:image/png"))
        letter = self.printed("letter_statement", document)
        self.assertIn(document.portal_letter_code, letter)

    def test_many_invoices_take_no_more_queries(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            debtor = self.links._debtor(self.base().rsplit("/", 1)[1])
            before = self.env.cr.sql_log_count
            self.env["recovery.portal.account"]._sheets(debtor)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        self.invoices(20, due=-15)
        self.assertLessEqual(count(), few + 1)
