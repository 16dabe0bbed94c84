"""Labels that open a list item or a numbered heading: '3.', 'a)', 'IV.', '1.2', a bullet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.reading.characters import is_bullet
from extract.reading.lines import PrintedLine

_POINTED = re.compile(
    r"\(?((?:\d{1,3}[a-z]?|[a-zA-Z]|[ivxl]{1,6}|[IVXL]{1,6})(?:\.\d{1,2}[a-z]?){0,4})(?:[.)]|\.\)|°)$"
)
_PLAIN = re.compile(r"((?:\d{1,2}[a-z]?|[IVXL]{1,6}|[A-Z])(?:\.\d{1,2}[a-z]?){0,4})$")


@dataclass(slots=True, frozen=True)
class Label:
    """number: as printed, without point or bracket; '•' for a bullet. length: characters up to the text.

    text_x: where the text starts, points. wide: a gap stands after it that is no common space.
    pointed: a point or bracket follows.
    """

    number: str
    length: int
    x: float
    text_x: float
    wide: bool
    pointed: bool

    @property
    def bullet(self) -> bool:
        return self.number == "•"

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1


def label(printed: PrintedLine) -> Label | None:
    """The label at the head of a line, None where it has none. Whether it counts is for the lines around it to say."""
    word, _, rest = printed.text.partition(" ")
    if not rest or len(word) > 12:
        return None
    first = printed.segments[0]
    text_x = first.second_x0
    if text_x >= first.x1 and len(printed.segments) > 1:
        text_x = printed.segments[1].x0
    wide = text_x - first.first_x1 > 0.5 * printed.size
    if is_bullet(word):
        if word in "o·–—−-*∙" and not (wide or text_x - first.first_x1 > 0.42 * printed.size) and word == "o":
            return None
        return Label("•", len(word) + 1, printed.x0, text_x, wide, False)
    match = _POINTED.match(word) or _PLAIN.match(word)
    if not match:
        return None
    pointed = word[-1] in ".)°"
    if len(match[1]) == 1 and match[1].isupper() and not wide and match[1] not in "IVX":
        return None  # an initial: 'A. de Vries'
    return Label(match[1], len(word) + 1, printed.x0, text_x, wide, pointed)
