"""Reading measured: this reader against pdfplumber's extract_text, over ../shared/real, in one process.

    python tests/bench_reading.py [FOLDER]      (or: python -m tests.bench_reading)

Prints pages a second, the ratio, and the peak memory of each; the ratio is to be at least 10.
"""

from __future__ import annotations

import io
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def files(folder: Path) -> list[bytes]:
    """The PDFs below a folder, in memory, so that the disk is not measured."""
    return [path.read_bytes() for path in sorted(folder.rglob("*.pdf"))]


def ours(data: bytes) -> int:
    """Read a PDF to blocks; returns its pages."""
    from extract.reading import read_pdf

    return len(read_pdf(data).pages)


def theirs(data: bytes) -> int:
    """Read a PDF with pdfplumber, each page closed as soon as it is done; returns its pages."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()
        return len(pdf.pages)


def measured(reader, documents: list[bytes], rounds: int) -> tuple[float, int, float]:
    """(pages a second of the best round, pages, peak memory of the process so far in MB)."""
    reader(documents[0])  # imports are not measured
    best, pages = 0.0, 0
    for _ in range(rounds):
        start = time.process_time()
        pages = sum(reader(data) for data in documents)
        best = max(best, pages / (time.process_time() - start))
    return best, pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Exit code 0 when the ratio is 10 or more, else 1; 2 where there is nothing to read."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "real"
    documents = files(folder)
    if not documents:
        print(f"no PDF under {folder}", file=sys.stderr)
        return 2
    speed, pages, peak = measured(ours, documents, rounds=3)
    print(f"opvolging   {speed:7.1f} pages/s   {pages} pages of {len(documents)} files   peak {peak:.0f} MB")
    usual, _, total = measured(theirs, documents, rounds=1)
    print(f"pdfplumber  {usual:7.1f} pages/s   extract_text                 peak {total:.0f} MB (after both)")
    print(f"ratio       {speed / usual:7.1f}")
    return 0 if speed >= 10 * usual else 1


if __name__ == "__main__":
    sys.exit(main())
