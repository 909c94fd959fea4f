"""What goes wrong, one function each: it leaves the world as people would find it the
next morning, all jobs done again.
"""

from .database import restart_server
from .faults import (
    FULL_DISK,
    TOMORROW,
    assert_killed,
    decide,
    filled,
    kill_at,
    pause,
    send,
)
from .world import DEBTORS, ITEMS

PAY_ALL = """
import json
invoices = env["account.move"].search([("move_type", "=", "out_invoice")])
env["account.payment.register"].with_context(
    active_model="account.move", active_ids=invoices.ids
).create({"group_payment": True})._create_payments()
env.cr.commit()
print("RESULT", json.dumps(len(invoices)))
"""
LAUNCH = """
import json
env["recovery.run"].launch()
env.cr.commit()
print("RESULT", json.dumps("done"))
"""
BOUNCE_ALL = """
import json
from odoo.tools import email_normalize

env["mail.alias.domain"].create(
    {"name": "example.com", "company_ids": [(4, env.company.id)]})
REPORT = '''Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@example.com>
To: bounce@example.com
Subject: Undelivered Mail Returned to Sender
Message-Id: <bounce-{id}@example.com>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

The address is unknown.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; example.com

Final-Recipient: rfc822; {recipient}
Action: failed
Status: 5.1.1

--cut
Content-Type: message/rfc822

Message-Id: {message_id}
From: us@example.com
To: {recipient}
Subject: Notice

Please pay
--cut--
'''
for mail in env["mail.mail"].search([("model", "=", "recovery.notice")]):
    notice = env["recovery.notice"].browse(mail.res_id)
    env["mail.thread"].message_process(False, REPORT.format(
        id=mail.id, recipient=email_normalize(notice.email_to),
        message_id=mail.message_id))
env.cr.commit()
print("RESULT", json.dumps("done"))
"""
READ = """
import json, threading, time
from odoo import api
from odoo.modules.registry import Registry

admin, pages, errors = env.ref("base.user_admin").id, [], []

def read_worklist():
    try:
        while time.monotonic() < deadline:
            with Registry(env.cr.dbname).cursor() as cr:
                debtors = api.Environment(cr, admin, {})["recovery.debtor"]
                page = debtors.web_search_read([], {"status": {}}, limit=80)
                pages.append(page["length"])
    except Exception as error:
        errors.append(repr(error))

deadline = time.monotonic() + 10
people = [threading.Thread(target=read_worklist) for _person in range(20)]
for person in people:
    person.start()
for person in people:
    person.join()
print("RESULT", json.dumps({"pages": sorted(set(pages)), "errors": errors}))
"""


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


def server_restarted_in_the_middle_of_a_run(world):
    halt = pause("_lock", "locked", "restarted", after=True)
    job = decide(world.database, filled(halt, FOLDER=world.folder))
    world.wait_for("locked")
    restart_server(world.database)
    world.say("restarted")
    assert job.wait()[0], "the job did not notice"
    world.decide()
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


def mail_server_refuses(world):
    world.decide()
    world.sink.mood = "refuse"
    world.send()


def mail_server_hangs(world):
    world.decide()
    world.sink.mood = "hang"
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


def twenty_people_read_while_the_job_writes(world):
    people = world.database.start(READ)
    world.decide()
    assert people.result() == {"pages": [DEBTORS], "errors": []}
    world.send()


# Each story with the state in which its notices must end.
STORIES = {
    run_killed_before_its_count: "sent",
    run_killed_before_a_commit: "sent",
    run_killed_after_a_commit_and_finished_the_next_day: "sent",
    night_job_twice_and_a_launch_at_once: "sent",
    server_restarted_in_the_middle_of_a_run: "sent",
    invoices_paid_between_decision_and_sending: "cancelled",
    sending_killed_before_its_commit: "sent",
    sending_killed_after_the_e_mails_left: "to_check",
    mail_server_refuses: "failed",
    mail_server_hangs: "failed",
    mails_bounce_later: "failed",
    disk_full_while_archiving: "sent",
    twenty_people_read_while_the_job_writes: "sent",
}
