"""The queue: recommendations that nobody has looked at, the most doubtful first."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    exists,
    false,
    func,
    select,
    tuple_,
)

from corpus.store.database import Store
from corpus.store.schema import codings, corrections, documents, recommendations

PAGE = 50  # rows


@dataclass(frozen=True)
class Page:
    """One page of the queue; `items` have document_id, recommendation_id, text, source_file, status, confidence …"""

    items: list[Row]
    total: int
    start: int

    @property
    def earlier(self) -> int | None:
        """Start of the page before, if there is one."""
        return max(0, self.start - PAGE) if self.start else None

    @property
    def later(self) -> int | None:
        """Start of the next page, if there is one."""
        return self.start + PAGE if self.start + PAGE < self.total else None


_key = tuple_(recommendations.c.document_id, recommendations.c.recommendation_id)
_coded = and_(
    codings.c.document_id == recommendations.c.document_id,
    codings.c.recommendation_id == recommendations.c.recommendation_id,
)
_counts = and_(corrections.c.undone_by == "", corrections.c.blind == false())


def page(store: Store, start: int = 0) -> Page:
    """The queue from its row `start` on."""
    with store.engine.connect() as connection:
        keys = _keys(connection, start, PAGE)
        found = {(row.document_id, row.recommendation_id): row for row in connection.execute(_rows(keys))}
        total = _count(connection, recommendations)
    return Page([found[key] for key in keys], total, start)


def first(store: Store, skipped: Collection[tuple[str, str]] = ()) -> tuple[str, str] | None:
    """(document_id, recommendation_id) of the most doubtful one that was not skipped; skipped ones come at the end."""
    with store.engine.connect() as connection:
        keys = _keys(connection, 0, len(skipped) + 1)
    rest = [key for key in keys if key not in skipped]
    return rest[0] if rest else next((key for key in skipped if key in keys), None)


def _keys(connection: Connection, start: int, size: int) -> list[tuple[str, str]]:
    """First those in doubt, then the others by confidence, then those without a coding, of reports.

    Three queries, each along an index, because one over all sorts the whole table each time.
    """
    found: list[tuple[str, str]] = []
    for doubtful in (True, False):
        part = codings.c.needs_review.is_(doubtful)
        query = _open(codings).where(part).order_by(codings.c.confidence, *_identity(codings))
        found += _take(connection, query, start, size - len(found))
        if len(found) == size:
            return found
        start = max(0, start - _count(connection, codings, part))
    bare = _open(recommendations).where(~exists().where(_coded)).order_by(*_identity(recommendations))
    return found + _take(connection, bare, start, size - len(found))


def _take(connection: Connection, query: Select, start: int, size: int) -> list[tuple[str, str]]:
    return [tuple(row) for row in connection.execute(query.limit(size).offset(start))]


def _identity(table: Table) -> tuple[Column, Column]:
    return table.c.document_id, table.c.recommendation_id


def _open(table: Table) -> Select:
    """The keys of those rows of a table that nobody has looked at."""
    seen = exists().where(
        corrections.c.recommendation_id == table.c.recommendation_id,
        corrections.c.document_id == table.c.document_id,
        _counts,
    )
    return select(*_identity(table)).where(~seen)


def _count(connection: Connection, table: Table, *part: ColumnElement[bool]) -> int:
    """How many rows of a table, or of a part of it, nobody has looked at."""
    seen = select(*_identity(corrections)).where(_counts).distinct().subquery()
    same = and_(seen.c.document_id == table.c.document_id, seen.c.recommendation_id == table.c.recommendation_id)
    looked_at = select(func.count()).select_from(seen.join(table, same)).where(*part)
    every = select(func.count()).select_from(table).where(*part)
    return connection.execute(every).scalar_one() - connection.execute(looked_at).scalar_one()


def sample(store: Store, size: int) -> list[tuple[str, str]]:
    """The same `size` coded recommendations for every reviewer: those whose identity has the lowest hash."""
    query = select(codings.c.document_id, codings.c.recommendation_id)
    with store.engine.connect() as connection:
        keys = [tuple(row) for row in connection.execute(query)]
    return sorted(keys, key=lambda key: hashlib.sha256("\0".join(key).encode()).digest())[:size]


def described(store: Store, keys: list[tuple[str, str]]) -> list[Row]:
    """The rows of these recommendations, in the order given."""
    with store.engine.connect() as connection:
        found = {(row.document_id, row.recommendation_id): row for row in connection.execute(_rows(keys))}
    return [found[key] for key in keys if key in found]


def _rows(keys: list[tuple[str, str]]) -> Select:
    return (
        select(
            recommendations.c.document_id,
            recommendations.c.recommendation_id,
            recommendations.c.number,
            recommendations.c.text,
            recommendations.c.page,
            documents.c.source_file,
            codings.c.status,
            codings.c.confidence,
            codings.c.needs_review,
        )
        .join(documents, documents.c.document_id == recommendations.c.document_id)
        .outerjoin(codings, _coded)
        .where(_key.in_(keys))
    )
