"""Where the PDFs of the store are, seen from the folder of a workbook."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import select

from corpus.store import Store
from corpus.store.schema import documents


def links(store: Store, directory: Path) -> dict[str, str]:
    """document_id → address of its file: relative to `directory` on this disk, else as the files have it."""
    local = "file" in store.files.system.protocol
    with store.engine.connect() as connection:
        rows = connection.execute(select(documents.c.document_id, documents.c.sha256)).all()
    paths = {document_id: store.files.path(sha256) for document_id, sha256 in rows}
    if local:
        base = Path(directory).resolve()
        return {i: quote(os.path.relpath(Path(path).resolve(), base).replace(os.sep, "/")) for i, path in paths.items()}
    return {i: store.files.system.unstrip_protocol(path) for i, path in paths.items()}
