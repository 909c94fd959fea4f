from odoo import api, models
from odoo.tools import SQL, format_date, format_datetime, human_size


class RecoveryHealth(models.AbstractModel):
    """Whether the recovery of a company works, in a few lines that cost little."""

    _name = "recovery.health"
    _description = "Health of recovery"

    @api.model
    def _lines(self, company):
        """Lines (what, how it stands, whether that is all right) of a company.

        Of the whole company, whoever asks: the settings that show it are guarded.
        """
        service = self.sudo()
        return [
            service._last_run(company),
            service._last_sending(company),
            *service._mail_server(company),
            service._waiting(company),
            service._rates(),
            service._bank(company),
            service._archive(company),
            *service._without_customer(company),
        ]

    @api.model
    def _last_run(self, company):
        title = self.env._("Last run")
        runs = self.env["recovery.run"]
        run = runs.search([("company_id", "=", company.id)], limit=1)
        if not run:
            return title, self.env._("none"), not company.recovery_live
        problem = self.env["recovery.watch"]._run_problem(company)
        text = self.env._(
            "%(day)s: %(notices)s notices, %(failures)s failures",
            day=format_date(self.env, run.date),
            notices=run.notice_count,
            failures=run.failure_count,
        )
        return title, problem or text, not (problem or run.failure_count)

    @api.model
    def _last_sending(self, company):
        domain = [("company_id", "=", company.id), ("sent_at", "!=", False)]
        last = self.env["recovery.notice"].search(domain, order="id desc", limit=1)
        moment = last and format_datetime(self.env, last.sent_at)
        return self.env._("Last sending"), moment or self.env._("none"), True

    @api.model
    def _mail_server(self, company):
        """Only where the mail server does not answer."""
        if problem := company._recovery_mail_sentence():
            yield self.env._("Mail server"), problem, False

    @api.model
    def _waiting(self, company):
        """What waits for somebody or for the job; failures are somebody's task."""
        counts = dict(
            self.env["recovery.notice"]._read_group(
                [
                    ("company_id", "=", company.id),
                    ("state", "in", ("draft", "ready", "to_check", "failed")),
                ],
                ["state"],
                ["__count"],
            )
        )
        to_print = self.env["recovery.notice"].search_count(
            [("company_id", "=", company.id), ("to_print", "=", True)]
        )
        text = self.env._(
            "%(draft)s to approve, %(ready)s to send, %(to_print)s to print, "
            "%(to_check)s to check, %(failed)s failed",
            draft=counts.get("draft", 0),
            ready=counts.get("ready", 0),
            to_print=to_print,
            to_check=counts.get("to_check", 0),
            failed=counts.get("failed", 0),
        )
        wrong = counts.keys() & {"to_check", "failed"}
        return self.env._("Notices"), text, not wrong

    @api.model
    def _rates(self):
        """Until when every statutory rate that a statement needs is known."""
        title = self.env._("Statutory rates")
        until = self.env["recovery.rate"]._known_until()
        if not until:
            return title, self.env._("missing"), False
        text = self.env._("known until %s", format_date(self.env, until))
        return title, text, until >= self.env["res.company"]._recovery_today()

    @api.model
    def _bank(self, company):
        title, (day, late) = self.env._("Bank entries"), self._bank_day(company)
        if not day:
            return title, self.env._("none"), True
        text = self.env._("until %s", format_date(self.env, day))
        if late:
            text = self.env._(
                "until %s: the levels that need the bank wait. Enter the bank, or "
                "confirm that it is up to date.",
                format_date(self.env, day),
            )
        return title, text, not late

    @api.model
    def _bank_day(self, company):
        """(newest day for which the bank is known, whether that is too old)."""
        self.env.flush_all()
        bank = self.env["res.company"]
        [row] = self.env.execute_query(
            SQL(
                "SELECT %s, %s FROM res_company company WHERE id = %s",
                bank._recovery_bank_day(SQL("company")),
                bank._recovery_bank_late(SQL("company")),
                company.id,
            )
        )
        return row

    @api.model
    def _without_customer(self, company):
        """Open items that nobody can be reminded of, where there are any."""
        situation = self.env["recovery.situation"]
        situation = situation.with_context(recovery_company=company.id)
        [[count]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM account_move_line line"
                " WHERE %s AND %s AND line.partner_id IS NULL",
                situation._open(),
                situation._in_company(),
            )
        )
        if count:
            text = self.env._("%s: enter it on their entries", count)
            yield self.env._("Items without customer"), text, False

    @api.model
    def _archive(self, company):
        """Letters are kept for good: the filestore grows by them."""
        self.env["ir.attachment"].flush_model()
        [[count, size, recent]] = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(*), COALESCE(SUM(file_size), 0),
                       COALESCE(SUM(file_size) FILTER (WHERE create_date
                           >= timezone('UTC', now()) - interval '30 days'), 0)
                  FROM ir_attachment
                 WHERE res_model = 'recovery.notice' AND company_id = %s
                """,
                company.id,
            )
        )
        text = self.env._(
            "%(count)s letters, %(size)s (%(recent)s in the last 30 days)",
            count=count,
            size=human_size(int(size)) or 0,
            recent=human_size(int(recent)) or 0,
        )
        return self.env._("Archive"), text, True
