#!/usr/bin/env python3
"""The house rules as a test. `tools/tidy.py` checks all, `tools/tidy.py words layers` some of them.

layers   includes and LINK lists against tools/layers.txt
purity   object files of base, calendar, domain: no clock, file, socket, thread, randomness
         (needs --build DIRECTORY)
lengths  files and functions; tools/ratchet.txt, --tighten lets it shrink
words    what may not be written, with what to write instead
files    tabs, columns, titles, header guards, unused headers, size
docs     links
"""

import argparse
import sys
from pathlib import Path

from tidy_rules import docs, files, layers, lengths, purity, words
from tidy_rules.tree import Tree

RULES = {
    "layers": layers,
    "purity": purity,
    "lengths": lengths,
    "words": words,
    "files": files,
    "docs": docs,
}


def main(arguments):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "rules", nargs="*", metavar="RULE", help=", ".join(RULES) + "; default: all"
    )
    parser.add_argument("--build", help="build tree whose archives purity reads, such as build/dev")
    parser.add_argument("--root", default=Path(__file__).resolve().parent.parent)
    parser.add_argument(
        "--tighten", action="store_true", help="let the entries of tools/ratchet.txt shrink"
    )
    options = parser.parse_args(arguments)
    if unknown := set(options.rules) - set(RULES):
        parser.error(f"no rule named {', '.join(sorted(unknown))}; there are {', '.join(RULES)}")
    tree = Tree.read(options.root, options.build)
    if options.tighten:
        print(f"tidy: {lengths.tighten(tree)} entries left tools/ratchet.txt")
        return 0
    chosen = options.rules or [name for name in RULES if name != "purity" or options.build]
    found = 0
    for name in chosen:
        for finding in RULES[name].check(tree):
            print(f"{finding} [{name}]")
            found += 1
    print(f"tidy: {' '.join(chosen)}: {len(tree.sources)} files, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
