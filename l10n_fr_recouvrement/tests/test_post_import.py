import base64

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import day
from .common_post import PostCommon

HEADER = "N° de suivi;Date de dépôt;Date de présentation;Date de distribution;Statut"


def days(*offsets):
    """Cells of days as French carriers write them."""
    return ";".join(
        "" if offset is None else day(offset).strftime("%d/%m/%Y") for offset in offsets
    )


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPostImport(PostCommon):
    """The file of the carrier, understood, shown, then written as a whole."""

    def understood(self, *lines, encoding="utf-8"):
        content = "\r\n".join(lines).encode(encoding)
        wizard = self.env["recovery.post.import"].with_user(self.clerk)
        wizard = wizard.create({"content": base64.b64encode(content)})
        wizard.action_read()
        return wizard

    def states(self, wizard):
        return wizard.line_ids.mapped("state")

    def test_dates_and_outcomes_are_recorded(self):
        first, second, third, fourth = self.letters(4)
        wizard = self.understood(
            HEADER,
            f"LR1;{days(-18, -15, -14)};Distribué",
            f"LR 2;{days(-18, -15, None)};Pli avisé et non réclamé",
            f"LR3;{days(-18, -15, None)};Refusé par le destinataire",
            f"LR4;{days(-18, -15, None)};Destinataire inconnu à l’adresse",
        )
        self.assertEqual(self.states(wizard), ["ready"] * 4)
        wizard.action_import()
        self.assertEqual(
            [n.registered_outcome for n in (first, second, third, fourth)],
            ["delivered", "unclaimed", "refused", "unknown"],
        )
        self.assertEqual(
            (first.posted_on, first.presented_on, first.delivered_on),
            (day(-18), day(-15), day(-14)),
        )
        self.assertEqual(second.deadline, day(-15))
        self.assertEqual((fourth.presented_on, fourth.state), (False, "failed"))
        self.assertFalse(first.line_ids.awaits_post)
        self.assertEqual(first.line_ids.presented_on, day(-15))

    def test_english_headers_commas_and_times_are_recognised(self):
        [notice] = self.letters(1)
        wizard = self.understood(
            "Tracking number,Posting date,First attempt,Delivery date,Status",
            "LR1,2026-11-04T08:00,2026-11-06 09:12,2026-11-07,Delivered",
        )
        self.assertIn("Tracking number", wizard.recognised)
        wizard.action_import()
        self.assertEqual(str(notice.presented_on), "2026-11-06")

    def test_windows_and_utf16_files_with_a_title_are_read(self):
        for rank, encoding in enumerate(("cp1252", "utf-16"), 1):
            letters = self.letters(rank)
            wizard = self.understood(
                "Relevé des envois;;;;",
                "",
                HEADER + ";Remarque",
                f"LR{rank};{days(-18, -15, None)};Présenté;x",
                encoding=encoding,
            )
            self.assertIn("Remarque", wizard.ignored)
            wizard.action_import()
            self.assertEqual(letters[-1].presented_on, day(-15), encoding)

    def test_numbers_are_given_to_the_notices_of_the_references(self):
        first, second = self.letters(2)
        (first | second).sudo().registered_number = False
        wizard = self.understood(
            "Référence client;N° de recommandé;Date de dépôt",
            f"{first.name};1A 111;{days(-18)}",
            f"{second.name};1A 222;{days(-18)}",
        )
        wizard.action_import()
        numbers = (first.registered_number, second.registered_number)
        self.assertEqual(numbers, ("1A111", "1A222"))

    def test_another_number_than_the_known_one_is_an_error(self):
        [notice] = self.letters(1)
        wizard = self.understood("Référence;N° de suivi", f"{notice.name};LR9")
        self.assertEqual(self.states(wizard), ["error"])
        self.assertIn("already has the number LR1", wizard.line_ids.message)

    def test_nothing_is_written_while_a_line_is_in_error(self):
        good, bad = self.letters(2)
        wizard = self.understood(
            HEADER,
            f"LR1;{days(-18, -15, None)};",
            f"LR2;{days(-18, -19, None)};",
        )
        self.assertEqual(self.states(wizard), ["ready", "error"])
        self.assertIn("before it is posted", wizard.line_ids[1].message)
        with self.refused("Lines in error: 1"):
            wizard.action_import()
        self.assertFalse(good.posted_on)
        wizard.skip_errors = True
        wizard.action_import()
        self.assertEqual((good.posted_on, bad.posted_on), (day(-18), False))

    def test_what_is_no_date_is_said_with_its_line(self):
        self.letters(1)
        wizard = self.understood(HEADER, "", "LR1;hier;;;")
        [line] = wizard.line_ids
        self.assertEqual((line.state, line.line), ("error", 3))
        self.assertIn("“hier” is not a date", line.message)

    def test_numbers_of_others_are_listed_and_left_alone(self):
        [notice] = self.letters(1)
        wizard = self.understood(
            HEADER, f"LR1;{days(-18, None, None)};", f"XX;{days(-18, None, None)};"
        )
        self.assertEqual(self.states(wizard), ["ready", "unknown"])
        self.assertIn("XX", wizard.line_ids[1].message)
        wizard.action_import()
        self.assertEqual(notice.posted_on, day(-18))

    def test_same_file_twice_brings_nothing_new(self):
        self.letters(1)
        lines = HEADER, f"LR1;{days(-18, -15, None)};Présenté"
        self.understood(*lines).action_import()
        wizard = self.understood(*lines)
        self.assertEqual(self.states(wizard), ["same"])
        with self.refused("nothing new"):
            wizard.action_import()

    def test_one_envelope_of_two_notices_is_recorded_on_both(self):
        letters = self.letters(2)
        letters.sudo().registered_number = "LR1"
        wizard = self.understood(HEADER, f"LR1;{days(-18, -15, None)};")
        wizard.action_import()
        self.assertEqual(set(letters.mapped("presented_on")), {day(-15)})

    def test_delivery_is_a_presentation_at_the_latest(self):
        [notice] = self.letters(1)
        self.understood(HEADER, f"LR1;{days(-18, None, -14)};").action_import()
        self.assertEqual(notice.presented_on, day(-14))
        self.assertEqual(notice.registered_outcome, "delivered")

    def test_files_that_cannot_be_read_say_what_to_do(self):
        wizard = self.env["recovery.post.import"].with_user(self.clerk)
        for content, sentence in (
            (b"", "Choose the file"),
            (b"\r\n \r\n", "empty"),
            (b"PK\x03\x04", "save it as CSV"),
            (b"a;b\r\n1;2", "No column is recognised"),
        ):
            with self.refused(sentence):
                wizard.create({"content": base64.b64encode(content)}).action_read()

    def test_numbers_of_another_company_are_not_ours(self):
        [notice] = self.letters(1)
        other = self.setup_other_company()["company"]
        stranger = self.collector(
            "stranger", company_id=other.id, company_ids=other.ids
        )
        content = f"{HEADER}\nLR1;{days(-18, None, None)};".encode()
        wizard = self.env["recovery.post.import"].with_user(stranger)
        wizard = wizard.create({"content": base64.b64encode(content)})
        wizard.action_read()
        self.assertEqual(self.states(wizard), ["unknown"])
        self.assertFalse(notice.posted_on)

    def test_salespeople_import_nothing(self):
        seller = self.member("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.env["recovery.post.import"].with_user(seller).create({})

    def test_ten_and_a_hundred_lines_take_as_many_queries(self):
        counts = []
        for count in (10, 10, 100):
            letters = self.letters(count)
            letters.sudo().registered_number = False
            lines = [
                f"{letter.name};S{count}{rank};{days(-18, -15, None)};"
                for rank, letter in enumerate(letters)
            ]
            wizard = self.understood(f"Référence;{HEADER}", *lines)
            self.env.flush_all()
            before = self.cr.sql_log_count
            wizard.action_import()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(wizard.ready_count, count)
        self.assertLessEqual(counts[2], counts[1] + 10, counts)
