#!/usr/bin/env python3
"""Reads ctest's JUnit file: skipped tests by reason, failed tests, and the counts as last line.
A second file, which need not be there, has what was run again alone: what passed in it counts as
passed and is named."""

import os
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict


def reason_of(test):
    """What the test said when it skipped: gtest's message, or its last line of output."""
    output = test.findtext("system-out") or ""
    message = re.search(r"Skipped\n(.+)", output)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return message.group(1).strip() if message else (lines[-1] if lines else "no reason given")


def passed_in(path):
    if not os.path.exists(path):
        return set()
    tests = ElementTree.parse(path).getroot().iter("testcase")
    return {test.get("name") for test in tests if test.get("status") == "run"}


def main(path, again=""):
    try:
        tests = list(ElementTree.parse(path).getroot().iter("testcase"))
    except (OSError, ElementTree.ParseError) as error:
        print(f"test_report: {path} cannot be read ({error}); ctest did not finish")
        return 1
    names = defaultdict(list)
    skipped = defaultdict(list)
    passed_alone = passed_in(again)
    for test in tests:
        status = test.get("status")
        if status == "fail" and test.get("name") in passed_alone:
            print(f"passed only when run again, alone: {test.get('name')}")
            status = "run"
        names[status].append(test.get("name"))
        if status == "notrun":
            skipped[reason_of(test)].append(test.get("name"))
    for reason, who in sorted(skipped.items()):
        print(
            f"skipped: {reason}: {len(who)} ({', '.join(who[:3])}{', …' if len(who) > 3 else ''})"
        )
    for name in names["fail"]:
        print(f"failed: {name}")
    if not tests:
        print("test_report: no test ran; does the name after -R exist?")
    print(
        f"{len(names['run'])} passed, {len(names['fail'])} failed, {len(names['notrun'])} skipped"
    )
    return 1 if names["fail"] or not tests else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
