"""The flows that bring in documents and give the tables: pull, export, and ingest, which does both on a schedule."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from corpus.records import Document
from corpus.sources.base import Source, Unreachable
from corpus.sources.follow import NotTaken, Taken, described, fetch, follow, note
from corpus.store import (
    FileMissing,
    Files,
    Store,
    documents_of_files,
    open_store,
    save,
    save_answers,
    stale,
    tables,
)
from corpus.store import records as stored
from corpus.store.lost import lost
from flows.engine import Failure, each, flow, logger, show_table

AT_ONCE = 4  # files asked of a source at the same time


@flow(name="pull", description="New documents from a source into the store, read, extracted and classified")
def pull(
    source: str = "kamer",
    since: str = "",
    until: str = "",
    limit: int | None = None,
    folder: str = "",
    selection: str = "",
    kamer_url: str = "",
    home: str = "",
    database_url: str = "",
    workers: int = 1,
) -> dict[str, int]:
    """Take what is new and make the store's documents up to date; returns what came in, by kind.

    source        kamer, sru or folder (then `folder` is the path)
    since, until  ISO dates: only documents dated in [since, until); with both, year by year, the newest first
    limit         at most so many files, now
    workers       processes that read

    Whatever was done before an interruption stays done, and the next pull goes on from there. Raises StoreError, and
    Unreachable when the source does not answer, after all that is in the store has been worked on.
    """
    from flows.process import VERSION

    with open_store(home, database_url) as store:
        store.files.sweep()
        run_id = stored.begin_run(store, "pull", folder or source, VERSION)
        counts: Counter[str] = Counter()
        trouble = ""
        try:
            for one, cursor_name in _slices(source, since, until, folder, selection, kamer_url):
                _take(store, one, cursor_name, limit, counts)
        except Unreachable as error:
            trouble = str(error)
            logger().error("%s: what came in so far is kept; the next pull goes on from here", trouble)
        _bring_up_to_date(store, VERSION, workers, counts)
        stored.end_run(store, run_id, "failed" if trouble else "ok", dict(counts), trouble)
    logger().info("pull: %s", summary(counts))
    show_table("pull", [{"what": what, "how many": number} for what, number in sorted(counts.items())], summary(counts))
    if trouble:
        raise Unreachable(trouble)
    return dict(counts)


@flow(name="export", description="The tables from the store")
def export(out: str, format: str = "csv", home: str = "", database_url: str = "", excel: bool = False) -> list[str]:
    """Write the tables of the store to the folder `out`; returns the paths. Raises StoreError, OutputError.

    excel  CSV as Dutch Excel opens it
    """
    from corpus.export import write_tables
    from corpus.export.links import links

    with open_store(home, database_url) as store:
        to_files = links(store, Path(out)) if format == "xlsx" else None
        paths = write_tables(tables(store), Path(out), format, excel, to_files)
        if left := len(lost(store)):
            logger().warning("export: %d corrections fit no recommendation any more: see `opvolging review`", left)
    logger().info("export: %s", ", ".join(path.name for path in paths))
    return [str(path) for path in paths]


@flow(name="ingest", description="Pull, then export: what `opvolging serve` runs by its schedule")
def ingest(out: str = "", format: str = "csv", pulling: dict[str, Any] | None = None) -> dict[str, int]:
    """Pull and write the tables; `pulling` holds the parameters of `pull`, `out` is by default tables in its home."""
    options = pulling or {}
    counts = pull(**options)
    home = options.get("home") or os.environ.get("OPVOLGING_HOME") or "opvolging-data"
    export(out or str(Path(home) / "tables"), format, options.get("home", ""), options.get("database_url", ""))
    return counts


def summary(counts: dict[str, int]) -> str:
    """'12 letters, 3 reports, 41 recommendations, 7 to review'; 'nothing new' when it is so."""
    names = {
        "letters": "letters",
        "reports": "reports",
        "other": "other documents",
        "recommendations": "recommendations",
        "to_review": "to review",
        "deleted": "withdrawn",
        "not_taken": "files not taken",
        "failed": "could not be read",
    }
    found = [f"{counts[name]} {words}" for name, words in names.items() if counts.get(name)]
    return ", ".join(found) or "nothing new"


def _slices(
    source: str, since: str, until: str, folder: str, selection: str, kamer_url: str
) -> Iterator[tuple[Source, str]]:
    """Each source to follow with the name of its cursor: one, or one for each year of a backfill."""
    if source == "folder":
        from corpus.sources.folder import Folder

        yield Folder(folder), f"folder:{folder}"
        return
    from corpus.sources.kamer import Kamer, slices
    from corpus.sources.selection import DEFAULT, load_selection
    from corpus.sources.sru import Sru

    kind = {"kamer": Kamer, "sru": Sru}[source]
    base = (kamer_url or os.environ.get("OPVOLGING_KAMER_URL", "")) if source == "kamer" else ""
    chosen = load_selection(Path(selection) if selection else DEFAULT)
    start, end = (date.fromisoformat(day) if day else None for day in (since, until))
    for begin, stop in slices(start, end) if start and end else [(start, end)]:
        span = f" {begin or ''}..{stop or ''}" if begin or stop else ""
        yield kind(base, begin, stop, selection=chosen), source + span


def _take(store: Store, source: Source, cursor_name: str, limit: int | None, counts: Counter[str]) -> None:
    """List what changed, then fetch what is wanted. Raises Unreachable."""
    for found in follow(store, source, cursor_name, limit):
        counts.update(found)
        _progress(f"{cursor_name}: {counts['listed']} records seen, {counts['new'] + counts['changed']} new or changed")
    left = None if limit is None else max(0, limit - counts["fetched"] - counts["not_taken"])
    wanted = stored.wanted(store, source.name, left)
    broken: list[Exception] = []  # once the source fails on one file, no other is asked of it
    fetch_one = partial(_fetch_unless, broken, store, source)
    for place, outcome in enumerate(each(fetch_one, wanted, workers=AT_ONCE, threads=True, name="fetch"), 1):
        if isinstance(outcome, Failure):
            broken.append(outcome.error)  # also what is no Unreachable: a full disk
            continue
        note(store, source, outcome)
        counts["not_taken" if isinstance(outcome, NotTaken) else "fetched"] += 1
        if isinstance(outcome, NotTaken):
            logger().warning("not taken, asked for again next time: %s", outcome.message)
        _progress(f"{place} of {len(wanted)} files")
    if broken:
        raise broken[0]


def _fetch_unless(broken: list[Exception], store: Store, source: Source, wanted: stored.Wanted) -> Taken | NotTaken:
    if broken:
        raise broken[0]
    try:
        return fetch(store, source, wanted)
    except Unreachable as error:
        broken.append(error)
        raise


@dataclasses.dataclass(frozen=True, slots=True)
class _Job:
    """A stored file to be read, small enough to send to another process."""

    sha256: str
    name: str
    files: str
    version: str


def _bring_up_to_date(store: Store, version: str, workers: int, counts: Counter[str]) -> None:
    """Read every file whose document another version made, or none, and link what belongs together."""
    jobs = [_Job(sha256, name, store.files.url, version) for sha256, name in stale(store, version)]
    outcomes = each(read_stored, jobs, workers=workers, key=lambda job: f"{job.sha256}-{job.version}", name="read")
    for place, (job, outcome) in enumerate(zip(jobs, outcomes, strict=True), 1):
        document = _failed(store, job, outcome) if isinstance(outcome, Failure) else outcome
        if document is None:
            continue
        document = described(document, stored.described(store, job.sha256))
        save(store, document, "" if isinstance(outcome, Failure) else version)
        _count(counts, document)
        _progress(f"{place} of {len(jobs)} documents read")
    _link(store, version)


def _failed(store: Store, job: _Job, failure: Failure) -> Document | None:
    """For a file that the program stumbled over, a failed document, to be tried again; none when its bytes are gone."""
    message = (str(failure.error).splitlines() or [type(failure.error).__name__])[0]
    logger().error("%s: %s", job.name, message)
    if isinstance(failure.error, FileMissing):
        stored.file_lost(store, job.sha256)
        return None
    from extract.document import document_id_of

    return Document(document_id_of(job.sha256), job.name, job.sha256, "failed", message)


def read_stored(job: _Job) -> Document:
    """The document that the program makes of a stored file. Raises FileMissing."""
    from flows.process import process_document

    return process_document(Files(job.files).get(job.sha256), job.name)


def _link(store: Store, version: str) -> None:
    """Link reports to the letters that answer them, batch by batch, where a batch has a document that is new."""
    from flows.process import pair_documents

    for hashes in stored.unpaired(store, version):
        save_answers(store, pair_documents(documents_of_files(store, hashes)), version)


def _count(counts: Counter[str], document: Document) -> None:
    if document.status == "failed":
        counts["failed"] += 1
        return
    counts[{"letter": "letters", "report": "reports"}.get(document.metadata.kind, "other")] += 1
    counts["recommendations"] += len(document.recommendations)
    counts["to_review"] += sum(coding.needs_review for coding in document.codings)


def _progress(text: str) -> None:
    """One line that is written over, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
