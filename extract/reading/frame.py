"""The frame of a document: its body size, its columns, where its body begins and ends. Measured, not assumed."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

import numpy as np

from extract.reading.segments import Segment

_GUTTER = 7.0  # points: a strip at least so wide, free of text, parts two columns
_FEW = 4  # lines a column needs to be seen as one


@dataclass(slots=True, frozen=True)
class Layout:
    """size: of the body, points; left, right: its edges; step: its usual distance from baseline to baseline."""

    size: float
    left: float
    right: float
    step: float


def body_size(pages: list[list[Segment]]) -> float:
    """The size in which most characters are set, in points."""
    counts: Counter[float] = Counter()
    for page in pages:
        for segment in page:
            counts[round(segment.size * 4) / 4] += len(segment.text)
    return counts.most_common(1)[0][0] if counts else 10.0


def columns(rows: list[list[Segment]], size: float, width: float) -> list[tuple[float, float]]:
    """The columns of one page, left to right; [] where the page has too little text to tell."""
    long = [s for row in rows for s in row if abs(s.size - size) <= 0.15 * size and s.x1 - s.x0 >= 8 * size]
    if len(long) < _FEW:
        return []
    cover = _cover(long, width)
    parted = _strips(cover > max(0, 0.04 * cover.max()))
    kept = [(a, b) for a, b in parted if _is_column(long, a, b)]
    if len(kept) > 1:
        return kept if _side_by_side(long, kept) else [_extent(long)]
    return [_extent([s for s in long if kept[0][0] <= s.x0 <= kept[0][1]] if kept else long)]


def _cover(long: list[Segment], width: float):
    """How many segments stand over each point of the page's width."""
    steps = np.zeros(int(width) + 4, int)
    for s in long:
        steps[max(0, min(int(s.x0), len(steps) - 1))] += 1
        steps[max(0, min(int(s.x1) + 1, len(steps) - 1))] -= 1
    return np.cumsum(steps)


def _strips(covered) -> list[tuple[float, float]]:
    """The stretches that are covered, those less than a gutter apart as one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], covered.astype(int), [0]))))
    found: list[list[float]] = []
    for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if found and a - found[-1][1] < _GUTTER:
            found[-1][1] = b
        else:
            found.append([a, b])
    return [(float(a), float(b)) for a, b in found]


def _is_column(long: list[Segment], left: float, right: float) -> bool:
    """Running text fills its column: most lines reach near its right edge."""
    inside = [s for s in long if left <= (s.x0 + s.x1) / 2 <= right]
    full = sum(s.x1 - s.x0 > 0.6 * (right - left) for s in inside)
    return len(inside) >= _FEW and full >= 0.4 * len(inside)


def _side_by_side(long: list[Segment], parts: list[tuple[float, float]]) -> bool:
    """Whether the columns share height, and few lines run across them."""
    crossing = sum(s.x0 < parts[0][1] - 4 and s.x1 > parts[1][0] + 4 for s in long)
    return crossing <= 0.3 * len(long)


def _extent(long: list[Segment]) -> tuple[float, float]:
    return (_common_left(sorted(s.x0 for s in long)), _usual([s.x1 for s in long], 0.97))


def _common_left(lefts: list[float]) -> float:
    """The leftmost edge that several lines share, within 3 points."""
    wanted = max(2, 0.06 * len(lefts))
    for k, left in enumerate(lefts):
        if bisect_right(lefts, left + 3) - k >= wanted:
            return left
    return lefts[0]


def _usual(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def layout(
    pages: list[list[list[Segment]]], widths: list[float], size: float
) -> tuple[Layout, list[list[tuple[float, float]]]]:
    """The document's layout and the columns of each page; a page that cannot tell takes the document's own."""
    found = [columns(rows, size, width) for rows, width in zip(pages, widths, strict=True)]
    edges = [(c[0][0], c[-1][1]) for c, rows in zip(found, pages, strict=True) if c for _ in rows]
    left = float(np.median([edge[0] for edge in edges])) if edges else 0.0
    right = float(np.percentile([edge[1] for edge in edges], 75)) if edges else max(widths, default=0.0)
    several = sum(len(c) > 1 for c in found)
    whole = Layout(size, left, right, _step(pages, size))
    usual = _usual_columns(found) if several > 0.3 * sum(map(bool, found)) else []
    alone = [c[0][1] for c, rows in zip(found, pages, strict=True) if len(c) == 1 for _ in rows]
    widest = float(np.percentile(alone, 75)) if alone else 0.0
    found = [_widened(c, rows, left, widest) for c, rows in zip(found, pages, strict=True)]
    return whole, [_settled(c, rows, usual, (left, right)) for c, rows in zip(found, pages, strict=True)]


def _widened(found, rows, left: float, right: float) -> list[tuple[float, float]]:
    """A page with few lines may have none that reaches the right edge; it takes that of the other pages with
    one column."""
    if len(found) != 1 or len(rows) > 15 or abs(found[0][0] - left) > 12:
        return found
    return [(found[0][0], max(found[0][1], right))]


def _usual_columns(found: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The columns of the pages that have the most common number of several."""
    number = Counter(len(c) for c in found if len(c) > 1).most_common(1)[0][0]
    pages = [c for c in found if len(c) == number]
    lefts = [float(np.percentile([c[k][0] for c in pages], 10)) for k in range(number)]
    rights = [float(np.percentile([c[k][1] for c in pages], 90)) for k in range(number)]
    return list(zip(lefts, rights, strict=True))


def _settled(found, rows, usual, whole) -> list[tuple[float, float]]:
    """A page's own columns, or the document's where the page has too little text to show them or one of them
    is empty."""
    if usual and len(found) == len(usual) and all(abs(a[0] - b[0]) < 40 for a, b in zip(found, usual, strict=True)):
        return usual  # one column of items only would seem to begin where their text hangs
    if len(found) > 1 or not usual:
        return found or [whole]
    across = sum(s.x0 < usual[0][1] - 4 and s.x1 > usual[1][0] + 4 for row in rows for s in row)
    return usual if across <= 0.3 * len(rows) else found or [whole]


def _step(pages: list[list[list[Segment]]], size: float) -> float:
    """The usual distance between the baselines of two body lines, in points."""
    counts: Counter[float] = Counter()
    for rows in pages:
        last = None
        for row in rows:
            body = [s for s in row if abs(s.size - size) <= 0.1 * size and s.x1 - s.x0 > 8 * size]
            if body:
                gap = round((body[0].baseline - last) * 4) / 4 if last is not None else 0
                if 0.9 * size <= gap <= 2.2 * size:
                    counts[gap] += 1
                last = body[0].baseline
    return counts.most_common(1)[0][0] if counts else 1.25 * size
