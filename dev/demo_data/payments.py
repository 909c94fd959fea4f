"""Credit notes and payments: most old invoices are settled, a third stays open."""

from datetime import timedelta

from odoo.fields import Command

from .directory import BAD, EVENT_CUSTOMERS, GOOD, SLOW, USUAL

# up to this age after the last due date: share of invoices that stay open
OPEN_SHARE = ((0, 0.95), (10, 0.9), (30, 0.8), (60, 0.62), (90, 0.5), (9999, 0.13))
OPEN_FACTOR = {GOOD: 0.25, USUAL: 0.75, SLOW: 1.1, BAD: 1.7}
# days after the due date: earliest, latest, most frequent
LATENESS = {GOOD: (-8, 6, 0), USUAL: (-3, 25, 6), SLOW: (8, 70, 28), BAD: (20, 120, 50)}
TWO_PARTS = 0.1
PARTIAL = 0.16
FIRST_INSTALMENTS = 0.75
CREDIT_REASONS = (
    "retour de marchandise",
    "remise commerciale",
    "erreur de métré",
    "défaut de finition",
)


def run(demo):
    refunds = credit_notes(demo)
    grouped = grouped_transfers(demo)
    planned = []
    eventful = demo.env["account.move"].union(*demo.event_moves.values())
    for move in demo.invoices - grouped - eventful:
        planned += plan_payments(demo, move)
    payments = register(demo, planned)
    refunds |= late_credit_notes(demo)
    return (
        f"{len(payments)} règlements, {len(grouped)} factures réglées par virements "
        f"groupés, {len(refunds)} avoirs"
    )


def due_date(move):
    return max(receivable(move).mapped("date_maturity"))


def receivable(move):
    return move.line_ids.filtered(
        lambda line: line.account_id.account_type == "asset_receivable"
    )


def behaviour_of(demo, move):
    customer = demo.by_name[move.commercial_partner_id.name]
    return customer.behaviour


def days_late(demo, move):
    return (demo.today - due_date(move)).days


def stays_open(demo, move):
    late = days_late(demo, move)
    if late > 0 and move.commercial_partner_id.name in EVENT_CUSTOMERS:
        return False
    share = next(share for limit, share in OPEN_SHARE if late <= limit)
    if late > 0:
        share *= OPEN_FACTOR[behaviour_of(demo, move)]
    return demo.rng.random() < share


def plan_payments(demo, move):
    """[(move, day, amount)] of one invoice."""
    if move.currency_id.is_zero(move.amount_residual):
        return []
    if stays_open(demo, move):
        return open_payments(demo, move)
    amount, day = move.amount_residual, payment_day(demo, move)
    if demo.rng.random() < TWO_PARTS:
        first = move.currency_id.round(amount * demo.rng.uniform(0.3, 0.7))
        later = min(day + timedelta(days=demo.rng.randint(5, 30)), demo.today)
        return [(move, day, first), (move, later, amount - first)]
    return [(move, day, amount)]


def open_payments(demo, move):
    instalments = receivable(move).sorted("date_maturity")
    passed = instalments[:-1].filtered(lambda line: line.date_maturity < demo.today)
    if len(instalments) > 1:
        paid = passed if demo.rng.random() < FIRST_INSTALMENTS else passed[:0]
        return [
            (move, min(line.date_maturity + timedelta(days=3), demo.today), amount)
            for line in paid
            if (amount := line.amount_residual_currency) > 0
        ]
    if days_late(demo, move) > 5 and demo.rng.random() < PARTIAL:
        share = demo.rng.choice((0.25, 0.3, 0.5, 0.6))
        amount = move.currency_id.round(move.amount_residual * share)
        return [(move, payment_day(demo, move), amount)]
    return []


def payment_day(demo, move):
    low, high, mode = LATENESS[behaviour_of(demo, move)]
    day = due_date(move) + timedelta(days=round(demo.rng.triangular(low, high, mode)))
    return min(max(day, move.invoice_date), demo.today)


def payment_values(demo, partner, currency, day, amount, memo):
    return {
        "payment_type": "inbound",
        "partner_type": "customer",
        "partner_id": partner.id,
        "journal_id": demo.bank_journal.id,
        "currency_id": currency.id,
        "date": day,
        "amount": amount,
        "memo": memo,
    }


