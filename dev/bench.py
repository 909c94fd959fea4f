"""Measures the addon, and OCA's account_credit_control beside it, on the same ledgers.

Prints each figure with its target; the last lines are the ratio and the table.
"""

import json
import os
import subprocess
import sys
from configparser import ConfigParser
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from subprocess import PIPE

from drill.data import LIVE
from drill.database import Database, drop
from drill.database import copy as copy_database
from drill.sink import running_sink
from drill.workers import night_of_servers
from drill.world import ITEMS_DOUBLED

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PEER = "account_credit_control"
SCRATCH = "scratch"
PEER_ADDONS = ROOT / ".odoo" / "peer" / "odoo" / "addons"
# Of the ledger of the night, 100,000 items are due.
SIZES = {"10k": 10_000, "100k": 100_000, "night": 140_000, "1m": 1_000_000}
TURNS = 8
ROWS = []


def main():
    sizes = os.environ.get("SIZES", "10k 100k 1m").split()
    for size in sizes:
        prepare(size)
    fetch_peer()
    copy("base_10k", "peer_10k", PEER, f"--addons-path={addons_path()}")
    peer, ours = race()
    larger = [size for size in sizes if size != "10k"]
    cost = {size: measure("decide", size) for size in ("10k", *larger)}
    ratio = speed(ours) / speed(peer)
    row("notices, items due a second, ours", speed(ours), None)
    row(f"notices, items due a second, {PEER}", speed(peer), None)
    row("ratio", ratio, ratio >= 40, "at least 40")
    row("  its levels alone, without notices", peer["due"] / peer["levels"], None)
    growth(cost)
    screens(sizes)
    documents("100k" if "100k" in sizes else "10k")
    amicable()
    weight()
    with running_sink() as sink:
        night(sink, "night" if larger else "10k")
        workers(sink)
    print(f"\nratio to {PEER}: {ratio:.1f}x")
    table()


def race():
    """The peer and ours at their turns, each in a process that lives on like a worker
    of scheduled actions: the best turn of each. What a turn rolled back is gone before
    the next one.
    """
    sides = (
        program("decide_peer_at_turns", "peer_10k", str(PEER_ADDONS)),
        program("decide_at_turns", "10k"),
    )

    def tidy():
        psql("peer_10k", "VACUUM ANALYZE")
        psql("10k", "VACUUM ANALYZE")

    return [max(turns, key=speed) for turns in turns_of(sides, 5, tidy)]


def growth(cost):
    """Cost of an item read, from the smallest ledger to the largest, and memory."""
    largest = list(cost)[-1]
    per_item = {size: c["seconds"] / c["read"] for size, c in cost.items()}
    grown = per_item[largest] / per_item["10k"]
    row(f"cost of an item, 10k to {largest}", grown, grown < 1.3, "under 1.3 times")
    memory = cost[largest]["gib"]
    row(f"peak memory at {largest}, GiB", memory, memory < 1.5, "under 1.5")


def screens(sizes):
    limits = {"100k": 1, "1m": 5}
    for size in sizes:
        seconds = measure("worklist", size)["seconds"]
        limit = limits.get(size)
        good, target = (seconds < limit, f"under {limit}") if limit else (None, "")
        row(f"worklist at {size}, seconds", seconds, good, target)
    seconds = measure("why", sizes[-1])["seconds"]
    row(f"why, one invoice at {sizes[-1]}, s", seconds, seconds < 0.3, "under 0.3")


def documents(size):
    """Letters, and statements of interest of a whole ledger."""
    letters = measure("letters", "10k")["speed"]
    row("letters printed and archived a second", letters, letters >= 15, "at least 15")
    done = measure("statements", size)
    label = f"statements of {done['items']} items, seconds"
    row(label, done["seconds"], done["seconds"] < 30, "under 30")
    grown = done["many"] - done["few"]
    row("more queries for them than for 100 items", grown, grown <= 0, "none")


def amicable():
    """What a night finds of as many promises and plans, all of them unpaid."""
    for name in ("promises", "plans"):
        seconds = measure(name, "10k")["seconds"]
        row(f"10,000 {name} looked at, s", seconds, seconds < 60, "under 60")


def weight():
    """Posting and opening invoices with the addon and without, turn by turn: the
    figures are close, and a machine is not steady. The median of five races, for
    processes differ.

    What measures rolled back and left as gaps in the ledger is gone before each race.
    """
    races = [race_of_invoices() for _race in range(5)]
    for name in ("posting", "opening"):
        best = [[min(turn[name] for turn in side) for side in race] for race in races]
        times = median(ours / without for ours, without in best)
        row(f"{name} with the addon, times", times, times <= 1.05, "at most 1.05")


def race_of_invoices():
    """What two processes side by side find, each at its turn: its turns, for each."""
    sides = ("10k", "base_10k")
    for side in sides:
        psql(side, "VACUUM FULL account_move, account_move_line")
        psql(side, "VACUUM ANALYZE")
    return turns_of([program("invoicing", side) for side in sides], TURNS)


