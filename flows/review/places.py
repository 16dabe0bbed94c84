"""Where words stand: from text to characters of blocks, from characters to boxes on pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from corpus.records import Block, Box, Reading, Source

JOINT = " […] "  # between the passages of an answer


class NotInDocument(ValueError):
    """These words do not stand in the document, one after the other; the message is the words."""


@dataclass(frozen=True)
class Outline:
    """A box to draw: of a recommendation or of its answer ('recommendation', 'answer')."""

    kind: str
    page: int
    box: Box


class Text:
    """The letters and digits of a reading, one after the other, each with its place."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        kept = [[(at, c.lower()) for at, c in enumerate(block.text) if c.isalnum()] for block in blocks]
        self.at = [place for block in kept for place, _ in block]
        self.starts = [0, *accumulate(len(block) for block in kept)]
        self.letters = "".join(c[0] for block in kept for _, c in block)

    def find(self, text: str) -> tuple[Source, ...]:
        """The places of `text`, whose passages are joined by ' […] '. Raises NotInDocument.

        Spaces, hyphens and punctuation may differ; the letters may not.
        """
        found: list[Source] = []
        for part in filter(None, (part.strip() for part in text.split(JOINT))):
            letters = "".join(c.lower()[0] for c in part if c.isalnum())
            start = self.letters.find(letters) if letters else -1
            if start < 0:
                raise NotInDocument(part)
            found += self._sources(start, start + len(letters))
        return tuple(found)

    def _sources(self, start: int, end: int) -> list[Source]:
        places = [(bisect_right(self.starts, n) - 1, self.at[n]) for n in range(start, end)]
        whole = [(block, [at for _, at in group]) for block, group in groupby(places, key=lambda place: place[0])]
        return [Source(block, at[0], self._to_the_end(block, at[-1] + 1)) for block, at in whole]

    def _to_the_end(self, block: int, end: int) -> int:
        """Past the closing punctuation of a sentence."""
        text = self.blocks[block].text
        while end < len(text) and text[end] in ".!?)”’\"'":
            end += 1
        return end


def same(blocks: Sequence[Block], sources: Sequence[Source], text: str) -> bool:
    """Whether these places hold `text`: not when the file is now read in another way or the text was corrected."""
    if not sources or any(source.block >= len(blocks) for source in sources):
        return False
    there = "".join(blocks[source.block].text[source.start : source.end] for source in sources)
    return [c for c in there if c.isalnum()] == [c for c in text if c.isalnum()]


def outlines(reading: Reading, sources: Sequence[Source], kind: str) -> list[Outline]:
    """One box for each printed line that the places touch."""
    return [
        Outline(kind, line.page, line.box)
        for source in sources
        for line in reading.blocks[source.block].lines
        if line.start < source.end and line.end > source.start
    ]


def page_of(blocks: Sequence[Block], sources: Sequence[Source]) -> int:
    """The page on which the first of these places begins, 1-based."""
    block = blocks[sources[0].block]
    return next((line.page for line in block.lines if line.end > sources[0].start), block.page)


def page_text(reading: Reading, page: int) -> str:
    """The main text of one page, a blank line between blocks."""
    blocks = [b for b in reading.blocks if b.page == page or any(line.page == page for line in b.lines)]
    return "\n\n".join(f"{block.number} {block.text}".strip() for block in blocks)
