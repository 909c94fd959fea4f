from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, get_lang

PURGED_AT_ONCE = 1000


class RecoveryRun(models.Model):
    """One execution of the daily decision for one company: who gets which notice.

    It goes through the debtors in chunks; killed anywhere, the next pass continues
    after the last chunk that was committed, for the same pinned date.
    """

    _name = "recovery.run"
    _description = "Recovery run"
    _order = "date desc, id desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True
    )
    date = fields.Date(required=True, readonly=True, help="Decides as of this day.")
    origin = fields.Selection(
        selection=[("cron", "Night job"), ("manual", "By hand")],
        default="manual",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        selection=[("running", "Running"), ("done", "Done")],
        default="running",
        required=True,
        readonly=True,
        index=True,
    )
    cursor = fields.Integer(
        readonly=True, help="Last customer of the chunks that are committed."
    )
    locked_ids = fields.Json(
        help="Customers whose items somebody else was changing: decided at the end."
    )
    last_passes = fields.Integer(
        help="How often the customers that were left for the end were tried again."
    )
    started_at = fields.Datetime(readonly=True, default=fields.Datetime.now)
    ended_at = fields.Datetime(readonly=True)
    duration = fields.Float(readonly=True, help="Seconds of work.")
    debtor_total = fields.Integer("Debtors to read", readonly=True)
    debtor_count = fields.Integer("Debtors read", readonly=True)
    read_count = fields.Integer("Items read", readonly=True)
    due_count = fields.Integer("Items due", readonly=True)
    notice_count = fields.Integer("Notices", readonly=True)
    failure_count = fields.Integer("Failures", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    line_ids = fields.One2many(
        comodel_name="recovery.run.line", inverse_name="run_id", readonly=True
    )
    level_line_ids = fields.One2many(
        comodel_name="recovery.run.line",
        inverse_name="run_id",
        domain=[("kind", "=", "level")],
        string="Notices by level",
        readonly=True,
    )
    skipped_line_ids = fields.One2many(
        comodel_name="recovery.run.line",
        inverse_name="run_id",
        domain=[("kind", "=", "skipped")],
        string="Skipped items",
        readonly=True,
    )
    failure_line_ids = fields.One2many(
        comodel_name="recovery.run.line",
        inverse_name="run_id",
        domain=[("kind", "=", "failure")],
        string="Failure log",
        readonly=True,
    )
    notice_ids = fields.One2many(
        comodel_name="recovery.notice", inverse_name="run_id", readonly=True
    )

    _night_uniq = models.UniqueIndex(
        "(company_id, date) WHERE origin = 'cron'",
        "The night job already ran for this company and day.",
    )

    @api.depends("date", "company_id")
    @api.depends_context("lang")
    def _compute_name(self):
        for run in self:
            day = format_date(self.env, run.date) if run.date else ""
            run.name = f"{day} {run.company_id.name}"

    @api.depends("state", "debtor_count", "debtor_total")
    def _compute_progress(self):
        for run in self:
            share = run.debtor_count / run.debtor_total if run.debtor_total else 0
            run.progress = 100 if run.state == "done" else 100 * min(share, 1)

    @api.model
    def launch(self, date=None, company=None):
        """Decide now, for each company: notices are written, nothing is sent yet.

        Notices of a company that is not live yet wait for an approval. The scheduled
        action decides for the debtors whose items somebody else is changing.

        :param date: day for which to decide; default the French day
        :param company: record; None means all the companies of the user
        :return: recovery.run, one per company
        :raises AccessError: the user is no recovery manager, or not in the company
        :raises UserError: no company is French
        """
        runs = self._open(date, company, "manual")
        for run in runs.sudo():  # decides for the whole company, whoever launches it
            run._process()
        self._trigger_sending()
        return runs

    @api.model
    def launch_in_background(self, date=None, company=None):
        """As `launch`, by the scheduled action: the caller does not wait."""
        runs = self._open(date, company, "manual")
        self._trigger_deciding()
        return runs

    @api.model
    def _open(self, date, company, origin):
        self.browse().check_access("create")
        companies = (company or self.env.companies).filtered(
            lambda company: company._recovery_is_french()
        )
        if not companies:
            raise UserError(
                self.env._(
                    "These reminders follow French law: choose a company whose fiscal "
                    "country is France."
                )
            )
        if not self.env.su and companies - self.env.user.company_ids:
            raise AccessError(self.env._("You have no access to this company."))
        day = fields.Date.to_date(date) or self.env["res.company"]._recovery_today()
        companies._recovery_refresh_bank_limit()
        return self.create(
            [
                {"company_id": company.id, "date": day, "origin": origin}
                for company in companies
            ]
        )

    @api.model
    def _trigger_deciding(self, at=None):
        job = self.env.ref("l10n_fr_recouvrement.ir_cron_recovery_run")
        job.sudo()._trigger(at=at)

    @api.model
    def _trigger_sending(self):
        self.env.ref("l10n_fr_recouvrement.ir_cron_recovery_send").sudo()._trigger()

    @api.model
    def _cron_decide(self):
        """Night job: continue what is running, and open today's run where it is live
        and today is a working day.

        The companies' time zone says what today is; a run pins its day.
        """
        today = self.env["res.company"]._recovery_today()
        # A run by hand for today is today's decision: no second one beside it.
        started = self._read_group([("date", "=", today)], ["company_id"])
        done = self.env["res.company"].union(*(company for [company] in started))
        for company in self._companies_to_decide() - done:
            if company._recovery_is_open(today):
                self._open(today, company, "cron")
        for run in self.search([("state", "=", "running")], order="id"):
            lang = get_lang(self.env, run.company_id.partner_id.lang).code
            if not run.with_context(lang=lang)._process():
                return
        self._trigger_sending()

    @api.model
    def _companies_to_decide(self):
        """Live French companies: another law binds the others."""
        live = self.env["res.company"].search([("recovery_live", "=", True)])
        return live.filtered(lambda company: company._recovery_is_french())

    @api.autovacuum
    def _gc_runs(self):
        """Forget runs older than each company keeps them; their notices stay."""
        today = self.env["res.company"]._recovery_today()
        for company in self.env["res.company"].search(
            [("recovery_run_months", ">", 0)]
        ):
            oldest = today - relativedelta(months=company.recovery_run_months)
            self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "done"),
                    ("date", "<", fields.Date.to_string(oldest)),
                ],
                order="date",
                limit=PURGED_AT_ONCE,
            ).unlink()

    def action_launch(self):
        """Launch in the background for the companies of the user, and show it."""
        runs = self.launch_in_background()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_run_action"
        )
        if len(runs) == 1:
            action |= {"res_id": runs.id, "views": [(False, "form")]}
        return action

    def action_notices(self):
        action = self.env["ir.actions.actions"]._for_xml_id(
            "l10n_fr_recouvrement.recovery_notice_action"
        )
        action["domain"] = [("run_id", "in", self.ids)]
        return action
