"""Corrections as annotated documents: the store's reviewed documents with the text of their files."""

from __future__ import annotations

from pathlib import Path

from corpus.export.annotations import is_reviewed, write_annotation
from corpus.store import FileMissing, Store, apply, corrections, documents
from extract.reading import ReadingError, read_pdf


def write_annotations(store: Store, folder: Path) -> tuple[int, int]:
    """Write each wholly reviewed document to `folder`; return (written, documents with corrections that wait)."""
    made = [c for c in corrections(store) if not c.blind]
    touched = {c.document_id for c in made}
    written = 0
    for document in apply((d for d in documents(store) if d.document_id in touched), made):
        if is_reviewed(document) and (blocks := _blocks(store, document.sha256)):
            write_annotation(document, blocks, folder)
            written += 1
    return written, len(touched) - written


def _blocks(store: Store, sha256: str):
    try:
        return read_pdf(store.files.get(sha256)).blocks
    except (FileMissing, ReadingError):
        return ()
