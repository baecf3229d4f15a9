"""Faults inside one program: calls to the disk that fail, images of power cuts, changed bits."""

import json

IMAGES_SHORT, IMAGES_FULL = 2_500, 130_000
TRANSACTIONS_FULL = 130  # long enough that the log is moved into the file by itself


def told_by(bench, *words):
    """The counts that a program prints last; its problems are told as they are."""
    done = bench.run(*words)
    if done.returncode != 0:
        bench.problem(f"{words[0]} ({done.returncode}): {done.stderr.strip()}")
    try:
        return json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return {"problems": 1}


def calls(bench):
    """Every call fails once and for good, in six ways."""
    more = ["--transactions", TRANSACTIONS_FULL] if bench.is_full else []
    return told_by(bench, bench.program("zt_calls"), *more)


def images(bench):
    """What a power cut could leave at each moment of two hundred transactions."""
    count = IMAGES_FULL if bench.is_full else IMAGES_SHORT
    return told_by(bench, bench.program("zt_images"), "--images", count)


def flips(bench):
    """Single bits changed in all files of a small place."""
    count = 1000 if bench.is_full else 100
    return told_by(bench, bench.program("zt_flips"), "--flips", count)
