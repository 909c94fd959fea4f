"""Real processes that decide and send at the same time."""

import time

import pytest
from drill.faults import decide, filled, pause

READY = """
import json, os, time
from odoo.addons.l10n_fr_recouvrement.models import recovery_run_process

recovery_run_process.CHUNK_DEBTORS = 3
flag = "FOLDER/" + str(os.getpid())
open(flag, "w").close()
while not os.path.exists("FOLDER/go"):
    time.sleep(0.01)
try:
    ACTION
    env.cr.commit()
    result = "done"
except Exception as error:
    env.cr.rollback()
    result = type(error).__name__
print("RESULT", json.dumps(result))
"""
NIGHT = (
    "failed = env.ref('l10n_fr_recouvrement.ir_cron_recovery_run')"
    ".method_direct_trigger()\n    assert failed is True, failed"
)
SEND_JOB = NIGHT.replace("recovery_run'", "recovery_send'")
BY_HAND = "env['recovery.run'].launch()"
SEND_BY_HAND = (
    "env['recovery.notice'].search([('state', 'in', ('draft', 'ready'))]).action_send()"
)


class Crowd:
    """Processes that wait for each other, then act together."""

    def __init__(self, database, folder):
        self.database, self.folder = database, folder
        self.processes = []

    def add(self, action, prelude=""):
        code = READY.replace("try:\n", f"{prelude}\ntry:\n", 1)
        code = filled(code, ACTION=action, FOLDER=self.folder)
        self.processes.append(self.database.start(code))

    def go(self):
        """Let them start once all are ready."""
        deadline = time.monotonic() + 120
        while len(list(self.folder.iterdir())) < len(self.processes):
            assert time.monotonic() < deadline, "a process did not start"
            time.sleep(0.02)
        (self.folder / "go").touch()

    def results(self):
        return [process.result() for process in self.processes]


@pytest.fixture
def crowd(fresh, tmp_path):
    return Crowd(fresh, tmp_path)


def doubles(database):
    """Items with more than one live notice of a level."""
    return database.sql(
        "SELECT move_line_id, level_id FROM recovery_notice_line"
        " WHERE kind = 'claimed' AND state NOT IN ('failed', 'cancelled')"
        " GROUP BY move_line_id, level_id HAVING COUNT(*) > 1"
    )


def written(database):
    return database.sql(
        "SELECT COUNT(DISTINCT move_line_id) FROM recovery_notice_line"
        " WHERE kind = 'claimed'"
    )[0][0]


def half_letters(database):
    """Debtors who got more than one notice."""
    return database.sql(
        "SELECT partner_id FROM recovery_notice GROUP BY partner_id HAVING COUNT(*) > 1"
    )


def assert_all_written(database):
    """Once the job came back for the debtors whose items somebody else held."""
    assert decide(database).result() == "done"
    assert written(database) == 60
    assert not doubles(database)
    assert not half_letters(database)
    assert database.sql("SELECT DISTINCT state FROM recovery_run") == [("done",)]


def test_two_launches_at_once_write_no_item_twice(crowd, fresh):
    crowd.add(BY_HAND)
    crowd.add(BY_HAND)
    crowd.go()
    assert "done" in crowd.results()
    assert_all_written(fresh)


def test_night_job_and_launch_at_once_write_no_item_twice(crowd, fresh):
    crowd.add(NIGHT)
    crowd.add(BY_HAND)
    crowd.go()
    results = crowd.results()
    assert results[0] == "done"
    assert_all_written(fresh)


def test_night_job_that_began_before_another_run_finished_decides_afresh(crowd, fresh):
    """Its first reading is older than what the other one wrote and committed."""
    crowd.add(NIGHT, pause("_open", "opened", "late", after=True))
    crowd.add(BY_HAND)
    crowd.go()
    assert crowd.processes[1].result() == "done"
    (crowd.folder / "late").touch()
    assert crowd.processes[0].result() == "done"
    assert written(fresh) == 60
    assert not doubles(fresh)
    rows = fresh.sql(
        "SELECT state, COALESCE(notice_count, 0) FROM recovery_run"
        " WHERE origin = 'cron'"
    )
    assert rows == [("done", 0)]


def test_launch_by_hand_survives_a_night_job_that_was_first(crowd, fresh):
    """The job has the first debtors, the launch all others, until the job is over."""
    crowd.add(NIGHT, pause("_lock", "locked", "overtaken", after=True))
    crowd.add(
        BY_HAND,
        pause("_open", "waiting", "locked", after=False)
        + pause("_finish", "overtaken", "late", after=False),
    )
    crowd.go()
    assert crowd.processes[0].result() == "done"
    (crowd.folder / "late").touch()
    assert crowd.processes[1].result() == "done"
    assert_all_written(fresh)
    rows = fresh.sql("SELECT origin, notice_count FROM recovery_run")
    assert sorted(rows) == [("cron", 3), ("manual", 27)]


def test_job_and_button_at_once_send_each_notice_once(crowd, fresh, sink):
    assert (
        fresh.run(
            "import json\nenv['recovery.run'].launch()\nenv.cr.commit()\n"
            "print('RESULT', json.dumps('done'))"
        )
        == "done"
    )
    crowd.add(SEND_JOB)
    crowd.add(SEND_BY_HAND)
    crowd.go()
    assert "done" in crowd.results()
    subjects = sink.subjects()
    assert len(subjects) == len(set(subjects)) == 30
    assert fresh.sql("SELECT DISTINCT state FROM recovery_notice") == [("sent",)]
