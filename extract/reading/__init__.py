"""Reading: a PDF becomes clean, ordered, located blocks. docs/reading.md tells how.

Heavy libraries load with the first call, not with this module.
"""

from __future__ import annotations

from importlib import import_module

from extract.reading.errors import Damaged, Encrypted, NotAPdf, ReadingError, TookTooLong, TooLarge

_PLACES = {
    "read_pdf": "document",
    "READER_VERSION": "document",
    "open_page_image": "images",
    "outlined": "images",
    "read_cached": "cache",
    "read_contained": "contained",
    "read_many": "contained",
}

__all__ = [
    "READER_VERSION",
    "Damaged",
    "Encrypted",
    "NotAPdf",
    "ReadingError",
    "TooLarge",
    "TookTooLong",
    "open_page_image",
    "outlined",
    "read_cached",
    "read_contained",
    "read_many",
    "read_pdf",
]


def __getattr__(name: str):
    if name in _PLACES:
        return getattr(import_module(f"extract.reading.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
