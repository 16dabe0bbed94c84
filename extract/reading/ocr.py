"""Pages without text, read by Tesseract where it is installed with Dutch; through pytesseract, the optional
extra `ocr`. Tesseract gives words with boxes of ink: sizes, baselines and bullets are measured from those here."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from statistics import median

from extract.reading.segments import Segment

_DPI, _MOST_PIXELS = 300, 25_000_000  # A3 at 300 dpi has 17 million
_SURE, _HARDLY = 40.0, 15.0  # of 100: less sure print is mostly specks, but a word within print may be less sure
_WIDE = 1.1  # a gap of so many sizes parts columns, cells, labels
_SAME = 0.15  # lines whose sizes differ by less are set in one size
_DEEP, _COMMA, _SMALL = frozenset("gjpqyçQ()[]{}/|"), frozenset(",;"), frozenset("acegmnopqrsuvwxyzç-.,:;–—")
_SPECKS = " _|~"  # edges of boxes, lines under blanks
_HIGH_INK, _SMALL_INK, _DEEP_INK, _COMMA_INK = 0.75, 0.55, 0.21, 0.13  # of the size: common in print


@dataclass(slots=True, frozen=True)
class _Word:
    """A word in points. size: as its ink and letters have it, 0 where it has no letters to tell by."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    sure: float
    size: float
    baseline: float


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

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # its threads wait for each other more than they help
    scale = min(_DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    picture, told = page.render(scale=scale).to_pil(), f"--dpi {max(70, round(72 * scale))}"
    try:
        found = pytesseract.image_to_data(picture, "nld", told, output_type=pytesseract.Output.DICT, timeout=120)
    except (pytesseract.TesseractError, RuntimeError):
        return []
    return _segments(found, scale)


def _segments(found: dict[str, list], scale: float) -> list[Segment]:
    """Tesseract's words, by its lines, as segments; `scale` is pixels a point."""
    lines: dict[tuple, list[_Word]] = {}
    for k, text in enumerate(found["text"]):
        if text.strip(_SPECKS) and float(found["conf"][k]) >= 0:
            lines.setdefault((found["block_num"][k], found["par_num"][k], found["line_num"][k]), []).append(
                _word(found, k, scale)
            )
    return _one_size([made for words in lines.values() for made in _line(words)])


def _word(found: dict[str, list], k: int, scale: float) -> _Word:
    left, top, width, height = (found[name][k] / scale for name in ("left", "top", "width", "height"))
    text = found["text"][k].strip(_SPECKS)
    high = _SMALL_INK if set(text) <= _SMALL else _HIGH_INK
    deep = _DEEP_INK if _DEEP & set(text) else _COMMA_INK if _COMMA & set(text) else 0.0
    size = height / (high + deep) if any(map(str.isalnum, text)) else 0.0
    return _Word(text, left, left + width, top, top + height, float(found["conf"][k]), size, top + height - deep * size)


def _line(words: list[_Word]) -> list[Segment]:
    """The segments of one line; specks, and print that is hardly read, left out."""
    telling = [w for w in words if w.size and w.sure >= _SURE]
    if not telling:
        return []
    size, baseline = median(w.size for w in telling), median(w.baseline for w in telling)
    words = [_bullet(words[0], words[1], size, baseline) if len(words) > 1 else words[0], *words[1:]]
    parts: list[list[_Word]] = []
    for word in words:
        if parts and word.x0 - parts[-1][-1].x1 <= _WIDE * size:
            parts[-1].append(word)
        else:
            parts.append([word])
    kept = ([w for w in part if w.sure >= _HARDLY] for part in parts if _read(part))
    return [_segment(part, size, baseline) for part in kept if part]


def _bullet(word: _Word, following: _Word, size: float, baseline: float) -> _Word:
    """The first word of a line as a bullet where it is one round sign, smaller than any letter and above the
    baseline, with a gap after it: Tesseract takes them for an 'e' and is not sure."""
    width, height = (word.x1 - word.x0) / size, (word.bottom - word.top) / size
    raised = (baseline - (word.top + word.bottom) / 2) / size
    round_sign = 0.12 < height < 0.45 and 0.6 < width / height < 1.7 and 0.12 < raised < 0.6
    gap = (following.x0 - word.x1) / size
    if len(word.text) == 1 and round_sign and 0.4 < gap < 4:
        return replace(word, text="•", sure=100.0, size=0.0)
    return word


def _read(part: list[_Word]) -> bool:
    """Whether Tesseract is sure enough of these words, by their letters."""
    return sum(w.sure * len(w.text) for w in part) >= _SURE * sum(len(w.text) for w in part)


def _segment(words: list[_Word], size: float, baseline: float) -> Segment:
    """Words as a segment, on their own baseline (a scan may be aslant), in their line's size where they have few letters."""
    telling = [w for w in words if w.size]
    baseline = median(w.baseline for w in telling) if telling else baseline
    size = median(w.size for w in telling) if sum(len(w.text) for w in telling) >= 8 else size
    right = words[-1].x1
    second = words[1].x0 if len(words) > 1 else right
    text = " ".join(w.text for w in words)
    return Segment(words[0].x0, right, baseline, size, text, 0.0, 0.0, words[0].x1, second)


def _one_size(found: list[Segment]) -> list[Segment]:
    """Sizes in half points; those near the size of most letters are that size, of the others those near the next."""
    letters: Counter[float] = Counter()
    for segment in found:
        segment.size = round(segment.size * 2) / 2
        letters[segment.size] += len(segment.text)
    left = set(letters)
    common: dict[float, float] = {}
    while left:
        most = max(sorted(left), key=lambda size: (sum(letters[size + d] for d in (-0.5, 0.0, 0.5)), letters[size]))
        near = {size for size in left if abs(size - most) <= _SAME * most}
        common |= dict.fromkeys(near, most)
        left -= near
    for segment in found:
        segment.size = common[segment.size]
    return found
