from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import day
from .common_post import PostCommon
from .common_sending import pdf


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPostFacts(PostCommon):
    """Number, posting, first presentation, delivery, outcome."""

    def contradicts(self, notice, sentence, **values):
        with self.refused(sentence):
            notice.write(values)

    def test_first_presentation_starts_the_deadline(self):
        notice = self.letter(on=-10)
        self.assertEqual(notice.deadline, day(-2))
        notice.write({"posted_on": day(-9), "presented_on": day(-6)})
        self.assertEqual(notice.deadline, day(2))

    def test_first_presentation_of_a_formal_notice_starts_a_consumers_interest(self):
        self.customer.recovery_debtor_kind = "consumer"
        notice = self.letter(on=-10, letter="L5")
        move = notice.line_ids.move_id
        self.assertFalse(move.recovery_statement()["interest_due"])
        notice.presented_on = day(-6)
        [segment] = move.recovery_statement()["segments"]
        self.assertEqual(segment.start, day(-5))

    def test_a_collector_enters_the_day_of_many_letters_in_the_list(self):
        letters = self.letter(on=-10) + self.letter(on=-10)
        view = self.env.ref("l10n_fr_recouvrement.recovery_post_view_list")
        arch = self.env["recovery.notice"].get_view(view.id, "list")["arch"]
        tree = etree.fromstring(arch)
        self.assertEqual(tree.get("multi_edit"), "1")
        fields = {node.get("name"): node.get("readonly") for node in tree.iter("field")}
        for name in ("registered_number", "posted_on", "presented_on"):
            self.assertNotIn(fields[name], ("1", "True"))
        letters.with_user(self.clerk).write({"posted_on": day(-8)})
        self.assertEqual(set(letters.mapped("posted_on")), {day(-8)})

    def test_days_of_the_post_follow_each_other(self):
        notice = self.letter(on=-10)
        self.contradicts(notice, "date of the letter", posted_on=day(-11))
        notice.posted_on = day(-8)
        self.contradicts(notice, "before it is posted", presented_on=day(-9))
        notice.presented_on = day(-6)
        self.contradicts(notice, "before it is presented", delivered_on=day(-7))
        self.contradicts(notice, "before it is posted", posted_on=day(-5))
        notice.delivered_on = day(-6)
        self.assertEqual(notice.registered_outcome, "delivered")

    def test_a_day_of_the_post_is_not_in_the_future(self):
        self.contradicts(self.letter(), "in the future", posted_on=day(1))

    def test_an_outcome_needs_the_first_presentation(self):
        notice = self.letter(on=-10)
        for outcome in ("delivered", "unclaimed", "refused"):
            self.contradicts(notice, "first presentation", registered_outcome=outcome)

    def test_a_day_of_delivery_is_no_refusal(self):
        notice = self.letter(on=-10)
        notice.write({"presented_on": day(-8), "delivered_on": day(-7)})
        self.contradicts(notice, "only be “Delivered”", registered_outcome="refused")

    def test_an_unknown_address_was_not_presented(self):
        notice = self.letter(on=-10)
        notice.presented_on = day(-8)
        self.contradicts(notice, "was not presented", registered_outcome="unknown")

    def test_what_was_not_sent_was_not_posted(self):
        notice = self.letter(state="draft")
        self.contradicts(notice, "send it before", posted_on=day(0))
        notice.registered_number = "1A 1"  # the label may be stuck beforehand
        self.assertEqual(notice.registered_number, "1A1")

    def test_numbers_are_kept_as_carriers_write_them(self):
        notice = self.letter()
        notice.registered_number = "1a 123 456-7890 1"
        self.assertEqual(notice.registered_number, "1A12345678901")

    def test_a_change_leaves_its_trace(self):
        notice = self.letter(on=-10).with_context(
            tracking_disable=False, mail_notrack=False
        )
        self.env.flush_all()
        self.cr.precommit.clear()  # what is new is not tracked
        notice.posted_on = day(-9)
        self.env.flush_all()
        self.cr.precommit.run()
        notice.invalidate_recordset()
        values = notice.sudo().message_ids.tracking_value_ids
        self.assertEqual(values.field_id.name, "posted_on")

    def test_salespeople_record_nothing(self):
        seller = self.member("seller", "sales_team.group_sale_salesman")
        notice = self.letter(on=-10)
        with self.assertRaises(AccessError):
            notice.with_user(seller).write({"posted_on": day(-9)})

    def test_collectors_of_another_company_record_nothing(self):
        other = self.setup_other_company()["company"]
        stranger = self.collector(
            "stranger", company_id=other.id, company_ids=other.ids
        )
        notice = self.letter(on=-10)
        with self.assertRaises(AccessError):
            notice.with_user(stranger).write({"posted_on": day(-9)})


@tagged("post_install_l10n", "post_install", "-at_install")
class TestPostProof(PostCommon):
    """Scans of the proof of posting and of the acknowledgement of receipt."""

    def scan(self, notice, **values):
        return (
            self.env["ir.attachment"]
            .with_user(self.clerk)
            .create(
                {
                    "name": "proof.pdf",
                    "raw": pdf("Proof"),
                    "res_model": "recovery.notice",
                    "res_id": notice.id,
                    **values,
                }
            )
        )

    def proven(self, **values):
        notice = self.letter(**values)
        proof = self.scan(notice)
        notice.proof_ids += proof
        return notice, proof

    def test_proofs_are_added_and_never_taken_away(self):
        notice, _proof = self.proven()
        notice.proof_ids += self.scan(notice)
        self.assertEqual(len(notice.proof_ids), 2)
        with self.refused("not taken away"):
            notice.proof_ids = notice.proof_ids[:1]

    def test_proofs_are_neither_changed_nor_deleted(self):
        _notice, proof = self.proven()
        with self.refused("proof of its posting"):
            proof.raw = b"other"
        with self.refused("proof of its posting"):
            proof.unlink()

    def test_before_the_sending_a_wrong_scan_may_be_removed(self):
        notice, proof = self.proven(state="draft")
        notice.proof_ids -= proof
        proof.unlink()
        self.assertFalse(notice.proof_ids)

    def test_a_file_of_another_document_is_no_proof(self):
        notice = self.letter()
        file = self.scan(
            notice, res_model="res.partner", res_id=self.clerk.partner_id.id
        )
        with self.refused("filed elsewhere"):
            notice.proof_ids += file
