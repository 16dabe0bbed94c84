"""What the program made of the files: saved whole, document by document, and given back as the same records."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, Table, delete, exists, func, insert, or_, select, tuple_, update
from sqlalchemy.engine import Connection

from corpus.records import Document, Metadata, Source
from corpus.store import schema
from corpus.store.database import Store, now

PAGE = 500  # documents read at a time: what keeps memory flat

_OWN = ("document_id", "source_file", "sha256", "status", "message", "pages")


def save(store: Store, document: Document, version: str, reading_hash: str = "") -> None:
    """Store a document in place of what an earlier version made of it, in one transaction.

    version       of the program that made it (flows.process.VERSION)
    reading_hash  of the blocks that it was made from, '' when not known

    Another document of the same file goes: a file has one document. Corrections are not touched.
    """
    values = {name: getattr(document, name) for name in _OWN} | dataclasses.asdict(document.metadata)
    values |= {"version": version, "reading_hash": reading_hash, "made_at": now(), "paired": ""}
    table = schema.documents
    with store.engine.begin() as connection:
        same = or_(table.c.sha256 == document.sha256, table.c.document_id == document.document_id)
        connection.execute(delete(table).where(same))  # and with it all its parts
        connection.execute(insert(table), [values])
        for name in schema.PARTS:
            _insert_parts(connection, schema.metadata.tables[name], document, getattr(document, name))
        _insert_answers(connection, document)


def save_answers(store: Store, documents: Iterable[Document], version: str) -> None:
    """Store only `answered_by` of documents that are stored: what the second pass over a batch, by `version`, adds."""
    table = schema.documents
    with store.engine.begin() as connection:
        for document in documents:
            connection.execute(delete(schema.answers).where(schema.answers.c.document_id == document.document_id))
            _insert_answers(connection, document)
            here = table.c.document_id == document.document_id
            connection.execute(update(table).where(here).values(paired=version))


def documents(store: Store, deleted: bool = False, parts: Iterable[str] = tuple(schema.PARTS)) -> Iterator[Document]:
    """All documents in the order of (source_file, document_id), a page at a time, so that memory stays flat.

    deleted  also those that every source has withdrawn
    parts    read only these of recommendations, codings, responses, commitments; the others come empty
    """
    table = schema.documents
    order = tuple_(table.c.source_file, table.c.document_id)
    last: tuple[str, str] | None = None
    while True:
        page = select(table).order_by(table.c.source_file, table.c.document_id).limit(PAGE)
        if not deleted:
            page = page.where(_not_withdrawn())
        if last:
            page = page.where(order > last)
        found = _fetch(store, page, parts)
        yield from found
        if len(found) < PAGE:
            return
        last = (found[-1].source_file, found[-1].document_id)


def documents_by_id(store: Store, ids: Iterable[str]) -> dict[str, Document]:
    """The documents with these identities; those that are not stored are absent."""
    wanted = sorted(set(ids))
    table = schema.documents
    pages = [wanted[start : start + PAGE] for start in range(0, len(wanted), PAGE)]
    return {
        d.document_id: d for page in pages for d in _fetch(store, select(table).where(table.c.document_id.in_(page)))
    }


def documents_of_files(store: Store, hashes: Iterable[str]) -> list[Document]:
    """The documents of these files, by (source_file, document_id)."""
    table = schema.documents
    query = select(table).where(table.c.sha256.in_(sorted(set(hashes))))
    return _fetch(store, query.order_by(table.c.source_file, table.c.document_id))


def stale(store: Store, version: str) -> list[tuple[str, str]]:
    """(sha256, file name) of each stored file whose document was not made by this version, by name.

    A file that several records name bears the first of their names, so that the order of arrival changes nothing.
    """
    made, of = schema.documents, schema.records
    named = select(of.c.sha256, func.min(of.c.name).label("name")).group_by(of.c.sha256)
    named = named.where(of.c.sha256.is_not(None), of.c.deleted.is_(False)).subquery()
    fresh = exists().where(
        made.c.sha256 == named.c.sha256, made.c.version == version, made.c.source_file == named.c.name
    )
    query = select(named.c.sha256, named.c.name).where(~fresh).order_by(named.c.name, named.c.sha256)
    with store.engine.connect() as connection:
        return [(sha256, name) for sha256, name in connection.execute(query)]


def count(store: Store) -> dict[str, int]:
    """How many documents, recommendations and recommendations to review the store holds."""
    review = schema.codings.c.needs_review.is_(True)
    queries = {
        "documents": select(func.count()).select_from(schema.documents),
        "recommendations": select(func.count()).select_from(schema.recommendations),
        "to_review": select(func.count()).select_from(schema.codings).where(review),
    }
    with store.engine.connect() as connection:
        return {name: connection.execute(query).scalar_one() for name, query in queries.items()}


def _not_withdrawn():
    """A document counts as withdrawn when records name its file and all of them are deleted."""
    named = exists().where(schema.records.c.sha256 == schema.documents.c.sha256)
    living = exists().where(schema.records.c.sha256 == schema.documents.c.sha256, schema.records.c.deleted.is_(False))
    return or_(~named, living)


def _insert_parts(connection: Connection, table: Table, document: Document, parts: tuple[Any, ...]) -> None:
    columns = [c.name for c in table.columns if c.name not in ("document_id", "position_in_document")]
    rows = [
        {"document_id": document.document_id, "position_in_document": place}
        | {name: _plain(getattr(part, name)) for name in columns}
        for place, part in enumerate(parts)
    ]
    if rows:
        connection.execute(insert(table), rows)


def _insert_answers(connection: Connection, document: Document) -> None:
    names = ("recommendation_id", "letter_document_id", "letter_recommendation_id")
    rows = [
        {"document_id": document.document_id, "position_in_document": place} | dict(zip(names, answer, strict=True))
        for place, answer in enumerate(document.answered_by)
    ]
    if rows:
        connection.execute(insert(schema.answers), rows)


def _fetch(store: Store, query: Select, names: Iterable[str] = tuple(schema.PARTS)) -> list[Document]:
    """The documents of a query over the table documents, with their parts."""
    with store.engine.connect() as connection:
        rows = connection.execute(query).mappings().all()
        ids = [row["document_id"] for row in rows]
        parts = {name: _parts(connection, name, ids) for name in names}
        answered = _answers(connection, ids)
    return [_document(row, parts, answered) for row in rows]


def _parts(connection: Connection, name: str, ids: list[str]) -> dict[str, list[Any]]:
    table, record = schema.metadata.tables[name], schema.PARTS[name]
    fields = [f for f in schema.fields_of(record) if f in table.columns]
    query = select(table).where(table.c.document_id.in_(ids))
    found: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(query.order_by(table.c.document_id, table.c.position_in_document)).mappings():
        found[row["document_id"]].append(record(**{field: _record_value(field, row[field]) for field in fields}))
    return found


def _answers(connection: Connection, ids: list[str]) -> dict[str, list[tuple[str, str, str]]]:
    table = schema.answers
    query = (
        select(table).where(table.c.document_id.in_(ids)).order_by(table.c.document_id, table.c.position_in_document)
    )
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.document_id].append((row.recommendation_id, row.letter_document_id, row.letter_recommendation_id))
    return found


def _document(row, parts: dict[str, dict[str, list[Any]]], answered: dict[str, list]) -> Document:
    identity = row["document_id"]
    return Document(
        **{name: row[name] for name in _OWN},
        metadata=Metadata(**{name: row[name] for name in schema.fields_of(Metadata)}),
        **{name: tuple(found.get(identity, ())) for name, found in parts.items()},
        answered_by=tuple(answered.get(identity, ())),
    )


def _plain(value: Any) -> Any:
    """A field's value as it is stored: a tuple of Sources as [[block, start, end], …], other tuples as lists."""
    if isinstance(value, tuple):
        return [list(dataclasses.astuple(item)) if isinstance(item, Source) else item for item in value]
    return value


def _record_value(field: str, value: Any) -> Any:
    if field == "sources":
        return tuple(Source(*place) for place in value)
    return tuple(value) if isinstance(value, list) else value
