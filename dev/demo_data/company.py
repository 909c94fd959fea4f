"""The firm: identity, bank, people, terms of payment, articles, exchange rates."""

import base64
import io

from dateutil.relativedelta import relativedelta
from PIL import Image, ImageDraw

from odoo.fields import Command

from .identity import make_iban, make_siren, make_siret, make_vat

SIREN = make_siren("81245907")
USERS = (
    ("vendeuse", "Claire Lebreton", ("sales_team.group_sale_salesman",)),
    ("vendeur", "Thomas Guérin", ("sales_team.group_sale_salesman",)),
    (
        "collecteur",
        "Nadia Benali",
        (
            "account.group_account_invoice",
            "l10n_fr_recouvrement.group_recovery_user",
        ),
    ),
    (
        "comptable",
        "Hélène Marchand",
        (
            "account.group_account_manager",
            "account.group_account_user",
            "l10n_fr_recouvrement.group_recovery_manager",
        ),
    ),
)
MONTH_END = {"delay_type": "days_end_of_month_on_the", "days_next_month": "0"}
TERMS = {
    "reception": ("account.account_payment_term_immediate", ()),
    "15": ("account.account_payment_term_15days", ()),
    "30": ("account.account_payment_term_30days", ()),
    "45fdm": ("45 jours fin de mois", ((100, 45, MONTH_END),)),
    "50": ("50 jours", ((100, 50, {}),)),
    "60": ("60 jours", ((100, 60, {}),)),
    "30-70": ("30 % à 15 jours, 70 % à 45 jours", ((30, 15, {}), (70, 45, {}))),
    "3x": (
        "3 fois : 30, 60 et 90 jours",
        ((34, 30, {}), (33, 60, {}), (33, 90, {})),
    ),
}
GOODS = (
    ("FEN-ALU", "Fenêtre aluminium 2 vantaux 120 × 125 cm", 640, "unit"),
    ("PF-CHENE", "Porte-fenêtre chêne 2 vantaux", 1150, "unit"),
    ("PE-ALU", "Porte d'entrée aluminium", 1890, "unit"),
    ("PI-CHENE", "Porte intérieure chêne massif", 320, "unit"),
    ("BP-EI30", "Bloc-porte coupe-feu EI 30", 540, "unit"),
    ("ESC", "Escalier sur mesure", 4200, "unit"),
    ("PLAN", "Plan de travail sur mesure", 210, "product_uom_meter"),
    ("PARQ", "Parquet chêne massif 14 mm", 68, "product_uom_square_meter"),
)
SERVICES = (
    ("POSE", "Pose sur chantier", 48, "product_uom_hour"),
    ("DEPOSE", "Dépose et évacuation des anciennes menuiseries", 180, "unit"),
    ("ETUDE", "Étude et plans d'exécution", 390, "unit"),
    ("ENTR", "Contrat d'entretien annuel des menuiseries", 450, "unit"),
    ("DEPL", "Déplacement", 55, "unit"),
)


def run(demo):
    identify(demo)
    open_bank_account(demo)
    demo.users = create_users(demo)
    demo.env.company.write(
        demo.known("res.company", {"recovery_user_id": demo.users["collecteur"].id})
    )
    demo.terms = {key: term(demo, *spec) for key, spec in TERMS.items()}
    demo.products = create_products(demo)
    create_rates(demo)
    set_minimum(demo)
    return (
        f"{demo.env.company.name} : {len(demo.users)} utilisateurs, "
        f"{len(demo.products)} articles, {len(demo.terms)} conditions de paiement"
    )


