from odoo import fields, models
from odoo.exceptions import UserError

ANSWER_DAYS = 8  # a fresh time to pay after our answer
ACTIVITY = "l10n_fr_recouvrement.mail_activity_type_dispute"
CREDIT_ACTIVITY = "l10n_fr_recouvrement.mail_activity_type_credit"


class RecoveryDispute(models.Model):
    """The life of a dispute: opened, answered, ended."""

    _inherit = "recovery.dispute"

    def _check_state(self, *states):
        """:raises UserError: the dispute is not in one of these states"""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for dispute in self:
            if dispute.state not in states:
                raise UserError(
                    self.env._(
                        "The dispute on %(invoice)s is “%(state)s”: this is not "
                        "possible any more.",
                        invoice=dispute.move_id.name,
                        state=labels[dispute.state],
                    )
                )

    def _plan_activities(self):
        """The plan of the reason, else one activity: to answer in time."""
        for plan, disputes in self.grouped(
            lambda dispute: dispute.reason_id.activity_plan_id
        ).items():
            if plan:
                disputes._launch(plan)
            else:
                disputes._ask(ACTIVITY, self.env._("Answer the dispute"))

    def _launch(self, plan):
        """Start an activity plan of the house on each dispute."""
        for dispute in self:
            schedule = self.env["mail.activity.schedule"].with_context(
                active_model=dispute._name, active_ids=dispute.ids
            )
            schedule.create(
                {
                    "plan_id": plan.id,
                    "plan_date": dispute.opened_on,
                    "plan_on_demand_user_id": dispute._asked().id,
                }
            ).action_schedule_plan()

    def _ask(self, activity_type, summary):
        """One activity for the responsible of each dispute, at its deadline."""
        self.mapped("display_name")  # at once: each activity would ask for its own
        groups = self.with_context(mail_activity_quick_update=True).grouped(
            lambda dispute: (dispute.deadline, dispute._asked())
        )
        for (deadline, user), disputes in groups.items():
            disputes.activity_schedule(
                activity_type, date_deadline=deadline, summary=summary, user_id=user.id
            )

    def _asked(self):
        return self.user_id or self._in_charge() or self.env.user

    def action_founded(self):
        """The customer is right: what is contested waits for its credit note."""
        self._check_state("open")
        for line in self.line_ids:
            line.conceded = line.amount
        self._conclude("founded")
        return self._credit_action()

    def action_settled(self):
        """A partial agreement: a credit note for what is conceded, the rest is due."""
        self._check_state("open")
        self._conclude("settled")
        return self._credit_action()

    def action_unfounded(self):
        """The customer is wrong: eight more days to pay, then the reminders go on."""
        self._check_state("open")
        self.line_ids.conceded = 0
        self._conclude("unfounded")
        for dispute in self:
            today = dispute.company_id._recovery_today()
            dispute._grant(fields.Date.add(today, days=ANSWER_DAYS))

    def _conclude(self, state):
        """End disputes; where something is conceded, once its credit note is there."""
        today = self.env["res.company"]._recovery_today()
        self.activity_ids.sudo().unlink()  # whoever they were for
        waiting = self.filtered("conceded")
        (self - waiting).write({"state": state, "closed_on": today})
        waiting.write({"state": state})
        waiting._ask(CREDIT_ACTIVITY, self.env._("Make the credit note"))

    def _reopen(self, state):
        """Disputes run again in the state that payments or credit notes had ended."""
        self.with_context(tracking_disable=True).write(
            {"state": state, "ended_from": False, "closed_on": False}
        )
        sentence = self.env._(
            "The payment or credit note that ended it was undone: it is open again."
        )
        self._message_log_batch(dict.fromkeys(self.ids, sentence))
        if state == "open":
            self._ask(ACTIVITY, self.env._("Payment undone: answer the dispute"))
        else:
            self._ask(CREDIT_ACTIVITY, self.env._("Make the credit note"))

    def action_credit(self):
        """Make the credit note that is still due.

        :raises UserError: nothing is conceded, or it is credited already
        """
        self._check_state("founded", "settled")
        if self.closed_on or not self.conceded:
            raise UserError(self.env._("No credit note is due for this dispute."))
        return self._credit_action()

    def _credit_action(self):
        """Core's dialog for credit notes, of what is conceded; nothing for several."""
        moves = self.line_ids.filtered("conceded").move_id
        if len(self) != 1 or not moves:
            return None
        action = self.env["ir.actions.actions"]._for_xml_id(
            "account.action_view_account_move_reversal"
        )
        context = {
            "active_model": "account.move",
            "active_ids": moves.ids,
            "default_reason": self.reason_id.name or self.env._("Dispute"),
            "default_recovery_dispute_id": self.id,
        }
        return action | {"context": context}

    def action_answer_in_writing(self):
        """Tell the customer why the dispute is unfounded: eight more days to pay."""
        self.ensure_one()
        if self.state != "unfounded":
            raise UserError(self.env._("Close the dispute as unfounded first."))
        if not (self.answer or "").strip():
            raise UserError(
                self.env._(
                    "Say in “Our answer” why the customer is wrong: it is printed."
                )
            )
        occasion = self.env["recovery.occasion"]
        notice = occasion._write_letter(
            "unfounded",
            self.partner_id,
            self.company_id,
            self.line_ids.move_id,
            granted_days=ANSWER_DAYS,
            facts=self._answer_facts(),
        )
        self._grant(notice.deadline)
        return occasion._open(notice)

    def _answer_facts(self):
        return {
            "disputed_on": self.opened_on.isoformat(),
            "disputed_amount": self.amount,
            "dispute_answer": self.answer.strip(),
        }

    def _grant(self, until):
        """Nothing more is sent on these invoices before the days are over."""
        self.ensure_one()
        if self.granted_until and self.granted_until >= until:
            return
        self.granted_until = until
        self.env["recovery.pause"].create(
            [
                {
                    "company_id": self.company_id.id,
                    "partner_id": self.partner_id.id,
                    "move_id": move.id,
                    "until": until,
                    "reason": self.env._("Time to pay after our answer to the dispute"),
                }
                for move in self.line_ids.move_id
            ]
        )
