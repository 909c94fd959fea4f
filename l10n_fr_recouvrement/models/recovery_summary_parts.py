from odoo import api, models

from .access import COLLECTOR

# Bootstrap colours of statuses and states; the others are grey.
TONES = {
    "due": "primary",
    "no_address": "danger",
    "unconfirmed_kind": "danger",
    "no_policy": "danger",
    "bank_late": "danger",
    "disputed": "warning",
    "plan": "warning",
    "promise": "warning",
    "paused": "warning",
    "reply": "danger",
    "objection": "warning",
    "asked": "warning",
    "covered": "success",
    "nothing_due": "success",
    "draft": "primary",
    "ready": "info",
    "sending": "info",
    "to_print": "warning",
    "to_post": "warning",
    "sent": "success",
    "to_check": "warning",
    "failed": "danger",
    "open": "warning",
    "founded": "danger",
    "unfounded": "success",
    "settled": "success",
    "paid": "success",
    "kept": "success",
    "broken": "danger",
}
# Actions that open a form to fill in.
NEW = "l10n_fr_recouvrement.recovery_%s_new_action"
ASSIGN = "l10n_fr_recouvrement.recovery_level_assign_action"


class RecoverySummary(models.AbstractModel):
    """What can be done about an invoice, and what was done."""

    _inherit = "recovery.summary"

    @api.model
    def _state(self, record, name):
        """Value, label and colour of a selection; None where it is empty."""
        value = record[name]
        labels = dict(record._fields[name]._description_selection(self.env))
        return value and {
            "value": value,
            "label": labels[value],
            "tone": TONES.get(value, "secondary"),
        }

    @api.model
    def _actions(self, move, item):
        """Buttons of the page; those that settle something at once stand out."""
        if not self.env.user.has_group(COLLECTOR):
            return []
        buttons = [
            *(("primary", *button) for button in self._methods(item)),
            *(("secondary", *button) for button in self._dialogs(move, item)),
            *(("secondary", *button) for button in self._documents(move, item)),
            ("link", *self._treatment()),
        ]
        names = ("tone", "name", "type", "label", "context")
        return [dict(zip(names, button, strict=True)) for button in buttons]

    @api.model
    def _methods(self, item):
        """Buttons that call a method of the invoice."""
        if self._may_remind(item):
            label = self.env._("Remind now")
            yield "action_recovery_remind", "object", label, {}
        if item.status == "bank_late":
            label = self.env._("The bank is up to date")
            yield "action_recovery_confirm_bank", "object", label, {}
        if item.status == "not_invoice":
            label = self.env._("Include in the reminders")
            yield "action_recovery_include", "object", label, {}

    @api.model
    def _may_remind(self, item):
        return (
            item.status in ("due", "waiting")
            and item.days_late > 0
            and bool(item.next_level_id)
        )

    @api.model
    def _dialogs(self, move, item):
        """Buttons that open a form to fill in: what suspends the reminders."""
        if not item or move.move_type != "out_invoice" or item.status == "nothing_due":
            return
        customer = {
            "default_company_id": move.company_id.id,
            "default_partner_id": move.commercial_partner_id.id,
        }
        promise = customer | {
            "default_move_ids": [(4, move.id)],
            "default_currency_id": move.currency_id.id,
            "default_amount": move.amount_residual,
        }
        dispute, pause = {"default_move_id": move.id}, {"default_move_id": move.id}
        yield NEW % "promise", "action", self.env._("Promise"), promise
        yield NEW % "dispute", "action", self.env._("Open a dispute"), dispute
        yield NEW % "pause", "action", self.env._("Pause"), customer | pause
        debts = move._recovery_debts().filtered(lambda debt: not debt.reconciled)
        level = {"default_item_ids": [(6, 0, debts.ids)]}
        yield ASSIGN, "action", self.env._("Change the level"), level

    @api.model
    def _documents(self, move, item):
        """Buttons that write a letter about an open debit note of penalties."""
        if item and move._recovery_is_penalty_note():
            label = self.env._("Cover letter")
            yield "action_recovery_debit_cover", "object", label, {}

    @api.model
    def _treatment(self):
        """The button to what is set for the invoice alone."""
        label = self.env._("Change the treatment")
        return "action_recovery_treatment", "object", label, {}

    @api.model
    def _histories(self, move):
        """What happened to this invoice: notices, disputes, promises; the newest first.

        Who may read the invoice but not these lists sees none.
        """
        histories = [
            ("recovery.notice", self.env._("Notices sent"), self._notices(move)),
            ("recovery.dispute", self.env._("Disputes"), self._disputes(move)),
            ("recovery.promise", self.env._("Promises"), self._promises(move)),
        ]
        return [
            {"model": model, "title": title, "rows": rows}
            for model, title, rows in histories
            if rows
        ]

    @api.model
    def _readable(self, model_name, domain):
        model = self.env[model_name]
        return model.search(domain) if model.has_access("read") else model

    @api.model
    def _notices(self, move):
        domain = [("line_ids.move_id", "=", move.id), ("line_ids.kind", "=", "claimed")]
        return [
            self._event(notice, notice.date, "display_state", amount)
            | {"label": f"{notice.name} – {notice.level_id.name}"}
            for notice in self._readable("recovery.notice", domain)
            if (amount := self._claimed(notice, move)) is not None
        ]

    @api.model
    def _claimed(self, notice, move):
        """What the notice claimed of this invoice, None where it claimed nothing."""
        lines = notice.line_ids.filtered(
            lambda line: line.move_id == move and line.kind == "claimed"
        )
        return sum(lines.mapped("claimable")) if lines else None

    @api.model
    def _disputes(self, move):
        return [
            self._event(dispute, dispute.opened_on, "state", dispute.amount)
            | {"label": dispute.description}
            for dispute in self._readable(
                "recovery.dispute", [("line_ids.move_id", "=", move.id)]
            )
        ]

    @api.model
    def _promises(self, move):
        """Those that name the invoice; the customer's page has those for all."""
        return [
            self._event(promise, promise.date, "state", promise.amount)
            | {"label": promise.note or self.env._("Promise to pay")}
            for promise in self._readable(
                "recovery.promise", [("move_ids", "in", move.ids)]
            )
        ]

    @api.model
    def _event(self, record, day, state_field, amount):
        return {
            "id": record.id,
            "day": self._day(day),
            "state": self._state(record, state_field),
            "amount": amount,
            "currency_id": record.currency_id.id,
        }
