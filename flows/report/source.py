"""The four tables from a folder that `opvolging run` or `opvolging export` wrote as CSV."""

from __future__ import annotations

from pathlib import Path

from corpus.export.delimited import read as read_csv
from corpus.tables import COLUMNS, Row


def read(directory: Path) -> dict[str, list[Row]]:
    """name → rows. Raises FileNotFoundError for a missing table and ValueError for one that cannot be read."""
    tables = {}
    for name in COLUMNS:
        path = directory / f"{name}.csv"
        if not path.is_file():
            raise FileNotFoundError(f"no {path.name} in {directory}; give the folder that `opvolging run --out` wrote")
        tables[name] = list(read_csv(path, name))
    return tables
