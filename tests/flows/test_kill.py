"""A pull that is killed at a random moment, and one after it, give the store that an undisturbed pull gives.

    python -m tests.flows.test_kill 30

does it thirty times with 200 documents and prints what each kill left.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from corpus.store import open_store, schema
from tests.kamer_server import Kamer, Server

STUB = Path(__file__).with_name("stub_process.py")
TIMES = {"moved_at", "stored_at", "seen_at", "made_at"}  # the moments at which it happened, which differ


def begin(base: str, home: Path) -> subprocess.Popen:
    command = [sys.executable, str(STUB), "pull", "--kamer-url", base, "--home", str(home), "--workers", "1"]
    environment = os.environ | {"PREFECT_API_URL": "", "PYTHONPATH": str(STUB.parents[2])}
    environment.pop("OPVOLGING_DATABASE_URL", None)
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def first_request(kamer: Kamer) -> float:
    """Wait for the next request, before which a pull only starts up; returns the time."""
    before = len(kamer.requests)
    while len(kamer.requests) == before:
        time.sleep(0.005)
    return time.monotonic()


def content(home: Path) -> dict[str, object]:
    """All that the store holds but times and runs: the rows of each table, and the hashes of the files."""
    with open_store(home) as store, store.engine.connect() as connection:
        found: dict[str, object] = {
            name: sorted(
                repr({column: value for column, value in row.items() if column not in TIMES})
                for row in connection.execute(select(table)).mappings()
            )
            for name, table in schema.metadata.tables.items()
            if name != "runs"
        }
    found["files on disk"] = sorted(
        (path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in (home / "files").rglob("*.*")
    )
    return found


def kill_and_go_on(count: int, times: int, seed: int, folder: Path) -> list[str]:
    """Kill `times` pulls of `count` documents, each in a store of its own; returns where each was when it died."""
    moments, died = random.Random(seed), []
    kamer = Kamer(page=25)
    kamer.fill(count)
    kamer.delay = 0.004
    with Server(kamer) as server:
        whole_run, begun = begin(server.base, folder / "whole"), first_request(kamer)
        assert whole_run.wait() == 0
        whole, lasted = content(folder / "whole"), time.monotonic() - begun
        for number in range(times):
            home = folder / f"killed-{number}"
            pull, moment = begin(server.base, home), moments.uniform(0, lasted)
            first_request(kamer)
            time.sleep(moment)
            pull.send_signal(signal.SIGKILL)
            pull.wait()
            left = content(home)
            died.append(
                f"{moment:5.2f} s: {len(left['records'])} records, {len(left['files on disk'])} files, "
                f"{len(left['files'])} noted, {len(left['documents'])} documents, {len(left['answers'])} links"
            )
            again = begin(server.base, home)
            assert again.wait() == 0, again.stderr.read().decode()
            assert content(home) == whole, died[-1]
    return died


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is of Unix")
def test_a_killed_pull_goes_on_where_it_was(tmp_path):
    assert len(kill_and_go_on(count=60, times=3, seed=7, folder=tmp_path)) == 3


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is of Unix")
def test_thirty_killed_pulls_of_two_hundred_documents(tmp_path):
    assert len(kill_and_go_on(count=200, times=30, seed=30, folder=tmp_path)) == 30


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(*kill_and_go_on(200, int(sys.argv[1]), random.randrange(10**6), Path(scratch)), sep="\n")
