from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context, format_date, format_time

from ..models.access import COLLECTOR, require
from ..models.recovery_calendar_mixin import PARIS

MEETING = "mail.mail_activity_data_meeting"


class RecoveryAppointment(models.TransientModel):
    """Appointment with a customer (rendez-vous): in the calendar where that application
    is installed, a task of the day otherwise; confirmed in writing if wanted.
    """

    _name = "recovery.appointment"
    _description = "Appointment with a customer"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True
    )
    contact_id = fields.Many2one(
        comodel_name="res.partner",
        string="With",
        compute="_compute_contact_id",
        store=True,
        readonly=False,
        domain="[('commercial_partner_id', '=', partner_id)]",
    )
    place = fields.Selection(
        selection=[
            ("office", "In our offices"),
            ("visit", "At the customer's"),
            ("phone", "By phone"),
            ("video", "By video call"),
        ],
        required=True,
        default="phone",
    )
    start = fields.Datetime(required=True)
    duration = fields.Float(default=0.5, required=True, help="Hours.")
    note = fields.Text(help="For us only.")
    confirm = fields.Boolean(
        string="Confirm in writing", help="A letter that leaves when you approve it."
    )

    @api.depends("partner_id")
    def _compute_contact_id(self):
        for appointment in self:
            appointment.contact_id = appointment.partner_id

    @api.model
    def _action(self, debtor):
        """Dialog for a row of the worklist."""
        require(self.env, COLLECTOR)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Appointment"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_partner_id": debtor.partner_id.id,
                "default_company_id": debtor.company_id.id,
                "default_contact_id": debtor.contact_id.id,
            },
        }

    def action_book(self):
        """Enter the appointment; open its confirmation if there is one to approve.

        :raises AccessError: the user is no collector
        :raises UserError: it is in the past or takes no time
        """
        self.ensure_one()
        require(self.env, COLLECTOR)
        if self.start < fields.Datetime.now() or self.duration <= 0:
            raise UserError(
                self.env._("Choose a moment to come and how long it takes.")
            )
        self._enter()
        if not self.confirm:
            return {"type": "ir.actions.act_window_close"}
        occasion = self.env["recovery.occasion"]
        return occasion._open(self._write_confirmation(occasion))

    def _enter(self):
        """In the calendar, which makes a task of it; else the task alone."""
        title = self.env._(
            "Appointment with %(who)s (%(place)s)",
            who=self.contact_id.name or self.partner_id.name,
            place=self._place(),
        )
        if "calendar.event" in self.env:
            self._enter_in_calendar(title)
            return
        moment = fields.Datetime.context_timestamp(self, self.start)
        self.partner_id.activity_schedule(
            MEETING,
            date_deadline=moment.date(),
            summary=f"{format_time(self.env, moment.time(), time_format='short')} "
            f"{title}",
            note=self.note or "",
            user_id=self.env.uid,
        )

    def _enter_in_calendar(self, title):
        """Nobody is invited by e-mail: we write to customers ourselves."""
        events = self.env(context=clean_context(self.env.context))["calendar.event"]
        events.with_context(no_mail_to_attendees=True).create(
            {
                "name": title,
                "start": self.start,
                "stop": self.start + timedelta(hours=self.duration),
                "partner_ids": [
                    fields.Command.set((self.contact_id | self.env.user.partner_id).ids)
                ],
                "description": self.note or "",
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.partner_id.id,
            }
        )

    def _place(self):
        return dict(self._fields["place"]._description_selection(self.env))[self.place]

    def _write_confirmation(self, occasion):
        """What was agreed today, in the language of the customer."""
        today = self.company_id._recovery_today()
        own = self.with_context(lang=self.contact_id.lang or self.partner_id.lang)
        return occasion._write_letter(
            "meeting",
            self.partner_id,
            self.company_id,
            contact=self.contact_id,
            facts={"met_on": today.isoformat(), "outcome": own._sentence()},
        )

    def _sentence(self):
        moment = fields.Datetime.context_timestamp(
            self.with_context(tz=PARIS.key), self.start
        )
        place = self._place()
        return self.env._(
            "appointment on %(day)s at %(hour)s, %(place)s.",
            day=format_date(self.env, moment.date(), date_format="EEEE d MMMM y"),
            hour=format_time(self.env, moment.time(), time_format="HH:mm"),
            place=f"{place[0].lower()}{place[1:]}",
        )
