"""Reading order: rows become lines of their column; a line that runs across columns parts what is above from
what is below."""

from __future__ import annotations

import itertools

from corpus.records import Box
from extract.reading.frame import Layout
from extract.reading.lines import PrintedLine, line
from extract.reading.segments import Segment
from extract.reading.sheets import Sheet


def order(sheet: Sheet, body: Layout) -> None:
    """Fill sheet.lines from its rows, column by column, and mark the lines that stand in boxes."""
    waiting: list[list[PrintedLine]] = [[] for _ in sheet.columns]
    for row in sheet.rows:
        parts = _by_column(row, sheet.columns)
        if parts is None:
            sheet.lines += [kept for column in waiting for kept in column]
            waiting = [[] for _ in sheet.columns]
            sheet.lines.append(line(sheet.number, row, (sheet.left, sheet.right)))
            continue
        for k, part in enumerate(parts):
            if part:
                waiting[k].append(line(sheet.number, part, sheet.columns[k]))
    sheet.lines += [kept for column in waiting for kept in column]
    sheet.lines = [kept for kept in sheet.lines if kept.text]
    _mark_boxes(sheet, body)


def _by_column(row: list[Segment], columns: list[tuple[float, float]]) -> list[list[Segment]] | None:
    """The segments of a row for each column; None where one of them runs across a gutter."""
    parts: list[list[Segment]] = [[] for _ in columns]
    if len(columns) == 1:
        return [row]
    for segment in row:
        if any(segment.x0 < a[1] - 4 and segment.x1 > b[0] + 4 for a, b in itertools.pairwise(columns)):
            return None
        middle = (segment.x0 + segment.x1) / 2
        nearest = min(range(len(columns)), key=lambda k: max(columns[k][0] - middle, middle - columns[k][1]))
        parts[nearest].append(segment)
    return parts


def _mark_boxes(sheet: Sheet, body: Layout) -> None:
    boxes = [box for box in sheet.drawing.boxes if _could_hold_text(box, sheet, body)]
    for printed in sheet.lines if boxes else ():
        around = [box for box in boxes if _holds(box, printed)]
        if around:
            printed.role = "box"
            box = min(around, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]))
            printed.column = (max(printed.column[0], box[0]), min(max(printed.column[1], printed.x1), box[2]))


def _could_hold_text(box: Box, sheet: Sheet, body: Layout) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return (
        width > 8 * body.size
        and height > 1.7 * body.size
        and (width < 0.95 * sheet.width and height < 0.9 * sheet.height)
    )


def _holds(box: Box, printed: PrintedLine) -> bool:
    middle = printed.baseline - 0.3 * printed.size
    return box[1] <= middle <= box[3] and box[0] - 3 <= printed.x0 and printed.x1 <= box[2] + 3
