"""CSV: UTF-8, comma, one header line, RFC 4180 (so lines end in CR LF), ISO dates, true and false, empty = unknown.

The variant for Dutch Excel has a byte-order mark, semicolons and a decimal comma: with a point, Dutch Excel would
read 0.912 as text or as 912. Cells that a spreadsheet would take for a formula are guarded (see corpus.export.guard);
`read` and the examples for Python and R undo that.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.export.guard import guard, printable, unguard
from corpus.tables import COLUMNS, Column, Row

Value = str | int | float | bool | None


def write(path: Path, table: str, rows: Iterable[Row], excel: bool = False) -> None:
    """Write one table to `path`."""
    columns = COLUMNS[table]
    with path.open("w", encoding="utf-8-sig" if excel else "utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";" if excel else ",", lineterminator="\r\n")
        writer.writerow(column.name for column in columns)
        for row in rows:
            writer.writerow([_cell(column, row[column.name], excel) for column in columns])


def _cell(column: Column, value: Value, excel: bool) -> str:
    if value is None or value == "":
        return ""
    match column.type:
        case "boolean":
            return "true" if value else "false"
        case "integer":
            return str(int(value))
        case "number":
            return number(float(value), "," if excel else ".")
        case _:
            return guard(printable(str(value)))


def number(value: float, point: str = ".") -> str:
    """Three decimals; '' when it is not a number."""
    return "" if math.isnan(value) else f"{value:.3f}".replace(".", point)


def read(path: Path, table: str) -> Iterator[Row]:
    """The rows of a table that `write` wrote, in either variant, with their types and without guards.

    Columns that the file lacks (it was written by an older version) are unknown. Raises ValueError for a file that
    is no such table.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        reader = csv.DictReader(file, delimiter=";" if head.count(";") > head.count(",") else ",")
        if COLUMNS[table][0].name not in (reader.fieldnames or ()):
            raise ValueError(f"{path}: no column {COLUMNS[table][0].name}; this is not the table {table}")
        for cells in reader:
            yield {column.name: _value(column, cells.get(column.name) or "") for column in COLUMNS[table]}


def _value(column: Column, cell: str) -> Value:
    match column.type:
        case "boolean":
            return cell == "true" if cell else None
        case "integer":
            return int(cell) if cell else None
        case "number":
            return float(cell.replace(",", ".")) if cell else None
        case _:
            return unguard(cell)
