"""Adds up test results and refuses skips that dev/skips_allowed.txt does not list.

usage: summary.py FOLDER RESULT…
where RESULT is NAME (read from FOLDER/junit-NAME.xml), NAME=passed or NAME=failed.
"""

import re
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

KINDS = ("passed", "failed", "skipped")
ALLOWED = Path(__file__).with_name("skips_allowed.txt")


def allowed_skips():
    lines = (line.strip() for line in ALLOWED.read_text().splitlines())
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


def outcome(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "passed" if case.find("skipped") is None else "skipped"


def label(case):
    name = f"{case.get('classname')}::{case.get('name')}"
    skipped = case.find("skipped")
    return name if skipped is None else f"{name}: {skipped.get('message', '')}"


def read(folder, result):
    """Yield (outcome, label) of each test that the result stands for."""
    name, _, single = result.partition("=")
    path = Path(folder, f"junit-{name}.xml")
    if single:
        yield single, name
    elif path.exists():
        for case in ElementTree.parse(path).iter("testcase"):
            yield outcome(case), label(case)
    else:
        yield "failed", f"{name}: pytest did not finish"


def main(folder, results):
    counts = Counter()
    problems = []
    allowed = allowed_skips()
    for kind, name in (row for result in results for row in read(folder, result)):
        counts[kind] += 1
        if kind == "failed":
            problems.append(f"failed: {name}")
        elif kind == "skipped" and not any(rule.search(name) for rule in allowed):
            problems.append(f"unexpected skip: {name}")
    if not counts["passed"]:
        problems.append("no test passed")
    for problem in problems:
        print(problem)
    print(", ".join(f"{counts[kind]} {kind}" for kind in KINDS))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
