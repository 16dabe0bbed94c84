"""The store: what the sources told, the files, what the program made of them, and what people corrected.

    with open_store() as store:
        for document in apply(documents(store), corrections(store)):
            ...

docs/store.md describes the tables and the settings.
"""

from corpus.store.database import Store, StoreError, open_store
from corpus.store.derived import (
    count,
    documents,
    documents_by_id,
    documents_of_files,
    save,
    save_answers,
    stale,
)
from corpus.store.files import FileMissing, Files
from corpus.store.people import (
    FIELDS,
    KINDS,
    Correction,
    add_correction,
    apply,
    corrections,
    target,
    unattached,
    undo_correction,
)
from corpus.store.rows import tables

__all__ = [
    "FIELDS",
    "KINDS",
    "Correction",
    "FileMissing",
    "Files",
    "Store",
    "StoreError",
    "add_correction",
    "apply",
    "corrections",
    "count",
    "documents",
    "documents_by_id",
    "documents_of_files",
    "open_store",
    "save",
    "save_answers",
    "stale",
    "tables",
    "target",
    "unattached",
    "undo_correction",
]
