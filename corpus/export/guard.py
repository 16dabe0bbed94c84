"""Text that no program can take for a formula, and that loses nothing.

A spreadsheet runs a cell that begins with = + - @ (or a tab or line end before them) when it opens a CSV file, and a
recommendation may well begin so. `guard` puts an apostrophe before such a character, at the begin of the cell and
after a semicolon or tab, because Dutch Excel splits a comma-separated file there. Where apostrophes stand there
already it adds one, so that `unguard` gives back exactly what was there.
"""

from __future__ import annotations

import re

_STARTS = "=+\\-@\t\r\n＝＋－＠"
_UNGUARDED = re.compile(rf"(^|[;\t])('*[{_STARTS}])")
_GUARDED = re.compile(rf"(^|[;\t])'('*[{_STARTS}])")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def guard(text: str) -> str:
    """`text` as a spreadsheet may see it. '-5' becomes "'-5"."""
    return _UNGUARDED.sub(r"\1'\2", text)


def unguard(cell: str) -> str:
    """What `guard` was given."""
    return _GUARDED.sub(r"\1\2", cell)


def printable(text: str) -> str:
    """`text` with the characters that no file format holds (control characters, half pairs) replaced by U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)
