from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .recovery_post_follow import ADDRESS_ACTIVITY
from .vocabulary import POSTED

GONE = ("failed", "cancelled")  # nothing of these is posted


class RecoveryPostFlowMixin(models.AbstractModel):
    """What a collector does with letters by post."""

    _name = "recovery.post.flow.mixin"
    _description = "Posting of letters: actions"

    def write(self, vals):
        # EXTENDS 'recovery.notice': proofs are added, never taken away
        proofs = {}
        if "proof_ids" in vals:
            proofs = {n: n.proof_ids for n in self if n.state in POSTED}
        written = super().write(vals)
        if removed := [n for n, before in proofs.items() if before - n.proof_ids]:
            raise UserError(
                self.env._(
                    "Notice %s was sent: its proofs can be added to, not taken away.",
                    removed[0].name,
                )
            )
        return written

    def action_post_batch(self):
        """Print and post these letters together."""
        self._check_to_post()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Print and post"),
            "res_model": "recovery.post.batch",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_notice_ids": self.ids},
        }

    def _check_to_post(self):
        """:raises UserError: nothing to post here; the message says what to do"""
        letters = self.filtered(
            lambda n: (n.by_letter or n.by_registered or n.by_electronic)
            and n.state not in GONE
        )
        if not letters:
            raise UserError(self.env._("None of these notices goes by post."))
        unsent = letters.filtered(lambda notice: notice.state not in ("sent", "closed"))
        if unsent:
            raise UserError(
                self.env._(
                    "Notice %s has not been sent: approve it and send it first, then "
                    "print and post it.",
                    unsent[0].name,
                )
            )

    def _mark_posted(self, day):
        """These letters were handed to the carrier on a day; printed at the latest."""
        self._check_to_post()
        not_printed = self.filtered(lambda notice: not notice.printed_at)
        not_printed._write_flow({"printed_at": fields.Datetime.now()})
        self.filtered(lambda notice: not notice.posted_on).write({"posted_on": day})

    def action_address_found(self):
        """The address was corrected: the level may be sent again."""
        waiting = self.filtered(
            lambda n: n.registered_outcome == "unknown" and not n.address_found_on
        )
        if not waiting:
            raise UserError(self.env._("No address is to be found here."))
        waiting._write_flow(
            {"address_found_on": self.env["res.company"]._recovery_today()}
        )
        self.env["recovery.post.follow"]._copy_to_lines(waiting)
        waiting.activity_feedback([ADDRESS_ACTIVITY])

    @api.constrains("by_electronic")
    def _check_electronic(self):
        for notice in self.filtered("by_electronic"):
            if not notice._may_be_electronic():
                raise ValidationError(notice.partner_id._recovery_consent_missing())

    def _may_be_electronic(self):
        kind = self.debtor_kind or self.partner_id.recovery_debtor_kind
        return self.partner_id._recovery_accepts_electronic(kind)

    @api.constrains("proof_ids")
    def _check_proofs(self):
        """Only what belongs to notices is guarded as their proof."""
        foreign = self.proof_ids.sudo().filtered(  # whoever filed them
            lambda proof: proof.res_model != "recovery.notice"
        )
        if foreign:
            raise ValidationError(
                self.env._(
                    "“%s” is filed elsewhere: add the file on the notice itself.",
                    foreign[0].name,
                )
            )
