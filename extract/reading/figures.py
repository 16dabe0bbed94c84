"""Drawings with words in them: several shapes near each other, with print smaller than the body's. Their words
are no text to read."""

from __future__ import annotations

from corpus.records import Box
from extract.reading.frame import Layout
from extract.reading.segments import Segment
from extract.reading.sheets import Sheet, set_apart

_NEAR = 14.0  # points: shapes so near each other belong to one drawing
_FEWEST, _MOST = 3, 500


def figures(sheet: Sheet, body: Layout) -> None:
    """Set apart the words of drawings on a page, as furniture with role 'figure'."""
    shapes = [s for s in sheet.drawing.boxes + sheet.drawing.pictures if _is_shape(s, sheet)]
    if not _FEWEST <= len(shapes) <= _MOST:
        return
    for area, count in _clusters(shapes):
        rows = [[s for s in row if _inside(s, area)] for row in sheet.rows]
        words = [s for row in rows for s in row]
        if count >= _FEWEST and words and all(s.size < 0.92 * body.size for s in words) and not _reads(words, area):
            for row in rows:
                set_apart(sheet, row, "figure")
            taken = set(map(id, words))
            sheet.rows = [kept for row in sheet.rows if (kept := [s for s in row if id(s) not in taken])]


def _is_shape(box: Box, sheet: Sheet) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return width > 6 and height > 6 and width < 0.9 * sheet.width and height < 0.7 * sheet.height


def _clusters(shapes: list[Box]) -> list[tuple[Box, int]]:
    """(area around, number of shapes) of the groups of shapes that are near each other."""
    groups: list[tuple[Box, int]] = []
    for shape in sorted(shapes, key=lambda s: s[1]):
        area, count = shape, 1
        apart = []
        for other, number in groups:
            if _touch(area, other):
                area = (min(area[0], other[0]), min(area[1], other[1]), max(area[2], other[2]), max(area[3], other[3]))
                count += number
            else:
                apart.append((other, number))
        groups = [*apart, (area, count)]
    return groups


def _touch(a: Box, b: Box) -> bool:
    return a[0] - _NEAR < b[2] and b[0] - _NEAR < a[2] and a[1] - _NEAR < b[3] and b[1] - _NEAR < a[3]


def _inside(segment: Segment, area: Box) -> bool:
    middle = segment.baseline - 0.3 * segment.size
    return area[0] - 3 <= segment.x0 and segment.x1 <= area[2] + 3 and area[1] - 3 <= middle <= area[3] + 3


def _reads(words: list[Segment], area: Box) -> bool:
    """Whether the words are running text: most of their lines as wide as the drawing."""
    return sum(s.x1 - s.x0 > 0.7 * (area[2] - area[0]) for s in words) > 0.5 * len(words)
