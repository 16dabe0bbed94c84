"""Pages without text, read by Tesseract where it is installed with Dutch; through pytesseract, the optional
extra `ocr`."""

from __future__ import annotations

import shutil
from functools import cache

from extract.reading.segments import Segment

_DPI = 300
_SURE = 40.0  # words that Tesseract is less sure of than this (of 100) are mostly specks


@cache
def ready() -> bool:
    """Whether Tesseract, its Dutch model and pytesseract are all there."""
    if shutil.which("tesseract") is None:
        return False
    try:
        import pytesseract
    except ImportError:
        return False
    try:
        return "nld" in pytesseract.get_languages(config="")
    except (pytesseract.TesseractError, OSError):
        return False


def recognise(page, width: float, height: float) -> list[Segment]:
    """The segments of an open pdfium page as Tesseract reads them, in points; [] where it is not installed or
    sees no text."""
    if not ready():
        return []
    import pytesseract

    scale = min(_DPI / 72, 10_000 / max(width, height, 1.0))
    picture = page.render(scale=scale).to_pil()
    try:
        found = pytesseract.image_to_data(picture, lang="nld", timeout=120, output_type=pytesseract.Output.DICT)
    except (pytesseract.TesseractError, RuntimeError):
        return []
    return _segments(found, scale)


def _segments(found: dict[str, list], scale: float) -> list[Segment]:
    """Tesseract's words, by its lines, as segments; `scale` is pixels a point."""
    lines: dict[tuple, list[int]] = {}
    for k, word in enumerate(found["text"]):
        if word.strip() and float(found["conf"][k]) >= _SURE:
            lines.setdefault((found["block_num"][k], found["par_num"][k], found["line_num"][k]), []).append(k)
    return [_segment(found, words, scale) for words in lines.values()]


def _segment(found: dict[str, list], words: list[int], scale: float) -> Segment:
    left = [found["left"][k] / scale for k in words]
    right = [(found["left"][k] + found["width"][k]) / scale for k in words]
    bottom = sorted((found["top"][k] + found["height"][k]) / scale for k in words)[len(words) // 2]
    tall = sorted(found["height"][k] / scale for k in words)[len(words) // 2]
    size = round(tall * 1.25 * 2) / 2  # ink from ascender to baseline is about four fifths of the size
    second = left[1] if len(words) > 1 else right[-1]
    return Segment(
        left[0], right[-1], bottom, size, " ".join(found["text"][k].strip() for k in words), 0.0, 0.0, right[0], second
    )
