"""A served database, and people who use it in a real browser."""

import json
import os
import resource
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import psycopg2
from drill.database import free_port
from PIL import Image
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds, for a server to answer
STEP = 15_000  # milliseconds, for a page to show what is waited for
WINDOW = {"width": 1400, "height": 900}
NO_DITHER = Image.Dither.NONE
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
)
NOISE = "A VideoFrame was garbage collected"  # of Chromium itself
# Dialogs of errors, and red notifications, become errors of the console.
WATCH = """
new MutationObserver(() => {
    for (const node of document.querySelectorAll(
        ".o_error_dialog, .o_notification:has(.o_notification_bar.bg-danger)"
    )) {
        if (!node.dataset.seen) {
            node.dataset.seen = "1";
            console.error(`shown to the user: ${node.innerText}`);
        }
    }
}).observe(document, {childList: true, subtree: true});
"""
COMPLETE = """
() => Promise.all([document.fonts.ready, ...[...document.images].map(i => i.decode())])
"""
OPEN = """
action => odoo.__WOWL_DEBUG__.root.env.services.action.doAction(
    action, {clearBreadcrumbs: true}
)
"""
expect.set_options(timeout=STEP)


class Site:
    """A database of its own, served by a process of its own."""

    def __init__(self, name, smtp_port):
        self.name = name
        self.mail = ("--smtp", "127.0.0.1", "--smtp-port", str(smtp_port))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = ROOT / f".odoo/log/{name}.log"

    def build(self, script):
        """A fresh French database with the addon and what the script makes."""
        bash = f'. "{ROOT}/dev/env.sh"; fresh_database {self.name} fr'
        subprocess.run(["bash", "-euc", bash], check=True, env=os.environ)
        output = subprocess.run(
            self._odoo("shell", "--no-http", "--log-level=error"),
            input=script,
            capture_output=True,
            text=True,
        )
        for line in output.stdout.splitlines():
            if line.startswith("RESULT "):
                return json.loads(line.removeprefix("RESULT "))
        raise AssertionError(f"no data:\n{output.stdout}\n{output.stderr}")

    def _odoo(self, *arguments):
        command = arguments[:1] if arguments[0] == "shell" else ()
        options = arguments[len(command) :]
        return [
            str(ROOT / "dev/odoo"),
            *command,
            *("-d", self.name, *self.mail, *options),
        ]

    @contextmanager
    def served(self):
        command = self._odoo(
            *("--db-filter", f"^{self.name}$", "--no-database-list"),
            *("--http-port", str(self.port), "--max-cron-threads", "1"),
            "--log-level=warn",
        )
        with self.log.open("w") as log, process(command, log) as child:
            self._wait(child)
            yield

    def _wait(self, child):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and child.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/web/health", timeout=5).close()
                return
            except OSError:
                time.sleep(0.1)  # until it answers
        raise AssertionError(f"no server:\n{self.log.read_text()[-4000:]}")

    def drop(self):
        dropdb = ["dropdb", "--if-exists", "--force", self.name]
        subprocess.run(dropdb, check=True)

    def errors(self):
        """Lines of the log that no server should write; a query that collided with
        another one is tried again.
        """
        lines = self.log.read_text().splitlines()
        found = [line for line in lines if " ERROR " in line or " CRITICAL " in line]
        return [line for line in found if "odoo.sql_db: bad query" not in line]

    def sql(self, query, *values):
        """Rows of a query in a transaction of its own, committed."""
        with psycopg2.connect(dbname=self.name) as connection:
            cursor = connection.cursor()
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else None

    @contextmanager
    def night_job_waits(self):
        """Hold the scheduled decision back while the block runs, then let it go."""
        with psycopg2.connect(dbname=self.name) as connection:
            connection.cursor().execute(
                "SELECT cron.id FROM ir_cron cron JOIN ir_model_data data"
                " ON data.model = 'ir.cron' AND data.res_id = cron.id"
                " WHERE data.name = 'ir_cron_recovery_run' FOR NO KEY UPDATE OF cron"
            )
            yield
        connection.close()
        with psycopg2.connect(dbname="postgres") as postgres:
            postgres.cursor().execute(
                "SELECT pg_notify('cron_trigger', %s)", [self.name]
            )
        postgres.close()