def turns_of(programs, count, before=lambda: None):
    """What programs side by side find, each at its turn: its turns, for each.

    They hash alike: where Python puts things is no chance between one and the other.
    """
    pipes = {"stdin": PIPE, "stdout": PIPE, "stderr": PIPE, "text": True}
    alike = os.environ | {"PYTHONHASHSEED": "0"}
    processes = [subprocess.Popen(program, env=alike, **pipes) for program in programs]
    found = []
    for _turn in range(count):
        before()
        found.append([next_turn(process) for process in processes])
    for process in processes:
        process.communicate()
    return list(zip(*found, strict=True))


def next_turn(process):
    print(file=process.stdin, flush=True)
    line = process.stdout.readline()
    return json.loads(line) if line else sys.exit(process.stderr.read())


def night(sink, size):
    """From the decision to archived letters and e-mails that left, by stage."""
    if size == "night":
        prepare(size)
    os.environ["SMTP_PORT"] = str(sink.port)
    with scratch(size, sink):
        done = measure("night", SCRATCH)
    stages = done["stages"]
    row(f"a night of {done['due']} items due, s", stages.pop("together"), None)
    for stage, seconds in stages.items():
        row(f"  {stage}", seconds, None)
    for name in ("notices", "letters", "mails"):
        row(f"  {name}", done[name], None)
    row("  notices not sent", done["unsent"], done["unsent"] == 0, "none")
    lost = done["mails"] - len(set(sink.subjects()))
    row("  e-mails lost", lost, lost == 0, "none")


def workers(sink):
    """The jobs of two servers on one database, and of one alone: the best of two."""
    seconds, doubled = {}, 0
    for count in (1, 2, 1, 2):
        with scratch("10k", sink) as database:
            night = night_of_servers(database, count)
            seconds[count] = min(night, seconds.get(count, night))
            doubled += database.sql(ITEMS_DOUBLED)[0][0]
            doubled += len(sink.mails) - len(set(sink.subjects()))
    times = seconds[2] / seconds[1]
    row("two cron workers, times one's seconds", times, times <= 1.1, "at most 1.1")
    row("items and e-mails doubled by them", doubled, doubled == 0, "none")


@contextmanager
def scratch(size, sink):
    """A copy of a ledger whose company writes at any hour, and whose invoices have
    their PDF; it goes afterwards.
    """
    sink.mails.clear()
    source = Database(db(size), sink.port)
    database = copy_database(source, db(SCRATCH), sink.port)
    try:
        assert database.run(LIVE) == "live"
        measure("keep_invoices", SCRATCH)
        yield database
    finally:
        drop(database.name)


def speed(figures):
    return figures["due"] / figures["seconds"]


def row(label, value, good, target=""):
    verdict = "" if good is None else "ok" if good else "MISSED"
    ROWS.append(f"{label:<50}{value:>12.2f}  {target:<16}{verdict}")
    print(ROWS[-1], flush=True)


def table():
    print("\n".join(["", *ROWS]))


def program(name, size, *addons):
    return [
        sys.executable,
        str(HERE / "bench" / "measures.py"),
        name,
        db(size),
        *addons,
    ]


def measure(name, size, *addons):
    done = subprocess.run(program(name, size, *addons), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{name} at {size} failed:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def db(size):
    return f"recouvrement_bench_{size}"


def prepare(size):
    """A ledger of this size without the addon, and its copy with it."""
    base = f"base_{size}"
    if not exists(base):
        say(f"filling a ledger of {SIZES[size]:,} open items")
        run(HERE / "database.sh", db(base), "fr")
        run(sys.executable, HERE / "populate.py", db(base), SIZES[size])
        psql(base, "VACUUM ANALYZE")
    copy(base, size, "l10n_fr_recouvrement")


def copy(base, size, addon, *options):
    say(f"installing {addon} beside {base}")
    run("dropdb", "--if-exists", db(size))
    run("createdb", "-T", db(base), db(size))
    stop = ("--stop-after-init", "--no-http", "--log-level=error")
    run(HERE / "odoo", "-d", db(size), "-i", addon, *stop, *options)
    confirm = "UPDATE res_partner SET recovery_debtor_kind_confirmed = true"
    if addon != PEER:
        psql(size, confirm)
    psql(size, "ANALYZE")


def psql(size, statement):
    run("psql", "-q", "-d", db(size), "-c", statement)


def exists(size):
    query = f"SELECT 1 FROM pg_database WHERE datname = '{db(size)}'"
    return bool(run("psql", "-d", "postgres", "-Atc", query).strip())


def fetch_peer():
    if PEER_ADDONS.exists():
        return
    folder = ROOT / ".odoo" / "peer"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = f"odoo-addon-{PEER}>=19,<20"
    run(
        sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, wanted
    )
    [wheel] = folder.glob("*.whl")
    run(sys.executable, "-m", "zipfile", "-e", wheel, folder)


def addons_path():
    settings = ConfigParser(interpolation=None)
    settings.read(os.environ["ODOO_RC"])
    return f"{settings['options']['addons_path']},{PEER_ADDONS}"


def run(*command):
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def say(text):
    print(f"… {text}", flush=True)


if __name__ == "__main__":
    main()
