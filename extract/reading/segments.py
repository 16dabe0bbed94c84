"""Glyphs become segments: words on one baseline, in one size, without a wide gap. Spaces go by the gaps, not
by what is written."""

from __future__ import annotations

import re
from collections import Counter
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
# In real letters broken words have gaps up to 0.18, spaces that were set as a jump have 0.19 and more.
_DOUBT, _LIKELY, _SURE = 0.1, 0.185, 0.31
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
    words = (w for s in found for w in s.text.lower().split(" ") if UNLIKELY_SPACE not in w and LIKELY_SPACE not in w)
    known = Counter(form for w in words for form in {w, w.strip(_AROUND)})
    for segment in doubtful:
        segment.text = " ".join(_settled(word, known) for word in segment.text.split(" "))


def _settled(word: str, known: Counter[str]) -> str:
    """One word with doubtful gaps, each a space or nothing."""
    left = ""
    for piece in _PIECES.findall(word):
        gap, right = (piece[0], piece[1:]) if piece[0] in (UNLIKELY_SPACE, LIKELY_SPACE) else ("", piece)
        left += (" " if gap and _parted(left, right, gap == LIKELY_SPACE, known) else "") + right
    return left


def _parted(left: str, right: str, likely: bool, known: Counter[str]) -> bool:
    """Whether a doubtful gap is a space: not where the whole is known better than its parts; where both sides are
    known; else by the gap, single letters apart."""
    before = left.rpartition(" ")[2].lower().strip(_AROUND)
    after = right.lower().strip(_AROUND)
    if not (before and after) or left[-1:] in ".:;,":
        return right[:1] not in ".,;:)]" and left[-1:] not in "(["
    whole, parts = known[before + after], min(known[before], known[after])
    if whole and len(before + after) > 2:
        return likely and whole < parts
    if parts and (likely or min(len(before), len(after)) > 1):
        return True
    return likely and all(len(side) > 1 or side.isdigit() for side in (before, after))


_AROUND = ".,;:?!()[]\"'‘’“”«»"
_PIECES = re.compile(f"[{UNLIKELY_SPACE}{LIKELY_SPACE}]?[^{UNLIKELY_SPACE}{LIKELY_SPACE}]+")
