"""PostgreSQL 15 as Debian ships it, on a scratch folder: what pgbench inserts in a second.

One transaction inserts a matter and its event, of as many bytes as a hand-in writes, from 64
clients; nothing of the configuration is changed (fsync and synchronous_commit are on).
"""

import os
import pwd
import random
import re
import shutil
import subprocess
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
TABLES = """
CREATE TABLE matter (id bigserial PRIMARY KEY, version bigint NOT NULL, last_seq bigint NOT NULL,
    kind text NOT NULL, is_open boolean NOT NULL, number text UNIQUE NOT NULL);
CREATE TABLE event (seq bigserial PRIMARY KEY, matter bigint NOT NULL, prev_seq bigint NOT NULL,
    envelope text NOT NULL, payload text NOT NULL, sealed bytea NOT NULL, hash bytea NOT NULL);
"""
SCRIPT = """BEGIN;
INSERT INTO matter (version, last_seq, kind, is_open, number)
VALUES (1, 1, 'appeal', true, 'ZT-2026-' || nextval('number'));
INSERT INTO event (matter, prev_seq, envelope, payload, sealed, hash)
VALUES (currval('matter_id_seq'), 0, '{envelope}', '{payload}', '\\x{sealed}', '\\x{hash}');
COMMIT;
"""


def is_there():
    return (PROGRAMS / "pgbench").exists() and (os.geteuid() != 0 or has_user())


def has_user():
    try:
        return bool(pwd.getpwnam("postgres"))
    except KeyError:
        return False


def script_of(bytes_a_hand_in):
    """Texts drawn at random, so that nothing is compressed away."""
    draw = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    sealed = bytes_a_hand_in * 2 // 5
    words = {
        "envelope": "".join(draw.choices(letters, k=300)),
        "payload": "".join(draw.choices(letters, k=max(100, bytes_a_hand_in - sealed - 332))),
        "sealed": draw.randbytes(sealed).hex(),
        "hash": draw.randbytes(32).hex(),
    }
    return SCRIPT.format(**words)


class Server:
    def __init__(self, folder, bytes_a_hand_in):
        self.folder = Path(folder).resolve()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        # The server refuses to run as root.
        self.user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "postgres")
        (self.folder / "hand_in.sql").write_text(script_of(bytes_a_hand_in))

    def run(self, program, *words):
        done = subprocess.run(
            [*self.user, str(PROGRAMS / program), *map(str, words)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise SystemExit(f"bench: {program} failed: {done.stderr}")
        return done.stdout

    def __enter__(self):
        self.run("initdb", "-D", "data", "--auth=trust")
        self.run(
            "pg_ctl", "-D", "data", "-w", "-l", "log", "-o", f"-k {self.folder} -h ''", "start"
        )
        self.sql(TABLES + "CREATE SEQUENCE number;")
        return self

    def __exit__(self, *_):
        self.run("pg_ctl", "-D", "data", "-w", "-m", "fast", "stop")

    def sql(self, text):
        return self.run("psql", "-h", self.folder, "-d", "postgres", "-qAtc", text)

    def per_second(self, seconds):
        options = ["-h", self.folder, "-n", "-M", "prepared", "-c", 64, "-j", 2]
        told = self.run("pgbench", *options, "-T", seconds, "-f", "hand_in.sql", "postgres")
        return float(re.search(r"tps = ([0-9.]+)", told).group(1))
