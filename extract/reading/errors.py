"""Why a file could not be read: each message is one line and says what to do."""

from __future__ import annotations


class ReadingError(Exception):
    """A file that cannot be read at all. A page that cannot be read is no error: its status says so."""


class NotAPdf(ReadingError):
    """The bytes are no PDF."""


class Encrypted(ReadingError):
    """The PDF asks for a password."""


class Damaged(ReadingError):
    """The PDF is cut off or broken beyond what pdfium repairs."""


class TooLarge(ReadingError):
    """More bytes, pages or glyphs than a letter or report has."""


class TookTooLong(ReadingError):
    """Reading passed its limit of time or memory, or broke off in the process that did it."""
