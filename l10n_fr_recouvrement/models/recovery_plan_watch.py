from odoo import api, models
from odoo.tools import SQL, get_lang, split_every

from .bulk import in_batches, locked, undone_since
from .recovery_plan import LIVE_PLANS, RUNNING

MAILS = 50
TEMPLATE = "l10n_fr_recouvrement.mail_template_plan_line"


class RecoveryPlanWatch(models.AbstractModel):
    """Looks each night at the plans in force: paid, missed, cured or broken; then at
    the respected ones, whose payments may have been undone; reminds the instalments to
    come. Set-based: as many queries for many plans as for few.
    """

    _name = "recovery.plan.watch"
    _description = "Watch of payment plans"

    @api.model
    def _cron_watch(self):
        """Scheduled action: all plans in force, a commit after each batch."""
        lang = get_lang(self.env, self.env.company.partner_id.lang).code
        self.with_context(lang=lang)._watch()  # a job has no language

    @api.model
    def _watch(self):
        plans = self.env["recovery.plan"]
        kept = [("state", "=", "kept"), ("closed_on", ">=", undone_since(self.env))]
        running = [("state", "in", RUNNING)]
        if in_batches(plans, running, self._settle) and in_batches(
            plans, kept, self._reopen
        ):
            self._remind()

    @api.model
    def _reopen(self, plans):
        """Put respected plans in force again that are not paid any more: the bank
        rejected a payment, or it was undone; unless another plan took an invoice over.
        """
        plans = locked(plans, "kept")
        rows = self.env["recovery.plan.progress"]._summary(plans.ids)
        undone = plans.filtered(lambda plan: not rows[plan.id]["settled"])
        taken = self.env["recovery.plan.invoice"].search(
            [
                ("move_id", "in", undone.invoice_ids.move_id.ids),
                ("plan_id.state", "in", LIVE_PLANS),
            ]
        )
        undone = undone.filtered(
            lambda plan: not plan.invoice_ids.move_id & taken.move_id
        )
        if undone:
            undone._reopen()
            self._settle(undone)

    @api.model
    def _settle(self, plans):
        """Move plans to where the payments have brought them."""
        plans = locked(plans, *RUNNING)
        rows = self.env["recovery.plan.progress"]._summary(plans.ids)
        groups = plans.grouped(lambda plan: self._step(plan, rows.get(plan.id)))
        for step in ("_keep", "_default", "_cure", "_accelerate"):
            if step in groups:
                getattr(groups[step], step)()

    @api.model
    def _step(self, plan, row):
        """Name of what happens to a plan tonight, or None."""
        if row is None:
            return None
        if row["settled"]:
            return "_keep"
        if not row["missed"]:
            return "_cure" if plan.state == "default" else None
        if plan.state == "active":
            return "_default"
        today = self.env["recovery.query"]._date()
        return "_accelerate" if plan.cure_until and plan.cure_until < today else None

    @api.model
    def _remind(self):
        """Announce the instalments to come; the mark and the mail go together, so that
        nobody is written to twice.
        """
        sender = self.env["recovery.sender"]
        ids = self._to_remind()
        left = len(ids)
        for batch in split_every(MAILS, ids, list):
            self._announce(self.env["recovery.plan.line"].browse(batch))
            left -= len(batch)
            if not sender._commit(len(batch), left):
                return

    @api.model
    def _to_remind(self):
        """Unpaid instalments of respected plans that come within the plan's days."""
        self.env.flush_all()
        today = self.env["recovery.query"]._date()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id
                  FROM (%(lines)s) AS line
                  JOIN recovery_plan plan ON plan.id = line.plan_id
                  JOIN recovery_plan_line mark ON mark.id = line.id
                 WHERE line.state = 'due' AND mark.reminded_on IS NULL
                   AND plan.remind_days > 0 AND line.date >= %(today)s
                   AND line.date - plan.remind_days <= %(today)s
                 ORDER BY line.id
                """,
                lines=self.env["recovery.plan.progress"]._lines(
                    SQL("plan.state = 'active'")
                ),
                today=today,
            )
        )
        return [number for [number] in rows]

    @api.model
    def _announce(self, lines):
        lines = lines.try_lock_for_update(allow_referencing=True)
        lines.invalidate_recordset()
        lines = lines.filtered(lambda line: not line.reminded_on)
        written = lines.filtered(lambda line: line.plan_id.contact_id.email)
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        by_company = written.grouped("company_id") if template else {}
        for company, group in by_company.items():
            # The text is the house's own; who sends may not read mail servers.
            mails = template.sudo().send_mail_batch(group.ids)
            mails._recovery_hand_over(company)
        lines._mark_reminded(self.env["recovery.query"]._date())
