from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import format_date

from ..law.rates import semester_start
from .access import MANAGER

NOTICE = relativedelta(weeks=3)
SEMESTER = relativedelta(months=6)
# Rates without which no statement of a semester can be drawn.
WATCHED = ("ecb_refi", "legal_other")
ACTIVITY = "l10n_fr_recouvrement.mail_activity_type_rates"


class RecoveryRate(models.Model):
    """Asks the managers for the rates of the coming semester, three weeks before it."""

    _inherit = "recovery.rate"

    @api.model
    def _missing_kinds(self, start):
        """Watched kinds of rates that the semester beginning on `start` lacks."""
        known = self.search([("date_from", "=", start)]).mapped("kind")
        return [kind for kind in WATCHED if kind not in known]

    @api.model
    def _known_until(self):
        """Last day for which all watched rates are known, or None."""
        rows = self._read_group([("kind", "in", WATCHED)], ["kind"], ["date_from:max"])
        if len(rows) < len(WATCHED):
            return None
        newest = min(start for _kind, start in rows)
        return newest + SEMESTER - relativedelta(days=1)

    @api.model
    def _semester_to_enter(self):
        """First day of the semester whose rates are missing now or soon, or None."""
        today = self.env["res.company"]._recovery_today()
        current = semester_start(today)
        semesters = [current]
        if today >= current + SEMESTER - NOTICE:
            semesters.append(current + SEMESTER)
        return next(filter(self._missing_kinds, semesters), None)

    @api.model
    def _cron_watch(self):
        """One activity for each manager while rates are missing; none afterwards."""
        start = self._semester_to_enter()
        asked = self._close_watch(start)
        if not start:
            return
        holder = self.search([("kind", "=", WATCHED[0])], limit=1)
        for manager in self._managers() - asked:
            holder.activity_schedule(
                ACTIVITY,
                date_deadline=start,
                user_id=manager.id,
                summary=self.with_context(lang=manager.lang)._watch_summary(start),
            )

    def _watch_summary(self, start):
        return self.env._(
            "Enter the statutory rates from %s", format_date(self.env, start)
        )

    @api.model
    def _managers(self):
        group = self.env.ref(MANAGER)
        return group.all_user_ids.filtered(lambda user: user.active and not user.share)

    @api.model
    def _close_watch(self, start):
        """Finish the requests for other semesters; who still has one for this one."""
        requests = self.env["mail.activity"].sudo()  # those of all managers
        requests = requests.search(
            [("activity_type_id", "=", self.env.ref(ACTIVITY).id)]
        )
        current = requests.filtered(lambda request: request.date_deadline == start)
        (requests - current).action_feedback(
            feedback=self.env._("The rates are entered.")
        )
        return current.user_id

    @api.model_create_multi
    def create(self, vals_list):
        rates = super().create(vals_list)
        if self.env.ref(ACTIVITY, raise_if_not_found=False):
            self._close_watch(self._semester_to_enter())
        return rates
