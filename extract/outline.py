"""The outline of a document: for each block its headings, its zone, its sentences, and the list that it is an item of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from corpus.records import Block
from extract.phrases import any_of, rules
from extract.sentences import Span, sentences


@dataclass(frozen=True)
class ItemList:
    """A run of list items under one lead-in. `items` and `lead` are block numbers; lead is -1 when nothing precedes."""

    items: tuple[int, ...]
    lead: int


class Outline:
    """Blocks with what their surroundings tell. Block numbers are positions in `blocks` everywhere."""

    def __init__(self, blocks: tuple[Block, ...]):
        self.blocks = blocks
        self._sentences: dict[int, list[Span]] = {}

    def sentences(self, i: int) -> list[Span]:
        """Spans of the sentences of block i."""
        if i not in self._sentences:
            self._sentences[i] = sentences(self.blocks[i].text)
        return self._sentences[i]

    @cached_property
    def headings(self) -> list[tuple[int, ...]]:
        """For each block the block numbers of the headings above it, outermost first (a heading's own number included)."""
        path: list[int] = []
        out = []
        for i, block in enumerate(self.blocks):
            if block.kind == "heading":
                while path and self.blocks[path[-1]].level >= block.level:
                    path.pop()
                path.append(i)
            out.append(tuple(path))
        return out

    @cached_property
    def zones(self) -> list[str]:
        """For each block the zone that its innermost telling heading opens, '' before the first (rules/zones.toml)."""
        patterns = [(z["name"], any_of(z["phrases"])) for z in rules("zones")["zone"]]
        named: dict[int, str] = {}
        for i, block in enumerate(self.blocks):
            if block.kind == "heading":
                named[i] = next((name for name, pattern in patterns if pattern.search(block.text)), "")
        return [next((named[h] for h in reversed(path) if named[h]), "") for path in self.headings]

    def heading_text(self, i: int) -> str:
        """The innermost heading above block i, or ''."""
        path = self.headings[i]
        return self.blocks[path[-1]].text if path else ""

    def header(self, i: int, column: int) -> str:
        """The header above a cell of table row i, '' where its table has none."""
        while i > 0 and self.blocks[i].level and self.blocks[i - 1].kind == "table":
            i -= 1
        cells = self.blocks[i].cells
        return cells[column] if self.blocks[i].level == 0 and column < len(cells) else ""

    @cached_property
    def lists(self) -> list[ItemList]:
        """The lists: items that follow each other, also with paragraphs between them where the numbers go on."""
        out: list[ItemList] = []
        items: list[int] = []
        lead = -1
        for i, block in enumerate(self.blocks):
            if block.kind != "item":
                continue
            if items and self._goes_on(items[-1], i):
                items.append(i)
                continue
            if items:
                out.append(ItemList(tuple(items), lead))
            items, lead = [i], self._lead(i)
        if items:
            out.append(ItemList(tuple(items), lead))
        return out

    def _lead(self, i: int) -> int:
        before = i - 1
        while before >= 0 and self.blocks[before].kind == "footnote":
            before -= 1
        return before

    def _goes_on(self, last: int, i: int) -> bool:
        if all(self.blocks[j].kind in ("item", "footnote") for j in range(last, i)):
            return True
        same_section = self.headings[last] == self.headings[i]
        return same_section and _follows(self.blocks[last].number, self.blocks[i].number) and i - last <= 4

    def lead_text(self, lst: ItemList) -> str:
        """The paragraph that introduces the list, '' when a heading or nothing does."""
        return self.blocks[lst.lead].text if lst.lead >= 0 and self.blocks[lst.lead].kind == "paragraph" else ""


def _follows(a: str, b: str) -> bool:
    """Whether number b comes after number a: 2 after 1, 1b after 1a, 2 or 2a after 1c, A2 after A1."""
    x, y = _ordinal_value(a), _ordinal_value(b)
    if x is not None and y is not None:
        return y == x + 1
    parts = [re.fullmatch(r"([A-Za-z]?)(\d+)([a-z]?)", n.strip("().")) for n in (a, b)]
    if None in parts:
        return False
    (letter, number, part), (letter2, number2, part2) = (m.groups() for m in parts)
    if letter != letter2:
        return False
    if number == number2:
        return bool(part and part2) and ord(part2) == ord(part) + 1
    return int(number2) == int(number) + 1 and part2 in ("", "a")


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def _ordinal_value(number: str) -> int | None:
    """1 for '1', 'a', 'I'; 12 for '12'; None when the number is no simple one ('1a', '•')."""
    number = number.strip("().").lower()
    if number.isdigit():
        return int(number)
    if re.fullmatch(r"[ivxl]+", number) and number not in ("l", "x", "v"):
        values = [_ROMAN[c] for c in number]
        return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))
    if re.fullmatch(r"[a-z]", number):
        return ord(number) - 96
    return None
