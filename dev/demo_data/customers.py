"""Customers and their contacts."""

import unicodedata
from dataclasses import dataclass

from odoo.fields import Command

from . import directory
from .identity import make_siret, make_uk_vat, make_vat, random_siren


@dataclass
class Customer:
    partner: object
    terms: str
    behaviour: str
    category: str
    weight: float


def run(demo):
    demo.customers = [
        *group(demo, "company", directory.COMPANIES, company_values, (2, 9)),
        *group(demo, "sole_trader", directory.SOLE_TRADERS, trader_values, (1, 4)),
        *group(demo, "consumer", directory.CONSUMERS, consumer_values, (1, 3)),
        *group(demo, "other", directory.OTHERS, other_values, (2, 5)),
        *foreign_customers(demo),
        customer_without_address(demo),
    ]
    demo.by_name = {customer.partner.name: customer for customer in demo.customers}
    contacts = add_contacts(demo)
    add_tags(demo)
    confirm_kinds(demo)
    assign_people(demo)
    return f"{len(demo.customers)} clients, {len(contacts)} interlocuteurs"


def group(demo, category, rows, make_values, weights):
    values = [base_values(demo, row) | make_values(demo, row) for row in rows]
    partners = demo.env["res.partner"].create(values)
    return [
        Customer(partner, row[4], row[5], category, demo.rng.uniform(*weights))
        for partner, row in zip(partners, rows, strict=True)
    ]


def base_values(demo, row):
    name, street, postcode, city, terms, *_rest = row
    email = "" if name in directory.WITHOUT_EMAIL else address_of(name)
    return {
        "name": name,
        "street": street,
        "zip": postcode,
        "city": city,
        "country_id": demo.env.ref("base.fr").id,
        "lang": "fr_FR",
        "phone": phone(demo),
        "email": email,
        "property_payment_term_id": demo.terms[terms].id,
        "customer_rank": 1,
    }


def phone(demo):
    """A number of the ranges kept for fiction."""
    return f"+33 2 61 91 {demo.rng.randint(0, 99):02d} {demo.rng.randint(0, 99):02d}"


def slug(name):
    ascii_name = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore")
    words = ascii_name.decode().replace("'", " ").replace(".", " ").split()
    return "-".join(word for word in words if word not in {"sarl", "sas", "sa", "ei"})


def address_of(name, mailbox="comptabilite"):
    return f"{mailbox}@{slug(name)}.example"


def registered(siren, with_vat=True):
    values = {"is_company": True, "company_registry": make_siret(siren)}
    return values | ({"vat": make_vat(siren)} if with_vat else {})


def company_values(demo, row):
    return registered(random_siren(demo.rng, demo.rng.choice("3458")))


def trader_values(demo, row):
    """Half of them under the VAT exemption of small businesses (CGI 293 B)."""
    return registered(random_siren(demo.rng, "8"), with_vat=row[5] != directory.USUAL)


def consumer_values(demo, row):
    email = "" if row[0] in directory.WITHOUT_EMAIL else f"{slug(row[0])}@mel.example"
    number = f"{demo.rng.randint(0, 99):02d} {demo.rng.randint(0, 99):02d}"
    return {"is_company": False, "email": email, "phone": f"+33 6 39 98 {number}"}


def other_values(demo, row):
    if not row[6]:
        return {"is_company": True}
    return registered(random_siren(demo.rng, row[6]), with_vat=False)


def foreign_customers(demo):
    env = demo.env
    shared = {
        "is_company": True,
        "property_payment_term_id": demo.terms["30"].id,
        "customer_rank": 1,
    }
    british, american = env["res.partner"].create(
        [
            directory.BRITISH
            | shared
            | {"country_id": env.ref("base.uk").id, "vat": make_uk_vat("4820917")},
            directory.AMERICAN
            | shared
            | {
                "country_id": env.ref("base.us").id,
                "state_id": env.ref("base.state_us_27").id,
            },
        ]
    )
    return [
        Customer(british, "30", directory.SLOW, "foreign", 6),
        Customer(american, "30", directory.SLOW, "dollar", 6),
    ]


def customer_without_address(demo):
    france = demo.env["account.fiscal.position"].search(
        [("country_id", "=", demo.env.ref("base.fr").id)], limit=1
    )
    partner = demo.env["res.partner"].create(
        {
            "name": directory.WITHOUT_ADDRESS,
            "lang": "fr_FR",
            "property_account_position_id": france.id,
            "customer_rank": 1,
        }
        | registered(random_siren(demo.rng, "9"), with_vat=False)
    )
    return Customer(partner, "30", directory.BAD, "sole_trader", 2)


def add_contacts(demo):
    values = [
        contact_values(demo, company, name, "invoice", "factures")
        for company, name in directory.INVOICE_CONTACTS.items()
    ]
    values += [
        contact_values(demo, company, name, "contact", slug(name))
        | demo.known("res.partner", {"recovery_contact": True})
        | {"function": "Responsable des règlements"}
        for company, name in directory.RECOVERY_CONTACTS.items()
    ]
    return demo.env["res.partner"].create(values)


def contact_values(demo, company, name, kind, mailbox):
    parent = demo.by_name[company].partner
    syndic = name.startswith("Cabinet")
    address = {}
    if syndic:
        address = {"street": "31 rue de Budapest", "zip": "44000", "city": "Nantes"}
    elif kind == "invoice":
        address = {field: parent[field] for field in ("street", "zip", "city")}
    return address | {
        "name": name,
        "type": kind,
        "parent_id": parent.id,
        "email": address_of(name if syndic else company, mailbox),
        "phone": phone(demo),
        "lang": "fr_FR",
        "country_id": parent.country_id.id,
    }


def add_tags(demo):
    for name, companies in directory.TAGS.items():
        tag = demo.env["res.partner.category"].create({"name": name})
        for company in companies:
            demo.by_name[company].partner.category_id = [Command.link(tag.id)]


def confirm_kinds(demo):
    """The accountant has confirmed the kind of most customers."""
    if not demo.has("res.partner", "recovery_debtor_kind"):
        return
    for customer in demo.customers:
        partner = customer.partner
        if partner.name in directory.KINDS:
            partner.recovery_debtor_kind = directory.KINDS[partner.name]
    demo.env["res.partner"].browse(
        customer.partner.id
        for customer in demo.customers
        if customer.partner.name not in directory.UNCONFIRMED
    ).action_recovery_confirm_kind()


def assign_people(demo):
    sellers = (demo.users["vendeuse"], demo.users["vendeur"])
    for index, customer in enumerate(demo.customers):
        customer.partner.user_id = sellers[index % 2]
