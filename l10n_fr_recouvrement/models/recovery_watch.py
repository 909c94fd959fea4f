from odoo import api, models
from odoo.tools import format_date

ACTIVITY = "l10n_fr_recouvrement.mail_activity_type_watch"


class RecoveryWatch(models.AbstractModel):
    """Tells the managers when the night job failed or did not run, or the mail server
    does not answer.
    """

    _name = "recovery.watch"
    _description = "Watch on the night job"

    @api.model
    def _problem(self, company):
        """Sentence that says what keeps the recovery of a company, or ""."""
        return self._run_problem(company) or company._recovery_mail_sentence()

    @api.model
    def _run_problem(self, company):
        """Sentence that says what is wrong with today's run of a company, or ""."""
        today = company._recovery_today()
        since = company.recovery_live_since
        if (
            not company.recovery_live
            or since
            and since >= today
            or not company._recovery_is_open(today)
        ):
            return ""
        runs = self.env["recovery.run"].search(
            [("company_id", "=", company.id), ("date", "=", today)]
        )
        day = format_date(self.env, today)
        if not runs:
            return self.env._("The night job did not run on %s.", day)
        if "done" not in runs.mapped("state"):
            return self.env._("The run of %s is not finished.", day)
        if failures := sum(runs.mapped("failure_count")):
            return self.env._(
                "The run of %(day)s could not decide for %(count)s debtors: look at "
                "its failures.",
                day=day,
                count=failures,
            )
        return ""

    @api.model
    def _cron_watch(self):
        """Daily, some hours after the night job."""
        today = self.env["res.company"]._recovery_today()
        companies = self.env["recovery.run"]._companies_to_decide()
        companies._recovery_refresh_bank_limit()
        self._tell(companies.filtered(lambda one: one._recovery_is_open(today)))

    @api.model
    def _tell(self, companies):
        """One activity for each manager while something is wrong, which is done by
        itself once all is right.
        """
        for company in companies:
            asked = self._watched(company)
            if not self._problem(company):
                asked.action_feedback(feedback=self.env._("All is right again."))
                continue
            for manager in self._managers_of(company) - asked.user_id:
                service = self.with_user(manager).with_context(lang=manager.lang).sudo()
                company.partner_id.activity_schedule(
                    ACTIVITY,
                    user_id=manager.id,
                    summary=service._problem(company.with_env(service.env)),
                )

    @api.model
    def _watched(self, company):
        """Open activities about the night job of a company, of all managers."""
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
                    ("res_model", "=", "res.partner"),
                    ("res_id", "=", company.partner_id.id),
                ]
            )
        )

    @api.model
    def _managers_of(self, company):
        managers = self.env["recovery.rate"]._managers()
        return managers.filtered(lambda user: company in user.company_ids)
