#!/usr/bin/env python3
"""Which files tools/lint looks at, in which order, and what it leaves out."""

import contextlib
import importlib.util
import io
import os
import subprocess
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def load():
    loader = SourceFileLoader("lint", str(ROOT / "tools/lint"))
    spec = importlib.util.spec_from_loader("lint", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


class Lint(unittest.TestCase):
    def setUp(self):
        self.lint = load()
        self.folder = tempfile.TemporaryDirectory()
        self.root = self.lint.ROOT = Path(self.folder.name)
        self.git("init", "-q")
        for name in ("a", "b", "c"):
            self.commit(f"src/{name}.cpp")

    def tearDown(self):
        self.folder.cleanup()

    def git(self, *arguments):
        names = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        done = subprocess.run(
            ["git", *names, *arguments], cwd=self.root, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def commit(self, path):
        self.write(path, "int x;\n")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", path)

    def options(self, **given):
        return type("Options", (), {"files": [], "whole": False} | given)()

    def chosen(self, **given):
        files = self.git("ls-files", "--cached", "--others").splitlines()
        commands = "".join(f'"file": "{self.root / file}"\n' for file in files)
        self.write(self.lint.COMPILE_COMMANDS, commands)
        with contextlib.redirect_stdout(io.StringIO()):
            return self.lint.chosen(self.options(**given))

    def test_without_a_commit_the_whole_tree_is_chosen_newest_first(self):
        self.assertEqual(["src/c.cpp", "src/b.cpp", "src/a.cpp"], self.chosen())

    def test_only_what_was_touched_since_the_named_commit_is_chosen(self):
        since = self.git("rev-parse", "HEAD~1")
        self.write(self.lint.NIGHTLY, f"# Nightly\n\nLast linted whole: {since}\n")
        self.assertEqual(["src/c.cpp"], self.chosen())

    def test_uncommitted_files_come_first(self):
        since = self.git("rev-parse", "HEAD~1")
        self.write(self.lint.NIGHTLY, f"Last linted whole: {since}\n")
        self.write("src/a.cpp", "int y;\n")
        self.write("src/new.cpp", "int y;\n")
        self.assertEqual(
            ["src/a.cpp", "src/new.cpp", "src/c.cpp"], sorted(self.chosen()[:2]) + self.chosen()[2:]
        )

    def test_an_unknown_commit_means_the_whole_tree(self):
        self.write(self.lint.NIGHTLY, "Last linted whole: " + "0" * 40 + "\n")
        self.assertEqual(3, len(self.chosen()))

    def test_files_that_are_not_built_are_not_chosen(self):
        self.chosen()
        self.commit("fuzz/f.cpp")
        self.write(self.lint.COMPILE_COMMANDS, f'"file": "{self.root}/src/a.cpp"')
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(["src/a.cpp"], self.lint.chosen(self.options()))

    def test_after_the_deadline_the_rest_is_left_out(self):
        self.lint.lint_one = lambda file: (0, "")
        with contextlib.redirect_stdout(io.StringIO()):
            self.assertEqual(([], ["src/a.cpp"]), self.lint.lint_all(["src/a.cpp"], 1.0))
            self.assertEqual(([], []), self.lint.lint_all(["src/a.cpp"], None))

    def test_findings_are_counted_per_file(self):
        self.lint.lint_one = lambda file: (int("b" in file), "finding")
        with contextlib.redirect_stdout(io.StringIO()) as said:
            self.assertEqual((["b.cpp"], []), self.lint.lint_all(["a.cpp", "b.cpp"], None))
        self.assertIn("finding", said.getvalue())


if __name__ == "__main__":
    os.environ.pop("GIT_DIR", None)  # a hook may set it; the samples have their own repository
    unittest.main()
