"""Databases with the addon, and Odoo processes that work on them."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parents[2]
ODOO = str(ROOT / "dev/odoo")
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
        self.smtp_port = smtp_port

    @property
    def options(self):
        return [
            *("-d", self.name, "--log-level=error"),
            *("--smtp", "127.0.0.1", "--smtp-port", str(self.smtp_port)),
        ]

    def start(self, code):
        return Process([ODOO, "shell", *self.options, "--no-http"], code)

    def run(self, code):
        return self.start(code).result()

    def sql(self, query, values=None, name=None):
        """Rows of a query in a transaction of its own, committed.

        :param name: another database than this one
        """
        with psycopg2.connect(dbname=name or self.name) as connection:
            cursor = connection.cursor()
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else None

    def hash_of(self, file):
        """SHA-256 of a file of the filestore, None where it is missing."""
        path = ROOT / ".odoo/data/filestore" / self.name / (file or "")
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


@contextmanager
def serving(database, *options):
    """An Odoo server on a database, ended with all that it started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("error: interrupted"))
    server = subprocess.Popen(
        [ODOO, *database.options, *options], start_new_session=True
    )
    try:
        yield server
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def bash(script):
    """Run lines of Bash that know the helpers of dev/env.sh."""
    words = ["bash", "-euc", f'. "{ROOT}/dev/env.sh"; {script}']
    subprocess.run(words, check=True, env=os.environ)


def build(name, smtp_port):
    """A fresh database with the addon."""
    bash(f"fresh_database {name} en")
    return Database(name, smtp_port)


def copy(database, name, smtp_port):
    """A copy of a database, its files with it; an older one of this name goes."""
    drop(name)
    source, target = f"$(filestore {database.name})", f"$(filestore {name})"
    bash(
        f"createdb -T {database.name} {name};"
        f' if [ -d "{source}" ]; then cp -a "{source}" "{target}"; fi'
    )
    return Database(name, smtp_port)


def drop(name):
    bash(f'dropdb --if-exists --force {name} 2>/dev/null; rm -rf "$(filestore {name})"')


def restart_server(database):
    """Restart PostgreSQL where it is ours, else end all connections to a database."""
    if os.environ.get("RECOUVREMENT_PG"):
        bash('"$ROOT/dev/postgres.sh" stop; "$ROOT/dev/postgres.sh" start')
    else:
        database.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
