"""The hash chain, recomputed from docs/internals/ledger.md alone and not by the program: a program
that leaves something out of its hashes finds its own chain whole."""

import hashlib
import sqlite3

NAMES = {1: "sha256", 2: "sm3"}


def first_broken(ledger):
    """What is wrong with the chains of a ledger that nobody has open; empty when they are whole."""
    with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as file:
        (algorithm,) = file.execute("SELECT algorithm FROM head").fetchone()

        def hash_of(data):
            return hashlib.new(NAMES[algorithm], data).digest()

        previous = bytes(32)
        rows = file.execute("SELECT seq, envelope, payload, sealed, hash FROM event ORDER BY seq")
        for number, (seq, envelope, payload, sealed, stored) in enumerate(rows, 1):
            parts = hash_of(envelope) + hash_of(payload) + hash_of(sealed)
            previous = hash_of(bytes([algorithm]) + previous + parts)
            if seq != number or stored != previous:
                return f"event {seq} does not follow from its bytes and the event before it"
        previous = bytes(32)
        for seq, text, stored in file.execute("SELECT seq, text, hash FROM audit ORDER BY seq"):
            previous = hash_of(previous + text.encode())
            if stored != previous:
                return f"audit row {seq} does not follow from its text and the row before it"
    return ""
