"""Parquet: typed columns, null = unknown, written in batches. Text is as it was read, without guards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.export.guard import printable
from corpus.tables import COLUMNS, Column, Row

BATCH = 5000  # rows
TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def write(path: Path, table: str, rows: Iterable[Row]) -> None:
    """Write one table to `path`."""
    columns = COLUMNS[table]
    schema = pa.schema([pa.field(c.name, TYPES[c.type], metadata={"description": c.description}) for c in columns])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        batch: list[Row] = []
        for row in rows:
            batch.append({c.name: _plain(c, row[c.name]) for c in columns})
            if len(batch) == BATCH:
                writer.write_batch(pa.RecordBatch.from_pylist(batch, schema))
                batch = []
        writer.write_batch(pa.RecordBatch.from_pylist(batch, schema))


def _plain(column: Column, value: str | int | float | bool | None) -> str | int | float | bool | date | None:
    if value is None or value == "":
        return None
    if column.type == "date":
        return date.fromisoformat(str(value))
    return printable(value) if isinstance(value, str) else value
