"""lengths: files of at most 500 lines, functions of at most 70.

tools/ratchet.txt records what was longer when the rule came; an entry may only shrink, and goes
when it is no longer needed.
"""

import ast
import re

from .tree import Finding

FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 70
RATCHET = "tools/ratchet.txt"
_MEASURED = {".cpp", ".hpp", ".py", ".ts", ".vue"}
# First words of a file that the program writes: nobody reads it whole.
_MADE = "// Made by `zhitong "


def cpp_functions(code):
    """(name, first line, line count) of each function, found by braces in stripped code."""
    code = re.sub(
        r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*",
        lambda m: "\n" * m.group(0).count("\n"),
        code,
        flags=re.MULTILINE,
    )
    stack, begin, parens, found = [], 0, 0, []
    for match in re.finditer(r"[{};()]", code):
        mark, at = match.group(0), match.start()
        if mark in "()":
            parens += 1 if mark == "(" else -1
        elif mark == "{":
            kind = _kind_of(code[begin:at], stack[-1][0] if stack else "scope", parens)
            stack.append((kind, begin, parens))
            if kind != "value":
                begin, parens = at + 1, 0
        elif mark == "}" and stack:
            kind, start, outer_parens = stack.pop()
            if kind == "function":
                found.append(_measured(code, start, at))
            if kind != "value":
                begin, parens = at + 1, outer_parens
        elif mark == ";" and parens <= 0:
            begin = at + 1
    return found


def _kind_of(head, around, parens):
    """scope, function, block (inside a function) or value (braces that initialise)."""
    if around in ("function", "block"):
        return "block"
    head = _without_templates(re.sub(r"\b(public|private|protected)\s*:", "", head)).strip()
    if parens > 0 or around == "value":
        return "value"
    if re.match(r"(inline\s+)?namespace\b|extern\s+\"\"\s*$", head):
        return "scope"
    if re.match(r"(typedef\s+|export\s+)?(class|struct|union|enum)\b", head) and not re.search(
        r"\)\s*(const|noexcept)?$", head
    ):
        return "scope"
    if "(" not in head or re.search(r"(=|return|,)$", head):
        return "value"
    if re.search(r"\)\s*(noexcept(\(.*\))?)?\s*:[^:].*[\w>]$", head, re.DOTALL):
        return "value"  # a member in a constructor's list: `: name_{…}`
    return "function"


def _without_templates(head):
    """Takes `template <…>` off, balanced."""
    while match := re.match(r"\s*template\s*<", head):
        depth, at = 1, match.end()
        while at < len(head) and depth:
            depth += {"<": 1, ">": -1}.get(head[at], 0)
            at += 1
        head = head[at:]
    return head


def _measured(code, start, end):
    head = code[start : code.index("{", start)]
    body = _without_templates(head)
    names = re.search(r"(operator[^(]{1,3}|~?[\w:]+)\s*\(\s*([^)]*)", body)
    name = names.group(1) if names else "?"
    if name in ("TEST", "TEST_F", "TEST_P", "RC_GTEST_PROP"):
        name = f"{name}({' '.join(names.group(2).split())})"
    first = code.count("\n", 0, start + len(head) - len(head.lstrip())) + 1
    return name, first, code.count("\n", 0, end) + 2 - first


def python_functions(text):
    nodes = (
        n
        for n in ast.walk(ast.parse(text))
        if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    return [(n.name, n.lineno, n.end_lineno - n.lineno + 1) for n in nodes]


def measure(tree):
    """{key: (lines, path, line, limit)} of all over its limit; key as in the ratchet file."""
    over = {}
    for source in tree.sources:
        if source.suffix not in _MEASURED or source.text.startswith(_MADE):
            continue
        lines = source.text.count("\n")
        if lines > FILE_LINES_MAX:
            over[f"file {source.path}"] = (lines, source.path, 1, FILE_LINES_MAX)
        functions = []
        if source.is_cpp:
            functions = cpp_functions(source.code)
        elif source.suffix == ".py":
            functions = python_functions(source.text)
        for name, line, count in functions:
            key = f"function {source.path} {name}"
            if count > max(FUNCTION_LINES_MAX, over.get(key, (0,))[0]):
                over[key] = (count, source.path, line, FUNCTION_LINES_MAX)
    return over


def recorded(tree):
    """{key: (lines, line number in the file)}"""
    text = next((s.text for s in tree.sources if s.path == RATCHET), "")
    entries = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            key, _, count = line.rpartition(" ")
            entries[key] = (int(count), number)
    return entries


def check(tree):
    over, entries, found = measure(tree), recorded(tree), []
    for key, (lines, path, line, limit) in over.items():
        allowed = entries.get(key, (limit, 0))[0]
        if lines > allowed:
            what = key.split(" ", 2)[2] if key.startswith("function") else "the file"
            cure = (
                "take a leaf out of it"
                if key.startswith("function")
                else "a new idea is a new file"
            )
            found.append(
                Finding(path, line, f"{what} has {lines} lines, {allowed} at most; {cure}")
            )
    for key, (allowed, number) in entries.items():
        lines = over.get(key, (0,))[0]
        if lines < allowed:
            now = f"has {lines} lines now" if lines else "keeps the limit now (or is gone)"
            found.append(Finding(RATCHET, number, f"{key} {now}; run tools/tidy.py --tighten"))
    return found


def tighten(tree):
    """Rewrites the ratchet: entries shrink or go, none is added, none grows."""
    over, entries = measure(tree), recorded(tree)
    kept = {key: min(allowed, over[key][0]) for key, (allowed, _) in entries.items() if key in over}
    path = tree.root / RATCHET
    header = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")
    ]
    path.write_text(
        "\n".join(header + [f"{key} {count}" for key, count in sorted(kept.items())]) + "\n",
        encoding="utf-8",
    )
    return len(entries) - len(kept)
