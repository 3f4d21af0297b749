#!/usr/bin/python3
"""Sums up a meson test run: one line "N passed, N failed, N skipped", counted by single cases.

meson counts programs; a GLib test program holds many cases and reports each in TAP. A program
that died is one failed case more, even if all the cases that it reached had passed.
"""

import json
import re
import sys

TAP_LINE = re.compile(r"^(?P<indent> *)(?P<outcome>ok|not ok)\b(?P<rest>.*)$")
SKIP = re.compile(r"#\s*skip", re.IGNORECASE)


def cases_of_tap(text):
    """Outcomes of the cases; a suite's own line, which follows its deeper lines, is none."""
    outcomes = []
    deepest = 0
    for line in text.splitlines():
        match = TAP_LINE.match(line)
        if not match:
            continue
        depth = len(match["indent"])
        if depth < deepest:
            deepest = depth
            continue
        deepest = depth
        if match["outcome"] == "not ok":
            outcomes.append("failed")
        else:
            outcomes.append("skipped" if SKIP.search(match["rest"]) else "passed")
    return outcomes


def cases_of_program(entry):
    outcomes = cases_of_tap(entry.get("stdout") or "")
    result = entry["result"]
    if result in ("OK", "EXPECTEDFAIL"):
        return outcomes or ["passed"]
    if result == "SKIP":
        return outcomes or ["skipped"]
    return outcomes if "failed" in outcomes else outcomes + ["failed"]


def main(path):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with open(path, encoding="utf-8", errors="replace") as log:
        for line in log:
            entry = json.loads(line)
            outcomes = cases_of_program(entry)
            for outcome in outcomes:
                counts[outcome] += 1
            if "failed" in outcomes:
                print("failed:", entry["name"])

    print("{passed} passed, {failed} failed, {skipped} skipped".format(**counts))
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
