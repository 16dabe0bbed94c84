"""The four tables from the store, row by row, corrections applied: the same rows as corpus.tables gives in one go."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from itertools import islice

from corpus.records import Document
from corpus.store.database import Store
from corpus.store.derived import PAGE, documents, documents_by_id
from corpus.store.people import Correction, apply, corrections
from corpus.tables import COLUMNS, Row, rows_of

# What a table is made of; corrections look at recommendations and codings.
_PARTS = {
    "recommendations": ("recommendations", "codings"),
    "documents": ("recommendations",),
    "responses": ("responses",),
    "commitments": ("commitments",),
}
_CORRECTED = ("recommendations", "codings")


def tables(store: Store) -> dict[str, Iterator[Row]]:
    """Name → rows. Each table is read by itself, a page of documents at a time, so that memory stays flat."""
    made = corrections(store)
    return {name: _rows(store, name, made) for name in COLUMNS}


def _rows(store: Store, table: str, made: list[Correction]) -> Iterator[Row]:
    parts = {*_PARTS[table], *(_CORRECTED if made else ())}
    found = apply(documents(store, parts=parts), made)
    while page := list(islice(found, PAGE)):
        letters = _letters(store, page, made) if table == "recommendations" else {}
        coded = {(one.document_id, c.recommendation_id) for one in letters.values() for c in one.codings}
        for document in page:
            yield from rows_of(table, _answered(document, coded), letters)


def _letters(store: Store, page: Iterable[Document], made: list[Correction]) -> dict[str, Document]:
    """The documents that answer those of the page, as corrected."""
    wanted = {letter_id for document in page for _, letter_id, _ in document.answered_by}
    return {d.document_id: d for d in apply(documents_by_id(store, wanted).values(), made)}


def _answered(document: Document, coded: set[tuple[str, str]]) -> Document:
    """The document without the answers that are gone: a letter replaced, or a recommendation struck by a person."""
    kept = tuple(answer for answer in document.answered_by if answer[1:] in coded)
    return document if kept == document.answered_by else dataclasses.replace(document, answered_by=kept)
