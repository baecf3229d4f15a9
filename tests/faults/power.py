"""Faults of the disk under a running process: power cuts, a disk that is full. Both need root."""

import fcntl
import os
import signal
import struct
import subprocess
import time
from pathlib import Path

from place import Place, add_counts

# ext4's shutdown ioctl, _IOR('X', 125, __u32), with flag 2: nothing that is not yet on the disk
# gets there, as when the power goes.
EXT4_IOC_SHUTDOWN = (2 << 30) | (4 << 16) | (ord("X") << 8) | 125
NO_LOG_FLUSH = 2
IMAGE_BYTES = 256 << 20
CYCLES_A_PLACE = 20
FULL_BYTES = 12 << 20
WAIT_SECONDS_MAX = 60


class Mount:
    """A file system of its own, unmounted at the end."""

    def __init__(self, folder, *words):
        self.folder, self.words, self.is_on = folder, words, False
        folder.mkdir()

    def on(self):
        done = subprocess.run(
            ["mount", *self.words, str(self.folder)], capture_output=True, text=True, check=False
        )
        self.is_on = done.returncode == 0
        return "" if self.is_on else done.stderr.strip()

    def off(self):
        if self.is_on:
            subprocess.run(["umount", str(self.folder)], check=True)
            self.is_on = False


def cut_power(mount):
    handle = os.open(mount.folder, os.O_RDONLY)
    try:
        fcntl.ioctl(handle, EXT4_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
    finally:
        os.close(handle)


def power(bench):
    """The power goes while producers run; what was acknowledged must be on the disk."""
    image = bench.folder / "image"
    mount = Mount(bench.folder / "disk", "-o", "loop", str(image))
    if reason := make_disk(image, mount):
        return {"skipped": reason}
    total = {"cycles": 0, "cycles_with_loss": 0}
    places = 0
    try:
        while total["cycles"] < bench.cycles:
            places += 1
            data = mount.folder / f"place{places}"
            place = Place(bench, data, bench.folder / f"histories{places}")
            if not place.init():
                break
            cycles = 1 if bench.is_fresh else CYCLES_A_PLACE
            for _ in range(min(cycles, bench.cycles - total["cycles"])):
                if not cut_once(bench, place, mount, total):
                    break
            add_counts(total, place)
            bench.run("rm", "-r", data, f"{data}.key")
    finally:
        mount.off()
    return total | {"problems": bench.problems}


def make_disk(image, mount):
    if os.geteuid() != 0:
        return "needs root"
    with open(image, "wb") as file:
        file.truncate(IMAGE_BYTES)
    made = subprocess.run(
        ["mkfs.ext4", "-q", "-F", str(image)], capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        return "mkfs.ext4: " + made.stderr.strip()
    return mount.on()


def cut_once(bench, place, mount, total):
    """Whether nothing was lost: a place that lost something is no use for another cut."""
    running = place.start("--producers", bench.random.choice((8, 16, 32, 64)))
    running.wait_until_producing()
    time.sleep(bench.random.uniform(0.02, 0.3))
    if total["cycles"] % 2:
        cut_under_stopped(running, mount)
    else:
        cut_under_running(bench, place, running, mount)
    mount.off()
    if reason := mount.on():
        bench.problem(f"the disk cannot be mounted again: {reason}")
        return False
    total["cycles"] += 1
    sound = place.check("--recover")
    total["cycles_with_loss"] += not sound
    return sound


def cut_under_stopped(running, mount):
    """As the power goes: nothing is answered any more from then on."""
    running.process.send_signal(signal.SIGSTOP)
    wait_for(lambda: all(state in "TtDZ" for state in thread_states(running.process.pid)))
    cut_power(mount)
    running.kill()


def thread_states(process):
    states = []
    for stat in Path(f"/proc/{process}/task").glob("*/stat"):
        try:
            states.append(stat.read_text().rpartition(")")[2].split()[0])
        except OSError:  # a thread that has just ended
            continue
    return states


def cut_under_running(bench, place, running, mount):
    """The process lives on and has to stop by itself. What it answers after the cut no client would
    have seen, and counts as unknown: a sync that is under way while ext4 is shut down can come
    back as done, since its journal's transaction has ended, by being given up."""
    sizes = {path: path.stat().st_size for path in place.histories.glob("*.history")}
    cut_power(mount)
    code, said = end_within(running, WAIT_SECONDS_MAX)
    if code not in (1, 70):
        bench.problem(f"the disk was gone and the process went on or crashed ({code}): {said}")
    for path in place.histories.glob("*.history"):
        whole = path.read_bytes()
        before = sizes.get(path, 0)
        path.write_bytes(whole[:before] + b"".join(unanswered(whole[before:])))


def unanswered(tail):
    """The lines without those that say ok, nor any of the same request behind them."""
    seen = set()
    for line in tail.splitlines(True):
        word, key, credential, _ = line.split(b" ", 3)
        if word == b"ok":
            seen.add((key, credential))
        if (key, credential) not in seen:
            yield line


def end_within(running, seconds):
    try:
        _, said = running.process.communicate(timeout=seconds)
        return running.process.returncode, said.strip()
    except subprocess.TimeoutExpired:
        return running.kill()


def disk_full(bench):
    """A file system fills up under the producers: refused, nothing lost; with room again they go
    on in the same process."""
    mount = Mount(bench.folder / "disk", "-t", "tmpfs", "-o", f"size={FULL_BYTES}", "tmpfs")
    if os.geteuid() != 0:
        return {"skipped": "needs root"}
    if reason := mount.on():
        return {"skipped": reason}
    total = {"cycles": 0, "went_on": 0}
    try:
        for number in range(max(bench.cycles // 10, 3)):
            data = mount.folder / f"place{number}"
            place = Place(bench, data, bench.folder / f"histories{number}")
            if not place.init():
                break
            fill_once(bench, place, mount, total)
            add_counts(total, place)
            bench.run("rm", "-r", data, f"{data}.key")
    finally:
        mount.off()
    return total | {"problems": bench.problems}


def fill_once(bench, place, mount, total):
    ballast = mount.folder / "ballast"
    free = os.statvfs(mount.folder)
    left = bench.random.randrange(1, 8) * 300_000
    ballast.write_bytes(bytes(free.f_bavail * free.f_frsize - left))
    running = place.start("--producers", 8)
    running.wait_until_producing()
    is_full = wait_for(lambda: count_lines(place, " disk_full") > 50)
    ballast.unlink()
    done = count_lines(place, "ok ")
    goes_on = wait_for(lambda: count_lines(place, "ok ") > done + 200)
    code, said = running.stop()
    total["cycles"] += 1
    total["went_on"] += is_full and goes_on and code == 0
    if not is_full:
        bench.problem("the disk did not fill up")
    elif not goes_on or code != 0:
        bench.problem(f"with room again it did not go on ({code}): {said}")
    place.check("--recover")


def count_lines(place, word):
    return sum(path.read_text().count(word) for path in place.histories.glob("*.history"))


def wait_for(condition):
    end = time.monotonic() + WAIT_SECONDS_MAX
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
