#!/usr/bin/env python3
"""cmake with a g++ older than 13 stops and says why; 77 (skipped) where there is no such g++."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def old_compiler():
    for name in ("g++-12", "g++-11", "g++-10", "g++"):
        if path := shutil.which(name):
            out = subprocess.run(
                [path, "-dumpversion"], capture_output=True, text=True
            ).stdout.strip()
            if out.split(".")[0].isdigit() and int(out.split(".")[0]) < 13:
                return path
    return None


def main():
    compiler = old_compiler()
    if compiler is None:
        print("no g++ older than 13 on this machine")
        return 77
    with tempfile.TemporaryDirectory() as build:
        command = ["cmake", "-S", ROOT, "-B", build, f"-DCMAKE_CXX_COMPILER={compiler}"]
        command += ["-DCMAKE_C_COMPILER=" + re.sub(r"g\+\+", "gcc", compiler)]
        run = subprocess.run(command, capture_output=True, text=True)
    said = " ".join((run.stdout + run.stderr).split())
    if run.returncode == 0:
        print(f"{compiler} was accepted")
        return 1
    if "is refused: before 13 it destroys temporaries of a co_await expression twice" not in said:
        print(f"refused without the reason:\n{said}")
        return 1
    print(f"{compiler} is refused with the reason")
    return 0


if __name__ == "__main__":
    sys.exit(main())
