"""The main job: PDFs in, four tables out. Needs no server, no network and no store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from glob import glob, has_magic
from pathlib import Path

from corpus.export import write_tables
from corpus.records import Document, Reading
from corpus.tables import tables_of
from extract.document import document_id_of
from extract.reading import ReadingError, read_many
from flows.engine import Failure, each, flow
from flows.process import pair_documents, process_reading
from models.storage import load


class InputError(ValueError):
    """A path that gives nothing to read, or an output folder that cannot be written; the message says what to do."""


@flow(name="run", description="Read, extract, link, classify, write the tables")
def run(
    paths: Sequence[str], out: str, workers: int = 0, format: str = "csv", excel: bool = False, cache: str = ""
) -> dict[str, int]:
    """Process PDFs and write the tables to the folder `out`; returns counts: documents, ok, empty, failed, recommendations, review.

    paths    files, folders (searched with their subfolders) or patterns
    workers  processes; 0 for as many as there are processors
    cache    folder in which readings are kept by the files' hashes, '' for none

    Raises InputError before anything is read. A document that fails never stops the others: its row says why.
    """
    files = find_files(paths)
    check_writable(Path(out))
    if cache:
        check_writable(Path(cache), "--cache")
    documents = list(_progress(_process(files, workers or os.cpu_count() or 1, cache), len(files)))
    documents = pair_documents(_without_copies(documents))
    tables = tables_of(documents)
    write_tables(tables, Path(out), format, excel)
    return {
        "documents": len(documents),
        **{status: sum(d.status == status for d in documents) for status in ("ok", "empty", "failed")},
        "recommendations": len(tables["recommendations"]),
        "review": sum(bool(r["needs_review"]) for r in tables["recommendations"]),
    }


def find_files(paths: Sequence[str]) -> list[Path]:
    """The PDFs that the paths name, each once, in an order that does not depend on theirs. Raises InputError."""
    found: dict[Path, Path] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            files = [p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file()]
            if not files:
                raise InputError(
                    f"{given}: no PDF in this folder; give a folder with .pdf files, or the files themselves"
                )
        elif path.is_file():
            files = [path]
        elif has_magic(given):
            files = [Path(p) for p in glob(given, recursive=True) if Path(p).is_file()]
            if not files:
                raise InputError(f"{given}: no file matches this pattern")
        else:
            raise InputError(f"{given}: no such file or folder; check the path")
        found |= {p.resolve(): p for p in files}
    return sorted(found.values(), key=lambda p: (p.name, str(p.resolve())))


def check_writable(folder: Path, option: str = "--out") -> None:
    """Raise InputError when no file could be written to the folder, which is made when it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".opvolging-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise InputError(
            f"cannot write to {folder}: {(error.strerror or str(error)).lower()}; choose another {option}"
        ) from error


def _process(files: Sequence[Path], workers: int, cache: str) -> Iterator[Document]:
    load()  # a missing model is said before anything is read
    readings = read_many(files, Path(cache) if cache else None, workers)
    # Reading has its own processes, one for each worker; the rest keeps up with half as many.
    for outcome in each(_finish, readings, workers=max(1, workers // 2), name="document", retries=0):
        yield _failed(*outcome.item, outcome.error) if isinstance(outcome, Failure) else outcome


def _finish(item: tuple[Path, Reading | ReadingError]) -> Document:
    path, result = item
    if isinstance(result, ReadingError):
        return _failed(path, result, result)
    return process_reading(result, path.name, load())


def _failed(path: Path, result: Reading | ReadingError, error: Exception) -> Document:
    """A document that could not be read, or that broke a later stage: what its row says."""
    import hashlib

    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        sha256 = ""
    known = isinstance(error, ReadingError | OSError)
    message = str(error) if known else f"{type(error).__name__}: {error}; please report this file"
    return Document(document_id_of(sha256), path.name, sha256, "failed", " ".join(message.split()))


def _without_copies(documents: Sequence[Document]) -> list[Document]:
    """Of files with the same bytes only the first, by name, has recommendations: the others would count them twice."""
    first: dict[str, str] = {}
    out = []
    for d in sorted(documents, key=lambda d: (d.source_file, d.document_id)):
        if d.sha256 and d.sha256 in first:
            n = sum(o.sha256 == d.sha256 for o in out) + 1
            d = Document(
                f"{d.document_id}-{n}",
                d.source_file,
                d.sha256,
                d.status,
                f"the same bytes as {first[d.sha256]}, where its recommendations stand",
                d.pages,
                d.metadata,
            )
        elif not d.sha256:
            d = replace(d, document_id=f"{d.document_id}{len(out)}")
        first.setdefault(d.sha256, d.source_file)
        out.append(d)
    return out


def _progress(documents: Iterator[Document], total: int) -> Iterator[Document]:
    """The same documents; on a terminal, a line on the error output that counts them."""
    shown = sys.stderr.isatty()
    for n, document in enumerate(documents, 1):
        if shown:
            print(f"\r{n}/{total} {document.source_file[:60]:60}", end="", file=sys.stderr, flush=True)
        yield document
    if shown:
        print(f"\r{'':80}\r", end="", file=sys.stderr)
