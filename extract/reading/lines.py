"""Segments become rows (all that stands on one baseline) and lines (what is read on, within one column)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.records import Box
from extract.reading.segments import ASCENT, DESCENT, Segment

_MARK = re.compile(r"(?:\d{1,3}|\*{1,3}|[†‡§]|[a-z])(?:[,; ]+\d{1,3})*[,;]?\)?$")
_UNIT = re.compile(r"(?:^|[\s\d(/])(?:k|c|m|d|n|µ)?m$|\d$|10$")


@dataclass(slots=True)
class PrintedLine:
    """A line as printed: its segments from left to right, and the raised figures taken out of its text.

    marks   (position in text, the mark) of each raised figure
    """

    page: int
    segments: list[Segment]
    text: str = ""
    x0: float = 0.0
    x1: float = 0.0
    baseline: float = 0.0
    size: float = 0.0
    bold: float = 0.0
    italic: float = 0.0
    bold_start: bool = False
    italic_start: bool = False
    marks: list[tuple[int, str]] = field(default_factory=list)
    column: tuple[float, float] = (0.0, 0.0)
    role: str = ""

    @property
    def top(self) -> float:
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + DESCENT * self.size

    @property
    def box(self) -> Box:
        return (round(self.x0, 1), round(self.top, 1), round(self.x1, 1), round(self.bottom, 1))

    @property
    def first_width(self) -> float:
        """Width of the first word, in points."""
        return self.segments[0].first_x1 - self.x0


def rows(found: list[Segment]) -> list[list[Segment]]:
    """Segments by baseline, from top to bottom; raised and lowered ones with the row that they belong to."""
    gathered: list[list[Segment]] = []
    for segment in sorted(found, key=lambda s: (s.baseline, s.x0)):
        row = gathered[-1] if gathered else None
        if row and segment.baseline - row[0].baseline <= 0.16 * max(segment.size, row[0].size):
            row.append(segment)
        else:
            gathered.append([segment])
    return [sorted(row, key=lambda s: s.x0) for row in _with_raised(gathered) if row]


def _with_raised(gathered: list[list[Segment]]) -> list[list[Segment]]:
    """Move small segments into the row of the larger text that they stand beside."""
    for k, row in enumerate(gathered):
        near = gathered[max(0, k - 3) : k] + gathered[k + 1 : k + 4]
        for segment in list(row) if near else ():
            home = next((other for other in near if any(_beside(segment, large) for large in other)), None)
            if home is not None:
                row.remove(segment)
                home.append(segment)
    return gathered


def _beside(small: Segment, large: Segment) -> bool:
    """Whether `small` is a raised or lowered sign of `large`: smaller, off the baseline, close."""
    if small.size > 0.86 * large.size or len(small.text) > 12:
        return False
    raised = large.baseline - small.baseline
    if not (0.1 * large.size < raised < 0.75 * large.size or 0.05 * large.size < -raised < 0.4 * large.size):
        return False
    return (
        -0.5 * large.size < small.x0 - large.x1 < 0.8 * large.size
        or -0.5 * large.size < large.x0 - small.x1 < 0.8 * large.size
    )


def line(page: int, parts: list[Segment], column: tuple[float, float]) -> PrintedLine:
    """One line of the segments that stand side by side in one column."""
    main = max(parts, key=lambda s: s.size * len(s.text) ** 0.5)
    made = PrintedLine(page, parts, column=column, baseline=main.baseline, size=main.size)
    pieces, last = [], None
    for part in parts:
        _append(made, pieces, part, last, main)
        last = part
    made.text = "".join(pieces)
    made.x0, made.x1 = min(s.x0 for s in parts), max(s.x1 for s in parts)
    full = [s for s in parts if s.size > 0.86 * main.size]
    letters = sum(len(s.text) for s in full) or 1
    made.bold = sum(s.bold * len(s.text) for s in full) / letters
    made.italic = sum(s.italic * len(s.text) for s in full) / letters
    made.bold_start, made.italic_start = parts[0].bold_first, parts[0].italic_first
    return made


def _append(made: PrintedLine, pieces: list[str], part: Segment, last: Segment | None, main: Segment) -> None:
    so_far = sum(map(len, pieces))
    if _is_mark(part, main, pieces):
        for mark in re.findall(r"\d+|[^\d\s,;)]", part.text):
            made.marks.append((so_far, mark))
        return
    gap = part.x0 - last.x1 if last else 0.0
    spaced = gap > 0.21 * main.size or (gap > 0.06 * main.size and part.text[:1].isalnum() and not _small(last, main))
    pieces.append(" " + part.text if pieces and spaced else part.text)


def _small(part: Segment | None, main: Segment) -> bool:
    return part is not None and part.size <= 0.86 * main.size


def _is_mark(part: Segment, main: Segment, pieces: list[str]) -> bool:
    """A raised figure that points to a footnote; not a square metre, a power of ten, nor an ordinal's letters."""
    if part.size > 0.86 * main.size or main.baseline - part.baseline < 0.1 * main.size or not _MARK.match(part.text):
        return False
    before = pieces[-1] if pieces else ""
    if part.text in ("2", "3") and _UNIT.search(before[-4:]) and not before[-4:].isdigit():
        return False
    return not (part.text.isalpha() and before[-1:].isdigit())
