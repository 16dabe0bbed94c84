"""The glyphs of a page as arrays, with as few calls of pdfium as will do: two a glyph, the rest once for each run.

A run is what one text-showing operator of the PDF draws: one font, one size, one baseline.
"""

from __future__ import annotations

import ctypes
from collections import deque
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import pypdfium2.raw as pdfium

from extract.reading.characters import plain
from extract.reading.errors import TooLarge
from extract.reading.fonts import font_style

MOST_GLYPHS = 400_000  # on one page; a dense newspaper page has 30,000
_drain = deque(maxlen=0).extend


def _direct(function, result, *arguments):
    """A pdfium function called without giving up the interpreter's lock: half the cost for calls this short."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value)


_P, _I, _D = ctypes.c_void_p, ctypes.c_int, ctypes.c_double
_loose_box = _direct(pdfium.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
_text_object = _direct(pdfium.FPDFText_GetTextObject, _P, _P, _I)
_unicode = _direct(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)
_map_error = _direct(pdfium.FPDFText_HasUnicodeMapError, _I, _P, _I)
_font_size = _direct(pdfium.FPDFText_GetFontSize, _D, _P, _I)
_matrix = _direct(pdfium.FPDFText_GetMatrix, _I, _P, _I, _P)
_origin = _direct(pdfium.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)
_font = _direct(pdfium.FPDFTextObj_GetFont, _P, _P)
_render_mode = _direct(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)


@dataclass(slots=True)
class Glyphs:
    """The inked glyphs of one page in the order of the content stream; arrays of one length, points, top left
    origin."""

    text: list[str] = field(default_factory=list)
    x0: np.ndarray = field(default_factory=lambda: np.zeros(0))
    x1: np.ndarray = field(default_factory=lambda: np.zeros(0))
    baseline: np.ndarray = field(default_factory=lambda: np.zeros(0))
    size: np.ndarray = field(default_factory=lambda: np.zeros(0))
    bold: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    italic: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    space: np.ndarray = field(
        default_factory=lambda: np.zeros(0, np.int8)
    )  # before it: 0 none, 1 guessed by pdfium, 2 printed
    sideways: list[tuple[str, tuple[float, float, float, float]]] = field(default_factory=list)
    unmapped: float = 0.0  # share of the distinct characters that pdfium found no Unicode for


@dataclass(slots=True)
class Frame:
    """How the page's own coordinates turn into points from the upper left corner of the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int  # 0, 90, 180, 270, clockwise

    def points(self, x, y):
        """(x, top) of points in the page's own space; takes numbers or arrays."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def read_glyphs(textpage, frame: Frame, fonts: dict[int, tuple[str, bool, bool]]) -> Glyphs:
    """The glyphs of an open text page. `fonts` is kept by the caller for the document. Raises TooLarge."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return Glyphs()
    if count > MOST_GLYPHS:
        raise TooLarge(f"one page holds {count} characters: this is no letter or report; leave the file out")
    handle = ctypes.cast(textpage, _P).value
    codes = _codes(textpage, handle, count)
    boxes = np.zeros((count, 4), np.float32)  # left, top, right, bottom
    start = boxes.ctypes.data
    _drain(map(_loose_box, repeat(handle, count), range(count), range(start, start + 16 * count, 16)))
    return _assemble(handle, frame, fonts, codes, boxes)


def _codes(textpage, handle, count) -> np.ndarray:
    """The code point of each character: all at once where each takes one unit of UTF-16, else one by one."""
    units = np.zeros(count + 2, np.uint16)
    pointer = ctypes.cast(units.ctypes.data, ctypes.POINTER(ctypes.c_ushort))
    written = pdfium.FPDFText_GetText(textpage, 0, count, pointer)
    codes = units[:count].astype(np.uint32)
    if written == count + 1 and codes.all() and not ((codes >= 0xD800) & (codes <= 0xDFFF)).any():
        return codes
    return np.fromiter(map(_unicode, repeat(handle, count), range(count)), np.uint32, count)


def _assemble(handle, frame, fonts, codes, boxes) -> Glyphs:
    white = (codes == 32) | (codes == 160) | (codes == 13) | (codes == 10) | (codes == 9) | (codes == 0x3000)
    white |= ((codes >= 0x2000) & (codes <= 0x200B)) | (codes == 0x202F) | (codes == 0xFEFF) | (codes == 0xAD)
    inked = np.flatnonzero(~white)
    if not len(inked):
        return Glyphs()
    run_of, runs = _runs(handle, frame, fonts, boxes, inked)
    level = np.array([run[4] for run in runs])[run_of]
    glyphs = _arrays(frame, codes, boxes, white, inked[level], run_of[level], runs)
    glyphs.sideways = _sideways(frame, codes, boxes, inked[~level])
    glyphs.unmapped = _unmapped(handle, codes, inked)
    return glyphs


