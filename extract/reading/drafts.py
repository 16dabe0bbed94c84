"""Lines are gathered into drafts of blocks: where one ends and the next begins, by gaps, fit, style, indents
and labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.reading.frame import Layout
from extract.reading.labels import Label, label
from extract.reading.lines import PrintedLine

_INITIAL = re.compile(r"(?:[A-Z][a-z]?\.){1,5}")
_STOPS = '.:;?!»”’")]…'


@dataclass(slots=True)
class Draft:
    """The lines of one block to be. gap: white before it, in steps (large where it opens a page or column)."""

    lines: list[PrintedLine]
    label: Label | None = None
    gap: float = 9.0
    kind: str = ""
    level: int = 0
    number: str = ""
    role: str = ""
    skip: int = 0  # characters of the first line that are its label
    joins: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(printed.text for printed in self.lines)[self.skip :]

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def size(self) -> float:
        return self.lines[0].size

    def all(self, style: str) -> bool:
        """Whether every line is bold, or italic, throughout."""
        return all(getattr(printed, style) > 0.88 for printed in self.lines)


def drafts(lines: list[PrintedLine], body: Layout) -> list[Draft]:
    """The drafts of one page's lines, in order."""
    made: list[Draft] = []
    for k, printed in enumerate(lines):
        following = lines[k + 1] if k + 1 < len(lines) else None
        last = lines[k - 1] if k else None
        gap = _gap(last, printed, body)
        found = label(printed)
        if made and last and not _breaks(made[-1], last, printed, following, gap, found, body):
            made[-1].lines.append(printed)
        else:
            made.append(Draft([printed], _held(found, printed, following), gap, role=printed.role))
    return made


def _gap(last: PrintedLine | None, printed: PrintedLine, body: Layout) -> float:
    """The distance between two baselines in usual steps; 9 where a page, column or box comes between."""
    if (
        last is None
        or (last.column != printed.column and last.role == printed.role == "")
        or printed.baseline < last.baseline
    ):
        return 9.0
    step = body.step * max(min(last.size, printed.size) / body.size, 0.7)
    return (printed.baseline - last.baseline) / step


def fits(last: PrintedLine, printed: PrintedLine) -> float:
    """How much room, in sizes, the first word of `printed` would have left at the end of `last`; positive: the
    break was meant."""
    room = last.column[1] - last.x1
    return (room - printed.first_width) / last.size - 0.3


def _held(found: Label | None, printed: PrintedLine, following: PrintedLine | None) -> Label | None:
    """A label at the head of a block counts when it has a point, a wide gap, or the next line hangs under its text."""
    if found is None:
        return None
    hangs = following is not None and abs(following.x0 - found.text_x) < 2 and found.text_x - found.x > 4
    if found.bullet:
        return (
            found
            if found.wide or hangs or printed.text[:1] not in "–—−-*·" or found.text_x - found.x > 0.9 * printed.size
            else None
        )
    return found if found.pointed or found.wide or hangs or "." in found.number else None


def _breaks(draft, last, printed, following, gap, found, body) -> bool:
    """Whether `printed` starts a block of its own."""
    if last.role != printed.role or gap >= 9 or abs(last.size - printed.size) > 0.09 * body.size:
        return True
    if _style_ends(draft, last, printed):
        return True
    if gap > _usual_gap(draft, last, printed, following, gap):
        return True
    if found is not None and _opens_item(draft, last, printed, following, found):
        return True
    return _indent_breaks(draft, last, printed) or _was_meant(draft, last, printed)


def _usual_gap(draft: Draft, last, printed, following, gap: float) -> float:
    """From which gap on a paragraph ends; text set wide throughout has its own."""
    if len(draft.lines) > 1:
        inner = (draft.lines[-1].baseline - draft.lines[0].baseline) / (len(draft.lines) - 1)
        return max(1.3, 1.22 * gap * inner / max(0.1, printed.baseline - last.baseline))
    if following is not None and gap < 2.2 and following.size == printed.size and fits(last, printed) < 0:
        ahead = following.baseline - printed.baseline
        if abs(ahead - (printed.baseline - last.baseline)) < 0.06 * ahead and last.text[-1:] not in ".:;?!":
            return 2.2
    return 1.3


def _style_ends(draft: Draft, last: PrintedLine, printed: PrintedLine) -> bool:
    """A heading's style ends, or text ends and a heading's begins."""
    for style in ("bold", "italic"):
        here = getattr(printed, style)
        starts = getattr(printed, style + "_start")
        if draft.all(style) and here < 0.5 and not starts:
            return fits(last, printed) > 0 or (printed.text[:1].isupper() and last.text[-1:] not in ",.-")
        if here > 0.88 and getattr(last, style) < 0.5 and last.text[-1:] in _STOPS and len(printed.text) < 90:
            return fits(last, printed) > 0
    return False


def _opens_item(draft: Draft, last: PrintedLine, printed: PrintedLine, following, found: Label) -> bool:
    """Whether a label within a run of lines opens an item, and is not a figure or dash that happens to open a line."""
    held = _held(found, printed, following)
    if held is None:
        return False
    if draft.label is not None and abs(draft.label.x - found.x) < 3 and draft.label.bullet == found.bullet:
        return found.wide or found.bullet or last.text[-1:] in _STOPS or fits(last, printed) > 0
    hangs = following is not None and abs(following.x0 - found.text_x) < 2 and found.text_x - found.x > 4
    if found.bullet and printed.text[:1] not in "–—−-*·o":
        return True
    indented = found.x > draft.lines[0].x0 + 4
    return (hangs and found.wide) or (last.text[-1:] in ".:;?!" and (found.wide or indented)) or fits(last, printed) > 0


def _indent_breaks(draft: Draft, last: PrintedLine, printed: PrintedLine) -> bool:
    """First-line indents, and lines that fall back from a hanging item to the left."""
    if draft.label is not None:
        hanging = draft.label.text_x if len(draft.lines) == 1 else draft.lines[1].x0
        if printed.x0 < hanging - 0.5 * printed.size and abs(printed.x0 - draft.label.x) > 2:
            return True
        if len(draft.lines) > 1 and printed.x0 < hanging - 0.5 * printed.size:
            return True
        return len(draft.lines) == 1 and printed.x0 < hanging - 2 and fits(last, printed) > 0
    if printed.x0 > last.x0 + 0.8 * printed.size:
        return last.text[-1:] in _STOPS and not _centred(last, printed)
    return len(draft.lines) > 1 and printed.x0 < last.x0 - 0.8 * printed.size and last.text[-1:] in ".:;?!"


def _centred(last: PrintedLine, printed: PrintedLine) -> bool:
    return abs((last.x0 + last.x1) - (printed.x0 + printed.x1)) < 4


def _was_meant(draft: Draft, last: PrintedLine, printed: PrintedLine) -> bool:
    """Whether the line before was ended on purpose: its successor's first word would have fitted."""
    room = fits(last, printed)
    if last.text[-1:] == "," and _INITIAL.match(printed.text) and printed.column[1] - printed.x1 > 10 * printed.size:
        return True  # the name under an office
    if room <= 0.2 or (draft.all("bold") and printed.bold > 0.88 and printed.text[:1].islower()):
        return False
    if last.text.endswith("-"):
        return False
    width = printed.column[1] - printed.column[0]
    if (
        last.text[-1:] in _STOPS
        or printed.text[:1].isupper()
        or printed.text[:1].isdigit()
        or printed.text[:1] in "«“‘\"'("
    ):
        return room > (0.6 if last.text[-1:] in ".:;?!" else 2.0)
    return room * printed.size > 0.35 * width
