"""The reader under damaged files: each must end in time with a reading or a one-line message.

    python tests/fuzz_reading.py [COUNT]        (500)

Prints how the files ended and the slowest; exit code 1 when one broke a limit.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

MOST_SECONDS = 20.0


def sources() -> list[bytes]:
    """Whole PDFs to damage: a typeset one, and the real ones where they are at hand."""
    from tests.extract.reading.typesetting import sample

    real = sorted((ROOT.parent / "shared" / "real").rglob("*.pdf"))
    return [sample(), *(path.read_bytes() for path in real)]


def run(count: int, folder: Path, workers: int = 2) -> tuple[Counter, float]:
    """(how many files ended how, seconds of the slowest) for `count` damaged files written to a folder."""
    from extract.reading import ReadingError, read_many
    from tests.extract.reading.damage import damaged

    paths = []
    for k, (way, data) in enumerate(damaged(sources(), count)):
        paths.append(folder / f"{k:04d}-{way}.pdf")
        paths[-1].write_bytes(data)
    ends: Counter[str] = Counter()
    slowest, last = 0.0, time.monotonic()
    for _, result in read_many(paths, workers=workers):
        now = time.monotonic()
        slowest, last = max(slowest, now - last), now
        if isinstance(result, ReadingError):
            assert str(result) and "\n" not in str(result), repr(result)
            ends[type(result).__name__] += 1
        else:
            ends["read"] += 1
    assert sum(ends.values()) == count
    return ends, slowest


def main() -> int:
    """Run and report."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        ends, slowest = run(count, Path(folder))
    print(f"{count} damaged files in {time.monotonic() - start:.0f} s: {dict(ends.most_common())}")
    print(f"longest wait for an answer {slowest:.1f} s (limit {MOST_SECONDS:.0f})")
    return 0 if slowest <= MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
