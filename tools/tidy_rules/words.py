"""words: what may not be written, and what to write instead."""

import re
from dataclasses import dataclass

from .tree import Finding

_HERE = ("tools/tidy_rules/", "tests/tidy/")  # these files name the words in order to refuse them
_WRAPPERS = r"src/(?!base/|calendar/|domain/)\w+/impl/|src/app/|src/connect/|src/http/"


@dataclass(frozen=True)
class Rule:
    pattern: str
    instead: str
    where: str = r"src/"  # path must match from its start
    unless: str = r"(?!)"  # and must not match this
    part: str = "code"  # code (no comments, no literals), text (all), comments
    flags: int = 0


CPP = r".*\.(cpp|hpp)$"
RULES = [
    # names
    Rule(
        r"\b(class|struct|enum|using|concept)\s+(class\s+)?(\w*[a-z_])?[Cc]ase([A-Z_]\w*)?\b",
        "the thing is a matter; what stands in a .case file is a script",
        where=r"(src|fuzz|bench)/.*\.(cpp|hpp)$",
    ),
    Rule(
        r"\b\w*([Mm]anager|[Hh]elper)\w*\b|\b\w*[Uu]tils?\b|\butil_\w+",
        "name what it does: a verb for a function, a noun of the glossary for a type",
        where=r"(src|tests|fuzz|bench)/" + CPP,
    ),
    Rule(
        r"^[ \t]*#[ \t]*define[ \t]+(?!(TRY|TRY_VOID|CO_TRY|CHECK|UNREACHABLE)\b|ZT_)\w+",
        "a constexpr or a function; macros are only TRY, TRY_VOID, CO_TRY, CHECK, UNREACHABLE",
        flags=re.MULTILINE,
    ),
    # the outside world
    Rule(
        r"std::(cout|cerr|clog|cin|print|println)\b|(?<![\w:.>])(std::)?(printf|puts|putchar)\s*\(",
        "return text; only app prints",
        unless=r"src/app/",
    ),
    Rule(
        r"(?<![\w:.>])(std::)?v?fprintf\s*\(",
        "return an Error; only app and CHECK print",
        unless=r"src/app/|src/base/(impl/)?check\.cpp$",
    ),
    Rule(
        r"_clock::now\s*\(|::now\s*\(\s*\)|(?<![\w:.>])(std::)?(time|clock_gettime|gettimeofday|localtime(_r)?|gmtime(_r)?)\s*\(",
        "take `UtcMs now`; the one clock is in app",
        unless=r"src/app/",
    ),
    Rule(
        r"(?<![\w:.>])(std::)?s?rand(om)?\s*\(|std::(random_device|mt19937(_64)?)\b",
        "take `Random&`; the real one is in app",
        unless=r"src/app/",
    ),
    Rule(
        r"(?<![\w:.>])(std::)?(secure_)?getenv\s*\(",
        "a row in app/settings.cpp, passed down as a value",
        unless=r"src/app/",
    ),
    Rule(r"\bsystem\s*\(|\bpopen\s*\(", "a library call, or a script in tools/", unless=r"(?!)"),
    # errors
    Rule(
        r"\bcatch\s*\(",
        "only the adapter that calls a throwing library catches: move the call to impl/",
        unless=_WRAPPERS,
    ),
    Rule(r"\bthrow\b", "return Result with fail(code, detail, at)"),
    Rule(r"(?<![\w_])assert\s*\(", "CHECK(condition): on in all builds"),
    Rule(
        r"\b(std::)?(exit|quick_exit|_exit)\s*\(",
        "return an Error; main gives the exit code",
        unless=r"src/app/",
    ),
    # ownership
    Rule(
        r"^(?!.*unique_ptr<).*?(?<!operator )\bnew\b(?=\s*[\w(:])",
        "a value, std::make_unique, or unique_ptr<T>(new T) where T hides its constructor",
        flags=re.MULTILINE,
    ),
    Rule(r"(?<!=)(?<!= )(?<!operator )\bdelete\b", "std::unique_ptr ends it"),
    Rule(
        r"^[ \t]*using\s+namespace\b",
        "name what is used",
        where=r"src/.*\.hpp$",
        flags=re.MULTILINE,
    ),
    Rule(
        r"\b(stable_sort|stable_partition|inplace_merge)\s*\(",
        "sort by a full key; libstdc++ 12 allocates these by a function deprecated in C++17",
        where=r"(src|tests|fuzz)/",
    ),
    # coroutines
    Rule(
        r"\bco_(await|return|yield)\b",
        "the core is synchronous; coroutines live in http/impl and connect/impl",
        unless=r"src/(http|connect)/impl/|src/base/result\.hpp$",
    ),
    Rule(
        r"\bdetached\b", "spawn into a group that can cancel and wait", unless=r"src/app/main\.cpp$"
    ),
    # tests
    Rule(
        r"\b(sleep_for|sleep_until|usleep|nanosleep)\s*\(",
        "inject the clock; tests do not sleep",
        where=r"tests/(unit|property|scenario|store|golden)/",
    ),
    Rule(
        r"_clock::now\s*\(",
        "a fixed instant, or the injected clock",
        where=r"tests/(unit|property|scenario|store|golden)/",
    ),
    # all text
    Rule(
        r"\b(TODO|FIXME|XXX|HACK|not implemented|unimplemented|for now)\b",
        "finish it, or an issue; nothing is left in the text",
        where=r".*\.(cpp|hpp|py|sh|cmake|yaml|case|ts|vue)$|run$|test$",
        part="text",
    ),
    Rule(
        r"\bplaceholder\b",
        "finish it, or say what the value is",
        where=r".*\.(cpp|hpp|py|sh|yaml|case)$",
        part="text",
        flags=re.IGNORECASE,
    ),
    Rule(
        r"(?<![a-z.])/(?:work|farm|tmp|root|home)/[a-z]",
        "no path of one machine: a path from the root of the project, or mktemp",
        where=r"",
        part="text",
    ),
    Rule(
        r"NOLINT(NEXTLINE|BEGIN)?(?!\w|END)(?!\([\w.,* -]+\)\s*:?\s*\w)",
        "NOLINT(check-name): reason",
        where=CPP,
        part="text",
    ),
    Rule(r"clang-format off(?!\s*:\s*\w)", "clang-format off: reason", where=CPP, part="text"),
    Rule(
        "\u4e0a\u8bbf\u8005",
        "诉求人 (UX.md, Writing)",
        where=r"(src|text|kinds|packs|places|web|docs)/",
        part="text",
    ),
]


def check(tree):
    return [finding for source in tree.sources for finding in check_source(source)]


def check_source(source):
    if source.path.startswith(_HERE):
        return []
    found = []
    for rule in RULES:
        if not re.match(rule.where, source.path) or re.search(
            "^(" + rule.unless + ")", source.path
        ):
            continue
        if rule.part == "code" and not source.is_cpp:
            continue
        text = (
            {"code": source.code, "text": source.text, "comments": source.comments}[rule.part]
            if source.is_cpp
            else source.text
        )
        for match in re.finditer(rule.pattern, text, rule.flags):
            line = text.count("\n", 0, match.start()) + 1
            found.append(
                Finding(
                    source.path, line, f"`{match.group(0).strip()}`: write instead: {rule.instead}"
                )
            )
    return found


def check_names(paths):
    """Words that a file name may not carry."""
    found = []
    for path in paths:
        if re.match(r"(src|tests|fuzz|bench)/", path) and re.search(
            r"(manager|helper|utils?)(?=[_.])", path.rsplit("/", 1)[-1]
        ):
            found.append(
                Finding(path, 1, "file name: write instead: the noun or verb of its one idea")
            )
    return found
