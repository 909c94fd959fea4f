"""Eighteen months of customer invoices, posted in one go in the order of dates."""

from datetime import timedelta

from odoo.fields import Command

from . import directory

REGULAR_INVOICES = 390
HORIZON = 548

# category: number of lines, quantity of a line, multiplier of the price list
SIZES = {
    "company": ((1, 3), (1, 9), 1),
    "sole_trader": ((1, 2), (1, 4), 1),
    "consumer": ((1, 3), (1, 3), 1),
    "other": ((1, 3), (1, 4), 1),
    "foreign": ((1, 2), (4, 12), 1),
    "dollar": ((1, 2), (4, 12), 1.12),
}
HEAVY = {"ESC"}
BULK = {"POSE", "PARQ", "PLAN"}


def run(demo):
    drafts = [*regular_invoices(demo), *event_invoices(demo)]
    drafts.sort(key=lambda draft: draft[1]["invoice_date"])
    moves = demo.env["account.move"].create([values for _event, values in drafts])
    demo.event_moves = {
        event: move
        for (event, _values), move in zip(drafts, moves, strict=True)
        if event
    }
    return f"{len(moves)} factures en brouillon"


def regular_invoices(demo):
    weights = [customer.weight for customer in demo.customers]
    more = demo.rng.choices(
        demo.customers, weights=weights, k=REGULAR_INVOICES - len(demo.customers)
    )
    return [
        ("", invoice_values(demo, customer, invoice_day(demo)))
        for customer in demo.customers + more
    ]


def event_invoices(demo):
    """Due at 30 days, as late as the directory says."""
    wanted = directory.EVENTS | {
        f"open_{index}": invoice for index, invoice in enumerate(directory.STILL_OPEN)
    }
    return [
        (
            event,
            invoice_values(
                demo,
                demo.by_name[name],
                working_day(demo.today - timedelta(days=late + 30)),
            )
            | {"invoice_payment_term_id": demo.terms["30"].id},
        )
        for event, (name, late) in wanted.items()
    ]


def invoice_day(demo):
    """A working day; the firm grows, so recent months count more."""
    age = int(HORIZON * demo.rng.random() ** 1.4)
    return working_day(demo.today - timedelta(days=age))


def working_day(day):
    return day - timedelta(days=max(0, day.weekday() - 4))


def invoice_values(demo, customer, day):
    partner = billed(customer.partner, demo.rng)
    values = {
        "move_type": "out_invoice",
        "partner_id": partner.id,
        "invoice_date": day,
        "invoice_payment_term_id": demo.terms[customer.terms].id,
        "invoice_user_id": customer.partner.user_id.id,
        "invoice_line_ids": invoice_lines(demo, customer),
    }
    if customer.category in {"company", "other"} and demo.rng.random() < 0.4:
        values["ref"] = f"BC-{demo.rng.randint(1000, 9999)}"
    if customer.category == "dollar":
        values["currency_id"] = demo.env.ref("base.USD").id
    return values


def billed(partner, rng):
    contact = partner.child_ids.filtered(lambda child: child.type == "invoice")
    return contact[:1] if contact and rng.random() < 0.6 else partner


def invoice_lines(demo, customer):
    count, quantity, factor = SIZES[customer.category]
    products = demo.rng.sample(list(demo.products.values()), demo.rng.randint(*count))
    return [
        Command.create(
            {
                "product_id": product.id,
                "quantity": quantity_of(demo.rng, product.default_code, quantity),
                "price_unit": round(product.list_price * factor, 2),
            }
        )
        for product in products
    ]


def quantity_of(rng, code, bounds):
    if code in BULK:
        return rng.randint(5, 40)
    if code in HEAVY:
        return 1
    return rng.randint(*bounds)
