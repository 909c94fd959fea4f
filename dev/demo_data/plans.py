"""Payment plans: one offered today, one signed two months ago and broken since."""

from datetime import timedelta

from odoo.fields import Command

from .directory import EVENT_CUSTOMERS, STILL_OPEN
from .payments import days_late, receivable

OFFERED, BROKEN = 0, 1
SIGNED_AGO = 60
SIGNER = ("Marie Dupré", "Gérante", "Représentante légale")


def run(demo):
    if not demo.has("recovery.plan"):
        return ""
    debts = late_debts(demo)
    offer(demo, debts[OFFERED], demo.today, (30, 60, 90)).action_offer()
    plan = offer(
        demo, debts[BROKEN], demo.today - timedelta(days=SIGNED_AGO), (30, 58, 90)
    )
    plan.action_offer()
    plan._accept(*SIGNER, date=plan.date)
    return "1 échéancier proposé, 1 échéancier rompu"


def late_debts(demo):
    """The overdue invoices of firms to whom nothing else happens, by firm."""
    busy = EVENT_CUSTOMERS | {name for name, _days in STILL_OPEN}
    euro = demo.env.company.currency_id
    moves = demo.invoices.filtered(
        lambda move: move.amount_residual
        and move.currency_id == euro
        and move.commercial_partner_id.name not in busy
        and demo.by_name[move.commercial_partner_id.name].category == "company"
        and len(receivable(move)) == 1
        and 20 < days_late(demo, move) < 110
    )
    by_firm = moves.grouped("commercial_partner_id")
    firms = sorted(by_firm, key=lambda firm: firm.name)
    return [by_firm[firm].sorted("invoice_date_due")[:3] for firm in firms]


def offer(demo, moves, day, instalments):
    """A plan of equal instalments, so many days after it is offered."""
    total = sum(moves.mapped("amount_residual"))
    share = moves.currency_id.round(total / len(instalments))
    amounts = [share] * (len(instalments) - 1)
    amounts.append(moves.currency_id.round(total - sum(amounts)))
    return demo.env["recovery.plan"].create(
        {
            "partner_id": moves.commercial_partner_id.id,
            "currency_id": moves.currency_id.id,
            "company_id": moves.company_id.id,
            "user_id": demo.users["collecteur"].id,
            "date": day,
            "valid_until": day + timedelta(days=15),
            "penalties": "suspended",
            "invoice_ids": [Command.create({"move_id": move.id}) for move in moves],
            "line_ids": [
                Command.create({"date": day + timedelta(days=days), "amount": amount})
                for days, amount in zip(instalments, amounts, strict=True)
            ],
        }
    )
