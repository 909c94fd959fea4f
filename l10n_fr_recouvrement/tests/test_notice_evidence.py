import hashlib

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.recovery_notice_evidence_mixin import EVIDENCE
from .common import TODAY, day
from .common_notice import NoticeCommon

SENT_STATES = ("sending", "sent", "closed", "failed", "to_check")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestNoticeEvidence(NoticeCommon):
    def other_value(self, notice, name):
        """A value that differs from the present one."""
        field = notice._fields[name]
        if field.type == "many2one":
            return notice[name].search([("id", "!=", notice[name].id)], limit=1).id
        if field.type == "date":
            return day(-99)
        if field.type == "selection":
            keys = [key for key, _label in field._description_selection(self.env)]
            return next(key for key in keys if key != notice[name])
        if field.type == "one2many":
            return [(5, 0, 0)]
        return {"char": "other", "boolean": not notice[name]}.get(field.type, 999)

    def test_no_field_of_a_sent_notice_can_change(self):
        notice = self.sent()
        for name in sorted(EVIDENCE):
            value = self.other_value(notice, name)
            for user in (self.env.user, self.clerk):
                with self.subTest(name), self.assertRaises(UserError):
                    notice.with_user(user).write({name: value})

    def test_evidence_holds_in_every_state_after_the_sending(self):
        notice = self.sent()
        for state in SENT_STATES:
            notice.sudo()._set_state(state)
            with self.assertRaises(UserError):
                notice.with_user(self.clerk).write({"email_to": "other@example.com"})

    def test_context_of_a_remote_call_opens_nothing(self):
        notice = self.sent()
        for key in ("recovery_flow", "recovery_sending"):
            for value in (True, 1, "FLOW"):
                forced = notice.with_user(self.clerk).with_context(**{key: value})
                with self.assertRaises(UserError):
                    forced.write({"total": 1})

    def test_state_changes_by_the_buttons_only(self):
        notice = self.decide()
        for state in ("draft", "sent", "cancelled", "failed"):
            with self.assertRaises(UserError):
                notice.with_user(self.clerk).write({"state": state})
        self.assertEqual(notice.state, "ready")

    def test_sent_notice_cannot_be_deleted(self):
        notice = self.sent()
        for state in SENT_STATES:
            notice.sudo()._set_state(state)
            with self.assertRaises(UserError):
                notice.sudo().unlink()

    def test_nobody_deletes_or_creates_a_notice(self):
        notice = self.decide()
        for user in (self.clerk, self.manager()):
            with self.assertRaises(AccessError):
                notice.with_user(user).unlink()
            with self.assertRaises(AccessError):
                notice.with_user(user).copy()

    def test_lines_cannot_be_written_added_or_deleted(self):
        line = self.sent().line_ids[:1]
        for user in (self.clerk, self.manager()):
            mine = line.with_user(user)
            with self.assertRaises(AccessError):
                mine.write({"claimable": 1})
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.copy()

    def test_lines_cannot_change_through_the_notice(self):
        notice = self.sent()
        [line] = self.claimed(notice)
        for name in ("line_ids", "claimed_line_ids", "also_due_line_ids"):
            for command in ((1, line.id, {"claimable": 1}), (2, line.id)):
                with self.assertRaises(UserError):
                    notice.with_user(self.clerk).write({name: [command]})
        self.assertEqual(line.claimable, 1000)

    def test_archived_letter_has_its_hash(self):
        notice = self.sent()
        content = notice.document_id.raw
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertEqual(notice.document_sha256, hashlib.sha256(content).hexdigest())

    def test_archived_letter_cannot_be_changed_or_deleted(self):
        document = self.sent().document_id
        for user in (self.clerk, self.manager(), self.env.user):
            mine = document.with_user(user)
            for values in (
                {"raw": b"other"},
                {"datas": "b3RoZXI="},
                {"name": "other.pdf"},
                {"res_model": "res.partner", "res_id": self.customer.id},
                {"mimetype": "text/plain"},
                {"type": "url", "url": "https://example.com"},
                {"public": True},
            ):
                with self.subTest(values), self.assertRaises(UserError):
                    mine.write(values)
            with self.assertRaises(UserError):
                mine.unlink()

    def test_facts_of_the_post_stay_open(self):
        notice = self.sent().with_user(self.clerk)
        notice.write({"registered_number": "2C0123", "posted_on": TODAY})
        self.assertEqual(notice.registered_number, "2C0123")
