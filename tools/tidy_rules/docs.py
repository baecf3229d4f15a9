"""docs: links between pages lead somewhere, each page under docs/ is linked to, and the glossary
has every verb with its Chinese title."""

import re
from pathlib import PurePosixPath

from .tree import Finding

GLOSSARY, VERBS = "docs/glossary.md", "src/domain/verb.cpp"
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)|!\[[^\]\n]*\]\(([^)\s]+)\)")


def links_of(source):
    """(line, path from the root) of each link to a file of ours; no addresses, no anchors."""
    text = re.sub(
        r"```.*?```", lambda m: "\n" * m.group(0).count("\n"), source.text, flags=re.DOTALL
    )
    for match in _LINK.finditer(text):
        target = (match.group(1) or match.group(2)).split("#")[0]
        if target and not re.match(r"[a-z]+:", target):
            line = text.count("\n", 0, match.start()) + 1
            yield line, _resolved(PurePosixPath(source.path).parent, target)


def _resolved(folder, target):
    parts = []
    for part in (folder / target).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def check(tree):
    files = {path for path, _ in tree.blobs}
    folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
    linked, found = set(), []
    for source in tree.sources:
        if source.suffix != ".md":
            continue
        for line, target in links_of(source):
            linked.add(target)
            if target is None:
                found.append(
                    Finding(source.path, line, "a link out of the project; name the thing in words")
                )
            elif target not in files and target.rstrip("/") not in folders:
                found.append(Finding(source.path, line, f"link to {target}, which does not exist"))
    for path in sorted(files):
        covered = path in linked or any(
            str(parent) in linked for parent in PurePosixPath(path).parents
        )
        if (
            path.startswith("docs/")
            and path.endswith(".md")
            and path != "docs/README.md"
            and not covered
        ):
            found.append(Finding(path, 1, "no page links here; add it to docs/README.md"))
    return found + glossary(tree)


def glossary(tree):
    """The rows of src/domain/verb.cpp against `| 中文 | English |` of the glossary."""
    texts = {source.path: source.text for source in tree.sources}
    known = set(re.findall(r"^\| (\S+) \| (\w+) \|", texts.get(GLOSSARY, ""), re.MULTILINE))
    rows = re.finditer(r'VerbRow\{Verb::\w+, "(\w+)", "\w+",\s*"([^"]+)"', texts.get(VERBS, ""))
    return [
        Finding(
            GLOSSARY, 1, f"verb {row.group(1)} is {row.group(2)} in {VERBS}; write that row here"
        )
        for row in rows
        if (row.group(2), row.group(1)) not in known
    ]
