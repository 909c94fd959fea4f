"""What happens to debts: blocks, rejected payments, disputes, opening balances …"""

from datetime import timedelta

from odoo.fields import Command

from .payments import (
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
    demo.event_moves["blocked"].action_toggle_block_payment()
    return "1 facture bloquée"


def exclude_from_follow_up(demo):
    demo.event_moves["no_followup"].no_followup = True
    return "1 facture sans relance"


def rejected_payments(demo):
    """Two transfers that the bank sent back: one cancelled, one reversed later."""
    move = demo.event_moves["cancelled_payment"]
    payment = pay_by_wizard(demo, move, due_date(move) + timedelta(days=2))
    receivable(payment.move_id).remove_move_reconcile()
    payment.action_draft()
    payment.action_cancel()

    move = demo.event_moves["reversed_payment"]
    payment = pay_by_wizard(demo, move, due_date(move) + timedelta(days=4))
    receivable(payment.move_id).remove_move_reconcile()
    payment.move_id._reverse_moves(
        [
            {
                "date": due_date(move) + timedelta(days=9),
                "ref": f"Rejet bancaire {payment.memo}",
            }
        ],
        cancel=True,
    )
    return "2 règlements rejetés par la banque"


def small_remainder(demo):
    """A transfer a little short: not worth a letter."""
    move = demo.event_moves["remainder"]
    payment = collect(demo, move, move.amount_residual - 4.2, "règlement incomplet")
    (receivable(move) | receivable(payment.move_id)).reconcile()
    return "1 reliquat de 4,20 €"


def unallocated_payments(demo):
    """Transfers without a reference: two cover an invoice, two a part of it."""
    shares = {"covered": 1, "partly_covered": 0.4}
    for event, share in shares.items():
        for number in (1, 2):
            move = demo.event_moves[f"{event}_{number}"]
            amount = move.currency_id.round(move.amount_residual * share)
            collect(demo, move, amount, "virement sans référence")
    return "4 règlements non lettrés"


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
    move = demo.event_moves["dispute"]
    demo.env["recovery.dispute"].create(
        {
            "move_id": move.id,
            "amount": move.currency_id.round(move.amount_residual * 0.3),
            "reason_id": demo.env.ref(
                "l10n_fr_recouvrement.recovery_dispute_reason_goods"
            ).id,
            "description": "Deux vantaux livrés rayés, remplacement demandé.",
            "opened_on": demo.today - timedelta(days=6),
            "user_id": demo.users["collecteur"].id,
        }
    )
    return "1 litige"


def promise(demo):
    if not demo.has("recovery.promise"):
        return ""
    move = demo.event_moves["promise"]
    demo.env["recovery.promise"].create(
        {
            "partner_id": move.commercial_partner_id.id,
            "move_ids": [Command.set(move.ids)],
            "amount": move.amount_residual,
            "currency_id": move.currency_id.id,
            "date": demo.today + timedelta(days=7),
            "note": "Règlement annoncé par téléphone par la gérante.",
        }
    )
    return "1 promesse"


def pause(demo):
    if not demo.has("recovery.pause"):
        return ""
    move = demo.event_moves["pause"]
    demo.env["recovery.pause"].create(
        {
            "partner_id": move.commercial_partner_id.id,
            "move_id": move.id,
            "until": demo.today + timedelta(days=15),
            "reason": "Dossier en attente d'un accord de la direction",
        }
    )
    return "1 suspension"
