"""The night job and the sending, killed for real at their worst moments."""

import pytest
from drill.faults import TOMORROW, assert_killed, decide, kill_at, send

MOMENTS = [
    ("_decide_and_write", "after"),  # written, not counted
    ("_commit", "before"),  # counted, not committed
    ("_commit", "after"),  # just committed
]


def notices_per_item(database):
    """How often each late item was written to, at any level."""
    return database.sql(
        "SELECT COUNT(line.id) FROM account_move_line item"
        " LEFT JOIN recovery_notice_line line"
        " ON line.move_line_id = item.id AND line.kind = 'claimed'"
        " JOIN account_account account ON account.id = item.account_id"
        " WHERE account.account_type = 'asset_receivable' GROUP BY item.id"
    )


@pytest.mark.parametrize(("point", "when"), MOMENTS)
def test_killed_run_continues_and_each_item_has_one_notice(fresh, point, when):
    assert_killed(decide(fresh, kill_at(point, when)))
    [[cursor, state]] = fresh.sql("SELECT cursor, state FROM recovery_run")
    assert state == "running" and cursor
    written = sum(count for [count] in notices_per_item(fresh))
    assert 0 < written < 60
    assert decide(fresh).result() == "done"
    assert notices_per_item(fresh) == [(1,)] * 60
    rows = fresh.sql(
        "SELECT state, read_count, due_count, notice_count, debtor_count,"
        " debtor_total, COALESCE(failure_count, 0) FROM recovery_run"
    )
    assert rows == [("done", 60, 60, 30, 30, 30, 0)]


def test_run_killed_at_night_is_finished_the_next_day_for_its_own_date(fresh):
    assert_killed(decide(fresh, kill_at("_commit", "after")))
    assert decide(fresh, TOMORROW).result() == "done"
    assert notices_per_item(fresh) == [(1,)] * 60
    runs = fresh.sql(
        "SELECT date - MIN(date) OVER (), state, notice_count"
        " FROM recovery_run ORDER BY date"
    )
    assert runs == [(0, "done", 30), (1, "done", 0)]
    assert fresh.sql("SELECT COUNT(DISTINCT date) FROM recovery_notice") == [(1,)]


def test_sending_killed_after_the_e_mails_left_sends_none_twice(fresh, sink):
    assert decide(fresh).result() == "done"
    assert_killed(send(fresh, kill_at("_email", "after", "recovery.sender", 1)))
    assert len(sink.subjects()) == 30
    assert fresh.sql("SELECT DISTINCT state FROM recovery_notice") == [("sending",)]
    fresh.sql("UPDATE recovery_notice SET write_date = now() - interval '1 hour'")
    assert send(fresh).result() == "done"
    assert fresh.sql("SELECT DISTINCT state FROM recovery_notice") == [("to_check",)]
    assert len(sink.subjects()) == len(set(sink.subjects())) == 30


def test_sending_killed_before_the_commit_sends_all_once(fresh, sink):
    assert decide(fresh).result() == "done"
    assert_killed(send(fresh, kill_at("_prepare", "after", "recovery.sender", 1)))
    assert fresh.sql("SELECT DISTINCT state FROM recovery_notice") == [("ready",)]
    assert send(fresh).result() == "done"
    assert fresh.sql("SELECT DISTINCT state FROM recovery_notice") == [("sent",)]
    assert len(sink.subjects()) == len(set(sink.subjects())) == 30
