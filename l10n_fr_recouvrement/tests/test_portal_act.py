from datetime import timedelta
from decimal import Decimal

from freezegun import freeze_time

from odoo.http import Request
from odoo.tests import new_test_user, tagged

from ..controllers.typed import amount_of, day_of, number_of
from ..models.amount_words import is_in_words
from .common import TODAY
from .common_portal import PDF, PortalCommon

SIGNER = {
    "name": "Luc Martin",
    "title": "Manager",
    "power": "Legal representative",
    "agreed": "1",
}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPortalAct(PortalCommon):
    """What a debtor does on their page: checked first, traced, never by GET."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls.invoice(due=-40)
        cls.theirs = cls.invoice(cls.debtor("Other debtor"))

    def refused(self, response, sentence):
        self.assertEqual(response.status_code, 400)
        self.assertIn(sentence, self.text(response))

    @property
    def promises(self):
        return self.env["recovery.promise"].search(
            [("partner_id", "=", self.customer.id)]
        )

    @property
    def disputes(self):
        return self.env["recovery.dispute"].search(
            [("partner_id", "=", self.customer.id)]
        )

    def test_promise_is_recorded_and_reaches_the_collector(self):
        response = self.promised("1 000,00 €")
        self.assertIn("your promise is recorded", self.text(response))
        promise = self.promises
        self.assertEqual((promise.amount, promise.move_ids), (1000, self.move))
        self.assertEqual(promise.date, TODAY + timedelta(days=5))
        self.assertEqual(self.status(self.move), "promise")
        self.traced(promise)

    def test_promise_covers_whole_invoices_the_oldest_first(self):
        later = self.invoice(amount=500)
        self.refused(self.promised("999"), "your oldest invoice")
        self.promised("1200")
        self.assertEqual(self.promises.move_ids, self.move)
        self.assertNotEqual(self.status(later), "promise")

    def test_promise_has_an_end_and_is_not_repeated(self):
        self.refused(self.promised(days=31), "Choose a day from today")
        self.refused(self.promised(days=-1), "Choose a day from today")
        self.refused(self.promised("5000"), "Enter an amount")
        self.refused(self.promised("plenty"), "Enter an amount")
        self.assertFalse(self.promises)
        self.promised()
        self.refused(self.promised(), "promised a payment already")
        self.promises.action_broken()
        self.refused(self.promised(), "earlier promise was not kept")

    def test_dispute_of_a_part_with_a_file(self):
        files = {"document": ("../delivery <b>.png.pdf", PDF, "image/png")}
        self.disputed(self.move, part="part", amount="400", files=files)
        dispute = self.disputes
        self.assertEqual((dispute.amount, dispute.user_id), (400, self.person))
        document = self.env["ir.attachment"].search(
            [("res_model", "=", dispute._name), ("res_id", "=", dispute.id)]
        )
        self.assertEqual(document.raw, PDF)
        self.assertEqual(document.mimetype, "application/pdf")
        self.assertNotIn("/", document.name)
        self.assertEqual(self.situation(self.move).claimable, 600)
        self.traced(dispute)

    def test_bad_files_leave_nothing(self):
        large = {"document": ("big.pdf", PDF + b"0" * 10 * 2**20, "application/pdf")}
        self.refused(self.disputed(self.move, files=large), "The file is too large")
        page = {"document": ("x.pdf", b"<html><script>1</script>", "application/pdf")}
        self.refused(self.disputed(self.move, files=page), "Attach a PDF, PNG or JPEG")
        self.assertFalse(self.disputes)

    def test_dispute_of_what_is_not_theirs_or_too_much(self):
        self.refused(self.disputed(self.theirs), "Choose one of your invoices")
        more = self.disputed(self.move, part="part", amount="1000.01")
        self.refused(more, "at most")
        self.refused(self.disputed(self.move, text="  "), "Write a text")
        self.refused(self.disputed(self.move, reason=""), "Choose why")
        self.assertFalse(self.disputes)
        self.disputed(self.move)
        self.refused(self.disputed(self.move), "contested already")

    def test_html_in_a_message_stays_text(self):
        response = self.post("/message", text="<script>alert(1)</script> & <b>x</b>")
        self.assertIn("Your message is with us", self.text(response))
        self.traced(self.customer)
        body = self.customer.message_ids.filtered(
            lambda one: one.author_id == self.customer
        ).body
        self.assertIn("&lt;script&gt;", body)
        self.assertNotIn("<script", body)
        self.assertNotIn("<script", self.customer.activity_ids.note)
        again = self.promised("<script>alert(1)</script>")
        self.assertNotIn("<script>alert", again.text)

    def test_get_changes_nothing(self):
        base, before = self.base(), self.env["mail.activity"].search_count([])
        for path in ("promesse", "contestation", "message", "paiement/1"):
            response = self.url_open(f"{base}/{path}?text=x&amount=1000&date={TODAY}")
            self.assertIn(response.status_code, (404, 405), path)
        self.assertFalse(self.promises | self.env["recovery.promise"])
        self.assertFalse(self.disputes)
        self.assertEqual(self.env["mail.activity"].search_count([]), before)

    def test_post_without_the_token_of_the_form_is_refused(self):
        values = {"amount": "1000", "date": str(TODAY), "currency": self.eur.id}
        response = self.url_open(self.base() + "/promesse", data=values)
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.promises)

    def test_forged_expired_and_revoked_links_do_nothing(self):
        base = self.base()
        stranger = self.base(self.debtor("Stranger"))
        values = {"text": "Too late", "csrf_token": Request.csrf_token(self)}
        links = [base[:-6] + "AAAAAA", "/recouvrement/espace/x"]
        answers = [self.url_open(f"{link}/message", data=values) for link in links]
        with freeze_time(TODAY + timedelta(days=91)):
            values["csrf_token"] = Request.csrf_token(self)
            answers.append(self.url_open(f"{base}/message", data=values))
        self.customer.action_recovery_revoke_links()
        values["csrf_token"] = Request.csrf_token(self)
        answers.append(self.url_open(f"{base}/message", data=values))
        self.assertEqual([answer.status_code for answer in answers], [404] * 4)
        self.url_open(f"{stranger}/message", data=values)
        tasks = self.env["mail.activity"].search([("res_model", "=", "res.partner")])
        self.assertNotIn(self.customer.id, tasks.mapped("res_id"))

    def test_acts_are_limited_by_link(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("l10n_fr_recouvrement.portal_act_limit", "1")
        self.post("/message", text="One")
        self.refused(self.post("/message", text="Two"), "Too many attempts")
        self.assertEqual(len(self.customer.activity_ids), 1)

    def test_employee_does_not_act_for_the_debtor(self):
        self.authenticate("portal6_collector", "portal6_collector")
        self.refused(self.promised(), "only the customer acts here")
        self.assertFalse(self.promises)

    def test_plan_is_accepted_with_the_sum_in_words_and_figures(self):
        plan = self.plan(self.move, 400, 600)
        plan.action_offer()
        path = f"/echeancier/{plan.id}"
        self.assertIn(plan.name, self.text(self.page()))
        self.assertIn("400.00", self.text(self.page(path=path)))
        good = {"words": "Mille euros", "figures": "1 000", **SIGNER}
        for wrong in ({"words": "cent euros"}, {"figures": "100"}):
            response = self.post(f"{path}/accord", **{**good, **wrong})
            self.refused(response, "in words and in figures")
        self.refused(self.post(f"{path}/accord", **{**good, "power": " "}), "the power")
        self.assertEqual(plan.state, "offered")
        self.post(f"{path}/accord", **good)
        plan.invalidate_recordset()
        self.assertEqual((plan.state, plan.accepted_by), ("active", "portal"))
        self.assertEqual(plan.accepted_words, "Mille euros")
        self.assertEqual((plan.accepted_ip, len(plan.accepted_hash)), ("127.0.0.1", 64))
        self.traced(plan)
        again = self.post(f"{path}/accord", **good)
        self.refused(again, "can no longer be accepted")

    def test_plan_of_another_or_contested_since_is_refused(self):
        plan = self.plan(self.theirs)
        plan.action_offer()
        values = {"words": "mille euros", "figures": "1000", **SIGNER}
        path = f"/echeancier/{plan.id}"
        self.assertEqual(self.page(path=path).status_code, 404)
        self.refused(self.post(f"{path}/accord", **values), "can no longer be accepted")
        own = self.plan(self.move)
        own.action_offer()
        self.dispute(self.move, 100)
        response = self.post(f"/echeancier/{own.id}/accord", **values)
        self.refused(response, "can no longer be accepted")
        self.assertEqual((plan.state, own.state), ("offered", "offered"))

    def test_activity_goes_to_who_may_open_it(self):
        self.company.recovery_user_id = new_test_user(self.env, "portal6_none")
        debtor = self.links._debtor(self.links._token(self.customer, self.company))
        user = self.env["recovery.portal"]._collector(debtor)
        self.assertTrue(user.has_group("l10n_fr_recouvrement.group_recovery_user"))

    def test_what_people_type(self):
        for text, amount in (
            ("1 234,56 €", "1234.56"),
            ("1\u202f234,5", "1234.5"),
            ("1,234.56", "1234.56"),
            ("1.234", "1234"),
            ("12", "12"),
        ):
            self.assertEqual(amount_of(text), Decimal(amount), text)
        for text in ("", None, "-5", "1e9", "NaN", "dix", "²", "9" * 13):
            self.assertIsNone(amount_of(text), text)
        self.assertIsNone(day_of("31/12/2026"))
        self.assertEqual(number_of("١"), 0)
        for text in ("douze mille trois cents euros", "Douze-mille trois cent EUROS"):
            self.assertTrue(is_in_words(text, 12300, self.eur), text)
        self.assertTrue(
            is_in_words("One thousand euros and fifty cents", 1000.5, self.eur)
        )
        self.assertFalse(is_in_words("mille cinquante", 1000.5, self.eur))
