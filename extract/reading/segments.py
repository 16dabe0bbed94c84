"""Glyphs become segments: words on one baseline, in one size, without a wide gap. Spaces go by the gaps, not
by what is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from extract.reading.glyphs import Glyphs

ASCENT, DESCENT = (
    0.78,
    0.22,
)  # of the size: how far ink reaches from the baseline; fonts' own figures are not to be trusted

_WIDE = 1.1  # a gap of so many sizes starts a new segment: a column, a cell, a tab
# Where a program prints its spaces, a gap without one may be broken spacing ('Inf rastructuur'). Between these
# widths, in sizes,
# it is marked as a doubt, and the words of the document decide; where none are printed the gaps are all there is.
_DOUBT, _LIKELY, _SURE = 0.1, 0.24, 0.31
_ALONE = 0.15
_NONE = 0.3  # where pdfium saw no space at all, from this gap on
UNLIKELY_SPACE, LIKELY_SPACE = "\x1e", "\x1f"
_BEFORE = ("", " ", UNLIKELY_SPACE, LIKELY_SPACE)


@dataclass(slots=True)
class Segment:
    """Words on one baseline. `first_x1` ends its first word, `second_x0` starts its second (x1 where it has
    one word only)."""

    x0: float
    x1: float
    baseline: float
    size: float
    text: str
    bold: float
    italic: float
    first_x1: float
    second_x0: float
    bold_first: bool = False
    italic_first: bool = False

    @property
    def top(self) -> float:
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + DESCENT * self.size


def segments(glyphs: Glyphs) -> list[Segment]:
    """The segments of a page, in the order of the content stream."""
    if not glyphs.text:
        return []
    gap = glyphs.x0[1:] - glyphs.x1[:-1]
    size = np.maximum(glyphs.size[1:], glyphs.size[:-1])
    opens = np.concatenate(([True], _opens(glyphs, gap, size)))
    words = np.concatenate(([0], _breaks(glyphs, gap / size)))
    return _cut(glyphs, opens, words)


def _opens(glyphs: Glyphs, gap, size):
    """Where a glyph starts a new segment."""
    shifted = np.abs(np.diff(glyphs.baseline)) > 0.08 * size
    resized = np.abs(np.diff(glyphs.size)) > 0.12 * size
    return shifted | resized | (gap > _WIDE * size) | (gap < -0.7 * size)


def _breaks(glyphs: Glyphs, gap):
    """What parts each glyph from the one before, which is `gap` sizes away: 0 nothing, 1 a space, 2 hardly, 3
    likely a space."""
    space = glyphs.space[1:]
    if (space == 2).sum() < (space == 1).sum():
        return ((space == 2) | ((space == 1) & (gap > _ALONE)) | (gap > _NONE)).astype(np.int8)
    sure = (space == 2) | ((space == 1) & (gap > _SURE)) | ((space == 0) & (gap > _NONE))
    doubtful = (space == 1) & (gap > _DOUBT) & ~sure
    return np.where(sure, 1, np.where(doubtful, np.where(gap > _LIKELY, 3, 2), 0)).astype(np.int8)


def _cut(glyphs: Glyphs, opens, words) -> list[Segment]:
    starts = np.flatnonzero(opens)
    ends = np.concatenate((starts[1:], [len(opens)]))
    text = [_BEFORE[w] + c if w else c for c, w in zip(glyphs.text, words.tolist(), strict=True)]
    right = np.maximum.reduceat(glyphs.x1, starts)
    second = _second_words(np.flatnonzero((words == 1) & ~opens), starts, ends)
    has_two = second > 0
    columns = (
        glyphs.x0[starts], right, glyphs.baseline[starts], glyphs.size[starts],
        ["".join(text[a:b]).strip() for a, b in zip(starts.tolist(), ends.tolist(), strict=True)],
        np.add.reduceat(glyphs.bold, starts, dtype=float) / (ends - starts),
        np.add.reduceat(glyphs.italic, starts, dtype=float) / (ends - starts),
        np.where(has_two, glyphs.x1[second - 1], right),
        np.where(has_two, glyphs.x0[second], right),
        glyphs.bold[starts], glyphs.italic[starts],
    )  # fmt: skip
    return [Segment(*row) for row in zip(*(c if isinstance(c, list) else c.tolist() for c in columns), strict=True)]


def _second_words(breaks, starts, ends) -> np.ndarray:
    """For each segment the glyph that starts its second word, 0 where there is none."""
    if not len(breaks):
        return np.zeros(len(starts), int)
    at = np.searchsorted(breaks, starts, side="right")
    found = breaks[np.minimum(at, len(breaks) - 1)]
    return np.where((at < len(breaks)) & (found < ends), found, 0)


def settle(found: list[Segment]) -> None:
    """Turn the doubtful gaps of a document's segments into spaces or nothing, by the words that stand
    elsewhere in it."""
    doubtful = [s for s in found if UNLIKELY_SPACE in s.text or LIKELY_SPACE in s.text]
    if not doubtful:
        return
    known = {w for s in found for w in s.text.lower().split(" ") if UNLIKELY_SPACE not in w and LIKELY_SPACE not in w}
    known |= {w.strip(_AROUND) for w in known}
    for segment in doubtful:
        segment.text = " ".join(_settled(word, known) for word in segment.text.split(" "))


def _settled(word: str, known: set[str]) -> str:
    """One word with doubtful gaps: whole where the whole is known, parted where both sides are, else by the gap."""
    left = ""
    for piece in _PIECES.findall(word):
        gap, right = (piece[0], piece[1:]) if piece[0] in (UNLIKELY_SPACE, LIKELY_SPACE) else ("", piece)
        before = left.rpartition(" ")[2].lower().strip(_AROUND)
        after = right.lower().strip(_AROUND)
        if not gap:
            parted = False
        elif not (before and after) or left[-1:] in ".:;,":
            parted = right[:1] not in ".,;:)]" and left[-1:] not in "(["
        elif before + after in known and len(before + after) > 2:
            parted = False
        elif before in known and after in known and min(len(before), len(after)) > 1:
            parted = True
        else:
            parted = gap == LIKELY_SPACE and (before in known or after in known) and min(len(before), len(after)) > 1
        left += (" " if parted else "") + right
    return left


_AROUND = ".,;:?!()[]\"'‘’“”«»"
_PIECES = re.compile(f"[{UNLIKELY_SPACE}{LIKELY_SPACE}]?[^{UNLIKELY_SPACE}{LIKELY_SPACE}]+")
