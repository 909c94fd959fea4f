"""Real Odoo processes on databases of their own, and a mail sink."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "dev"))

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
