#!/usr/bin/env python3
"""The summary that tools/nightly writes."""

import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import nightly_summary as summary  # noqa: E402

PAGE = f"""# Nightly

Last linted whole: none

{summary.BEGIN}
{summary.END}
"""
LINT = "lint|3|passed|lint: 90 files"
WALKS = "walks|40|failed|1 failed"


class Summary(unittest.TestCase):
    def test_each_part_gets_its_row(self):
        page = summary.renewed(PAGE, f"{LINT}\n{WALKS}\n", "2022-08-01", "abc")
        self.assertIn("| lint | 2022-08-01 | abc | 3 | passed | lint: 90 files |", page)
        self.assertIn("| walks | 2022-08-01 | abc | 40 | failed | 1 failed |", page)

    def test_a_part_that_did_not_run_keeps_its_row(self):
        page = summary.renewed(PAGE, f"{LINT}\n{WALKS}\n", "2022-08-01", "abc")
        page = summary.renewed(page, LINT, "2022-08-02", "def")
        self.assertIn("| walks | 2022-08-01 | abc | 40 |", page)
        self.assertIn("| lint | 2022-08-02 | def | 3 |", page)
        self.assertEqual(1, page.count("| lint |"))
        self.assertEqual(1, page.count("| part |"))

    def test_the_linted_commit_moves_only_when_lint_passed(self):
        page = summary.renewed(PAGE, LINT, "2022-08-01", "abc+")
        self.assertIn("Last linted whole: abc\n", page)
        page = summary.renewed(page, "lint|3|failed|x", "2022-08-02", "def")
        self.assertIn("Last linted whole: abc\n", page)
        self.assertIn("Last linted whole: none", summary.renewed(PAGE, LINT, "2022-08-01", "none"))

    def test_the_page_in_the_tree_has_the_marks(self):
        text = (ROOT / "docs/internals/nightly.md").read_text(encoding="utf-8")
        self.assertIn("Last linted whole: ", text)
        self.assertLess(text.index(summary.BEGIN), text.index(summary.END))


if __name__ == "__main__":
    unittest.main()
