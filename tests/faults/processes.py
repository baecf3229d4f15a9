"""Faults of processes: kills, a second process, views whose files are lost or damaged."""

import shutil
import sqlite3
import time

import chain
from place import LOSSES, Place, add_counts, memory_folder

CYCLES_A_PLACE = 20
PRODUCERS = (8, 16, 32, 64)


def kill(bench):
    """kill -9 at any moment, from the start of the process on; then the ledger is judged."""
    total = {"cycles": 0, "killed_before_producing": 0}
    while total["cycles"] < bench.cycles:
        number = total["cycles"] // CYCLES_A_PLACE
        memory, _ = memory_folder(bench)
        data = (memory if number % 2 else bench.folder) / f"place{number}"
        place = Place(bench, data, bench.folder / f"histories{number}")
        if place.init():
            for _ in range(min(CYCLES_A_PLACE, bench.cycles - total["cycles"])):
                kill_once(bench, place, total)
            place.producer_run("--count", 100, "--producers", 8)
            place.check("--recover")
            if broken := chain.first_broken(place.data / "ledger.db"):
                bench.problem(f"{place.data}: {broken}")
            add_counts(total, place)
        else:
            total["cycles"] += CYCLES_A_PLACE
        if not bench.problems:
            shutil.rmtree(memory)
    return total | {"problems": bench.problems}


def kill_once(bench, place, total):
    running = place.start("--producers", bench.random.choice(PRODUCERS))
    if bench.random.random() < 0.75:
        running.wait_until_producing()
    time.sleep(bench.random.uniform(0.005, 0.5))
    code, said = running.kill()
    if code != -9:
        bench.problem(f"producers ended by themselves ({code}): {said}")
    total["cycles"] += 1
    events = place.counts.get("events", 0)
    place.check()
    total["killed_before_producing"] += place.counts.get("events", 0) == events


def read_beside(bench, place):
    """The figures while another process writes. A reader that opened the ledger at the moment when
    its log was empty says that it must be run again; that is no refusal."""
    for _ in range(5):
        done = bench.zhitong("stats", "--data", place.data)
        if "run it again" not in done.stderr:
            break
    return done


def two_processes(bench):
    """The second process that wants to write is refused, readers are not; after a kill the next
    one writes."""
    place = Place(bench, bench.folder / "place", bench.folder / "histories")
    counts = {"second_refused": 0, "read": 0, "after_kill": 0}
    if not place.init():
        return counts | {"problems": bench.problems}
    for _ in range(max(bench.cycles // 10, 3)):
        first = place.start("--producers", 8)
        first.wait_until_producing()
        second = place.producer_run("--count", 10)
        replay = bench.zhitong("replay", "--data", place.data)
        for done in (second, replay):
            if done.returncode == 1 and "in_use" in done.stderr + done.stdout:
                counts["second_refused"] += 1
            else:
                bench.problem(f"a second writer was not refused: {done.stdout} {done.stderr}")
        reader = read_beside(bench, place)
        counts["read"] += reader.returncode == 0
        if reader.returncode != 0:
            bench.problem(f"a reader was refused: {reader.stderr}")
        first.kill()
        third = place.producer_run("--count", 10)
        counts["after_kill"] += third.returncode == 0
        if third.returncode != 0:
            bench.problem(f"a killed process left the directory locked: {third.stderr}")
    place.check("--recover")
    return counts | {key: place.counts.get(key, 0) for key in LOSSES} | {"problems": bench.problems}


def views(bench):
    """Files of following views lost or damaged: the answers stay, the next writer makes them
    anew."""
    place = Place(bench, bench.folder / "place", bench.folder / "histories")
    counts = {"damages": 0, "answers_equal": 0, "rebuilt": 0}
    if not place.init():
        return counts | {"problems": bench.problems}
    place.producer_run("--count", 400, "--producers", 8)
    for name, damage in DAMAGES.items():
        before = answers(bench, place)
        damage(bench, place)
        counts["damages"] += 1
        after = answers(bench, place)
        if after == before:
            counts["answers_equal"] += 1
        else:
            bench.problem(f"{name}: the answers changed: {first_difference(before, after)}")
        done = place.producer_run("--count", 5, "--producers", 1)
        if done.returncode == 0 and place.check() and is_whole(bench, place):
            counts["rebuilt"] += 1
        else:
            bench.problem(f"{name}: not rebuilt: {done.stderr.strip()}")
    return counts | {"problems": bench.problems}


def answers(bench, place):
    """What the program says from the views."""
    told = []
    for words in (("stats", "--json"), ("stats", "--list", "accepted", "--json"), ("verify",)):
        done = bench.zhitong(words[0], "--data", place.data, *words[1:])
        told.append((done.returncode, done.stdout))
    return told


def first_difference(before, after):
    for (code, said), (code_then, said_then) in zip(before, after, strict=True):
        if code != code_then:
            return f"exit code {code}, then {code_then}: {said_then[-200:]}"
        if said != said_then:
            at = next(i for i, (a, b) in enumerate(zip(said, said_then)) if a != b)
            return f"{said[at - 40 : at + 40]!r}, then {said_then[at - 40 : at + 40]!r}"
    return "none"


def is_whole(bench, place):
    """Whether the files themselves are sound and at the head, not only the answers."""
    with sqlite3.connect(f"file:{place.data}/lists.db?mode=ro", uri=True) as lists:
        sound = lists.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    stands = bench.zhitong("verify", "--data", place.data).returncode == 0
    return sound and stands and all(
        (place.data / file).exists() for file in ("figures/index", "open_set")
    )


def lists_garbled(bench, place):
    path = place.data / "lists.db"
    data = bytearray(path.read_bytes())
    for at in range(0, len(data), 97):
        data[at] ^= 0x5A
    path.write_bytes(data)


def lists_cut(bench, place):
    path = place.data / "lists.db"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def open_set_garbled(bench, place):
    path = place.data / "open_set"
    data = bytearray(path.read_bytes())
    data[bench.random.randrange(len(data))] ^= 0x5A
    path.write_bytes(data)


def figure_file_garbled(bench, place):
    files = sorted((place.data / "figures").glob("*.segment"))
    path = bench.random.choice(files)
    path.write_bytes(bytes(byte ^ 0xFF for byte in path.read_bytes()))


def figure_file_lost(bench, place):
    bench.random.choice(sorted((place.data / "figures").glob("*.segment"))).unlink()


DAMAGES = {
    "lists deleted": lambda bench, place: (place.data / "lists.db").unlink(),
    "lists empty": lambda bench, place: (place.data / "lists.db").write_bytes(b""),
    "lists cut": lists_cut,
    "lists garbled": lists_garbled,
    "lists another file": lambda bench, place: (place.data / "lists.db").write_bytes(b"x" * 9000),
    "open set deleted": lambda bench, place: (place.data / "open_set").unlink(),
    "open set empty": lambda bench, place: (place.data / "open_set").write_bytes(b""),
    "open set garbled": open_set_garbled,
    "figures deleted": lambda bench, place: shutil.rmtree(place.data / "figures"),
    "figure index empty": lambda bench, place: (place.data / "figures/index").write_bytes(b""),
    "figure index lost": lambda bench, place: (place.data / "figures/index").unlink(),
    "figure file garbled": figure_file_garbled,
    "figure file lost": figure_file_lost,
}
