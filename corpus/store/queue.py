"""The queue: recommendations that nobody has looked at, the most doubtful first."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Row, and_, exists, false, func, select, tuple_

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
_seen = exists().where(
    corrections.c.recommendation_id == recommendations.c.recommendation_id,
    corrections.c.document_id == recommendations.c.document_id,
    corrections.c.undone_by == "",
    corrections.c.blind == false(),
)
_doubt = (
    func.coalesce(codings.c.needs_review, false()).desc(),
    func.coalesce(codings.c.confidence, 2.0),  # a recommendation of a report without an answer comes last
    recommendations.c.document_id,
    recommendations.c.position_in_document,
)


def page(store: Store, start: int = 0) -> Page:
    """The queue from its row `start` on."""
    with store.engine.connect() as connection:
        keys = connection.execute(_open().order_by(*_doubt).limit(PAGE).offset(start)).all()
        total = connection.execute(select(func.count()).select_from(_open().subquery())).scalar_one()
        found = {(row.document_id, row.recommendation_id): row for row in connection.execute(_rows(keys))}
    return Page([found[tuple(key)] for key in keys], total, start)


def first(store: Store, skipped: Collection[tuple[str, str]] = ()) -> tuple[str, str] | None:
    """(document_id, recommendation_id) of the most doubtful one that was not skipped; skipped ones come at the end."""
    with store.engine.connect() as connection:
        keys = connection.execute(_open().order_by(*_doubt).limit(len(skipped) + 1)).all()
    rest = [tuple(key) for key in keys if tuple(key) not in skipped]
    return rest[0] if rest else next((key for key in skipped if key in map(tuple, keys)), None)


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


def _open():
    return (
        select(recommendations.c.document_id, recommendations.c.recommendation_id)
        .outerjoin(codings, _coded)
        .where(~_seen)
    )


def _rows(keys):
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
        .where(_key.in_([tuple(key) for key in keys]))
    )
