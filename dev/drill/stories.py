"""What goes wrong, one function each: it leaves the world as people would find it the
next morning, all jobs done again.
"""

from .database import free_port, restart_server
from .faults import (
    BATCH,
    BATCHES,
    FULL_DISK,
    OVERTAKE,
    TOMORROW,
    assert_killed,
    decide,
    filled,
    kill_at,
    pause,
    send,
)
from .people import reading
from .programs import BOUNCE_ALL, BREAK_TEXT, LAUNCH, PAY_ALL
from .sink import FEW
from .workers import night_of_servers
from .world import DEBTORS, ITEMS


def run_killed_before_its_count(world):
    assert_killed(decide(world.database, kill_at("_decide_and_write", "after")))
    world.decide()
    world.send()


def run_killed_before_a_commit(world):
    assert_killed(decide(world.database, kill_at("_commit", "before")))
    world.decide()
    world.send()


def run_killed_after_a_commit_and_finished_the_next_day(world):
    assert_killed(decide(world.database, kill_at("_commit", "after")))
    assert decide(world.database, TOMORROW).result() == "done"
    world.send()


def night_job_twice_and_a_launch_at_once(world):
    """The engine keeps the job single; who launches by hand takes part."""
    jobs = [
        decide(world.database),
        decide(world.database),
        world.database.start(LAUNCH),
    ]
    assert any("RESULT" in job.wait()[1] for job in jobs)
    world.decide()
    jobs = [send(world.database) for _worker in range(2)]
    assert any("RESULT" in job.wait()[1] for job in jobs)
    world.send()


def items_held_until_the_job_ended(world):
    """Who holds them decides nothing: the job comes back for their debtors."""
    with world.holding_items():
        world.decide()
    assert 0 < world.states()["ready"] < DEBTORS
    world.decide()
    world.send()


def server_restarted_in_the_middle_of_a_run(world):
    halt = pause("_lock", "locked", "restarted", after=True)
    job = decide(world.database, filled(halt, FOLDER=world.folder))
    world.wait_for("locked")
    restart_server(world.database)
    world.say("restarted")
    assert job.wait()[0], "the job did not notice"
    world.decide()
    world.send()


def items_changed_while_the_run_reads_them(world):
    """PostgreSQL refuses to serialize: the run tries the chunk again."""
    fault = filled(OVERTAKE, FOLDER=world.folder)
    assert decide(world.database, fault).result() == "done"
    assert (world.folder / "SerializationFailure").exists(), "nothing was refused"
    world.send()


def two_servers_with_cron_workers(world):
    night_of_servers(world.database, 2)


def company_closed_at_the_hour_of_the_job(world):
    world.close()
    world.decide()
    world.send()
    assert not world.sink.mails, "sent while the company is closed"
    world.open()
    world.send()


def invoices_paid_between_decision_and_sending(world):
    world.decide()
    assert world.database.run(PAY_ALL) == ITEMS
    world.send()


def sending_killed_before_its_commit(world):
    world.decide()
    assert_killed(
        send(world.database, kill_at("_prepare", "after", "recovery.sender", 1))
    )
    world.send()


def sending_killed_after_the_e_mails_left(world):
    world.decide()
    assert_killed(
        send(world.database, kill_at("_email", "after", "recovery.sender", 1))
    )
    world.let_time_pass()
    world.send()


def sending_killed_between_two_e_mails(world):
    world.decide()
    assert_killed(
        send(world.database, kill_at("send_email", "after", "ir.mail_server", FEW))
    )
    assert len(world.sink.mails) == FEW
    world.let_time_pass()
    world.send()


def server_restarted_in_the_middle_of_a_sending(world):
    world.decide()
    halt = pause("_email", "mailed", "restarted", after=True, model="recovery.sender")
    job = send(world.database, filled(halt, FOLDER=world.folder))
    world.wait_for("mailed")
    restart_server(world.database)
    world.say("restarted")
    assert job.wait()[0], "the job did not notice"
    world.let_time_pass()
    world.send()


def mail_server_hangs_up_between_two_e_mails(world):
    """Of three batches, only the one that broke off is to check."""
    world.decide()
    world.sink.mood = "hang up"
    assert send(world.database, BATCHES).result() == "done"
    world.send()
    assert len(world.sink.mails) == FEW + BATCH, "a mail left again, or none"


def mail_server_refuses(world):
    """It answers, and knows none of the recipients."""
    world.decide()
    world.sink.mood = "refuse"
    world.send()


def mail_server_hangs(world):
    world.decide()
    world.sink.mood = "hang"
    nothing_left(world)


def mail_server_wants_no_sender_of_ours(world):
    world.decide()
    world.sink.mood = "refuse sender"
    nothing_left(world)


def mail_server_wants_them_later(world):
    world.decide()
    world.sink.mood = "defer"
    nothing_left(world)


def mail_server_is_down(world):
    world.decide()
    world.database.smtp_port = free_port()  # nobody listens there
    nothing_left(world)


def nothing_left(world):
    """All leaves once the mail server takes it."""
    world.send()
    assert world.states() == {"ready": DEBTORS}
    world.sink.mood, world.database.smtp_port = "take", world.sink.port
    world.let_time_pass()
    world.send()


def mails_bounce_later(world):
    world.decide()
    world.send()
    assert world.database.run(BOUNCE_ALL) == "done"


def disk_full_while_archiving(world):
    world.database.sql("UPDATE recovery_level SET letter = 'L1'")
    world.decide()
    _code, output = send(world.database, FULL_DISK).wait()
    assert not world.sink.mails, output[-2000:]
    world.send()


def text_that_raises_for_one_debtor(world):
    assert world.database.run(BREAK_TEXT) == "done"
    world.decide()
    world.send()


def twenty_people_read_while_the_job_writes(world):
    """Each page that they get is whole, none waits for the job or disturbs it."""
    with reading(world.database, 20) as people:
        pages = len(people.lengths)
        world.decide()
        world.send()
    assert len(people.lengths) > pages + 20, "nobody could read"
    assert (set(people.lengths), people.errors) == ({DEBTORS}, [])


# Each story with the state in which its notices must end.
STORIES = {
    run_killed_before_its_count: "sent",
    run_killed_before_a_commit: "sent",
    run_killed_after_a_commit_and_finished_the_next_day: "sent",
    night_job_twice_and_a_launch_at_once: "sent",
    items_held_until_the_job_ended: "sent",
    server_restarted_in_the_middle_of_a_run: "sent",
    items_changed_while_the_run_reads_them: "sent",
    two_servers_with_cron_workers: "sent",
    company_closed_at_the_hour_of_the_job: "sent",
    invoices_paid_between_decision_and_sending: "cancelled",
    sending_killed_before_its_commit: "sent",
    sending_killed_between_two_e_mails: "to_check",
    sending_killed_after_the_e_mails_left: "to_check",
    server_restarted_in_the_middle_of_a_sending: "to_check",
    text_that_raises_for_one_debtor: {"sent": DEBTORS - 1, "failed": 1},
    mail_server_refuses: "failed",
    mail_server_hangs: "sent",
    mail_server_is_down: "sent",
    mail_server_wants_no_sender_of_ours: "sent",
    mail_server_wants_them_later: "sent",
    mail_server_hangs_up_between_two_e_mails: {
        "sent": DEBTORS - BATCH,
        "to_check": BATCH,
    },
    mails_bounce_later: "failed",
    disk_full_while_archiving: "sent",
    twenty_people_read_while_the_job_writes: "sent",
}
