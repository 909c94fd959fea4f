"""Kills, restarts and breaks what the night jobs need, and counts what was lost or
doubled: all must be zero. STORY="killed|disk" plays only the stories with these words.
"""

import os
import re
import sys
import tempfile
import time

from drill.data import LATE_INVOICES, LIVE
from drill.database import build, copy, drop
from drill.sink import running_sink
from drill.stories import STORIES
from drill.world import DEBTORS, World

BASE, COPY = "recouvrement_drill", "recouvrement_drill_copy"


def main():
    rows = []
    with running_sink() as sink:
        base = build(BASE, sink.port)
        made = base.run(LATE_INVOICES.replace("DEBTORS", str(DEBTORS)))
        assert made == DEBTORS
        assert base.run(LIVE) == "live"
        for story, ended in STORIES.items():
            if re.search(os.environ.get("STORY", ""), story.__name__):
                rows.append(play(story, ended, base, sink))
    drop(COPY)
    drop(BASE)
    table(rows)
    if any(sum(damage.values()) for _name, damage, _states, _seconds in rows):
        sys.exit("error: something was lost, doubled or left unfinished")


def play(story, ended, base, sink):
    """(name, damage, notices by state, seconds) of one story on a copy."""
    name = story.__name__.replace("_", " ")
    print(f"… {name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        world = World(copy(base, COPY, sink.port), sink, folder)
        start = time.monotonic()
        story(world)
        seconds = time.monotonic() - start
        return name, world.damage(ended), world.states(), seconds


def table(rows):
    names = list(rows[0][1])
    print(f"\n{'':<54}" + "".join(f"{name:>16}" for name in names) + "   notices")
    for name, damage, states, seconds in rows:
        counts = "".join(f"{damage[column]:>16}" for column in names)
        ended = ", ".join(f"{count} {state}" for state, count in states.items())
        print(f"{name:<54}{counts}   {ended} ({seconds:.0f} s)")


if __name__ == "__main__":
    main()
