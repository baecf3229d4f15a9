"""The files a rule looks at, and C++ text with comments and literals taken out."""

import re
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

CODE_SUFFIXES = {".cpp", ".hpp", ".h"}
TEXT_SUFFIXES = CODE_SUFFIXES | {
    ".py",
    ".sh",
    ".cmake",
    ".txt",
    ".md",
    ".yaml",
    ".yml",
    ".json",
    ".case",
    ".ts",
    ".vue",
    ".js",
    ".css",
    ".html",
}
SCRIPTS = {"run", "test", ".ci/run"} | {
    f"tools/{n}" for n in ("format", "lint", "nightly", "screens", "short_forms", "web_test")
}
PURE = ("base", "calendar", "domain")

_LITERAL = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)"""
    r"""|(?P<raw>R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)")"""
    r"""|(?P<string>"(?:\\.|[^"\\\n])*")"""
    r"""|(?P<char>(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+')""",
    re.DOTALL,
)


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


def _blank(match):
    """Keeps the line count; a string stays visible as ""."""
    breaks = "\n" * match.group(0).count("\n")
    return breaks or " " if match.group("comment") else '""' + breaks


def strip_code(text):
    """C++ text without comments and without the insides of literals, same line numbers."""
    return _LITERAL.sub(_blank, text)


def comments_of(text):
    """The comments only, same line numbers."""
    out, last = [], 0
    for match in _LITERAL.finditer(text):
        out.append("\n" * text.count("\n", last, match.start()))
        out.append(match.group(0) if match.group("comment") else "\n" * match.group(0).count("\n"))
        last = match.end()
    return "".join(out)


@dataclass
class Source:
    """One file: path from the root with forward slashes, and its text."""

    path: str
    text: str

    @cached_property
    def code(self):
        return strip_code(self.text)

    @cached_property
    def comments(self):
        return comments_of(self.text)

    @property
    def suffix(self):
        return Path(self.path).suffix

    @property
    def is_cpp(self):
        return self.suffix in CODE_SUFFIXES

    @property
    def is_public(self):
        """src/<module>/<name>.hpp; what lies in a folder below (impl, verbs, sqlite) is private."""
        return self.suffix == ".hpp" and self.module is not None and self.path.count("/") == 2

    @property
    def module(self):
        """The module of a file under src/, else None."""
        parts = self.path.split("/")
        return parts[1] if len(parts) > 2 and parts[0] == "src" else None

    @cached_property
    def includes(self):
        """(line, name, is_quoted) of each include."""
        found = re.finditer(
            r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', self.text, re.MULTILINE
        )
        return [
            (self.text.count("\n", 0, m.start()) + 1, m.group(2), m.group(1) == '"') for m in found
        ]


@dataclass
class Tree:
    """All text files of the project, tracked or about to be; nothing that git ignores."""

    root: Path
    build: Path | None = None
    sources: list = field(default_factory=list)
    blobs: list = field(default_factory=list)  # (path, bytes) of everything

    @staticmethod
    def read(root, build=None):
        tree = Tree(Path(root), Path(build) if build else None)
        for path in _listed(tree.root):
            file = tree.root / path
            if not file.is_file() or file.is_symlink():
                continue
            tree.blobs.append((path, file.stat().st_size))
            if file.suffix in TEXT_SUFFIXES or path in SCRIPTS:
                tree.sources.append(
                    Source(path, file.read_text(encoding="utf-8", errors="replace"))
                )
        return tree

    def cpp(self, *folders):
        """C++ files under these top folders (all when none is named)."""
        return [
            s for s in self.sources if s.is_cpp and (not folders or s.path.split("/")[0] in folders)
        ]


def _listed(root):
    try:
        command = [
            "git",
            "-C",
            str(root),
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]
        found = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        return sorted(set(filter(None, found.split("\0"))))
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive without .git
        skip = {"build", "node_modules", "__pycache__", ".git"}
        files = (p.relative_to(root) for p in root.rglob("*") if p.is_file())
        return sorted(str(p) for p in files if not skip & set(p.parts))
