"""The four tables as files: CSV, xlsx, parquet or jsonl, each with a data package that describes them.

Every format is one module with `write(path, table, rows, …)`, which takes the rows one by one, so that memory stays
flat however many there are. The columns come from corpus.tables; nothing about them is repeated here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from corpus.export.package import write_package
from corpus.tables import COLUMNS, Row

FORMATS = ("csv", "xlsx", "parquet", "jsonl")

Writer = Callable[[Path, str, Iterable[Row]], None]


class OutputError(Exception):
    """A file cannot be written; the message says which and why, in one line."""


def write_tables(
    tables: Mapping[str, Iterable[Row]],
    directory: Path,
    format: str = "csv",
    excel: bool = False,
    links: Mapping[str, str] | None = None,
) -> list[Path]:
    """Write each table to DIRECTORY/TABLE.FORMAT, with datapackage.json, and return the paths.

    tables  name → rows; the rows may come from a generator and are taken once, in the order given
    excel   CSV only: the variant that Dutch Excel opens right (see corpus.export.delimited)
    links   xlsx only: document_id → address of its PDF; without one the file's name beside the workbook

    The same rows give the same bytes. Everything is written beside its place first and put there at the end, so that
    a reader sees the old table or the new one. Raises OutputError; the old tables are then unchanged.
    """
    if format not in FORMATS:
        raise OutputError(f"no such format: {format}; choose {', '.join(FORMATS)}")
    if unknown := set(tables) - set(COLUMNS):
        raise OutputError(f"no such table: {', '.join(sorted(unknown))}; there are {', '.join(COLUMNS)}")
    directory = Path(directory)
    write = _writer(format, excel, links or {})
    jobs: dict[Path, Callable[[Path], None]] = {
        directory / f"{name}.{format}": partial(write, table=name, rows=rows) for name, rows in tables.items()
    }
    jobs[directory / "datapackage.json"] = partial(write_package, tables=tuple(tables), format=format, excel=excel)
    write_together(jobs)
    return list(jobs)


def write_together(jobs: Mapping[Path, Callable[[Path], None]]) -> None:
    """Let each job write a file beside its path, then put all in place at once. Raises OutputError."""
    drafts = {path: path.with_name(f".{path.name}.{os.getpid()}.tmp") for path in jobs}
    try:
        for path, job in jobs.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            job(drafts[path])
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {error.filename or path}: {error.strerror or error}") from error
    finally:
        for draft in drafts.values():
            _forget(draft)


def _forget(draft: Path) -> None:
    if draft.parent.is_dir():
        draft.unlink(missing_ok=True)


def _writer(format: str, excel: bool, links: Mapping[str, str]) -> Callable[..., None]:
    """The function that writes one table; the library of a format is imported only when that format is asked for."""
    if format == "csv":
        from corpus.export import delimited

        return partial(delimited.write, excel=excel)
    if format == "xlsx":
        from corpus.export import workbook

        return partial(workbook.write, links=links)
    if format == "parquet":
        from corpus.export import parquet

        return parquet.write
    from corpus.export import jsonlines

    return jsonlines.write
