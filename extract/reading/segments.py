"""Glyphs become segments: words on one baseline, in one size, without a wide gap. Spaces go by the gaps, not by what is written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extract.reading.glyphs import Glyphs

ASCENT, DESCENT = 0.78, 0.22  # of the size: how far ink reaches from the baseline; fonts' own figures are not to be trusted

_WIDE = 1.1  # a gap of so many sizes starts a new segment: a column, a cell, a tab
_GUESSED, _GUESSED_ALONE = 0.21, 0.15  # a space that pdfium guessed holds from this gap on (in sizes); alone: where none is printed
_PRINTED, _NONE = 0.06, 0.3  # a printed space needs hardly a gap; without any a wide one


@dataclass(slots=True)
class Segment:
    """Words on one baseline. `first_x1` ends its first word, `second_x0` starts its second (x1 where it has one word only)."""

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
    words = np.concatenate(([False], _breaks(glyphs, gap / size)))
    return _cut(glyphs, opens, words)


def _opens(glyphs: Glyphs, gap, size):
    """Where a glyph starts a new segment."""
    shifted = np.abs(np.diff(glyphs.baseline)) > 0.08 * size
    resized = np.abs(np.diff(glyphs.size)) > 0.12 * size
    return shifted | resized | (gap > _WIDE * size) | (gap < -0.7 * size)


def _breaks(glyphs: Glyphs, gap):
    """Where a word starts: `gap` in sizes between each glyph and the one before."""
    space = glyphs.space[1:]
    guessed = _GUESSED if (space == 2).sum() * 2 >= (space == 1).sum() else _GUESSED_ALONE
    return ((space == 2) & (gap > _PRINTED)) | ((space == 1) & (gap > guessed)) | (gap > _NONE)


def _cut(glyphs: Glyphs, opens, words) -> list[Segment]:
    starts = np.flatnonzero(opens)
    ends = np.concatenate((starts[1:], [len(opens)]))
    text = [" " + c if w else c for c, w in zip(glyphs.text, words.tolist(), strict=True)]
    lengths = ends - starts
    bold = np.add.reduceat(glyphs.bold, starts, dtype=float) / lengths
    italic = np.add.reduceat(glyphs.italic, starts, dtype=float) / lengths
    right = np.maximum.reduceat(glyphs.x1, starts)
    x0s, x1s = glyphs.x0.tolist(), glyphs.x1.tolist()
    second = _second_words(np.flatnonzero(words & ~opens), starts, ends)
    return [
        Segment(x0, x1, base, size, "".join(text[a:b]).strip(), bo, it,
                x1s[s - 1] if s else x1, x0s[s] if s else x1, bf, itf)
        for a, b, x0, x1, base, size, bo, it, s, bf, itf in zip(
            starts.tolist(), ends.tolist(), glyphs.x0[starts].tolist(), right.tolist(), glyphs.baseline[starts].tolist(),
            glyphs.size[starts].tolist(), bold.tolist(), italic.tolist(), second,
            glyphs.bold[starts].tolist(), glyphs.italic[starts].tolist(), strict=True)
    ]  # fmt: skip


def _second_words(breaks, starts, ends) -> list[int]:
    """For each segment the glyph that starts its second word, 0 where there is none."""
    if not len(breaks):
        return [0] * len(starts)
    at = np.searchsorted(breaks, starts, side="right")
    found = breaks[np.minimum(at, len(breaks) - 1)]
    return np.where((at < len(breaks)) & (found < ends), found, 0).tolist()
