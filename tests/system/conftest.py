"""Real Odoo processes on databases of their own, and a mail sink."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "dev")]

from browser import Session, Site, chromium  # noqa: E402
from drill.data import LATE_INVOICES, LIVE  # noqa: E402
from drill.database import build, drop  # noqa: E402
from drill.sink import running_sink  # noqa: E402


@pytest.fixture(scope="session")
def sink():
    """A mail server that keeps what it gets."""
    with running_sink() as server:
        yield server


@pytest.fixture(scope="session")
def late(sink):
    """A live company with 30 debtors of two late invoices each."""
    database = build("recouvrement_system", sink.port)
    assert database.run(LATE_INVOICES.replace("DEBTORS", "30")) == 30
    assert database.run(LIVE) == "live"
    yield database
    drop(database.name)


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


@pytest.fixture(scope="session")
def site(sink):
    """A served firm with late customers, for the browser tests."""
    site = Site("recouvrement_screens", sink.server_address[1])
    try:
        site.data = site.build((HERE / "screens_data.py").read_text())
        with site.served():
            yield site
        assert not site.errors()
    finally:
        site.drop()


@pytest.fixture(scope="session")
def log_in(site):
    """The session of a person; kept from one test to the next."""
    sessions = {}
    with chromium() as browser:

        def session(login):
            if login not in sessions:
                sessions[login] = Session(browser, site, login)
            return sessions[login]

        yield session
