"""Runs Odoo's own tests on a database without the addon and on one with it, side by
side, and compares them test by test.

TAGS says which, as Odoo's --test-tags, each with its module; the default is all of
account, sale and l10n_fr_account. A test that ends in another way than expected plays
again, on a machine that has nothing else to do by then: tours have time limits. Fails
where the addon changes the outcome of a test, and where a test fails that
core_tests_known.txt does not list with its reason.
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from drill.database import bash, free_port

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TAGS = os.environ.get("TAGS") or "/account,/sale,/l10n_fr_account"
SIDES = {"without": "recouvrement_core_without", "with": "recouvrement_core_with"}
KNOWN = HERE / "core_tests_known.txt"
LINE = re.compile(r"\S+ \S+ \d+ [A-Z]+ \S+ (?P<logger>\S+): (?P<text>.*)")
OUTCOMES = {
    "passed": re.compile(r"Starting (\S+) \.\.\."),
    "skipped": re.compile(r"skipped (.+?) : "),
    "failed": re.compile(r"(?:FAIL|ERROR): (?:Subtest )?((?:setUpClass )?\S+)"),
}
# The last word of a run; where it is missing, Odoo ended before its tests did.
SUM = re.compile(r"\d+ failed, \d+ error\(s\) of (\d+) tests when loading")


def main():
    results = play(TAGS)
    if doubtful := {*changed(results), *failed(results)}:
        print("\n".join(["", "again:", *map(str, sorted(doubtful))]))
        for side, tests in play(",".join(sorted(map(tags_of, doubtful)))).items():
            results[side] |= tests
    print()
    for side, tests in results.items():
        counts = Counter(tests.values())
        print(f"{side:<8}" + ", ".join(f"{counts[kind]} {kind}" for kind in OUTCOMES))
    problems = [describe(results, name) for name in changed(results)]
    problems += [f"failed without the addon: {name}" for name in failed(results)]
    print("\n".join(["", *problems]) if problems else "\nthe same with the addon")
    sys.exit(bool(problems))


def play(tags):
    """{side: {test: outcome}}, both sides at once."""
    with ThreadPoolExecutor() as pool:
        logs = pool.map(lambda side: run_tests(side, tags), SIDES)
        return dict(zip(SIDES, map(outcomes, logs), strict=True))


def tags_of(name):
    """What plays a test again: its method, or all of its module if it names none."""
    module = name.partition(".")[0]
    method = re.search(r":(\w+\.\w+)$", name)
    return f"/{module}:{method[1]}" if method else f"/{module}"


def run_tests(side, tags):
    """Text of the log of the tests in a fresh database."""
    name = SIDES[side]
    make = "fresh_database" if side == "with" else "$ROOT/dev/database.sh"
    bash(f"{make} {name} en")
    log = ROOT / ".odoo" / "log" / f"core-{side}.log"
    modules = ",".join(sorted(set(re.findall(r"(?:^|,)[^/,]*/(\w+)", tags))))
    print(f"… {tags} {side} the addon (see {log})", flush=True)
    start = time.monotonic()
    with log.open("w") as file:
        subprocess.run(
            [
                *(HERE / "odoo", "-d", name, "-u", modules),
                *("--test-tags", tags, "--stop-after-init"),
                *("--http-port", str(free_port())),
            ],
            stdout=file,
            stderr=subprocess.STDOUT,
            check=False,  # the log tells
        )
    print(f"… {side} the addon: {time.monotonic() - start:.0f} s", flush=True)
    bash(f'dropdb --if-exists --force {name}; rm -rf "$(filestore {name})"')
    return log.read_text(errors="replace")


def outcomes(log):
    """{test: the worst of its outcomes}"""
    if not SUM.search(log):
        sys.exit("error: Odoo did not come to the end of its tests:\n" + log[-3000:])
    tests, kinds = {}, list(OUTCOMES)
    for line in log.splitlines():
        if found := LINE.match(line):
            module = found["logger"].removeprefix("odoo.addons.")
            for kind, pattern in OUTCOMES.items():
                if match := pattern.match(found["text"]):
                    name = f"{module}:{match[1]}"
                    tests[name] = max(tests.get(name, kind), kind, key=kinds.index)
    return tests


def changed(results):
    """Names of the tests whose outcome is not the same with the addon."""
    known = patterns("changed")
    for name in sorted(set().union(*results.values())):
        before, after = (tests.get(name) for tests in results.values())
        if before != after and not listed(name, known):
            yield name


def failed(results):
    """Names of the tests that fail without the addon already."""
    known = patterns("failed")
    for name, outcome in sorted(results["without"].items()):
        if outcome == "failed" and not listed(name, known):
            yield name


def describe(results, name):
    before, after = (tests.get(name, "not run") for tests in results.values())
    return f"changed by the addon: {name}: {before}, then {after}"


def patterns(kind):
    """Regular expressions of the known cases of a kind: lines "kind expression"."""
    lines = (line.split() for line in KNOWN.read_text().splitlines())
    return [
        re.compile(words[1]) for words in lines if len(words) == 2 and words[0] == kind
    ]


def listed(name, known):
    return any(expression.search(name) for expression in known)


if __name__ == "__main__":
    main()
