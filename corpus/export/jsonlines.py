"""JSON lines: one object a row, the columns in their order, null = unknown. Text is as it was read, without guards."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from corpus.export.guard import printable
from corpus.tables import COLUMNS, Row


def write(path: Path, table: str, rows: Iterable[Row]) -> None:
    """Write one table to `path`, UTF-8, a line feed after each object."""
    names = [column.name for column in COLUMNS[table]]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            json.dump({name: _plain(row[name]) for name in names}, file, ensure_ascii=False)
            file.write("\n")


def _plain(value: str | int | float | bool | None) -> str | int | float | bool | None:
    return (printable(value) or None) if isinstance(value, str) else value
