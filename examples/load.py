"""Load the four tables with pandas, as they are meant: python examples/load.py DIR

The CSV files are read by their data package, so that types, dates and unknown values are right. Text that a
spreadsheet might take for a formula carries an apostrophe; `unguard` takes it off.
"""

import json
import sys
from pathlib import Path

import pandas as pd

TYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean", "string": "string", "date": "string"}
GUARDED = r"(^|[;\t])'('*[=+\-@\t\r\n＝＋－＠])"


def load(directory: Path, name: str) -> pd.DataFrame:
    """The table NAME of the folder that `opvolging run` or `opvolging export` wrote."""
    package = json.loads((directory / "datapackage.json").read_text(encoding="utf-8"))
    resource = next(r for r in package["resources"] if r["name"] == name)
    fields, dialect = resource["schema"]["fields"], resource["dialect"]
    decimal = next((f["decimalChar"] for f in fields if "decimalChar" in f), ".")
    table = pd.read_csv(
        directory / resource["path"],
        sep=dialect["delimiter"],
        encoding=resource["encoding"],
        decimal=decimal,
        dtype={f["name"]: TYPES[f["type"]] for f in fields},
        keep_default_na=False,
        na_values=[""],
    )
    for field in fields:
        if field["type"] == "date":
            table[field["name"]] = pd.to_datetime(table[field["name"]], format="%Y-%m-%d")
        elif field["type"] == "string":
            table[field["name"]] = table[field["name"]].str.replace(GUARDED, r"\1\2", regex=True)
    return table


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    recommendations = load(folder, "recommendations")
    documents = load(folder, "documents")
    print(len(documents), "documents,", len(recommendations), "recommendations")
    letters = recommendations[recommendations["document_kind"] == "letter"].merge(
        documents[["document_id", "ministry"]], on="document_id", validate="many_to_one"
    )
    print(pd.crosstab(letters["ministry"].fillna("unknown"), letters["status"].fillna("unknown")))
