"""Go-live, daily run and sending on the demonstration database.

dev/odoo shell -d NAME --no-http < dev/demo_run.py

E-mails go to a server in this process and to no debtor: they land in out/mails/, the
archived letters in out/.
"""

import logging
import os
import re
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from werkzeug.serving import make_server

from odoo.http import root

ROOT = Path(os.environ["ODOO_RC"]).parents[1]
sys.path.insert(0, str(ROOT / "dev"))

from demo_data import letters as occasions  # noqa: E402
from drill.database import free_port  # noqa: E402

OUT = ROOT / "out"
MAIL_SERVER = "Démonstration (rien ne quitte cette machine)"
# The port on which `make demo` collects mail while it serves.
DEMO_PORT = 8025
# Debts older than these days start after the level with this letter.
START_LEVELS = ((120, "L3"), (60, "L2"), (25, "L1"))


class MailStore:
    """Keeps each message as a file."""

    def __init__(self, folder):
        self.folder = folder
        self.count = len(list(folder.glob("*.eml")))

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.count += 1
        name = file_name(f"{self.count:04d} {envelope.rcpt_tos[0]}")
        (self.folder / f"{name}.eml").write_bytes(envelope.content)
        return "250 OK"


def main(env):
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    letters, mails = folder_of("."), folder_of("mails")
    env = env(context={"lang": "fr_FR", "tz": "Europe/Paris"})
    env = env(user=manager(env))
    if not env.company.recovery_live:
        empty(letters, mails)
    store = MailStore(mails)
    with local_services(env, store):
        times = {"Mise en service": timed(go_live, env)[1]}
        run, times["Décision"] = timed(decide, env)
        _sent, times["Envoi"] = timed(send, env, run.notice_ids)
        if not env["recovery.notice"].search_count([("level_id", "=", False)]):
            others, times["Courriers hors niveaux"] = timed(occasions.write, env)
            send(env, others)
            save(letters, occasions.sheets(env))
    run.invalidate_recordset()
    report(run, times)
    copied = copy_letters(env["recovery.notice"].search([]), letters)
    print(f"\n{copied} lettres dans out/\n{store.count} courriels dans out/mails/")


def folder_of(name):
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def empty(*folders):
    for folder in folders:
        for file in [*folder.glob("*.pdf"), *folder.glob("*.eml")]:
            file.unlink()


def file_name(text):
    return re.sub(r"[^\w.@' -]+", "-", text)


def manager(env):
    accountant = env["res.users"].search([("login", "=", "comptable")], limit=1)
    return accountant or env.ref("base.user_admin")


@contextmanager
def local_services(env, store):
    """A mail server, and a web server for the style sheets of attached invoices."""
    mail = Controller(store, hostname="127.0.0.1", port=free_port())
    web = make_server("127.0.0.1", free_port(), root, threaded=True)
    mail.start()
    threading.Thread(target=web.serve_forever, daemon=True).start()
    point_to(env, mail.port, f"http://127.0.0.1:{web.port}")
    try:
        yield
    finally:
        env.cr.rollback()
        point_to(env, DEMO_PORT, False)
        mail.stop()
        web.shutdown()


def point_to(env, mail_port, web_address):
    env["ir.config_parameter"].sudo().set_param("report.url", web_address)
    servers = env["ir.mail_server"].sudo()
    server = servers.search([("name", "=", MAIL_SERVER)])
    if server:
        server.smtp_port = mail_port
    else:
        servers.create(
            {
                "name": MAIL_SERVER,
                "smtp_host": "127.0.0.1",
                "smtp_port": mail_port,
                "smtp_encryption": "none",
                "sequence": 1,
            }
        )
    env.cr.commit()


def timed(function, *args):
    started = time.monotonic()
    result = function(*args)
    return result, time.monotonic() - started


def go_live(env):
    """First preview, start level of the old debts, approval."""
    if env.company.recovery_live:
        return
    wizard = env["recovery.go.live"].create({})
    for days, letter in START_LEVELS:
        for line in wizard.line_ids:
            levels = line.policy_id.level_ids
            start = levels.filtered(lambda level, letter=letter: level.letter == letter)
            if start and line.next_level_id.position <= start.position:
                line.write({"older_than": days, "start_level_id": start[:1].id})
        wizard.action_start_levels()
    wizard.action_approve()
    env.cr.commit()


def decide(env):
    run = env["recovery.run"].launch(company=env.company)
    env.cr.commit()
    return run


def send(env, notices):
    """Approve what waits for it, and send everything."""
    notices.filtered(lambda notice: notice.state in ("draft", "ready")).action_send()
    env.cr.commit()


def report(run, times):
    title(f"{run.name} : {run.debtor_count} clients, {run.read_count} échéances lues")
    row("À relancer", run.due_count)
    for line in run.line_ids.filtered(lambda line: line.kind == "skipped"):
        row(f"  écartées : {label(line, 'status')}", line.item_count)
    title(f"{run.notice_count} courriers")
    for line in run.line_ids.filtered(lambda line: line.kind == "level"):
        policy = line.level_id.policy_id.name
        row(f"{policy} – {line.level_id.name} ({line.channels})", line.notice_count)
    title("État après l'envoi")
    states = Counter(label(notice, "state") for notice in run.notice_ids)
    for state, count in states.most_common():
        row(state, count)
    problems = Counter(
        notice.failure_reason or notice.cancel_reason
        for notice in run.notice_ids
        if notice.failure_reason or notice.cancel_reason
    )
    problems.update(line.message for line in run.line_ids if line.kind == "failure")
    for reason, count in problems.most_common(10):
        row(f"  {reason}"[:70], count)
    title("Durée")
    for step, seconds in times.items():
        row(step, f"{seconds:.1f} s")


def title(text):
    print(f"\n{text}\n{'─' * 78}")


def row(text, value):
    print(f"{text:<70}{value:>8}")


def label(record, field):
    labels = dict(record._fields[field]._description_selection(record.env))
    return labels.get(record[field], record[field])


def save(folder, documents):
    for name, content in documents.items():
        (folder / file_name(name)).write_bytes(content)


def copy_letters(notices, folder):
    archived = notices.filtered("document_id")
    for notice in archived:
        name = file_name(f"{notice.letter} {notice.name} {notice.partner_id.name}")
        (folder / f"{name}.pdf").write_bytes(notice.document_id.raw)
    return len(archived)


main(env)  # noqa: F821
