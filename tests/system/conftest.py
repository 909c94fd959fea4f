"""Real Odoo processes on databases of their own, a mail sink and plain SQL."""

import json
import os
import socketserver
import subprocess
import threading
from pathlib import Path

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds, for one process


class Process:
    """Python running in `odoo shell`, in a process of its own."""

    def __init__(self, command, code):
        self.child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.child.stdin.write(code)
        self.child.stdin.close()

    def wait(self):
        """Exit code and all that was written."""
        timer = threading.Timer(PATIENCE, self.child.kill)
        timer.start()
        output = self.child.stdout.read()
        code = self.child.wait()
        timer.cancel()
        return code, output

    def result(self):
        """The object that the code printed after RESULT."""
        _code, output = self.wait()
        for line in output.splitlines():
            if line.startswith("RESULT "):
                return json.loads(line.removeprefix("RESULT "))
        raise AssertionError(f"no result:\n{output[-4000:]}")


class Database:
    """A database with the addon."""

    def __init__(self, name, smtp_port):
        self.name = name
        self.command = [
            str(ROOT / "dev/odoo"),
            *("shell", "-d", name, "--no-http", "--log-level=error"),
            *("--smtp", "127.0.0.1", "--smtp-port", str(smtp_port)),
        ]

    def start(self, code):
        return Process(self.command, code)

    def run(self, code):
        return self.start(code).result()

    def sql(self, query):
        """Rows of a query in a transaction of its own, committed."""
        with psycopg2.connect(dbname=self.name) as connection:
            cursor = connection.cursor()
            cursor.execute(query)
            return cursor.fetchall() if cursor.description else None


class Smtp(socketserver.StreamRequestHandler):
    """Takes every mail; `server.mails` are the texts."""

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self):
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                self.take()
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.mails.append(b"".join(lines).decode(errors="replace"))
        self.say("250 taken")


@pytest.fixture(scope="session")
def sink():
    """A mail server that keeps what it gets."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp) as server:
        server.daemon_threads = True
        server.mails = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="session")
def make_database(sink):
    """A fresh database with the addon and some late invoices; dropped at the end."""
    made = []

    def make(name):
        script = f'. "{ROOT}/dev/env.sh"; fresh_database {name} en'
        subprocess.run(["bash", "-euc", script], check=True, env=os.environ)
        made.append(name)
        return Database(name, sink.server_address[1])

    yield make
    for name in made:
        subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)


LATE_INVOICES = """
import json
from datetime import timedelta
from odoo import Command

today = env.company._recovery_today()
env["recovery.policy"].search([]).active = False
template = env["mail.template"].create({
    "name": "Reminder", "model_id": env["ir.model"]._get("recovery.notice").id,
    "subject": "Notice {{ object.name }}", "body_html": "<p>Please pay</p>",
    "email_from": "us@example.com", "email_to": "{{ object.email_to }}",
})
policy = env["recovery.policy"].create({
    "name": "Test", "sequence": 1, "interval_days": 0,
    "level_ids": [Command.create({
        "name": f"Level {delay}", "position": delay, "delay_days": delay,
        "by_email": True, "mail_template_id": template.id,
    }) for delay in (5, 15)],
})
debtors = env["res.partner"].create([
    {"name": f"Debtor {n}", "email": f"debtor{n}@example.com", "city": "Lyon"}
    for n in range(DEBTORS)
])
env["account.move"].create([{
    "move_type": "out_invoice", "partner_id": debtor.id,
    "invoice_date": today - timedelta(days=late),
    "invoice_date_due": today - timedelta(days=late),
    "invoice_line_ids": [Command.create(
        {"name": "Work", "price_unit": 100, "tax_ids": [Command.clear()]})],
} for debtor in debtors for late in (10, 20)]).action_post()
env.company.write({"recovery_live": True, "recovery_live_since": today})
env.cr.commit()
print("RESULT", json.dumps(len(debtors)))
"""


@pytest.fixture(scope="session")
def late(make_database):
    """A live company with 30 debtors of two late invoices each."""
    database = make_database("recouvrement_system")
    assert database.run(LATE_INVOICES.replace("DEBTORS", "30")) == 30
    return database


@pytest.fixture
def fresh(late, sink):
    """The same, without any notice or run."""
    late.sql(
        "DELETE FROM recovery_notice; DELETE FROM recovery_run;"
        "DELETE FROM mail_mail; DELETE FROM mail_message WHERE model ="
        " 'recovery.notice'; DELETE FROM ir_cron_trigger"
    )
    sink.mails.clear()
    return late
