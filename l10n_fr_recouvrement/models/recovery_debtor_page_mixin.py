from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

SHOWN = 20  # newest notices and answers; the others are one click away


class RecoveryDebtorPageMixin(models.AbstractModel):
    """The page of a debtor: all that a collector needs during a call.

    Each list is one query, however many rows and items.
    """

    _name = "recovery.debtor.page.mixin"
    _description = "Page of a debtor"

    reason = fields.Char("Why", compute="_compute_reason")
    item_ids = fields.Many2many(
        comodel_name="recovery.situation", string="Debts", compute="_compute_items"
    )
    credit_ids = fields.Many2many(
        comodel_name="recovery.situation",
        string="Credits to allocate",
        compute="_compute_items",
    )
    notice_ids = fields.Many2many(
        comodel_name="recovery.notice", compute="_compute_history"
    )
    notice_count = fields.Integer(compute="_compute_history")
    promise_ids = fields.Many2many(
        comodel_name="recovery.promise", compute="_compute_history"
    )
    dispute_ids = fields.Many2many(
        comodel_name="recovery.dispute", compute="_compute_history"
    )
    pause_ids = fields.Many2many(
        comodel_name="recovery.pause", compute="_compute_history"
    )
    plan_ids = fields.Many2many(
        comodel_name="recovery.plan", compute="_compute_history"
    )
    reply_ids = fields.Many2many(
        comodel_name="recovery.reply",
        string="Answers to read",
        compute="_compute_history",
    )
    people_ids = fields.Many2many(
        comodel_name="res.partner", string="Contacts", compute="_compute_people"
    )
    answer_ids = fields.Many2many(
        comodel_name="mail.message", string="Last answers", compute="_compute_answers"
    )
    activity_ids = fields.Many2many(
        comodel_name="mail.activity", string="To do", compute="_compute_activities"
    )

    def _key(self):
        """What the lists are grouped by."""
        return self.company_id, self.partner_id

    @api.depends("status", "late_count", "days_late", "next_level_id", "next_date")
    @api.depends_context("recovery_date", "lang")
    def _compute_reason(self):
        """Why call, in a few words."""
        broken = self._gather("recovery.promise", [("state", "=", "broken")])
        for debtor in self:
            promises = broken.get(debtor._key(), self.env["recovery.promise"])
            parts = (
                debtor._reason_step(),
                debtor._reason_late(),
                debtor._reason_broken(promises),
            )
            text = ", ".join(filter(None, parts))
            debtor.reason = text[:1].upper() + text[1:]

    def _reason_step(self):
        """The next step, or what stands in its way."""
        if self.status == "waiting" and self.pending_count:
            return self.env._("a notice has not left yet")
        day = self.next_date and format_date(self.env, self.next_date)
        if self.status in ("due", "waiting") and self.next_level_id:
            name = self.next_level_id.name
            if self.status == "due":
                return self.env._("“%(step)s” since %(day)s", step=name, day=day)
            return self.env._("“%(step)s” on %(day)s", step=name, day=day)
        if self.status == "waiting":
            return self.env._("no further step: decide what comes next")
        labels = dict(self._fields["status"]._description_selection(self.env))
        return labels.get(self.status)

    def _reason_late(self):
        if self.late_count > 1:
            return self.env._(
                "%(count)s late items, the oldest by %(days)s days",
                count=self.late_count,
                days=self.days_late,
            )
        return self.late_count and self.env._("late by %s days", self.days_late)

    def _reason_broken(self, promises):
        if not promises:
            return ""
        day = format_date(self.env, max(promises.mapped("date")))
        return self.env._("promise of %s broken", day)

    @api.depends("partner_id", "company_id", "currency_id")
    @api.depends_context("recovery_date")
    def _compute_items(self):
        situation = self.env["recovery.situation"]._scoped(debtors=self.partner_id.ids)
        rows = situation.search_fetch([("partner_id", "in", self.partner_id.ids)])
        groups = rows.with_env(self.env).grouped(
            lambda row: (row.company_id, row.partner_id, row.currency_id)
        )
        for debtor in self:
            own = groups.get((*debtor._key(), debtor.currency_id), rows.browse())
            debtor.item_ids = own.filtered(lambda row: row.residual > 0)
            debtor.credit_ids = own.filtered(lambda row: row.residual < 0)

    def _gather(self, model, domain):
        """Records of these debtors, the newest first: {(company, customer): records}"""
        found = self.env[model].search(
            Domain("partner_id.commercial_partner_id", "in", self.partner_id.ids)
            & Domain("company_id", "in", self.company_id.ids)
            & Domain(domain)
        )
        return found.grouped(
            lambda one: (one.company_id, one.partner_id.commercial_partner_id)
        )

    @api.depends("partner_id", "company_id")
    def _compute_history(self):
        today = self.env["recovery.situation"]._date()
        found = {
            name: self._gather(f"recovery.{name.removesuffix('_ids')}", domain)
            for name, domain in (
                ("notice_ids", [("state", "!=", "cancelled")]),
                ("promise_ids", [("state", "in", ("open", "broken"))]),
                ("dispute_ids", []),
                ("pause_ids", [("until", ">=", today)]),
                ("plan_ids", [("state", "!=", "cancelled")]),
                ("reply_ids", [("state", "=", "unread")]),
            )
        }
        for debtor in self:
            for name, groups in found.items():
                debtor[name] = groups.get(debtor._key(), debtor[name].browse())
            debtor.notice_count = len(debtor.notice_ids)
            debtor.notice_ids = debtor.notice_ids[:SHOWN]

    @api.depends("partner_id", "contact_id")
    def _compute_people(self):
        """Who can be called: the customer and its contacts, who is written to first."""
        people = self.env["res.partner"].search(
            Domain("commercial_partner_id", "in", self.partner_id.ids)
            & Domain("type", "!=", "delivery")
        )
        groups = people.grouped("commercial_partner_id")
        for debtor in self:
            own = groups.get(debtor.partner_id, people.browse())
            own = own.sorted(lambda one: (not one.phone, one.id))
            debtor.people_ids = (debtor.contact_id & own) | own

    @api.depends("partner_id", "company_id", "notice_ids")
    def _compute_answers(self):
        """What the customer said, kept on the customer and on its notices."""
        messages = self.env["mail.message"].search(
            Domain("subtype_id", "=", self.env.ref("l10n_fr_recouvrement.mt_answer").id)
            & Domain("record_company_id", "in", [*self.company_id.ids, False])
            & self._documents("model"),
            order="id desc",
        )
        for debtor in self:
            debtor.answer_ids = messages.filtered(
                lambda message, own=debtor: message.record_company_id
                in (own.company_id, own.company_id.browse())
                and own._holds(message.model, message.res_id)
            )[:SHOWN]

    @api.depends("partner_id", "notice_ids")
    def _compute_activities(self):
        activities = self.env["mail.activity"].search(
            self._documents("res_model"), order="date_deadline, id"
        )
        for debtor in self:
            debtor.activity_ids = activities.filtered(
                lambda one, own=debtor: own._holds(one.res_model, one.res_id)
            )

    def _documents(self, model):
        """Domain of what hangs on these customers and on their notices."""
        return Domain.OR(
            Domain(model, "=", records._name) & Domain("res_id", "in", records.ids)
            for records in (self.partner_id, self.notice_ids)
        )

    def _holds(self, model, res_id):
        if model == "res.partner":
            return res_id == self.partner_id.id
        return res_id in self.notice_ids.ids

    def action_payment_plan(self):
        """Propose a plan of what is overdue."""
        self.ensure_one()
        return self.partner_id.with_company(self.company_id).action_recovery_plan()

    def action_appointment(self):
        """Make an appointment, confirmed in writing if wanted."""
        self.ensure_one()
        return self.env["recovery.appointment"]._action(self)

    def action_notices(self):
        """All notices to this customer."""
        self.ensure_one()
        return self.partner_id.action_recovery_notices()
