import logging

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..law.rates import MissingRate
from .access import FLOW
from .recovery_plan import RUNNING
from .vocabulary import NO_PLAN

_logger = logging.getLogger(__name__)
ACTIVITY = "l10n_fr_recouvrement.mail_activity_type_plan"


class RecoveryPlan(models.Model):
    """The life of a payment plan; each step works on many plans at once."""

    _inherit = "recovery.plan"

    def _write_flow(self, vals):
        """Write what only the life of a plan may write."""
        self.with_context(recovery_flow=FLOW, tracking_disable=True).write(vals)

    def _check_state(self, *states):
        """:raises UserError: the plan is not in one of these states"""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for plan in self:
            if plan.state not in states:
                raise UserError(
                    self.env._(
                        "Plan %(number)s is “%(state)s”: this is not possible.",
                        number=plan.name,
                        state=labels[plan.state],
                    )
                )

    def _day(self, day):
        return format_date(self.env, day)

    def _log_all(self, sentence):
        self._message_log_batch(dict.fromkeys(self.ids, sentence))

    def action_offer(self):
        """The plan is put to the debtor: from here on it is evidence."""
        self._check_state("draft")
        self._check_waiver()
        for plan in self:
            plan._check_schedule()
            plan._check_situations(*NO_PLAN)
        self.with_context(recovery_flow=FLOW).invoice_ids._refresh_residual()
        self._write_flow({"state": "offered"})
        self._archive_offer()
        self._log_all(self.env._("Plan offered."))

    def _check_schedule(self):
        """:raises UserError: the instalments do not make up the principal"""
        if not self.invoice_ids or not self.line_ids:
            raise UserError(self.env._("A plan needs invoices and instalments."))
        total = sum(self.line_ids.mapped("amount"))
        if self.currency_id.compare_amounts(total, self.principal):
            raise UserError(
                self.env._(
                    "The instalments make %(total)s but the invoices %(principal)s: "
                    "correct the last instalment.",
                    total=self.currency_id.format(total),
                    principal=self.currency_id.format(self.principal),
                )
            )
        if min(self.line_ids.mapped("date")) < self.date:
            raise UserError(
                self.env._("No instalment can fall before the day of the plan.")
            )

    def _check_situations(self, *statuses):
        """:raises UserError: an invoice of the plan may not be claimed, and why"""
        moves = self.invoice_ids.move_id
        if sentence := self.env["recovery.plan.guard"]._refusal(moves, statuses):
            raise UserError(sentence)

    def _start(self):
        """The offer was accepted; a plan that it replaces ends."""
        self.previous_id.filtered(lambda plan: plan.state in RUNNING)._close(
            "renegotiated", self.env._("Replaced by plan %s.", self.name)
        )
        self._write_flow({"state": "active"})
        self._log_all(self.env._("Plan accepted: it is in force."))

    def action_cancel(self):
        """Give the plan up: what it suspended goes on as if there were none."""
        self._check_state("draft", "offered", *RUNNING)
        self._close("cancelled", self.env._("Plan cancelled."))

    def action_renegotiate(self):
        """Negotiate a plan that replaces this one once it is accepted."""
        self.ensure_one()
        self._check_state(*RUNNING, "accelerated")
        moves = self.invoice_ids.move_id.filtered("amount_residual")
        action = self.env["recovery.plan.wizard"]._open(moves)
        return action | {
            "context": action["context"] | {"default_previous_id": self.id}
        }

    def _close(self, state, sentence):
        """End plans: what was paid until then is kept with them."""
        if not self:
            return
        self.env.flush_all()
        paid = self.env["recovery.plan.progress"]._paid(
            SQL("plan.id = ANY(%s)", self.ids)
        )
        self.env.cr.execute(
            SQL(
                "UPDATE recovery_plan SET closed_paid = paid.paid FROM (%s) AS paid"
                " WHERE paid.plan_id = recovery_plan.id",
                paid,
            )
        )
        self.invalidate_recordset(flush=False)
        self.notice_ids._withdraw(sentence)
        self._write_flow({"state": state, "closed_on": self._today()})
        self.activity_unlink([ACTIVITY])
        self._log_all(sentence)

    @api.model
    def _today(self):
        return self.env["recovery.query"]._date()

    def _keep(self):
        """All is paid: what was to be waived is, by a manager's earlier decision."""
        waived = self.filtered(lambda plan: plan.penalties == "waived")
        try:
            with self.env.cr.savepoint():
                self.env["recovery.plan.interest"]._waive(waived)
        except MissingRate as error:
            _logger.warning("Plans wait for a rate before they end: %s", error)
            return (self - waived)._keep()
        return self._close("kept", self.env._("All instalments are paid."))

    def _reopen(self):
        """A payment was undone: the plan is in force again, and what it gave up when it
        was respected is not given up any more.
        """
        waived = self.env["recovery.charge"].search(
            [("plan_id", "in", self.ids), ("state", "=", "waived")]
        )
        waived._flow("cancelled")
        self._write_flow({"state": "active", "closed_on": False, "defaulted_on": False})
        self._log_all(self.env._("A payment was undone: the plan is in force again."))

    def _default(self):
        """An instalment was missed: the collector decides on the formal notice."""
        if not self:
            return
        self._write_flow({"state": "default", "defaulted_on": self._today()})
        self._log_all(self.env._("An instalment was missed."))
        for company, plans in self.grouped("company_id").items():
            plans.partner_id._recovery_signal(company, "plan")
        self.env["recovery.collector"]._schedule(
            self, ACTIVITY, summary=self.env._("Instalment missed: formal notice?")
        )

    def _cure(self):
        """The missed instalments were paid in time: the plan goes on."""
        if not self:
            return
        sentence = self.env._("The missed instalments were paid.")
        self.notice_ids._withdraw(sentence)
        self._write_flow({"state": "active", "defaulted_on": False})
        self.activity_unlink([ACTIVITY])
        self._log_all(sentence)

    def _accelerate(self):
        """The rest is due and reminded again; suspended interest revives, that of the
        plans that this one replaced too.
        """
        if not self:
            return
        self._close(
            "accelerated", self.env._("The formal notice was not cured: all is due.")
        )
        replaced = self.previous_id
        while replaced:
            replaced._write_flow({"revived": True})
            replaced = replaced.previous_id
