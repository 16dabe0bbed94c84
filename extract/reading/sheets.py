"""A page on the way to blocks: its segments, its ruling, and what was set apart from the main text."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.records import Block, Box
from extract.reading.lines import PrintedLine
from extract.reading.rules import Drawing
from extract.reading.segments import Segment


@dataclass(slots=True)
class Table:
    """Rows of cells on one page; header: whether the first row stands out as one. `boxes` has one box for each row."""

    page: int
    box: Box
    rows: list[tuple[str, ...]]
    boxes: list[Box]
    header: bool
    columns: tuple[float, ...] = ()  # left edges, points
    unfinished: bool = False  # its last row may go on overleaf


@dataclass(slots=True)
class Sheet:
    """One page. `rows` holds what is not yet placed; `lines` the main text in reading order; `furniture` the rest."""

    number: int
    width: float
    height: float
    status: str
    drawing: Drawing
    rows: list[list[Segment]] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    lines: list[PrintedLine] = field(default_factory=list)
    notes: list[PrintedLine] = field(default_factory=list)
    furniture: list[Block] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.columns[0][0]

    @property
    def right(self) -> float:
        return self.columns[-1][1]


def extent(parts: list[Segment]) -> Box:
    """The box around some segments, rounded to tenths of a point."""
    return (
        round(min(s.x0 for s in parts), 1),
        round(min(s.top for s in parts), 1),
        round(max(s.x1 for s in parts), 1),
        round(max(s.bottom for s in parts), 1),
    )


def set_apart(sheet: Sheet, parts: list[Segment], role: str) -> None:
    """Put one row of segments among the furniture, as printed from left to right."""
    parts = sorted(parts, key=lambda s: s.x0)
    text = " ".join(s.text for s in parts).strip()
    if text:
        sheet.furniture.append(Block("furniture", text, sheet.number, extent(parts), role=role))
