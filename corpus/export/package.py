"""datapackage.json: a Frictionless Data Package that describes the tables of one folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.tables import COLUMNS, KEYS, Column

DESCRIPTIONS = {
    "recommendations": "One row for each recommendation in each document that states it. The main table.",
    "documents": "One row for each document that was read.",
    "responses": "One row for each passage of a letter that answers.",
    "commitments": "One row for each promise to act or to inform the Kamer (toezegging).",
}
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/x-ndjson",
}


def write_package(path: Path, tables: Sequence[str], format: str, excel: bool) -> None:
    """Write the description of `tables`, as written in `format`, to `path`."""
    text = json.dumps(package(tables, format, excel), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def package(tables: Sequence[str], format: str = "csv", excel: bool = False) -> dict[str, Any]:
    """The data package as a dictionary. Tables that are not in it are no target of a foreign key."""
    return {
        "profile": "tabular-data-package",
        "name": "opvolging",
        "title": "What ministers do with what inspectorates recommend",
        "resources": [_resource(table, tables, format, excel) for table in tables],
    }


def _resource(table: str, tables: Sequence[str], format: str, excel: bool) -> dict[str, Any]:
    resource = {
        "profile": "tabular-data-resource",
        "type": "table",
        "name": table,
        "description": DESCRIPTIONS[table],
        "path": f"{table}.{format}",
        "format": format,
        "mediatype": MEDIA[format],
        "encoding": "utf-8",
    }
    return resource | _dialect(table, format, excel) | {"schema": _schema(table, tables, excel)}


def _dialect(table: str, format: str, excel: bool) -> dict[str, Any]:
    if format == "xlsx":
        return {"dialect": {"excel": {"sheet": table}}}
    if format != "csv":
        return {}
    # encoding utf-8-sig: a reader that keeps the byte-order mark would take it for part of the first column's name
    csv = {"delimiter": ";" if excel else ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}
    return {"dialect": csv} | ({"encoding": "utf-8-sig"} if excel else {})


def _schema(table: str, tables: Sequence[str], excel: bool) -> dict[str, Any]:
    keys = [
        {"fields": name, "reference": {"resource": "documents", "fields": "document_id"}}
        for name in ("document_id", "letter_document_id")
        if "documents" in tables and table != "documents" and any(c.name == name for c in COLUMNS[table])
    ]
    schema = {
        "fields": [_field(column, excel) for column in COLUMNS[table]],
        "primaryKey": KEYS[table],
        "missingValues": [""],
    }
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(column: Column, excel: bool) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.type == "number" and excel:
        field["decimalChar"] = ","
    limits = ({"required": True} if column.required else {}) | ({"enum": list(column.values)} if column.values else {})
    return field | ({"constraints": limits} if limits else {})
