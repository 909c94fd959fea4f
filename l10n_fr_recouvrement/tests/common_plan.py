from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command

from .common import RecoveryCommon

SIGNER = ("Luc Martin", "Manager", "Legal representative")


class PlanCommon(RecoveryCommon):
    """Payment plans; their letters are not printed unless a test says so."""

    PRINTS = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.policy(5)
        if not cls.PRINTS:
            printer = cls.registry["recovery.plan.printer"]
            cls.startClassPatcher(
                patch.object(printer, "_pdf", lambda self, plan, letter: b"%PDF-1.4")
            )

    @classmethod
    def plan(cls, moves, *amounts, dates=(30, 60, 90), offered=None, **values):
        """A draft plan of these invoices: by default one instalment of all of it."""
        total = sum(moves.mapped("amount_residual"))
        start = offered or cls.env.company._recovery_today()
        days = [
            when if isinstance(when, date) else cls.after(start, when) for when in dates
        ]
        values = {
            "partner_id": moves.commercial_partner_id.id,
            "currency_id": moves.currency_id.id,
            "company_id": moves.company_id.id,
            "date": start,
            "valid_until": cls.after(start, 15),
            "penalties": "suspended",
            "invoice_ids": [Command.create({"move_id": move.id}) for move in moves],
            "line_ids": [
                Command.create({"date": day, "amount": amount})
                for day, amount in zip(days, amounts or (total,), strict=False)
            ],
            **values,
        }
        return cls.env["recovery.plan"].create(values)

    @classmethod
    def after(cls, start, days):
        return start.fromordinal(start.toordinal() + days)

    @classmethod
    def signed(cls, moves, *amounts, **values):
        """A plan in force, signed on the day of its offer."""
        plan = cls.plan(moves, *amounts, **values)
        plan.action_offer()
        plan._accept(*SIGNER, date=plan.date)
        return plan

    @classmethod
    def presented(cls, plan, day):
        """The formal notice of a plan, sent, posted and presented on that day."""
        if not plan.formal_notice_id:
            plan.action_formal_notice()
        notice = plan.formal_notice_id
        notice._set_state("sent")
        with freeze_time(str(day)):
            notice.write({"posted_on": notice.date, "presented_on": day})
        return notice

    @classmethod
    def watch(cls, date=None):
        """What the night job does, on a day."""
        job = cls.env["recovery.plan.watch"]
        if date:
            job = job.with_context(recovery_date=str(date))
        job._watch()
