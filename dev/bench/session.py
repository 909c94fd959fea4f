"""An Odoo environment in a plain Python program."""

import os
from contextlib import contextmanager

import odoo
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tools import config


@contextmanager
def session(database, addons="", login="admin"):
    """Environment of `login` on a database; commits at the end.

    :param addons: more folders of addons, before those of the configuration
    """
    arguments = ["-c", os.environ["ODOO_RC"], "-d", database, "--no-http"]
    arguments += ["--log-level", os.environ.get("BENCH_LOG", "error")]
    config.parse_config(arguments, setup_logging=True)
    if addons:
        paths = ",".join([*config["addons_path"], addons])
        config.parse_config([*arguments, "--addons-path", paths])
    server.start(preload=[], stop=True)
    with Registry(database).cursor() as cr:
        users = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {})["res.users"]
        user = users.search([("login", "=", login)])
        yield user.with_user(user).with_context(user.context_get()).env
