import csv
import hashlib
import io

from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..reports import address_list, pdf_batch
from .common import TODAY, day
from .common_post import PostCommon
from .common_sending import pdf


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPostBatch(PostCommon):
    """One pile for the printer, in posting order, with its address list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.far = cls.debtor("Zoé", zip="13001", city="Marseille")
        cls.near = cls.debtor("Abel", zip="69003", city="Lyon")
        cls.abroad = cls.debtor(
            "Müller", zip="10115", city="Berlin", country_id=cls.env.ref("base.de").id
        )

    def sent(self, **level):
        """Letters of the three debtors, sent."""
        level = {"delay_days": 5, "letter": "L1", "by_email": False} | level
        self.policy(
            {"by_letter": True} | level if "by_registered" not in level else level
        )
        for debtor in (self.near, self.abroad, self.far):
            self.invoice(debtor)
        notices = self.decide()
        self.send(notices)
        return notices

    def batch(self, notices, **values):
        wizard = self.env["recovery.post.batch"].with_user(self.clerk)
        return wizard.create({"notice_ids": notices.ids, **values})

    def opened(self, notices):
        """The wizard as the button of the list opens it."""
        action = notices.with_user(self.clerk).action_post_batch()
        wizard = self.env[action["res_model"]].with_user(self.clerk)
        return wizard.with_context(**action["context"]).create({})

    def test_letters_stand_by_country_and_postal_code(self):
        batch = self.batch(self.sent(), cover=False)
        pages = PdfReader(io.BytesIO(batch.merged_pdf())).pages
        self.assertEqual(len(pages), 3)
        order = batch._letters().partner_id
        self.assertEqual(order, self.far | self.near | self.abroad)
        self.assertEqual(order.ids, [self.far.id, self.near.id, self.abroad.id])

    def test_registered_letters_come_first_or_apart(self):
        notices = self.sent()
        abroad = notices.filtered(lambda n: n.partner_id == self.abroad)
        self.env.cr.execute(
            "UPDATE recovery_notice SET by_letter = false, by_registered = true"
            " WHERE id = %s",
            [abroad.id],
        )
        self.env.invalidate_all()
        batch = self.batch(notices)
        self.assertEqual((batch.registered_count, batch.plain_count), (1, 2))
        self.assertEqual(batch._letters()[0], abroad)
        batch.modes = "plain"
        self.assertEqual(batch._letters(), notices - abroad)
        batch.modes = "registered"
        self.assertEqual(batch._letters(), abroad)

    def test_printing_marks_the_letters_and_keeps_their_fingerprints(self):
        notices = self.sent()
        hashes = notices.mapped("document_sha256")
        action = self.opened(notices).action_print()
        self.assertIn("letters.pdf", action["url"])
        self.assertTrue(all(notices.mapped("printed_at")))
        self.assertFalse(any(notices.mapped("posted_on")))
        self.assertEqual(set(notices.mapped("posting_state")), {"to_post"})
        for notice, digest in zip(notices, hashes, strict=True):
            content = notice.document_id.sudo().raw
            self.assertEqual(hashlib.sha256(content).hexdigest(), digest)

    def test_one_action_posts_all_on_a_day(self):
        notices = self.sent()
        notices[0].with_user(self.clerk).posted_on = TODAY
        self.opened(notices).action_posted()
        self.assertEqual(set(notices.mapped("posted_on")), {TODAY})
        self.assertTrue(all(notices.mapped("printed_at")))
        self.assertEqual(set(notices.mapped("posting_state")), {"posted"})

    def test_day_of_posting_is_asked_for(self):
        batch = self.batch(self.sent(), posted_on=False)
        with self.refused("day of posting"):
            batch.action_posted()

    def test_address_list_has_one_row_per_letter_in_postal_order(self):
        self.far.write({"street": "4 cours Julien", "street2": "BP 12"})
        self.near.write({"street": "5 rue Basse", "street2": "Bâtiment C"})
        self.contact(
            self.near,
            "Léa Roy",
            recovery_contact=True,
            street="5 rue Basse",
            street2="Bâtiment C",
            zip="69003",
            city="Lyon",
        )
        content = self.batch(self.sent()).addresses_csv().decode("utf-8-sig")
        header, far, near, abroad = csv.reader(io.StringIO(content), delimiter=";")
        self.assertEqual(tuple(header), address_list.HEADERS)
        self.assertEqual(
            far[1:],
            ["Lettre simple", "Zoé", "", "", "4 cours Julien", "BP 12"]
            + ["13001", "MARSEILLE", "", "1"],
        )
        self.assertEqual(
            near[2:],
            ["Abel", "Léa Roy", "Bâtiment C", "5 rue Basse", "", "69003", "LYON"]
            + ["", "1"],
        )
        self.assertEqual(abroad[7:10], ["10115", "BERLIN", "GERMANY"])

    def test_address_list_holds_no_formula(self):
        self.far.name = "=cmd|' /C calc'!A0"
        content = self.batch(self.sent()).addresses_csv().decode("utf-8-sig")
        self.assertNotIn(";=cmd", content)

    def test_letters_not_sent_are_not_posted(self):
        notices = self.sent()
        notices[0].sudo()._set_state("draft")
        with self.refused("approve it and send it first"):
            notices.with_user(self.clerk).action_post_batch()

    def test_failed_and_cancelled_notices_are_left_out(self):
        notices = self.sent()
        notices[0].sudo()._set_state("failed")
        notices[1].sudo()._set_state("cancelled")
        batch = self.opened(notices)
        self.assertEqual(batch.left_out_count, 2)
        batch.action_posted()
        self.assertEqual(notices.filtered("posted_on"), notices[2])

    def test_e_mails_are_not_posted(self):
        notices = self.sent(by_letter=False, by_email=True, by_registered=False)
        with self.refused("None of these notices"):
            notices.with_user(self.clerk).action_post_batch()

    def test_letters_of_the_mail_service_are_left_out(self):
        notices = self.sent()
        notices[0].sudo()._write_flow({"by_service": True})
        batch = self.batch(notices)
        self.assertEqual(batch.service_count, 1)
        self.assertEqual(batch._letters() & notices[0], notices[:0])
        batch.action_posted()
        self.assertFalse(notices[0].posted_on)

    def test_salespeople_post_nothing(self):
        seller = self.member("seller", "sales_team.group_sale_salesman")
        notices = self.sent()
        with self.assertRaises(AccessError):
            self.env["recovery.post.batch"].with_user(seller).create(
                {"notice_ids": notices.ids}
            )

    def test_cover_list_says_what_the_pile_holds(self):
        notices = self.sent()
        batch = self.batch(notices, posted_on=day(0))
        texts = self.patch_print()
        batch.merged_pdf()
        [html] = texts
        for word in ("Bordereau de dépôt", "MARSEILLE", "Zoé", notices[0].name):
            self.assertIn(word, html)

    def patch_print(self):
        """Pages that go to wkhtmltopdf, which needs not run here."""
        texts, blank = [], pdf("cover")

        def print_html(html):
            texts.append(str(html))
            return blank

        self.patch(pdf_batch, "print_html", print_html)
        self.patch(pdf_batch, "zoom", lambda: 1)
        return texts

    def test_ten_and_thirty_letters_take_as_many_queries(self):
        counts = []
        for count in (10, 10, 30):
            batch = self.batch(self.letters(count, on=-5), posted_on=day(-4))
            batch.notice_ids.sudo()._write_flow({"letter": "L1"})
            self.env.flush_all()
            before = self.cr.sql_log_count
            batch.action_posted()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1] + 5, counts)
