from bisect import bisect_left
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..law.calendar import is_public_holiday

PARIS = ZoneInfo("Europe/Paris")
# A company that is closed for longer than this is open for us.
LONGEST_CLOSING = 62


class RecoveryCalendarMixin(models.AbstractModel):
    """When a company writes to its debtors: working days, within hours (jours ouvrés).

    Working days are those of the company's working hours, without its closing periods
    (time off of nobody in particular) and the public holidays of C. trav. L3133-1.
    """

    _name = "recovery.calendar.mixin"
    _description = "Calendar of recovery"

    recovery_working_days = fields.Boolean(
        string="Remind on working days only",
        default=True,
        help="The night job decides and sends on the days of the working hours of the "
        "company, outside its closing periods and the public holidays.",
    )
    recovery_hour_from = fields.Float(
        string="Send from", default=8, help="Hour in Paris."
    )
    recovery_hour_to = fields.Float(
        string="Send until", default=19, help="Hour in Paris."
    )

    @api.constrains("recovery_hour_from", "recovery_hour_to")
    def _check_recovery_hours(self):
        for company in self:
            if not 0 <= company.recovery_hour_from < company.recovery_hour_to <= 24:
                raise ValidationError(
                    self.env._(
                        "Reminders are sent between two hours of one day: the first "
                        "must come before the second, from 0:00 to 24:00."
                    )
                )

    def _recovery_open_days(self, start, end):
        """Days from `start` to `end`, both included, on which it works, in order."""
        self.ensure_one()
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        if not self.recovery_working_days:
            return days
        if self.resource_calendar_id:
            worked = self._recovery_worked_days(start, end)
            days = [day for day in days if day in worked]
        french = self._recovery_is_french()
        return [day for day in days if not (french and is_public_holiday(day))]

    def _recovery_worked_days(self, start, end):
        """Days with working hours, closing periods taken away."""
        calendar = self.resource_calendar_id.sudo()  # opening days are no secret
        work = calendar._work_intervals_batch(
            datetime.combine(start, time.min, PARIS),
            datetime.combine(end, time.max, PARIS),
            domain=[
                ("time_type", "=", "leave"),
                ("company_id", "in", (False, self.id)),
            ],
        )
        return {begin.date() for begin, _end, _attendances in work[False]}

    def _recovery_next_open_days(self, days):
        """{day: the first working day from it on}, in one reading of the calendar."""
        days = set(days)
        if not days:
            return {}
        horizon = max(days) + timedelta(days=LONGEST_CLOSING)
        open_days = self._recovery_open_days(min(days), horizon)
        ranks = {day: bisect_left(open_days, day) for day in days}
        return {
            day: open_days[rank] if rank < len(open_days) else day
            for day, rank in ranks.items()
        }

    def _recovery_is_open(self, day):
        return self._recovery_next_open_days([day])[day] == day

    def _recovery_opening(self, now):
        """First moment from `now` on at which the job may send; both are UTC."""
        local = now.replace(tzinfo=ZoneInfo("UTC")).astimezone(PARIS)
        day = local.date()
        if local >= self._recovery_hour(day, self.recovery_hour_to):
            day += timedelta(days=1)
        day = self._recovery_next_open_days([day])[day]
        opening = self._recovery_hour(day, self.recovery_hour_from)
        opening = opening.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        return max(now, opening)

    @api.model
    def _recovery_hour(self, day, hour):
        return datetime.combine(day, time.min, PARIS) + timedelta(hours=hour)
