"""Quick stories of the drill that no other test tells; `make drill` plays all."""

import pytest
from drill.database import copy, drop
from drill.stories import (
    STORIES,
    disk_full_while_archiving,
    invoices_paid_between_decision_and_sending,
    items_changed_while_the_run_reads_them,
    items_held_until_the_job_ended,
    mail_server_hangs,
    mail_server_hangs_up_between_two_e_mails,
    mail_server_is_down,
    mail_server_refuses,
    mail_server_wants_no_sender_of_ours,
    mails_bounce_later,
)
from drill.world import World


@pytest.mark.parametrize(
    "story",
    [
        disk_full_while_archiving,
        invoices_paid_between_decision_and_sending,
        items_changed_while_the_run_reads_them,
        items_held_until_the_job_ended,
        mail_server_hangs,
        mail_server_hangs_up_between_two_e_mails,
        mail_server_is_down,
        mail_server_refuses,
        mail_server_wants_no_sender_of_ours,
        mails_bounce_later,
    ],
    ids=lambda story: story.__name__,
)
def test_nothing_is_lost_or_doubled(story, fresh, sink, tmp_path):
    world = World(copy(fresh, "recouvrement_drill_test", sink.port), sink, tmp_path)
    try:
        story(world)
        damage = world.damage(STORIES[story])
    finally:
        sink.mood = "take"
        drop(world.database.name)
    assert damage == dict.fromkeys(damage, 0)
