from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from .recovery_post_mixin import ELECTRONIC_DAYS, UNDELIVERABLE

SILENCE_DAYS = 10  # posted and not presented: somebody asks the carrier
ADDRESS_ACTIVITY = "l10n_fr_recouvrement.activity_find_address"
SILENCE_ACTIVITY = "l10n_fr_recouvrement.activity_ask_carrier"
# Context key of our own writes: no remote call can carry this very object.
LATER = object()


class RecoveryPostFollow(models.AbstractModel):
    """What follows from what the post says, for many letters at once."""

    _name = "recovery.post.follow"
    _description = "Follow-up of posted letters"

    @api.model
    def _record(self, notices):
        """The facts of these notices changed: their items, states and tasks follow."""
        if self.env.context.get("recovery_post_later") is LATER:
            return
        lost = notices.filtered(
            lambda notice: notice.registered_outcome in UNDELIVERABLE
        )
        self._undelivered(lost.filtered(lambda notice: notice.state != "failed"))
        self._found_again(
            (notices - lost).filtered(
                lambda notice: notice.state == "failed" and notice.presented_on
            )
        )
        self._copy_to_lines(notices)
        answered = notices.filtered("presented_on") | lost
        answered.with_context(mail_activity_quick_update=True).activity_unlink(
            [SILENCE_ACTIVITY]
        )

    @api.model
    def _write_many(self, values):
        """Write what the post says of many letters: {notice: values}."""
        for notice, vals in values.items():
            notice.with_context(recovery_post_later=LATER).write(vals)
        together = self.env["recovery.notice"].union(*values)
        self._record(together)  # once for all

    @api.model
    def _copy_to_lines(self, notices):
        """What the situation reads: the day the level counts from, and a hold."""
        for (presented_on, awaits), group in notices.grouped(
            lambda notice: (notice.presented_on, notice.awaits_post)
        ).items():
            group.line_ids.sudo().write(  # nobody writes lines but the flow
                {"presented_on": presented_on, "awaits_post": awaits}
            )

    @api.model
    def _undelivered(self, notices):
        """They did not reach the debtor; an address is to be found before the next."""
        unknown = notices.filtered(lambda n: n.registered_outcome == "unknown")
        lost_reason = self.env._("The carrier lost the letter")
        (notices - unknown)._fail(lost_reason)
        reason = self.env._("The address is unknown to the post")
        unknown._set_state("failed", failure_reason=reason)
        unknown._write_flow({"address_found_on": False})
        self.env["recovery.collector"]._schedule(
            unknown,
            ADDRESS_ACTIVITY,
            summary=self.env._("Find the address"),
            note=self.env._(
                "The registered letter came back: the address is unknown. Find the new "
                "one, correct the customer, then click “Address found” on the notice."
            ),
        )

    @api.model
    def _found_again(self, notices):
        """The post corrected itself: they were presented after all."""
        notices._set_state("sent", failure_reason=False)
        notices.with_context(mail_activity_quick_update=True).activity_unlink(
            [ADDRESS_ACTIVITY]
        )

    @api.model
    def _cron_follow(self):
        """Each day: letters without news, and electronic ones that nobody claimed."""
        self._close_electronic()
        self._tell_silence()

    @api.model
    def _tell_silence(self):
        """Posted ten days ago and not presented: ask the carrier, once."""
        today = self.env["res.company"]._recovery_today()
        silent = self.env["recovery.notice"].search(
            Domain("posting_state", "=", "posted")
            & Domain("by_registered", "=", True)
            & Domain("posted_on", "<=", today - timedelta(days=SILENCE_DAYS))
            & Domain("post_alert_on", "=", False)
        )
        silent.post_alert_on = today
        self.env["recovery.collector"]._schedule(
            silent,
            SILENCE_ACTIVITY,
            summary=self.env._("Ask the carrier where the letter is"),
            note=self.env._(
                "Posted more than %s days ago and not presented yet. Record what the "
                "carrier says: nothing further is sent for its invoices meanwhile.",
                SILENCE_DAYS,
            ),
        )

    @api.model
    def _close_electronic(self):
        """An electronic letter that was neither accepted nor refused within 15 days,
        counted from the day after it was notified, is unclaimed (CPCE R53-3).
        """
        today = self.env["res.company"]._recovery_today()
        notices = self.env["recovery.notice"].search(
            Domain("state", "in", ("sent", "closed"))
            & Domain("by_electronic", "=", True)
            & Domain("registered_outcome", "=", False)
            & Domain("posted_on", "<", today - timedelta(days=ELECTRONIC_DAYS))
        )
        for posted_on, group in notices.grouped("posted_on").items():
            group.filtered(lambda notice: not notice.presented_on).write(
                {"presented_on": posted_on}
            )
            group.write({"registered_outcome": "unclaimed"})
        self.env["recovery.collector"]._schedule(
            notices,
            "mail.mail_activity_data_todo",
            summary=self.env._("File the proof of the electronic letter"),
            note=self.env._(
                "Nobody accepted it within %s days: it counts as unclaimed. Download "
                "the provider's proof and attach it; if the letter was accepted, "
                "correct the outcome.",
                ELECTRONIC_DAYS,
            ),
        )
