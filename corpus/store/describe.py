"""What Datasette shows beside the tables of the store: `datasette opvolging.sqlite -m datasette.json`."""

from __future__ import annotations

from corpus.tables import COLUMNS

TABLES = {
    "documents": "Each file that was read, with what it says of itself",
    "recommendations": "Each recommendation as one document states it",
    "codings": "What the letter answers to each recommendation: position, action, status",
    "answers": "Which recommendation of a letter answers a recommendation of a report",
    "responses": "Each passage that answers",
    "commitments": "Each promise to act or to inform the Kamer",
    "corrections": "What a person changed, added, deleted or accepted; a correction wins over the program",
    "records": "What the sources tell of each document: metadata, whether its file was taken, and why not",
    "record_versions": "The earlier and present descriptions of each record",
    "relations": "Which letter came with which annex",
    "files": "Each file by the hash of its bytes",
    "cursors": "How far each source has been followed",
    "runs": "Each pull, with what came in",
}
FACETS = {
    "documents": ["kind", "status", "ministry", "issuer", "version"],
    "codings": ["status", "position", "action", "needs_review"],
    "records": ["kind", "state", "selected_by", "deleted"],
    "corrections": ["kind", "field", "reviewer"],
}


def datasette_metadata() -> dict:
    """The metadata file of Datasette: titles, the columns' descriptions from corpus.tables, facets."""
    described = {c.name: c.description for columns in COLUMNS.values() for c in columns}
    own = {name: {c.name: c.description for c in columns} for name, columns in COLUMNS.items()}
    tables = {
        name: {"description": about, "columns": own.get(name, {}), "facets": FACETS.get(name, [])}
        for name, about in TABLES.items()
    }
    tables["codings"]["columns"] = {
        name: described[name]
        for name in ("recommendation_id", "status", "position", "action", "confidence", "evidence")
    }
    return {
        "title": "opvolging",
        "description": "What ministers do with what inspectorates recommend",
        "databases": {"opvolging": {"tables": tables}},
    }