def _runs(handle, frame, fonts, boxes, inked):
    """For each inked glyph the number of its run, and the runs as (size, baseline, bold, italic, level).

    The object that drew a glyph is asked for only at the start of a word and where the glyphs' height changes.
    """
    tall = boxes[inked][:, (1, 3)]
    changes = (np.diff(inked) > 1) | (tall[1:] != tall[:-1]).any(axis=1)
    asked = np.flatnonzero(np.concatenate(([True], changes)))
    owners = list(map(_text_object, repeat(handle, len(asked)), inked[asked].tolist()))
    kept = [k for k, owner in enumerate(owners) if k == 0 or owner != owners[k - 1]]
    starts = asked[kept]
    lengths = np.diff(np.concatenate((starts, [len(inked)])))
    runs = [_run(handle, frame, fonts, int(inked[asked[k]]), owners[k]) for k in kept]
    return np.repeat(np.arange(len(starts)), lengths), runs


def _run(handle, frame, fonts, index, owner) -> tuple[float, float, bool, bool, bool]:
    if not owner:  # a sign that pdfium made up
        return 0.0, 0.0, False, False, False
    matrix, x, y = (ctypes.c_float * 6)(), _D(), _D()
    _matrix(handle, index, ctypes.addressof(matrix))
    _origin(handle, index, ctypes.addressof(x), ctypes.addressof(y))
    a, b, c, d = matrix[0], matrix[1], matrix[2], matrix[3]
    ahead = frame.points(x.value + a, y.value + b)
    here = frame.points(x.value, y.value)
    level = ahead[0] > here[0] and abs(ahead[1] - here[1]) < 0.2 * (ahead[0] - here[0])
    font = _font(owner)
    if font not in fonts:
        fonts[font] = font_style(ctypes.cast(font, pdfium.FPDF_FONT)) if font else ("", False, False)
    _, bold, italic = fonts[font]
    slanted = abs(c) > 0.1 * abs(d) and abs(b) < 0.01 * abs(a) if level else False
    size = _font_size(handle, index) * (c * c + d * d) ** 0.5
    return size, here[1], bold or _render_mode(owner) == 2, italic or slanted, level


def _arrays(frame, codes, boxes, white, chosen, run_of, runs) -> Glyphs:
    xa, ya = frame.points(boxes[chosen, 0], boxes[chosen, 3])
    xb, yb = frame.points(boxes[chosen, 2], boxes[chosen, 1])
    table = np.array([run[:4] for run in runs], float).reshape(-1, 4)
    size = table[run_of, 0]
    height = np.abs(yb - ya)
    size = np.where(size > 0.5, size, np.maximum(height, 1.0))
    return Glyphs(
        text=plain(codes[chosen].tolist()),
        x0=np.minimum(xa, xb).astype(float),
        x1=np.maximum(xa, xb).astype(float),
        baseline=table[run_of, 1],
        size=size,
        bold=table[run_of, 2] > 0,
        italic=table[run_of, 3] > 0,
        space=_spaces(codes, boxes, white, chosen, size),
    )


def _spaces(codes, boxes, white, chosen, size) -> np.ndarray:
    """What stood before each chosen glyph: 2 a printed space, 1 one that pdfium guessed from a gap, 0 none.

    A printed space counts when the glyph stands clear of where the space began; else it was taken back again.
    """
    white = white & (codes != 0xAD)
    printed = np.where(white & ((boxes[:, 2] > boxes[:, 0]) | (boxes[:, 3] > boxes[:, 1])), np.arange(len(codes)), 0)
    last_printed, count = np.maximum.accumulate(printed), np.cumsum(white)
    before = np.concatenate(([0], chosen[:-1]))
    space = last_printed[chosen]
    moved = np.abs(boxes[chosen, 0] - boxes[space, 0]) + np.abs(boxes[chosen, 3] - boxes[space, 3])
    kept = (space > before) & (moved > 0.09 * size)
    return np.where(kept, 2, np.where((count[chosen] > count[before]) & (space <= before), 1, 0)).astype(np.int8)


def _sideways(frame, codes, boxes, indices):
    """Text that runs up, down or askew, each stretch with its box: watermarks and notes at the edge."""
    found = []
    for stretch in np.split(indices, np.flatnonzero(np.diff(indices) > 3) + 1):
        if len(stretch):
            xa, ya = frame.points(boxes[stretch, 0], boxes[stretch, 3])
            xb, yb = frame.points(boxes[stretch, 2], boxes[stretch, 1])
            box = (min(xa.min(), xb.min()), min(ya.min(), yb.min()), max(xa.max(), xb.max()), max(ya.max(), yb.max()))
            text = "".join(plain(codes[stretch[0] : stretch[-1] + 1].tolist())).strip()
            found.append((text, tuple(float(v) for v in box)))
    return found


def _unmapped(handle, codes, inked) -> float:
    """Share of the page's glyphs that have no Unicode, asked once for each distinct character."""
    values, first, counts = np.unique(codes[inked], return_index=True, return_counts=True)
    lost = [
        bool(_map_error(handle, int(inked[i]))) or code == 0 or code == 0xFFFD
        for code, i in zip(values.tolist(), first.tolist(), strict=True)
    ]
    return float(counts[np.array(lost)].sum() / counts.sum())
