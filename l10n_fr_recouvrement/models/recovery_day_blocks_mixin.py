from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# Icon of each block; `_block_<name>` reads it.
BLOCKS = {
    "calls": "fa-phone",
    "payments": "fa-money",
    "rejected": "fa-undo",
    "replies": "fa-comments-o",
    "promises": "fa-handshake-o",
    "deadlines": "fa-calendar",
    "letters": "fa-envelope-o",
    "bounces": "fa-exclamation-triangle",
    "disputes": "fa-gavel",
}
LINES = 5  # of each block
AHEAD = 7  # days
BROKEN_DAYS = 15  # a broken promise is shown that long
REJECTED_DAYS = 60  # older ones were dealt with before we came
# What our tasks hang on.
DOCUMENTS = ("account.move", "account.payment", "res.partner")


class RecoveryDayBlocksMixin(models.AbstractModel):
    """The blocks of the day of a collector, in the order of the morning."""

    _name = "recovery.day.blocks.mixin"
    _description = "Blocks of the day of a collector"

    @api.model
    def _titles(self):
        """Title of each block."""
        return {
            "calls": self.env._("To call today"),
            "payments": self.env._("Payments received overnight"),
            "rejected": self.env._("Rejected payments"),
            "replies": self.env._("Answers to read"),
            "promises": self.env._("Promises due or broken"),
            "deadlines": self.env._("To do within 7 days"),
            "letters": self.env._("Letters to approve"),
            "bounces": self.env._("Letters that failed"),
            "disputes": self.env._("Late disputes"),
        }

    @api.model
    def _back(self, day, days):
        return day - timedelta(days=days)

    @api.model
    def _block_calls(self, mine):
        """The most urgent debtors: the ledger is read once."""
        debtors = self.env["recovery.debtor"]
        domain = Domain("priority", ">", 0)
        if mine:
            domain &= Domain("collector_id", "in", [self.env.uid, False])
        query = debtors._search(domain, limit=LINES, order=debtors._order)
        rows = self.env.execute_query(
            query.select(
                "id", SQL("COUNT(*) OVER ()"), SQL("SUM(claimable_company) OVER ()")
            )
        )
        debtors.invalidate_model(flush=False)
        shown = debtors.browse(row[0] for row in rows)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_debtor_action"
        )
        filters = {"search_default_to_call": 1, "recovery_show_policy": True}
        return {
            "count": rows[0][1] if rows else 0,
            "amount": self._money({shown.company_currency_id[:1]: rows[0][2]})
            if rows
            else "",
            "action": action
            | {"context": filters, "domain": list(domain) if mine else []},
            "lines": [self._line(one, one.reason, one.claimable) for one in shown],
        }

    @api.model
    def _block_payments(self, mine):
        """Money on the customers' accounts since the last working day."""
        block, lines = self._of_records(
            "account.move.line",
            [
                ("date", ">=", self._since()),
                ("account_id.account_type", "=", "asset_receivable"),
                ("account_id.non_trade", "=", False),
                ("parent_state", "=", "posted"),
                ("journal_id.type", "in", ("bank", "cash")),
                ("balance", "<", 0),
                ("partner_id", "!=", False),
            ],
            mine,
            "amount_currency",
            sign=-1,
        )
        words = {True: self.env._("allocated"), False: self.env._("to allocate")}
        return block | {
            "lines": [
                self._line(
                    line,
                    words[bool(line.reconciled)],
                    -line.amount_currency,
                    model="account.move",
                    id=line.move_id.id,
                )
                for line in lines
            ]
        }

    @api.model
    def _block_rejected(self, mine):
        """Payments that came back: those that nobody dealt with have a button."""
        today = self.env.company._recovery_today()
        waiting = Domain("recovery_rejected_on", "=", False) & Domain(
            "date", ">=", self._back(today, REJECTED_DAYS)
        )
        block, payments = self._of_records(
            "account.payment",
            Domain("state", "=", "rejected")
            & Domain("payment_type", "=", "inbound")
            & (waiting | Domain("recovery_rejected_on", ">=", self._since())),
            mine,
        )
        return block | {
            "lines": [
                self._line(
                    payment,
                    payment._recovery_rejection() or self._day(payment.date),
                    payment.amount,
                    button=not payment.recovery_rejected_on
                    and {
                        "name": "action_recovery_reject",
                        "label": self.env._("Deal with it"),
                    },
                )
                for payment in payments
            ]
        }

    @api.model
    def _block_replies(self, mine):
        """What customers wrote back and nobody has read."""
        block, replies = self._of_records(
            "recovery.reply", [("state", "=", "unread")], mine, amount=None
        )
        return block | {
            "lines": [
                self._line(
                    reply, reply.excerpt, None, date=self._day(reply.date.date())
                )
                for reply in replies
            ]
        }

    @api.model
    def _block_promises(self, mine):
        """Promises whose day has come, and those that were broken lately."""
        today = self.env.company._recovery_today()
        due = Domain("state", "=", "open") & Domain("date", "<=", today)
        broken = Domain("state", "=", "broken")
        broken &= Domain("until", ">=", self._back(today, BROKEN_DAYS))
        block, promises = self._of_records("recovery.promise", due | broken, mine)
        return block | {
            "lines": [
                self._line(
                    promise,
                    self.env._(
                        "%(state)s, promised for %(day)s",
                        state=self._state(promise),
                        day=self._day(promise.date),
                    ),
                    promise.amount,
                )
                for promise in promises
            ]
        }

    @api.model
    def _state(self, record):
        return dict(record._fields["state"]._description_selection(self.env))[
            record.state
        ]

    @api.model
    def _block_deadlines(self, mine):
        """Tasks of the coming week, those of colleagues whom I stand in for too."""
        today = self.env.company._recovery_today()
        domain = (
            Domain("date_deadline", "<=", self._back(today, -AHEAD))
            & Domain("res_id", "!=", False)
            & (
                Domain("res_model", "in", DOCUMENTS)
                | Domain("res_model", "=like", "recovery.%")
            )
        )
        if mine:
            users = self.env.user | self.env["recovery.collector"]._away(self.env.user)
            domain &= Domain("user_id", "in", users.ids)
        activities = self.env["mail.activity"]
        order = "date_deadline, id"
        found = activities.search(domain, limit=LINES, order=order)
        return {
            "count": activities.search_count(domain),
            "amount": "",
            "action": self._list("mail.activity", domain),
            "lines": [
                {
                    "model": one.res_model,
                    "id": one.res_id,
                    "title": one.res_name or "",
                    "text": one.summary or one.activity_type_id.name or "",
                    "amount": self._day(one.date_deadline),
                    "late": one.date_deadline < today,
                }
                for one in found
            ],
        }

    @api.model
    def _block_letters(self, mine):
        return self._notices(mine, "draft")

    @api.model
    def _block_bounces(self, mine):
        return self._notices(mine, "failed")

    @api.model
    def _notices(self, mine, state):
        block, notices = self._of_records(
            "recovery.notice", [("state", "=", state)], mine, "total"
        )
        labels = dict(notices._fields["letter"]._description_selection(self.env))
        return block | {
            "lines": [
                self._line(
                    notice,
                    notice.failure_reason
                    if state == "failed"
                    else notice.level_id.name or labels.get(notice.letter),
                    notice.total,
                )
                for notice in notices
            ]
        }

    @api.model
    def _block_disputes(self, mine):
        """Disputes whose answer is late."""
        today = self.env.company._recovery_today()
        block, disputes = self._of_records(
            "recovery.dispute",
            [
                ("state", "=", "open"),
                ("deadline", "<", today),
            ],
            mine,
        )
        return block | {
            "lines": [
                self._line(
                    dispute,
                    self.env._(
                        "%(invoice)s, to answer by %(day)s",
                        invoice=dispute.move_id.name,
                        day=self._day(dispute.deadline),
                    ),
                    dispute.amount,
                )
                for dispute in disputes
            ]
        }
