"""What happens to debts: blocks, rejected payments, disputes, opening balances …"""

from datetime import timedelta

from odoo.fields import Command

from .payments import (
    days_late,
    due_date,
    pay_by_wizard,
    payment_values,
    receivable,
)

OPENING_BALANCES = (
    ("Transports Guillou SAS", 3480.0, 40),
    ("Boulangerie Kerdoncuff", 1260.0, 10),
)


def run(demo):
    demo.taken = demo.env["account.move"]
    done = [
        opening_balances(demo),
        block_payment(demo),
        exclude_from_follow_up(demo),
        rejected_payments(demo),
        small_remainder(demo),
        unallocated_payments(demo),
        dispute(demo),
        promise(demo),
        pause(demo),
    ]
    return ", ".join(text for text in done if text)


def pick(demo, low, high, count=1):
    """Open euro invoices, low to high days late, of businesses not yet picked.

    Each is the oldest debt of its customer, so that open credits go to it first.
    """
    euro = demo.env.company.currency_id
    found = demo.env["account.move"]
    open_moves = demo.invoices.filtered("amount_residual").sorted(due_date)
    oldest = {move.commercial_partner_id: move for move in reversed(open_moves)}
    for move in open_moves.sorted("id"):
        partner = move.commercial_partner_id
        if (
            move.payment_state == "not_paid"
            and move.currency_id == euro
            and low <= days_late(demo, move) <= high
            and len(receivable(move)) == 1
            and oldest[partner] == move
            and demo.by_name[partner.name].category in {"company", "sole_trader"}
            and partner not in (demo.taken | found).commercial_partner_id
        ):
            found |= move
            if len(found) == count:
                break
    demo.taken |= found
    return found


def opening_balances(demo):
    """Old invoices of the former software, carried over in a general journal."""
    env, company = demo.env, demo.env.company
    opened_on = demo.today - timedelta(days=560)
    lines = [
        {
            "name": f"Reprise de solde {name}",
            "partner_id": demo.by_name[name].partner.id,
            "account_id": demo.by_name[name].partner.property_account_receivable_id.id,
            "date_maturity": opened_on - timedelta(days=age),
            "debit": amount,
        }
        for name, amount, age in OPENING_BALANCES
    ]
    balance = env["account.account"].search([("code", "=", "110000")], limit=1)
    lines.append(
        {
            "name": "Report à nouveau",
            "account_id": balance.id,
            "credit": sum(amount for _name, amount, _age in OPENING_BALANCES),
        }
    )
    move = env["account.move"].create(
        {
            "move_type": "entry",
            "date": opened_on,
            "ref": "Reprise des soldes clients",
            "journal_id": env["account.journal"]
            .search(
                [("type", "=", "general"), ("company_id", "=", company.id)],
                order="id",
                limit=1,
            )
            .id,
            "line_ids": [Command.create(line) for line in lines],
        }
    )
    move.action_post()
    return f"{len(OPENING_BALANCES)} soldes d'ouverture"


def block_payment(demo):
    moves = pick(demo, 15, 90)
    moves.action_toggle_block_payment()
    return f"{len(moves)} facture bloquée"


def exclude_from_follow_up(demo):
    moves = pick(demo, 5, 60)
    moves.no_followup = True
    return f"{len(moves)} facture sans relance"


def rejected_payments(demo):
    """Two transfers that the bank sent back: one cancelled, one reversed later."""
    cancelled, reversed_later = pick(demo, 12, 70, count=2)
    payment = pay_by_wizard(demo, cancelled, due_date(cancelled) + timedelta(days=2))
    receivable(payment.move_id).remove_move_reconcile()
    payment.action_draft()
    payment.action_cancel()

    payment = pay_by_wizard(
        demo, reversed_later, due_date(reversed_later) + timedelta(days=4)
    )
    receivable(payment.move_id).remove_move_reconcile()
    payment.move_id._reverse_moves(
        [
            {
                "date": due_date(reversed_later) + timedelta(days=9),
                "ref": f"Rejet bancaire {payment.memo}",
            }
        ],
        cancel=True,
    )
    return "2 règlements rejetés par la banque"


def small_remainder(demo):
    """A transfer a little short: not worth a letter."""
    move = pick(demo, 8, 80)
    payment = collect(demo, move, move.amount_residual - 4.2, "règlement incomplet")
    (receivable(move) | receivable(payment.move_id)).reconcile()
    return f"{len(move)} reliquat de 4,20 €"


def unallocated_payments(demo):
    """Transfers without a reference: two cover an invoice, two a part of it."""
    covered, partly = pick(demo, 6, 60, count=2), pick(demo, 6, 60, count=2)
    for move in covered:
        collect(demo, move, move.amount_residual, "virement sans référence")
    for move in partly:
        amount = move.currency_id.round(move.amount_residual * 0.4)
        collect(demo, move, amount, "virement sans référence")
    return f"{len(covered | partly)} règlements non lettrés"


def collect(demo, move, amount, memo):
    payment = demo.env["account.payment"].create(
        payment_values(
            demo,
            move.commercial_partner_id,
            move.currency_id,
            demo.today - timedelta(days=demo.rng.randint(1, 5)),
            amount,
            memo,
        )
    )
    payment.action_post()
    return payment


def dispute(demo):
    if not demo.has("recovery.dispute"):
        return ""
    move = pick(demo, 11, 90)
    demo.env["recovery.dispute"].create(
        demo.known(
            "recovery.dispute",
            {
                "move_id": move.id,
                "amount": move.currency_id.round(move.amount_residual * 0.3),
                "reason": "Deux vantaux livrés rayés, remplacement demandé.",
                "opened_on": demo.today - timedelta(days=6),
                "user_id": demo.users["collecteur"].id,
            },
        )
    )
    return f"{len(move)} litige"


def promise(demo):
    if not demo.has("recovery.promise"):
        return ""
    move = pick(demo, 11, 90)
    demo.env["recovery.promise"].create(
        demo.known(
            "recovery.promise",
            {
                "partner_id": move.commercial_partner_id.id,
                "move_ids": [Command.set(move.ids)],
                "amount": move.amount_residual,
                "currency_id": move.currency_id.id,
                "date": demo.today + timedelta(days=7),
                "note": "Règlement annoncé par téléphone par la gérante.",
            },
        )
    )
    return f"{len(move)} promesse"


def pause(demo):
    if not demo.has("recovery.pause"):
        return ""
    move = pick(demo, 5, 60)
    demo.env["recovery.pause"].create(
        demo.known(
            "recovery.pause",
            {
                "partner_id": move.commercial_partner_id.id,
                "move_id": move.id,
                "until": demo.today + timedelta(days=15),
                "reason": "Dossier en attente d'un accord de la direction",
            },
        )
    )
    return f"{len(move)} suspension"
