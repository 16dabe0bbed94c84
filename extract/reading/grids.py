"""Ruled tables and boxes: cells from the page's own lines (by pdfplumber's way of finding them), text by the cells."""

from __future__ import annotations

from corpus.records import Box
from extract.reading.hyphens import Words, join
from extract.reading.lines import line, rows
from extract.reading.segments import Segment
from extract.reading.sheets import Sheet, Table

_MOST_EDGES = 1200


def ruled_tables(sheet: Sheet, words: Words) -> None:
    """Move the text that stands in grids of two columns or more out of the page's rows, into its tables."""
    for cells in _grids(sheet):
        lefts = sorted({round(c[0]) for c in cells})
        tops = sorted({round(c[1]) for c in cells})
        inside = [s for row in sheet.rows for s in row if any(_fits(s, cell) for cell in cells)]
        if len(lefts) < 2 or not inside:
            continue
        if len(tops) > 1 or len(inside) > 1:
            _take(sheet, inside)
            sheet.tables.append(_table(sheet, cells, inside, words))


def _grids(sheet: Sheet) -> list[list[Box]]:
    """Groups of cells that touch each other, in points."""
    edges = _edges(sheet)
    if sum(e["orientation"] == "v" for e in edges) < 2 or len(edges) > _MOST_EDGES:
        return []
    from pdfplumber import table as plumber  # costs 0.1 s, and only pages with grids need it

    joined = plumber.merge_edges(edges, 3, 3, 3, 3)
    cells = plumber.intersections_to_cells(plumber.edges_to_intersections(joined, 3, 3))
    return plumber.cells_to_tables(cells)


def _edges(sheet: Sheet) -> list[dict]:
    found = []
    for x0, top, x1, bottom in sheet.drawing.across:
        found.append(_edge("h", x0, (top + bottom) / 2, x1, (top + bottom) / 2))
    for x0, top, x1, bottom in sheet.drawing.down:
        found.append(_edge("v", (x0 + x1) / 2, top, (x0 + x1) / 2, bottom))
    for x0, top, x1, bottom in sheet.drawing.boxes:
        if x1 - x0 < 0.95 * sheet.width or bottom - top < 0.5 * sheet.height:
            found += [_edge("h", x0, top, x1, top), _edge("h", x0, bottom, x1, bottom)]
            found += [_edge("v", x0, top, x0, bottom), _edge("v", x1, top, x1, bottom)]
    return found


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict:
    return {"orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom,
            "width": x1 - x0, "height": bottom - top, "object_type": "line"}  # fmt: skip


def _around(cells: list[Box]) -> Box:
    return (min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells))


def _within(segment: Segment, box: Box) -> bool:
    """Whether the middle of a segment stands in a box."""
    middle = segment.baseline - 0.3 * segment.size
    return box[0] - 2 <= (segment.x0 + segment.x1) / 2 <= box[2] + 2 and box[1] - 1 <= middle <= box[3] + 1


def _fits(segment: Segment, cell: Box) -> bool:
    """Whether a segment stands in a cell from end to end: print that crosses a cell's edge belongs to
    something else."""
    return _within(segment, cell) and segment.x0 >= cell[0] - 4 and segment.x1 <= cell[2] + 4


def _take(sheet: Sheet, inside: list[Segment]) -> None:
    taken = set(map(id, inside))
    sheet.rows = [kept for row in sheet.rows if (kept := [s for s in row if id(s) not in taken])]


def _table(sheet: Sheet, cells: list[Box], inside: list[Segment], words: Words) -> Table:
    tops = _edges_of(sorted(c[1] for c in cells))
    lefts = _edges_of(sorted(c[0] for c in cells))
    grid: list[list[list[Segment]]] = [[[] for _ in lefts] for _ in tops]
    for segment in inside:
        cell = next((c for c in cells if _within(segment, c)), None)
        at = cell or (segment.x0, segment.top, segment.x1, segment.bottom)
        grid[_index(tops, at[1])][_index(lefts, at[0])].append(segment)
    rights = [*lefts[1:], max(c[2] for c in cells)]
    made = [tuple(cell_text(parts, right, words) for parts, right in zip(row, rights, strict=True)) for row in grid]
    kept = [k for k, row in enumerate(made) if any(row)]
    bottoms = [*tops[1:], max(c[3] for c in cells)]
    box = _around(cells)
    boxes = [(round(box[0], 1), round(tops[k], 1), round(box[2], 1), round(bottoms[k], 1)) for k in kept]
    header = len(kept) > 1 and stands_out(grid[kept[0]], grid[kept[1]])
    return Table(sheet.number, box, [made[k] for k in kept], boxes, header, tuple(lefts))


def _edges_of(values: list[float]) -> list[float]:
    """Values less than 4 points apart count as one."""
    found: list[float] = []
    for value in values:
        if not found or value - found[-1] > 4:
            found.append(value)
    return found


def _index(edges: list[float], value: float) -> int:
    return max((k for k, edge in enumerate(edges) if edge <= value + 4), default=0)


def cell_text(parts: list[Segment], right: float, words: Words) -> str:
    """The lines of a cell as one text. A word too long for its cell is broken without a hyphen, and is made
    whole again."""
    texts: list[str] = []
    full = False
    for row in rows(parts):
        printed = line(0, row, (0.0, 0.0))
        if texts and full and printed.text[:1].isalnum() and not printed.text[:1].isupper():
            texts[-1] += printed.text
        else:
            texts.append(printed.text)
        full = (" " not in printed.text and printed.text[-1:].isalnum()) or printed.text[-1:] in ".,"
        full = full and right - printed.x1 < 1.3 * printed.size
    return join(texts, words)[0]


def stands_out(first: list[list[Segment]], second: list[list[Segment]]) -> bool:
    """Whether a row is set as a header: bold or italic throughout where the next one is not."""

    def share(row, style):
        parts = [s for cell in row for s in cell]
        return sum(getattr(s, style) for s in parts) / max(1, len(parts))

    return any(share(first, style) > 0.8 > share(second, style) + 0.2 for style in ("bold", "italic"))
