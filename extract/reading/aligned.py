"""Tables without a grid: rows whose parts stand under each other, with clear space between the columns."""

from __future__ import annotations

import re

from extract.reading.characters import is_bullet
from extract.reading.frame import Layout
from extract.reading.grids import cell_text, stands_out
from extract.reading.hyphens import Words
from extract.reading.segments import Segment
from extract.reading.sheets import Sheet, Table, extent

_NEAR = 4.0  # points: edges no further apart are aligned
_FEWEST = 3  # rows of two parts or more make a table
_LABEL = re.compile(r"\(?(?:\d{1,3}[a-z]?|[a-zA-Z]|[ivxIVX]{1,5})(?:\.\d{1,2})*[.)]$")

Row = list[Segment]


def aligned_tables(sheet: Sheet, body: Layout, words: Words) -> None:
    """Move tables without ruling out of a page's rows; pages in several columns are left alone."""
    if len(sheet.columns) > 1:
        return
    start = 0
    while start < len(sheet.rows):
        run = _run(sheet.rows[start:], body)
        if run:
            sheet.tables.append(_table(sheet, run, words))
            del sheet.rows[start : start + len(run)]
        else:
            start += 1


def _run(rows: list[Row], body: Layout) -> list[Row]:
    """The rows from the first on that make one table, [] when they make none."""
    if not rows or not _opens(rows[0]):
        return []
    lefts = [s.x0 for s in rows[0]]
    run = [rows[0]]
    for row in rows[1:]:
        if row[0].baseline - run[-1][0].baseline > 2.6 * body.step or not _belongs(row, lefts):
            break
        run.append(row)
    while run and len(run[-1]) < 2 and run[-1][0].x0 < lefts[0] + _NEAR:
        run.pop()  # a line of its own below the table
    full = [row for row in run if len(row) >= 2]
    labels = sum(_is_labelled(row) for row in full)
    return run if len(full) >= _FEWEST and labels < 0.5 * len(full) else []


def _opens(row: Row) -> bool:
    return len(row) >= 2 and not _is_labelled(row)


def _is_labelled(row: Row) -> bool:
    """Whether a row is a list item or a footnote: a bullet, a number or a raised figure, and its text."""
    word, small = row[0].text, len(row) > 1 and row[0].size < 0.86 * row[1].size
    return small or is_bullet(word) or bool(_LABEL.match(word)) or (word.isdigit() and len(row) == 2)


def _belongs(row: Row, lefts: list[float]) -> bool:
    """Whether each part of a row stands in a column of the table, and none runs into the next one."""
    for segment in row:
        column = _column(segment, lefts)
        if column is None or (column + 1 < len(lefts) and segment.x1 > lefts[column + 1] - 1):
            return False
    return True


def _column(segment: Segment, lefts: list[float]) -> int | None:
    return next((k for k, left in enumerate(lefts) if abs(segment.x0 - left) <= _NEAR), None)


def _table(sheet: Sheet, run: list[Row], words: Words) -> Table:
    lefts = [s.x0 for s in run[0]]
    grid: list[list[Row]] = []
    for row in run:
        if (len(row) >= 2 and _column(row[0], lefts) == 0) or not grid:
            grid.append([[] for _ in lefts])
        for segment in row:
            grid[-1][_column(segment, lefts) or 0].append(segment)
    boxes = [extent([s for cell in row for s in cell]) for row in grid]
    around = (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[-1][3])
    rights = [*lefts[1:], around[2] + 99]
    made = [tuple(cell_text(c, right, words) for c, right in zip(row, rights, strict=True)) for row in grid]
    return Table(sheet.number, around, made, boxes, stands_out(grid[0], grid[1]), tuple(lefts))
