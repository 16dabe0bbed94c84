"""What is drawn besides text: ruling lines and rectangles, in points from the upper left corner."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from corpus.records import Box
from extract.reading.glyphs import Frame

THIN = 2.5  # points: a rectangle no thicker than this is a line
_MOST_PATHS, _MOST_POINTS = 4000, 400


@dataclass(slots=True)
class Drawing:
    """The page's lines and rectangles; `pictures` are images and drawn shapes that are no rectangles."""

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)


def read_drawing(page, frame: Frame) -> Drawing:
    """The ruling of an open page. Beyond 4,000 objects it is a picture and the rest is left."""
    drawing = Drawing()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for k in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_PATHS)):
        item = pdfium.FPDFPage_GetObject(page, k)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            continue
        box = _box(frame, left.value, bottom.value, right.value, top.value)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawing.pictures.append(box)
        else:
            _sort(drawing, frame, item, box)
    return drawing


def _box(frame: Frame, left, bottom, right, top) -> Box:
    (xa, ya), (xb, yb) = frame.points(left, bottom), frame.points(right, top)
    return (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _sort(drawing: Drawing, frame: Frame, path, box: Box) -> None:
    """Put one path where it belongs."""
    width, height = box[2] - box[0], box[3] - box[1]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not stroke.value and (not fill.value or _white(path)):
        return
    if min(width, height) <= THIN:
        _line(drawing, box)
        return
    points = pdfium.FPDFPath_CountSegments(path)
    if points <= 6:
        drawing.boxes.append(box)
    elif points <= _MOST_POINTS:
        _pieces(drawing, frame, path, points, box)
    else:
        drawing.pictures.append(box)


def _line(drawing: Drawing, box: Box) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    if max(width, height) >= 4:
        (drawing.across if width >= height else drawing.down).append(box)


def _white(path) -> bool:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(path, r, g, b, a):
        return False
    return a.value < 10 or min(r.value, g.value, b.value) > 250


def _pieces(drawing: Drawing, frame: Frame, path, points: int, box: Box) -> None:
    """A path of many strokes: a grid drawn at once gives its lines, anything else is a picture."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    corners, lines = [], []
    x, y = ctypes.c_float(), ctypes.c_float()
    for k in range(points):
        segment = pdfium.FPDFPath_GetPathSegment(path, k)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = frame.points(
            matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        )
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            drawing.pictures.append(box)
            return
        if kind == pdfium.FPDF_SEGMENT_LINETO and corners:
            lines.append((corners[-1], here))
        corners.append(here)
    for (xa, ya), (xb, yb) in lines:
        if min(abs(xa - xb), abs(ya - yb)) <= THIN:
            _line(drawing, (min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))