def identify(demo):
    env, company = demo.env, demo.env.company
    env["res.lang"]._activate_lang("en_US")
    env.ref("base.group_user")._apply_group(env.ref("base.group_multi_currency"))
    company.write(
        {
            "name": "Menuiserie de l'Erdre SARL",
            "street": "18 rue des Charpentiers",
            "zip": "44300",
            "city": "Nantes",
            "country_id": env.ref("base.fr").id,
            "phone": "+33 2 61 91 40 40",
            "email": "comptabilite@menuiserie-erdre.example",
            "website": "https://www.menuiserie-erdre.example",
            "vat": make_vat(SIREN),
            "company_registry": make_siret(SIREN),
            "ape": "4332A",
            "logo": logo(),
            "external_report_layout_id": env.ref("web.external_layout_standard").id,
        }
    )
    company.partner_id.lang = "fr_FR"
    company.write(
        demo.known(
            "res.company",
            {
                "recovery_city": "Nantes",
                "recovery_legal_form": "SARL",
                "recovery_capital": 60000,
                "recovery_rcs_city": "Nantes",
                "recovery_signatory_name": "Hélène Marchand",
                "recovery_signatory_title": "Responsable administrative et financière",
                "recovery_email_from": "recouvrement@menuiserie-erdre.example",
                "recovery_reply_to": "recouvrement@menuiserie-erdre.example",
                "recovery_mediator": "Médiation de l'Ouest\n"
                "4 place du Commerce, 44000 Nantes\n"
                "https://www.mediation-ouest.example",
            },
        )
    )


def logo():
    """A mullioned window in the firm's colours."""
    image = Image.new("RGB", (320, 320), "white")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((30, 30, 290, 290), radius=24, fill="#1f4e3d")
    for left, top in ((60, 60), (170, 60), (60, 170), (170, 170)):
        draw.rectangle((left, top, left + 90, top + 90), fill="#e8b04b")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue())


def open_bank_account(demo):
    env, company = demo.env, demo.env.company
    bank = env["res.bank"].create({"name": "Banque de l'Estuaire", "bic": "BESTFR2N"})
    account = env["res.partner.bank"].create(
        {
            "acc_number": make_iban("17499", "44044", "00021457803"),
            "partner_id": company.partner_id.id,
            "bank_id": bank.id,
            "allow_out_payment": True,
        }
    )
    demo.bank_journal = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
    )
    demo.bank_journal.bank_account_id = account


def create_users(demo):
    env = demo.env
    env.ref("base.user_admin").write(
        {"tz": "Europe/Paris", "email": "administration@menuiserie-erdre.example"}
    )
    return {
        login: env["res.users"].create(
            {
                "name": name,
                "login": login,
                "password": login,
                "email": f"{login}@menuiserie-erdre.example",
                "tz": "Europe/Paris",
                "lang": "fr_FR",
                "group_ids": [
                    Command.link(group.id)
                    for xmlid in ("base.group_user", *groups)
                    if (group := env.ref(xmlid, raise_if_not_found=False))
                ],
            }
        )
        for login, name, groups in USERS
    }


def term(demo, name, lines):
    if not lines:
        return demo.env.ref(name)
    return demo.env["account.payment.term"].create(
        {
            "name": name,
            "line_ids": [
                Command.create(
                    {"value": "percent", "value_amount": percent, "nb_days": days}
                    | delay
                )
                for percent, days, delay in lines
            ],
        }
    )


def create_products(demo):
    rows = [("consu", *row) for row in GOODS] + [("service", *row) for row in SERVICES]
    units = {
        row[4]: demo.env.ref(f"uom.{row[4]}", raise_if_not_found=False)
        or demo.env.ref("uom.product_uom_unit")
        for row in rows
    }
    products = demo.env["product.product"].create(
        [
            {
                "name": name,
                "default_code": code,
                "type": kind,
                "list_price": price,
                "uom_id": units[unit].id,
                "invoice_policy": "order",
            }
            for kind, code, name, price, unit in rows
        ]
    )
    return {product.default_code: product for product in products}


def create_rates(demo):
    """One US dollar rate a month, for two years."""
    dollar, rate, values = demo.env.ref("base.USD"), 1.08, []
    first = demo.today.replace(day=1)
    for month in range(24, -1, -1):
        rate = min(max(rate + demo.rng.uniform(-0.015, 0.017), 1.03), 1.2)
        values.append(
            {
                "name": first - relativedelta(months=month),
                "rate": round(rate, 4),
                "currency_id": dollar.id,
                "company_id": demo.env.company.id,
            }
        )
    demo.env["res.currency.rate"].create(values)


def set_minimum(demo):
    """Below 15 EUR the firm writes no letter."""
    if demo.has("recovery.policy", "minimum_amount"):
        demo.env["recovery.policy"].search([]).minimum_amount = 15
