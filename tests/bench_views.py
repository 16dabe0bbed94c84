"""How fast the views are: python tests/bench_views.py

Prints the time until Chromium shows the report over 5,000 recommendations, its size, and how long the review queue
takes over 50,000. The limits are those of the project: 3 s and 15 MB, 200 ms. Exit code 1 when one is passed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import warnings
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from corpus.records import Coding, Document, Metadata, Recommendation
from corpus.store import open_store, save
from flows.report import build
from tests.browsing import ARGUMENTS, CHROMIUM
from tests.made import EACH, tables


def report(folder: Path, count: int = 5000) -> tuple[float, float]:
    """(seconds until the page has loaded and is painted, the slowest of three; megabytes)."""
    from playwright.sync_api import sync_playwright

    path = folder / "report.html"
    path.write_text(build(tables(count), "nl", date(2026, 1, 1)), encoding="utf-8")
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for _ in range(3):
            page = browser.new_page()
            start = time.perf_counter()
            page.goto(path.as_uri())
            page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")
            times.append(time.perf_counter() - start)
            page.close()
        browser.close()
    return max(times), path.stat().st_size / 1e6


def queue(folder: Path, count: int = 50_000) -> tuple[float, float]:
    """Milliseconds that the queue's first page and a page in its middle take: (median, slowest) of 20.

    The limit is held against the median: on a machine that others use, the slowest says more of them.
    """
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

    from flows.review import create_app

    with open_store(folder) as store:
        for document in documents(count):
            save(store, document, "bench")
        client = TestClient(create_app(store, reviewer="bench"), base_url="http://127.0.0.1")
        times = []
        for place in range(20):
            start = time.perf_counter()
            assert client.get(f"/?start={place % 2 * count // 2}").status_code == 200
            times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times), max(times)


def documents(count: int):
    """Letters with made-up recommendations, so many together."""
    made = tables(count)
    rows = [row for row in made["recommendations"] if row["document_kind"] == "letter"]
    for n, letter in enumerate(made["documents"][: -(-count // EACH)]):
        own = rows[n * EACH : (n + 1) * EACH]
        yield Document(
            letter["document_id"], letter["source_file"], f"{n:064x}", "ok", pages=6, metadata=Metadata("letter"),
            recommendations=tuple(
                Recommendation(r["recommendation_id"], r["ordinal"], r["text"], r["page"], ()) for r in own
            ),
            codings=tuple(
                Coding(r["recommendation_id"], r["status"], r["position"], r["action"], r["confidence"],
                       r["needs_review"], r["evidence"], r["response_text"], r["response_page"]) for r in own
            ),
        )  # fmt: skip


def main() -> int:
    """Measure, print, and say whether the limits hold."""
    with tempfile.TemporaryDirectory() as folder:
        seconds, megabytes = report(Path(folder))
        print(f"report over 5,000 recommendations: opens in {seconds:.2f} s (limit 3), {megabytes:.1f} MB (limit 15)")
        middle, slowest = queue(Path(folder))
        print(f"queue over 50,000 recommendations: {middle:.0f} ms (limit 200), the slowest of 20 {slowest:.0f} ms")
    return int(seconds > 3 or megabytes > 15 or middle > 200)


if __name__ == "__main__":
    sys.exit(main())
