"""Orders with a deposit, invoiced by the sales wizard; then everything is posted."""

from datetime import datetime, time, timedelta

from odoo.fields import Command

from .invoices import invoice_lines, working_day

# customer, days since the order, deposit in %, days until the balance (None: not yet)
ORDERS = (
    ("Maisons Bois d'Armor", 320, 30, 60),
    ("Résidences Océane SAS", 250, 40, 75),
    ("Hôtel du Passage SARL", 190, 30, 45),
    ("Paul Martineau", 130, 40, 50),
    ("Constructions Vendéennes", 95, 30, 40),
    ("Restaurant La Gabare", 80, 30, None),
    ("Camping des Pins SARL", 55, 50, None),
    ("Gérard Blanchet", 30, 40, None),
    ("Salle de sport Énergie 44", 12, 30, None),
)
QUOTATIONS = (("Cycles Beaulieu SARL", 5), ("Nicolas Hervé", 9))


def run(demo):
    orders = [
        invoice_order(demo, *spec, seed_order(demo, spec[0], spec[1]))
        for spec in ORDERS
    ]
    for name, age in QUOTATIONS:
        seed_order(demo, name, age).state = "sent"
    demo.invoices = post_drafts(demo)
    return (
        f"{len(orders)} commandes avec acompte, {len(QUOTATIONS)} devis, "
        f"{len(demo.invoices)} factures comptabilisées"
    )


def seed_order(demo, name, age):
    customer = demo.by_name[name]
    lines = [
        Command.create(
            {
                "product_id": values["product_id"],
                "product_uom_qty": values["quantity"],
                "price_unit": values["price_unit"],
            }
        )
        for _command, _id, values in invoice_lines(demo, customer)
    ]
    return demo.env["sale.order"].create(
        {
            "partner_id": customer.partner.id,
            "date_order": at_nine(demo.today - timedelta(days=age)),
            "payment_term_id": demo.terms[customer.terms].id,
            "user_id": customer.partner.user_id.id,
            "order_line": lines,
        }
    )


def at_nine(day):
    return datetime.combine(day, time(9))


def invoice_order(demo, name, age, percentage, delay, order):
    order.action_confirm()
    ordered_on = working_day(demo.today - timedelta(days=age))
    order.date_order = at_nine(ordered_on)
    make_invoice(demo, order, ordered_on, "percentage", percentage)
    if delay:
        delivered_on = working_day(ordered_on + timedelta(days=delay))
        make_invoice(demo, order, delivered_on, "delivered", 0)
    return order


def make_invoice(demo, order, day, method, percentage):
    known = order.invoice_ids
    demo.env["sale.advance.payment.inv"].create(
        {
            "sale_order_ids": [Command.set(order.ids)],
            "advance_payment_method": method,
            "amount": percentage,
        }
    ).create_invoices()
    deposit = method == "percentage"
    (order.invoice_ids - known).write(
        {"invoice_date": day}
        | ({"invoice_payment_term_id": demo.terms["15"].id} if deposit else {})
    )


def post_drafts(demo):
    drafts = demo.env["account.move"].search(
        [("move_type", "=", "out_invoice"), ("state", "=", "draft")],
        order="invoice_date, id",
    )
    drafts.action_post()
    return drafts