def register(demo, planned):
    """The payments of the plan, in the order of their dates, each on its invoice."""
    planned.sort(key=lambda item: (item[1], item[0].id))
    payments = demo.env["account.payment"].create(
        [
            payment_values(
                demo,
                move.commercial_partner_id,
                move.currency_id,
                day,
                amount,
                f"Virement {move.name}",
            )
            | {"invoice_ids": [Command.set(move.ids)]}
            for move, day, amount in planned
        ]
    )
    payments.action_post()
    demo.env["account.move.line"]._reconcile_plan(
        [
            receivable(move).filtered(lambda line: not line.reconciled)
            | receivable(payment.move_id)
            for (move, _day, _amount), payment in zip(planned, payments, strict=True)
        ]
    )
    return payments


def grouped_transfers(demo):
    """Three customers who pay several invoices with one transfer."""
    paid = demo.env["account.move"]
    for name in ("Bâtiment Ligérien SAS", "Clinique des Tilleuls", "Optique Graslin"):
        partner = demo.by_name[name].partner
        moves = demo.invoices.filtered(
            lambda move, partner=partner: move.commercial_partner_id == partner
            and days_late(demo, move) > 100
            and move.amount_residual
        )[:3]
        if moves:
            day = min(max(map(due_date, moves)) + timedelta(days=12), demo.today)
            pay_by_wizard(demo, moves, day)
            paid |= moves
    return paid


def pay_by_wizard(demo, moves, day):
    wizard = (
        demo.env["account.payment.register"]
        .with_context(active_model="account.move", active_ids=moves.ids)
        .create({"payment_date": day, "group_payment": True})
    )
    return wizard._create_payments()


def credit_notes(demo):
    """Ten on unpaid invoices, two of them in full: posting sets them off."""
    candidates = refundable(demo).filtered(lambda move: days_late(demo, move) > 20)
    chosen = demo.rng.sample(sorted(candidates.ids), 10)
    moves = demo.env["account.move"].browse(chosen)
    refunds = refund(demo, moves[:2], 1) | refund(demo, moves[2:], None)
    refunds.action_post()
    return refunds


def late_credit_notes(demo):
    """Four on paid invoices of customers who owe others: they stay open."""
    owing = demo.invoices.filtered(
        lambda move: move.payment_state == "not_paid" and days_late(demo, move) > 10
    ).commercial_partner_id
    candidates = refundable(demo).filtered(
        lambda move: move.payment_state == "paid"
        and move.commercial_partner_id in owing
        and move.invoice_date > demo.today - timedelta(days=240)
    )
    one_each = {move.commercial_partner_id: move.id for move in candidates}
    chosen = demo.rng.sample(sorted(one_each.values()), min(4, len(one_each)))
    refunds = refund(demo, demo.env["account.move"].browse(chosen), None)
    refunds.action_post()
    return refunds


def refundable(demo):
    eventful = demo.env["account.move"].union(*demo.event_moves.values())
    return (demo.invoices - eventful).filtered(
        lambda move: len(receivable(move)) == 1
        and not move._is_downpayment()
        and move.currency_id == demo.env.company.currency_id
        and move.commercial_partner_id.name not in EVENT_CUSTOMERS
    )


def refund(demo, moves, share):
    """Draft credit notes, of the whole or of a part of the quantities."""
    result = demo.env["account.move"]
    for move in moves.sorted("invoice_date"):
        day = move.invoice_date + timedelta(days=demo.rng.randint(8, 25))
        wizard = demo.env["account.move.reversal"].create(
            {
                "move_ids": [Command.set(move.ids)],
                "date": min(day, demo.today),
                "reason": demo.rng.choice(CREDIT_REASONS),
                "journal_id": move.journal_id.id,
            }
        )
        wizard.refund_moves()
        credit = wizard.new_move_ids
        part = share or demo.rng.choice((0.1, 0.15, 0.25))
        for line in credit.invoice_line_ids:
            line.quantity *= part
        result |= credit
    return result
