"""A joinery firm with late customers, for the browser tests; run by `odoo shell`.

Each role has customers of its own, so that the tests do not depend on one another.
"""

# ruff: noqa: F821
import json
import os
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(os.environ["ODOO_RC"]).parents[1] / "dev"))

from demo_data import SEED, Demo, company, customers, directory  # noqa: E402

from odoo.fields import Command  # noqa: E402

OURS = ("ir_cron_recovery_run", "ir_cron_recovery_send")
LOGINS = ("collecteur", "responsable", "comptable")
# What each role does with a customer of its own: days late of that customer's invoices.
TASKS = {
    "remind": ((12,), (18, 7), (25,)),
    "promise": ((22, 9), (38,), (16,)),
    "dispute": ((28,), (14, 11), (33,)),
    "notice": ((96, 58), (61,), (49, 20)),
    "public": ((5,), (9,), (3,)),
}
OTHERS = ((-4,), (6,), (41, 8), (-25,), (8, -12))
REACHED = {"notice": "L3"}  # before the addon came


def create_manager():
    """Recovery manager, and no more than that."""
    env["res.users"].create(
        {
            "name": "Julien Rousseau",
            "login": "responsable",
            "password": "responsable",
            "email": "responsable@menuiserie-erdre.example",
            "tz": "Europe/Paris",
            "lang": "fr_FR",
            "group_ids": [
                Command.link(env.ref("base.group_user").id),
                Command.link(env.ref("l10n_fr_recouvrement.group_recovery_manager").id),
            ],
        }
    )


def create_debtors(count):
    rows = directory.COMPANIES[:count]
    return env["res.partner"].create(
        [customers.base_values(demo, row) | company_values(row) for row in rows]
    )


def company_values(row):
    return customers.company_values(demo, row) | {
        "property_payment_term_id": demo.terms["30"].id,
        "email": customers.address_of(row[0]),
    }


def create_invoices(debtor, delays):
    issued = [demo.today - timedelta(days=30 + late) for late in delays]
    values = [
        {
            "move_type": "out_invoice",
            "partner_id": debtor.id,
            "invoice_date": day,
            "invoice_line_ids": [lines() for _number in range(2)],
        }
        for day in sorted(issued)
    ]
    return env["account.move"].create(values)


def lines():
    product = demo.rng.choice(list(demo.products.values()))
    return Command.create(
        {"product_id": product.id, "quantity": demo.rng.randint(1, 6)}
    )


def reach(moves, letter):
    """These invoices were already reminded that far, three weeks ago."""
    day = demo.today - timedelta(days=21)
    level = env["recovery.level"].search(
        [("letter", "=", letter), ("policy_id.debtor_kind", "=", "professional")]
    )
    env["recovery.level.change"].create(
        [
            {
                "move_line_id": line.id,
                "move_id": line.move_id.id,
                "level_id": level.id,
                "at": day,
                "date": day,
                "reason": "Relances de l'ancien logiciel",
            }
            for line in moves.line_ids
            if line.account_id.account_type == "asset_receivable"
        ]
    )


def quiet():
    """Only our own scheduled actions run."""
    ours = [env.ref(f"l10n_fr_recouvrement.{name}").id for name in OURS]
    env["ir.cron"].search([("id", "not in", ours)]).active = False


def fill():
    delays = [*(late for task in TASKS.values() for late in task), *OTHERS]
    debtors = create_debtors(len(delays))
    names = [(task, login) for task in TASKS for login in LOGINS]
    for (task, _login), debtor in zip(names, debtors, strict=False):
        if task == "public":
            debtor.recovery_debtor_kind = task
    debtors[:-1].action_recovery_confirm_kind()
    moves = [create_invoices(*pair) for pair in zip(debtors, delays, strict=True)]
    env["account.move"].union(*moves).action_post()
    made = {login: {} for login in LOGINS}
    for (task, login), debtor, invoices in zip(names, debtors, moves, strict=False):
        made[login][task] = {"partner": debtor.id, "invoice": invoices[0].id}
        if task in REACHED:
            reach(invoices, REACHED[task])
    return made


def expected():
    """What the worklist and the preview must show."""
    debtors = env["recovery.debtor"].search([("due_count", ">", 0)])
    tomorrow = demo.today + timedelta(days=1)
    situation = env["recovery.situation"].with_context(recovery_date=str(tomorrow))
    return {
        "due_debtors": sorted(debtors.partner_id.mapped("name")),
        "due_tonight": situation.search_count([("status", "=", "due")]),
    }


demo = Demo(env, SEED)
env = demo.env
company.run(demo)
create_manager()
quiet()
made = fill()
env.cr.commit()
env.invalidate_all()
result = {"roles": made} | expected()
print("RESULT", json.dumps(result))
