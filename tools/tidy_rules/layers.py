"""layers: real includes and the LINK lists of the modules against tools/layers.txt, and
third-party headers behind the doors named there."""

import re
from dataclasses import dataclass, field

from .tree import Finding


@dataclass
class Layers:
    order: list = field(default_factory=list)  # bottom to top
    edges: dict = field(default_factory=dict)  # module -> modules it may include
    denied: dict = field(default_factory=dict)  # module -> headers of lower rooms it may not know
    doors: list = field(default_factory=list)  # (header prefix, [paths under src/], is_hidden)
    findings: list = field(default_factory=list)


def parse(text):
    """`module: rooms`, `module ! header…`, `<prefix> behind|in path…`; else a finding."""
    layers = Layers()
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.split("#")[0].strip()
        if not line:
            continue
        if match := re.fullmatch(r"<([^>]+)>\s+(behind|in)\s+(.+)", line):
            layers.doors.append(
                (match.group(1), match.group(3).split(), match.group(2) == "behind")
            )
        elif match := re.fullmatch(r"(\w+)\s*!\s*(.+)", line):
            layers.denied.setdefault(match.group(1), []).extend(match.group(2).split())
        elif match := re.fullmatch(r"(\w+):\s*(.*)", line):
            _add_module(layers, number, match.group(1), match.group(2).split())
        else:
            layers.findings.append(
                _finding(
                    number,
                    f"`{line}` is none of `module: …`, `module ! …`, `<…> behind …`, `<…> in …`",
                )
            )
    return layers


def _finding(number, text):
    return Finding("tools/layers.txt", number, text)


def _add_module(layers, number, module, allowed):
    """Only rooms already listed, that is lower ones, may be named: so the graph has no cycle."""
    for other in allowed:
        if other not in layers.order:
            text = f"{module} may not know {other}: includes go down; list modules bottom to top"
            layers.findings.append(_finding(number, text))
    layers.order.append(module)
    layers.edges[module] = set(allowed)


def check(tree):
    text = next((s.text for s in tree.sources if s.path == "tools/layers.txt"), "")
    layers = parse(text)
    found = list(layers.findings)
    links = _links(tree, layers, found)
    for source in tree.cpp("src"):
        if source.module not in layers.edges:
            found.append(
                Finding(
                    source.path,
                    1,
                    f"module {source.module} is not in tools/layers.txt; add its row",
                )
            )
            continue
        for line, name, is_quoted in source.includes:
            if is_quoted:
                found += _own_include(layers, links, source, line, name)
            else:
                found += _party_include(layers, source, line, name)
    for source in tree.cpp("tests", "fuzz", "bench"):
        found += _test_includes(layers, source)
    return found


def _own_include(layers, links, source, line, name):
    target, _, rest = name.partition("/")
    me = source.module
    if not rest:
        return [Finding(source.path, line, f'write the include from src/ on: "{me}/{name}"')]
    if target == me:
        if "/" in rest and source.is_public:
            text = f"a public header may not include {name}; include it in the .cpp"
            return [Finding(source.path, line, text)]
        return []
    if target not in layers.edges[me]:
        allowed = " ".join(sorted(layers.edges[me], key=layers.order.index)) or "nothing"
        return [
            Finding(
                source.path,
                line,
                f"{me} may not know {target} (it may know: {allowed}); tools/layers.txt",
            )
        ]
    if "/" in rest:
        return [
            Finding(
                source.path,
                line,
                f"{name} is private to {target}; include a header of src/{target}/",
            )
        ]
    if name in layers.denied.get(me, []):
        return [
            Finding(
                source.path,
                line,
                f"{me} may not know {name} (tools/layers.txt); it only takes what it is given",
            )
        ]
    if target not in links.get(me, set()):
        text = f"{target} is included but not in LINK of src/{me}/CMakeLists.txt; add it there"
        return [Finding(source.path, line, text)]
    return []


def _party_include(layers, source, line, name):
    doors = [door for door in layers.doors if name.startswith(door[0])]
    if not doors:
        return []
    _, paths, is_hidden = max(doors, key=lambda door: len(door[0]))
    is_public = source.is_public and source.module != "app"
    inside = source.path.removeprefix("src/")
    if is_hidden and is_public and inside not in paths:
        text = f"<{name}> in a public header; keep it in a .cpp or in src/{source.module}/impl"
        return [Finding(source.path, line, text)]
    if not any(inside == path or inside.startswith(path.rstrip("/") + "/") for path in paths):
        text = f"<{name}> is met only in {', '.join(paths)}; use our header before it"
        return [Finding(source.path, line, text)]
    return []


def _test_includes(layers, source):
    """A test of a module may look into its impl; all others use public headers. The suites link the
    program and may look into app, which nothing stands above."""
    parts = source.path.split("/")
    own = parts[2] if parts[:2] == ["tests", "unit"] and len(parts) > 3 else "app"
    found = []
    for line, name, is_quoted in source.includes:
        target, _, rest = name.partition("/")
        if is_quoted and "/" in rest and target in layers.edges and target != own:
            found.append(
                Finding(
                    source.path,
                    line,
                    f"{name} is private to {target}; test it in tests/unit/{target}",
                )
            )
    return found


def _links(tree, layers, found):
    """module -> LINK names of its CMakeLists.txt; names outside layers.txt are findings."""
    links = {}
    for source in tree.sources:
        match = re.fullmatch(r"src/(\w+)/CMakeLists\.txt", source.path)
        if not match or match.group(1) not in layers.edges:
            continue
        module = match.group(1)
        links[module] = set()
        text = re.sub(r"#[^\n]*", "", source.text)
        for call in re.finditer(r"zt_module\(\s*(\w+)([^)]*)\)", text):
            words = call.group(2).split()
            line = source.text.count("\n", 0, source.text.find("zt_module")) + 1
            section = ""
            for word in words:
                if word in ("PURE", "LINK", "LIBS", "HEADERS"):
                    section = word
                elif section == "LINK":
                    links[module].add(word)
                    if word not in layers.edges[module]:
                        found.append(
                            Finding(
                                source.path,
                                line,
                                f"LINK {word}: not allowed for {module} by tools/layers.txt",
                            )
                        )
            if call.group(1) != module:
                found.append(
                    Finding(
                        source.path, line, f"zt_module({call.group(1)}) in the folder of {module}"
                    )
                )
        links[module] |= set(re.findall(r"\bzt_(\w+)\b", text)) & set(layers.order)
    return links
