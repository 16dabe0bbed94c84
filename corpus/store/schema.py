"""The tables of the store. A change here needs a migration (corpus/store/migrations); a test compares the two.

Two halves. What a source told: records, record_versions, relations, files, cursors. What the program made of it:
documents, recommendations, codings, answers, responses, commitments; these columns follow the fields of corpus.records,
a tuple as JSON. Beside them runs, and corrections, which no run ever changes.

Times are ISO 8601 strings in UTC; dates are ISO 8601 strings, '' when unknown; hashes are SHA-256 in hexadecimal.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeEngine

from corpus.records import Coding, Commitment, Document, Metadata, Recommendation, Response

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_TYPES: dict[str, type[TypeEngine]] = {
    "str": Text,
    "int": Integer,
    "int | None": Integer,
    "float": Float,
    "bool": Boolean,
}
PARTS = {"recommendations": Recommendation, "codings": Coding, "responses": Response, "commitments": Commitment}


def fields_of(record: type, skip: tuple[str, ...] = ()) -> list[str]:
    """The names of a record's fields that are columns."""
    return [f.name for f in dataclasses.fields(record) if f.name not in skip]


def _columns(record: type, skip: tuple[str, ...] = ()) -> list[Column]:
    types = {f.name: str(f.type) for f in dataclasses.fields(record)}
    return [
        Column(name, _TYPES.get(types[name], JSON), nullable="None" in types[name]) for name in fields_of(record, skip)
    ]


def _text(name: str, **options: Any) -> Column:
    return Column(name, Text, nullable=False, server_default="", **options)


def _whole(name: str) -> Column:
    return Column(name, Integer, nullable=False, server_default="0")


def _flag(name: str) -> Column:
    return Column(name, Boolean, nullable=False, server_default=text("false"))


cursors = Table("cursors", metadata, Column("source", Text, primary_key=True), _text("value"), _text("moved_at"))

files = Table(
    "files",
    metadata,
    Column("sha256", Text, primary_key=True),
    _whole("size"),
    _text("content_type"),
    _text("stored_at"),
)

records = Table(
    "records",
    metadata,
    Column("source", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    _text("kind"),  # Soort
    _text("name"),  # of the file that it becomes: 2021D12345.pdf
    _text("document_number"),
    _text("title"),
    _text("subject"),
    _text("date"),
    _text("signatory"),
    _text("dossier"),
    _text("number"),
    _text("case_number"),
    _text("batch"),  # records of one batch are read together: a letter and its annexes
    _text("url"),
    _text("content_type"),
    _whole("content_length"),
    _text("content_version"),  # what the source calls this content: unchanged means the same bytes
    _text("changed_at"),
    _text("selected_by"),  # the rule of the selection, or 'annex'/'letter' when it came along
    _flag("deleted"),
    _text("state", index=True),  # wanted, stored, refused, skipped
    _text("message"),
    _whole("attempts"),
    Column("sha256", Text, ForeignKey("files.sha256"), index=True),
    _text("etag"),
    Index("ix_records_source_batch", "source", "batch"),
)

record_versions = Table(
    "record_versions",
    metadata,
    Column("source", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("description", JSON, nullable=False),
    Column("sha256", Text, ForeignKey("files.sha256")),
    _text("seen_at"),
)

relations = Table(
    "relations",
    metadata,
    Column("source", Text, primary_key=True),
    Column("letter_id", Text, primary_key=True),
    Column("annex_id", Text, primary_key=True, index=True),
)

documents = Table(
    "documents",
    metadata,
    Column("document_id", Text, primary_key=True),
    *_columns(Document, skip=("document_id", "metadata", "answered_by", *PARTS)),
    *_columns(Metadata),
    _text("reading_hash"),
    _text("version"),
    _text("made_at"),
    _text("paired"),  # the version that linked it to the others of its batch; '' when not yet
    Index("ix_documents_source_file_document_id", "source_file", "document_id"),
    Index("ix_documents_sha256", "sha256", "version"),
)


def _part(name: str, *keys: str) -> Table:
    """A table of the parts of documents: keyed by document and own identity, `position` keeps their order."""
    record = PARTS[name]
    return Table(
        name,
        metadata,
        Column("document_id", Text, ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
        *[Column(key, Text, primary_key=True) for key in keys],
        Column("position_in_document", Integer, nullable=False),
        *_columns(record, skip=keys + (("corrected", "corrected_by") if record is Recommendation else ())),
    )


recommendations = _part("recommendations", "recommendation_id")
codings = _part("codings", "recommendation_id")
Index("ix_codings_doubt", *(codings.c[n] for n in ("needs_review", "confidence", "document_id", "recommendation_id")))
responses = _part("responses", "response_id")
commitments = _part("commitments", "commitment_id")

answers = Table(
    "answers",
    metadata,
    Column("document_id", Text, ForeignKey("documents.document_id", ondelete="CASCADE"), primary_key=True),
    Column("recommendation_id", Text, primary_key=True),
    _whole("position_in_document"),
    _text("letter_document_id", index=True),
    _text("letter_recommendation_id"),
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Text, primary_key=True),
    _text("command"),
    _text("source"),
    _text("version"),
    _text("started_at"),
    _text("ended_at"),
    _text("outcome"),  # '' while it runs or when it was killed; ok, failed
    _text("message"),
    Column("counts", JSON, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("correction_id", Text, primary_key=True),
    _text("document_id", index=True),
    _text("recommendation_id", index=True),
    _text("kind"),  # change, add, delete, accept
    _text("field"),  # a column of the main table; '' for delete and accept; for add see docs/store.md
    _text("old_value"),
    _text("new_value"),
    _text("reviewer"),
    _text("made_at"),
    _text("note"),
    _text("undone_by"),
    _text("undone_at"),
    _text("snapshot"),  # the text of the recommendation as the reviewer saw it
    Column("page", Integer),
    Column("sources", JSON, nullable=False),  # its places in the document: [[block, start, end], …]
    _flag("blind"),  # of the sample that was coded without seeing what the program said
)
