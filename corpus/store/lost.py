"""Corrections that fit no recommendation any more: they are kept, and someone should be told."""

from __future__ import annotations

from corpus.store.database import Store
from corpus.store.derived import documents_by_id
from corpus.store.people import Correction, corrections, unattached


def lost(store: Store) -> list[Correction]:
    """Those not blind whose document or recommendation the store has no more, in the order made."""
    made = [c for c in corrections(store) if not c.blind]
    found = documents_by_id(store, {c.document_id for c in made})
    without = {c.correction_id for document in found.values() for c in unattached(document, made)}
    return [c for c in made if c.document_id not in found or c.correction_id in without]