@contextmanager
def process(command, log):
    child = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield child
    finally:
        child.kill()  # its database goes too
        child.wait()


@contextmanager
def memory_without_limit():
    """Odoo limits the memory of this process, which a browser would inherit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def chromium():
    with memory_without_limit(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=FLAGS,
        )
        yield browser
        browser.close()


class Session:
    """One person at the screen: counts clicks, and keeps what went wrong."""

    def __init__(self, browser, site, login):
        self.site = site
        self.login = login
        self.clicks = 0
        self.problems = []
        self.context = browser.new_context(
            base_url=site.url,
            viewport=WINDOW,
            locale="fr-FR",
            timezone_id="Europe/Paris",
        )
        self.context.set_default_timeout(STEP)
        self.context.add_init_script(WATCH)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._console)
        self._log_in()

    def _console(self, message):
        if message.type == "error" and NOISE not in message.text:
            self.problems.append(f"{message.text} ({message.location['url']})")

    def _log_in(self):
        self.page.goto("/web/login")
        self.page.fill("input[name=login]", self.login)
        self.page.fill("input[name=password]", self.login)
        self.page.click(".oe_login_form button[type=submit]")
        # The first page of a fresh database compiles the scripts of the web client.
        navbar = self.find(".o_main_navbar").first
        expect(navbar).to_be_visible(timeout=PATIENCE * 1000)

    def reload(self, path=""):
        """Load the whole web client at an address; clicks are counted from there."""
        self.page.goto(f"/odoo/{path}")
        self.seen(".o_main_navbar")
        self.clicks = 0

    def open(self, action):
        """Show an action in the page that is loaded, as a link would."""
        if isinstance(action, str) and "." not in action:
            action = f"l10n_fr_recouvrement.{action}"
        self.page.evaluate(OPEN, action)
        self.clicks = 0

    def open_record(self, model, record):
        views = [[False, "form"]]
        values = {"res_model": model, "res_id": record, "views": views}
        self.open({"type": "ir.actions.act_window", **values})
        self.seen(".o_form_view")

    def find(self, selector, **options):
        return self.page.locator(selector, **options)

    def seen(self, selector):
        """The first of these elements, once it is there."""
        found = self.find(selector).first
        expect(found).to_be_visible()
        return found

    def absent(self, selector):
        expect(self.find(selector)).to_have_count(0)

    def click(self, selector):
        self.find(selector).first.click()
        self.clicks += 1

    def menu(self, name):
        self.click(f"[data-menu-xmlid='l10n_fr_recouvrement.{name}']")

    def button(self, name):
        self.click(f"button[name='{name}']:visible")

    def tab(self, name):
        self.click(f".o_notebook .nav-link[name='{name}']")

    def fill(self, field, value):
        self.find(f".o_field_widget[name='{field}'] :is(input, textarea)").fill(value)

    def texts(self, selector):
        return [text.strip() for text in self.find(selector).all_inner_texts()]

    def action_button(self, name):
        """The button of an action, which carries its number as its name."""
        [[action]] = self.site.sql(
            "SELECT res_id FROM ir_model_data WHERE module = 'l10n_fr_recouvrement'"
            " AND name = %s",
            name,
        )
        self.button(action)

    def value(self, field):
        """Text of a field, once it has one."""
        found = self.seen(f".o_field_widget[name='{field}']")
        expect(found).not_to_be_empty()
        return found.inner_text().strip()

    def shoot(self, name):
        """A picture for the README, only where SCREENSHOTS names a folder."""
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            self.page.mouse.move(WINDOW["width"] - 1, WINDOW["height"] - 1)
            self.page.evaluate(COMPLETE)
            self.absent(".o_loading_indicator, .o_notification, .o-tooltip")
            save_png(self.page.screenshot(animations="disabled"), ROOT / folder, name)


def watched(session):
    """What goes wrong at the screen during a test fails it."""
    session.problems.clear()
    yield session
    assert not session.problems


def save_png(content, folder, name):
    """With a palette: a third of the size."""
    folder.mkdir(parents=True, exist_ok=True)
    image = Image.open(BytesIO(content)).convert("RGB")
    palette = image.quantize(method=Image.Quantize.MAXCOVERAGE, dither=NO_DITHER)
    palette.save(folder / f"{name}.png", optimize=True)
