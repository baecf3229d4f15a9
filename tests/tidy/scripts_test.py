#!/usr/bin/env python3
"""The scripts at the root and in tools/: what they refuse and what they say."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHELL = [
    "run",
    "test",
    ".ci/run",
    "tools/install.sh",
    "tools/format",
    "tools/nightly",
    "tools/short_forms",
    "tools/screens",
    "tools/web_test",
]
REPORT = """<testsuite>
  <testcase name="a.x" status="run"/>
  <testcase name="a.y" status="{second}"><system-out>boom</system-out></testcase>
  <testcase name="b.z" status="notrun"><system-out>x_test.cpp:3: Skipped
no ../shared beside the project
[  SKIPPED ] b.z</system-out></testcase>
</testsuite>
"""


def said_by(*command, **options):
    run = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, cwd=ROOT, **options
    )
    return run.returncode, run.stdout + run.stderr


class Scripts(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def test_shell_scripts_parse_and_may_be_run(self):
        for script in SHELL:
            self.assertEqual((0, ""), said_by("bash", "-n", script), script)
            self.assertTrue(os.access(ROOT / script, os.X_OK), script)

    def test_run_does_not_touch_a_directory_that_it_did_not_make(self):
        precious = self.path / "precious"
        precious.write_text("x")
        code, said = said_by("./run", self.path)
        self.assertEqual(2, code)
        self.assertIn("was not made by ./run; nothing was touched", said)
        self.assertTrue(precious.exists())

    @unittest.skipUnless(shutil.which("dpkg-query"), "needs Debian")
    def test_install_names_what_is_missing(self):
        shutil.copy(ROOT / "tools/install.sh", self.path)
        (self.path / "packages.txt").write_text("# all here\ndpkg\n")
        self.assertEqual(
            (0, "install: all 1 packages are here\n"), said_by(self.path / "install.sh", "--list")
        )
        (self.path / "packages.txt").write_text("dpkg\nno-such-package-of-debian\n")
        code, said = said_by(self.path / "install.sh", "--list")
        self.assertEqual((1, "install: missing: no-such-package-of-debian\n"), (code, said))

    @unittest.skipUnless(shutil.which("clang-format-19"), "needs clang-format-19")
    def test_format_check_passes_what_is_formatted_and_names_what_is_not(self):
        (self.path / "tools").mkdir()
        shutil.copy(ROOT / "tools/format", self.path / "tools")
        subprocess.run(["git", "init", "-q", self.path], check=True)
        source = self.path / "a.cpp"
        source.write_text("int x;\n")
        self.assertEqual((0, ""), said_by(self.path / "tools/format", "--check"))
        source.write_text("int   x;\n")
        code, said = said_by(self.path / "tools/format", "--check")
        self.assertEqual((1, "a.cpp:1: not formatted; run tools/format\n"), (code, said))

    def test_the_list_of_packages_has_no_double(self):
        lines = (ROOT / "tools/packages.txt").read_text().splitlines()
        names = [line for line in lines if line and not line.startswith("#")]
        self.assertEqual(sorted(set(names)), sorted(names))

    def test_the_report_ends_with_the_counts(self):
        report = self.path / "tests.xml"
        report.write_text(REPORT.format(second="run"))
        code, said = said_by("python3", "tools/test_report.py", report)
        self.assertEqual((0, "2 passed, 0 failed, 1 skipped"), (code, said.splitlines()[-1]))
        self.assertIn("skipped: no ../shared beside the project: 1 (b.z)", said)
        report.write_text(REPORT.format(second="fail"))
        code, said = said_by("python3", "tools/test_report.py", report)
        self.assertEqual((1, "1 passed, 1 failed, 1 skipped"), (code, said.splitlines()[-1]))
        self.assertIn("failed: a.y", said)

    def test_what_passed_alone_counts_and_is_named(self):
        report, again = self.path / "tests.xml", self.path / "again.xml"
        report.write_text(REPORT.format(second="fail"))
        again.write_text('<testsuite><testcase name="a.y" status="run"/></testsuite>')
        code, said = said_by("python3", "tools/test_report.py", report, again)
        self.assertEqual((0, "2 passed, 0 failed, 1 skipped"), (code, said.splitlines()[-1]))
        self.assertIn("passed only when run again, alone: a.y", said)
        again.write_text('<testsuite><testcase name="a.y" status="fail"/></testsuite>')
        code, said = said_by("python3", "tools/test_report.py", report, again)
        self.assertEqual((1, "1 passed, 1 failed, 1 skipped"), (code, said.splitlines()[-1]))

    def test_only_what_waits_for_others_is_run_again(self):
        text = (ROOT / "test").read_text(encoding="utf-8")
        rule = re.search(r"^only_waiting\(\) \{.*?^\}", text, re.MULTILINE | re.DOTALL).group(0)
        log = self.path / "failed.log"
        for lines, code in (
            (["7:http.Notices.are_told_live"], 0),
            (["7:http.A.b", "8:connect.A.b", "9:app.on_demo"], 0),
            (["7:http.A.b", "8:domain.A.b"], 1),
            (["7:tidy.files"], 1),
            ([f"{i}:http.A.b" for i in range(4)], 1),
            ([], 1),
        ):
            log.write_text("".join(line + "\n" for line in lines))
            got, _ = said_by("bash", "-c", f"failed={log}\n{rule}\nonly_waiting")
            self.assertEqual(code, got, lines)

    def test_a_report_without_tests_fails(self):
        report = self.path / "tests.xml"
        report.write_text("<testsuite/>")
        self.assertEqual(1, said_by("python3", "tools/test_report.py", report)[0])
        self.assertEqual(1, said_by("python3", "tools/test_report.py", self.path / "none.xml")[0])

    def test_short_forms_skip_visibly_when_nothing_is_built(self):
        code, said = said_by("tools/short_forms", self.path)
        self.assertEqual(77, code)
        self.assertIn("skipped", said)

    def test_the_table_of_ci_names_overruns_and_fails_above_the_total(self):
        text = (ROOT / ".ci/run").read_text(encoding="utf-8")
        table = re.search(r"^part_table\(\) \{.*?^\}", text, re.MULTILINE | re.DOTALL).group(0)
        head = "readonly total_minutes_max=75\n" + table
        code, said = said_by(
            "bash", "-c", f'{head}\nrows=("asan 725 12 ok" "lint 60 8 failed")\npart_table'
        )
        self.assertEqual(0, code)
        self.assertRegex(said, r"asan +12:05 +12  ok OVER BUDGET\n")
        self.assertRegex(said, r"lint +1:00 +8  failed\n")
        self.assertRegex(said, r"total +13:05 +75\n")
        code, said = said_by("bash", "-c", f'{head}\nrows=("asan 4501 12 ok")\npart_table')
        self.assertEqual(1, code)
        self.assertIn("the total is above 75 minutes", said)


if __name__ == "__main__":
    unittest.main()
