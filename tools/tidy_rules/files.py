"""files: shape of files and pages that no compiler sees."""

import re

from . import words
from .tree import SCRIPTS, Finding

COLUMNS_MAX = 100
BLOB_BYTES_MAX = 1_000_000
_COLUMNS = r".*\.(cpp|hpp|py|sh|cmake)$|(.*/)?CMakeLists\.txt$"
_ONE_WORD = re.compile(r'^\s*(//+|#|R?")?\s*\S+$')  # an address, or one literal, cannot be wrapped


def check(tree):
    found = words.check_names([path for path, _ in tree.blobs])
    for path, size in tree.blobs:
        if size > BLOB_BYTES_MAX:
            found.append(
                Finding(path, 1, f"{size:,} bytes; files over 1 MB are made by a script, not kept")
            )
    for source in tree.sources:
        found += check_source(source)
    return found + unused_headers(tree)


def check_source(source):
    found = _whitespace(source)
    if re.match(_COLUMNS, source.path) or source.path in SCRIPTS:
        found += _columns(source)
    if source.is_cpp:
        found += _cpp(source)
    if source.suffix == ".md":
        found += _page(source)
    return found


def _whitespace(source):
    found = []
    for number, line in enumerate(source.text.split("\n"), 1):
        if "\t" in line:
            found.append(Finding(source.path, number, "a tab; write spaces (\\t inside a literal)"))
        if line.endswith("\r"):
            found.append(Finding(source.path, number, "CR LF; write LF"))
        elif line != line.rstrip() and source.suffix != ".md":
            found.append(Finding(source.path, number, "blanks at the end of the line"))
    if source.text and not source.text.endswith("\n"):
        found.append(Finding(source.path, source.text.count("\n") + 1, "no line break at the end"))
    return found


def _columns(source):
    found = []
    for number, line in enumerate(source.text.splitlines(), 1):
        is_literal = re.fullmatch(r'\s*[\w(]*"[^"]*"[;,)]*', line) is not None
        if len(line) > COLUMNS_MAX and not _ONE_WORD.match(line) and not is_literal:
            found.append(
                Finding(
                    source.path,
                    number,
                    f"{len(line)} columns; {COLUMNS_MAX} at most (tools/format wraps)",
                )
            )
    return found


def _cpp(source):
    found = []
    if source.suffix == ".hpp" and "#pragma once" not in source.text.splitlines()[:1]:
        found.append(Finding(source.path, 1, "first line of a header: #pragma once"))
    if not re.fullmatch(r"[a-z0-9_]+\.(cpp|hpp)", source.path.rsplit("/", 1)[-1]):
        found.append(Finding(source.path, 1, "file names are snake_case, .hpp and .cpp"))
    return found


def own_header_first(source, headers):
    """A .cpp whose header exists includes it first, so that each header is known to stand alone."""
    module = source.module
    stem = source.path.rsplit("/", 1)[-1].removesuffix(".cpp")
    folder = source.path.removeprefix("src/").rsplit("/", 1)[0]
    own = [h for h in (f"{folder}/{stem}.hpp", f"{module}/{stem}.hpp") if h in headers]
    if not own or not source.includes or source.includes[0][1] in own:
        return []
    return [Finding(source.path, source.includes[0][0], f'own header first: #include "{own[0]}"')]


def unused_headers(tree):
    headers = {s.path.removeprefix("src/") for s in tree.cpp("src") if s.suffix == ".hpp"}
    used, found = set(), []
    for source in tree.cpp():
        used |= {
            name
            for _, name, is_quoted in source.includes
            if is_quoted and f"src/{name}" != source.path
        }
        if source.module and source.suffix == ".cpp":
            found += own_header_first(source, headers)
    for header in sorted(headers - used):
        found.append(
            Finding(f"src/{header}", 1, "nobody includes this header; use it or take it out")
        )
    return found


def _page(source):
    """One title, at the top; links to files that exist are checked by links()."""
    found, titles, fence = [], [], False
    for number, line in enumerate(source.text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            fence = not fence
        elif not fence and line.startswith("# "):
            titles.append(number)
    if len(titles) != 1 or titles[0] != 1:
        found.append(
            Finding(
                source.path, titles[-1] if titles else 1, "one `# Title` a page, on its first line"
            )
        )
    return found
