"""What the tests share: folders that go away, the programs, a place with its histories."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

START_SECONDS_MAX = 60
CHECK_SECONDS_MAX = 600
LOSSES = ("lost", "twice", "refused", "differing", "torn")


class Bench:
    """The options of this run, chance, and a scratch folder for one test."""

    def __init__(self, options):
        self.cycles = options.cycles
        self.is_full = options.cycles >= 1000
        self.build = Path(options.build).resolve()
        self.random = random.Random(options.seed)
        self.above = options.scratch
        self.is_fresh = options.fresh
        self.problems = 0

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="zhitong-faults-", dir=self.above))
        return self

    def __exit__(self, *_):
        if self.problems:
            print(f"faults: kept for a look: {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def program(self, name):
        return str(self.build / name)

    def problem(self, what):
        """Something that must not be; told at once, counted, and its folder is kept."""
        self.problems += 1
        print(f"faults: {what}", file=sys.stderr, flush=True)

    def run(self, *words, **more):
        return subprocess.run(
            [str(word) for word in words],
            capture_output=True,
            text=True,
            timeout=CHECK_SECONDS_MAX,
            check=False,
            **more,
        )

    def zhitong(self, *words):
        return self.run(self.program("zhitong"), *words)


class Place:
    """A data directory and the histories of who worked on it, which may lie elsewhere."""

    def __init__(self, bench, data, histories):
        self.bench, self.data, self.histories = bench, Path(data), Path(histories)
        self.histories.mkdir(parents=True, exist_ok=True)
        self.counts = {}

    def init(self):
        done = self.producer_run("--init", "--count", 0)
        if done.returncode != 0:
            self.bench.problem(f"the place cannot be made: {done.stderr.strip()}")
        return done.returncode == 0

    def words(self, *more):
        seed = self.bench.random.randrange(1 << 30)
        return [
            self.bench.program("zt_producer"),
            *("--data", self.data, "--history", self.histories, "--seed", seed),
            *more,
        ]

    def producer_run(self, *more):
        """Runs producers to their end."""
        return self.bench.run(*self.words(*more))

    def start(self, *more):
        """Producers that run until somebody ends them."""
        return Producers(
            subprocess.Popen(
                [str(word) for word in self.words(*more)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )

    def check(self, *more):
        """Judges the histories and verifies the ledger. Returns whether all is well."""
        checker = self.bench.program("zt_checker")
        done = self.bench.run(checker, "--data", self.data, self.histories, *more)
        if done.returncode != 0:
            self.bench.problem(f"{self.data}: {done.stderr.strip()} {done.stdout.strip()}")
        try:
            self.counts = json.loads(done.stdout)
        except ValueError:
            return False
        return done.returncode == 0


class Producers:
    """A running zt_producer."""

    def __init__(self, process):
        self.process = process

    def wait_until_producing(self):
        """Whether it came so far: it may have refused to start."""
        return self.process.stdout.readline().strip() == "producing"

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        return self.end()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.end()

    def end(self):
        """Exit code and what it said."""
        _, said = self.process.communicate(timeout=START_SECONDS_MAX)
        return self.process.returncode, said.strip()


def add_counts(total, place):
    for key in ("ok", "failed", "unknown_done", "unknown_not_done", "events", *LOSSES):
        total[key] = total.get(key, 0) + place.counts.get(key, 0)


def memory_folder(bench):
    """A folder in memory when there is one, else one on the disk. The caller removes it."""
    above = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="zhitong-faults-", dir=above)), above is not None
