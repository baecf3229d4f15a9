"""The server killed under load, and answers that never arrive: residents hand in over HTTP and ask
again with the same key; the ledger is judged afterwards."""

import json
import os
import shutil
import socket
import subprocess
import time

from place import START_SECONDS_MAX, Place, add_counts

CYCLES_A_PLACE = 20
KILLS_A_CYCLE = 5  # a fifth of the kills of zt_producer: each start opens a whole server
THREADS = 16
READY_SHARE = 0.75  # the other kills fall into the start
DROPPED_SHARE = 0.3
HAND_INS_FULL, HAND_INS_SHORT = 10_000, 1_000


def serving(bench):
    """kill -9 of the server at any moment; the callers go on when it is back."""
    total = {"kills": 0}
    kills = max(bench.cycles // KILLS_A_CYCLE, 5)
    while total["kills"] < kills:
        number = total["kills"] // CYCLES_A_PLACE
        place = Place(bench, bench.folder / f"place{number}", bench.folder / f"histories{number}")
        if not place.init():
            break
        server = Server(bench, place)
        callers = Callers(bench, place, server.port)
        for _ in range(min(CYCLES_A_PLACE, kills - total["kills"])):
            if bench.random.random() < READY_SHARE:
                server.wait_until_ready()
            time.sleep(bench.random.uniform(0.005, 0.5))
            server.kill()
            total["kills"] += 1
            server.start()
        callers.stop()
        server.stop()
        place.check()
        add_counts(total, place)
        if not bench.problems:
            shutil.rmtree(place.data)
    return total | {"problems": bench.problems}


def dropped_answers(bench):
    """Three of ten answers are not waited for; each hand-in is one matter all the same."""
    hand_ins = HAND_INS_FULL if bench.is_full else HAND_INS_SHORT
    place = Place(bench, bench.folder / "place", bench.folder / "histories")
    counts = {"hand_ins": hand_ins}
    if not place.init():
        return counts | {"problems": bench.problems}
    server = Server(bench, place)
    callers = Callers(bench, place, server.port, "--count", hand_ins, "--drop", DROPPED_SHARE)
    counts |= callers.end()
    server.stop()
    place.check()
    add_counts(counts, place)
    if counts["ok"] != hand_ins or counts["unknown_done"] + counts["unknown_not_done"] != 0:
        bench.problem(f"{hand_ins} were handed in: {place.counts}")
    return counts | {"problems": bench.problems}


class Server:
    """zhitong serve on a port that stays the same over its starts."""

    def __init__(self, bench, place):
        self.bench, self.place = bench, place
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [
                *(self.bench.program("zhitong"), "serve", "--data", str(self.place.data)),
                *("--listen", f"127.0.0.1:{self.port}"),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"ZHITONG_HTTP_RATE_LIMITS": "off"},
        )

    def wait_until_ready(self):
        self.process.stdout.readline()

    def kill(self):
        self.process.kill()
        self.process.communicate(timeout=START_SECONDS_MAX)

    def stop(self):
        """In order: what waits is answered, the views are saved."""
        self.wait_until_ready()  # before that it does not hear the signal
        self.process.terminate()
        self.process.communicate(timeout=START_SECONDS_MAX)
        if self.process.returncode != 0:
            self.bench.problem(f"the server ended with {self.process.returncode}")


class Callers:
    """A running zt_caller."""

    def __init__(self, bench, place, port, *more):
        self.bench = bench
        words = ["--history", place.histories, "--port", port, "--threads", THREADS, *more]
        words += ["--seed", bench.random.randrange(1 << 30)]
        self.process = subprocess.Popen(
            [bench.program("zt_caller"), *map(str, words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def stop(self):
        self.process.terminate()
        return self.end()

    def end(self):
        """What it counted."""
        told, said = self.process.communicate(timeout=10 * START_SECONDS_MAX)
        if self.process.returncode != 0:
            self.bench.problem(f"the callers ended with {self.process.returncode}: {said.strip()}")
            return {}
        return json.loads(told.splitlines()[-1])
