#!/usr/bin/env python3
"""Writes what tools/nightly found into docs/internals/nightly.md, between its two marks.

A part that did not run this time keeps its row. `Last linted whole` moves only when lint passed.
"""

import datetime
import re
import subprocess
import sys
from pathlib import Path

BEGIN, END = "<!-- summary:begin -->", "<!-- summary:end -->"
HEAD = "| part | day | commit | minutes | outcome | last line |\n|---|---|---|---|---|---|\n"


def commit_of_tree():
    """Short hash of HEAD, with a plus when the tree differs from it."""
    head = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True
    )
    if head.returncode != 0:
        return "none"
    changed = subprocess.run(
        ["git", "status", "--porcelain"], capture_output=True, text=True
    ).stdout
    return head.stdout.strip() + ("+" if changed.strip() else "")


def renewed(page, results, day, commit):
    """The page with a new row for each line `name|minutes|outcome|last line` of results."""
    before, rest = page.split(BEGIN)
    old, after = rest.split(END)
    rows = dict(re.findall(r"^\| (\w+) (\|.*)$", old, re.MULTILINE))
    rows.pop("part", None)
    for line in filter(None, results.splitlines()):
        name, minutes, outcome, last = line.split("|", 3)
        rows[name] = f"| {day} | {commit} | {minutes} | {outcome} | {last} |"
        if name == "lint" and outcome == "passed" and commit != "none":
            after_lint = f"Last linted whole: {commit.rstrip('+')}"
            before = re.sub(r"Last linted whole: \S+", after_lint, before)
    table = HEAD + "".join(f"| {name} {cells}\n" for name, cells in sorted(rows.items()))
    return f"{before}{BEGIN}\n{table}{END}{after}"


def main(results_path, page_path):
    page = Path(page_path)
    day = datetime.date.today().isoformat()
    results = Path(results_path).read_text(encoding="utf-8")
    page.write_text(
        renewed(page.read_text(encoding="utf-8"), results, day, commit_of_tree()), encoding="utf-8"
    )
    print(f"nightly: summary written to {page_path}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
