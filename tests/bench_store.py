"""What 10,000 stored letters cost: `python -m tests.bench_store [COUNT]` prints times and memory.

The letters are made: metadata of the Kamer on loopback, documents with three recommendations, three passages and a
commitment each. A pull without news and the exports are measured, each in a process of its own, as the commands do;
memory is its peak (ru_maxrss).
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus.records import Coding, Commitment, Document, Metadata, Recommendation, Response, Source
from corpus.sources.follow import follow
from corpus.sources.kamer import Kamer
from corpus.store import open_store, records, save, save_answers
from tests import kamer_server as made
from tests.flows import stub_process
from tests.kamer_server import Server

VERSION = "stub 1"

WORDS = "De inspectie beveelt aan het toezicht te versterken en daarover jaarlijks te rapporteren aan de Kamer. " * 3


def letter(number: int, name: str) -> Document:
    """A letter as long as most: three recommendations, each answered."""
    identity = f"{number:016x}"
    ids = [f"{identity}-{place}" for place in range(3)]
    spot = (Source(1, 0, 100),)
    return Document(
        identity,
        name,
        f"{number:064x}",
        "ok",
        pages=8,
        metadata=Metadata("letter", f"Brief {number}", "2024-03-01", "A. Eerst", "JenV", "IJenV"),
        recommendations=tuple(Recommendation(i, n + 1, WORDS, 2, spot) for n, i in enumerate(ids)),
        responses=tuple(Response(f"{i}-r", WORDS * 2, 3, spot, (i,), "number", "agree") for i in ids),
        commitments=(Commitment(f"{identity}-c", WORDS, 4, spot),),
        codings=tuple(Coding(i, "adopted", "agree", "new", 0.9, False, "ja", WORDS * 2, 3) for i in ids),
    )


def fill(home: Path, server: Server, count: int) -> None:
    """A store as after a pull of all that the Kamer has, without the PDFs."""
    while server.kamer.serial < count:
        server.kamer.add("Beleidsreactie op inspectierapport")
    with open_store(home) as store:
        source = Kamer(server.base)
        for counts in follow(store, source, "kamer"):
            print(f"  {counts['listed']} listed", file=sys.stderr)
        for number, wanted in enumerate(records.wanted(store, "kamer"), 1):
            records.attach_file(store, "kamer", wanted.record_id, f"{number:064x}", wanted.content_length)
            document = letter(number, wanted.name)
            save(store, document, VERSION)
            save_answers(store, [document], VERSION)


def measured(command: list[str]) -> None:
    """Run the command line in this process and print its time and peak memory as JSON."""
    sys.argv = ["opvolging", *command]
    begun = time.monotonic()
    code = stub_process.main()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": round(time.monotonic() - begun, 1), "MB": peak, "exit": code}))


def main() -> None:
    if sys.argv[1:2] == ["--measure"]:
        return measured(sys.argv[2:])
    count = int(sys.argv[1]) if sys.argv[1:] else 10_000
    with tempfile.TemporaryDirectory() as scratch, Server(made.Kamer()) as server:
        home = Path(scratch) / "home"
        fill(home, server, count)
        print(f"{count} letters, database {(home / 'opvolging.sqlite').stat().st_size / 1e6:.0f} MB")
        store = ["--home", str(home)]
        steps = {"pull without news": ["pull", "--kamer-url", server.base, *store]}
        for form in ("csv", "jsonl", "parquet", "xlsx"):
            steps[f"export {form}"] = ["export", "--out", str(Path(scratch) / form), "--format", form, *store]
        for name, command in steps.items():
            own = [sys.executable, "-m", "tests.bench_store", "--measure", *command]
            done = subprocess.run(own, capture_output=True, text=True, env=os.environ | {"PREFECT_API_URL": ""})
            print(f"{name:18} {done.stdout.splitlines()[-1] if done.stdout else done.stderr[-300:]}")


if __name__ == "__main__":
    main()
