"""Demonstration data, one module per stage."""

import random
import time

from odoo import SUPERUSER_ID, api, fields

from . import company, customers, events, invoices, orders, payments, plans

SEED = 20260115
MARKER = "l10n_fr_recouvrement.demo_data"
CONTEXT = {
    "lang": "fr_FR",
    "tz": "Europe/Paris",
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_notify_force_send": False,
    "no_reset_password": True,
}


class Demo:
    """What the stages share: environment, random source, day, and their results."""

    def __init__(self, env, seed):
        self.env = api.Environment(env.cr, SUPERUSER_ID, CONTEXT)
        self.rng = random.Random(seed)
        self.today = fields.Date.context_today(self.env["res.users"])
        self.started = time.monotonic()

    def has(self, model, *names):
        """Whether a model, and these fields of it, exist in this database."""
        if model not in self.env:
            return False
        return all(name in self.env[model]._fields for name in names)

    def known(self, model, values):
        """The part of `values` whose fields exist in this database."""
        names = self.env[model]._fields
        return {key: value for key, value in values.items() if key in names}

    def say(self, text):
        print(f"[{time.monotonic() - self.started:5.1f} s] {text}", flush=True)


def populate(env, seed):
    parameters = env["ir.config_parameter"].sudo()
    if parameters.get_param(MARKER):
        print("The demonstration data is already there.")
        return
    demo = Demo(env, seed)
    for stage in (company, customers, invoices, orders, payments, events, plans):
        demo.say(stage.run(demo))
    demo.env["ir.config_parameter"].set_param(MARKER, str(seed))
    env.cr.commit()
    demo.say("Enregistré.")
