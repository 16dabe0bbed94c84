"""What the finders hand on: a candidate is a passage that states a recommendation, with how it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from corpus.records import Source
from extract.issuers import Issuer
from extract.outline import Outline
from extract.phrases import any_of, rules

# '(i) … (ii) …' or '(1) … (2) …' within a sentence or a box: each part is a recommendation of its own.
ENUMERATED = re.compile(r"(?:(?<=\s)|^)\(?(?P<number>[ivx]{1,5}|[a-h]|\d{1,2})\)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One passage that states a recommendation. `form`: list, heading, table, box, labelled, prose."""

    sources: tuple[Source, ...]
    text: str
    form: str
    number: str = ""
    addressee: str = ""
    rule: str = ""
    sure: float = 1.0  # 0 to 1: how surely this form states a recommendation

    @property
    def block(self) -> int:
        return self.sources[0].block

    def at(self) -> tuple[int, int]:
        """Reading order."""
        return self.sources[0].block, self.sources[0].start

    def with_addressee(self, addressee: str) -> Candidate:
        return replace(self, addressee=self.addressee or addressee)


@dataclass(frozen=True)
class Context:
    """What every finder needs of the document: its outline, its kind and the bodies that made the report."""

    outline: Outline
    kind: str  # 'letter' or 'report'
    issuers: tuple[Issuer, ...] = field(default=())

    @cached_property
    def speaks(self) -> bool:
        """Whether the document is about recommendations at all: it opens with the report of a body, or speaks of its advice more than once."""
        strong = any_of(rules("recommendations")["announce"]["strong"])
        told = sum(1 for b in self.outline.blocks if b.kind != "footnote" for _ in strong.finditer(b.text))
        opening = " ".join(b.text for b in self.outline.blocks[:8] if b.kind == "paragraph")
        names = "|".join(re.escape(n) for i in self.issuers for n in i.names)
        report = bool(names) and re.search(
            rf"\b(?:rapport|advies|onderzoek|evaluatie|signaal)\b.{{0,200}}\b(?:{names})\b|\b(?:{names})\b.{{0,200}}\b(?:rapport|advies|onderzoek|evaluatie|signaal)\b",
            opening,
        )
        return self.kind == "report" or (bool(self.issuers) and (told >= 2 or bool(report)))

    def outside(self, i: int) -> bool:
        """Whether block i stands where a report states no recommendations of its own: norms, annexes, replies to the draft."""
        return self.kind == "report" and self.outline.zones[i] in ("norms", "annex", "feedback")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space, list punctuation and closing points at its ends."""
    while start < end and text[start] in " \t:–—-•«“‘\"'":
        start += 1
    while end > start and text[end - 1] in " \t.;,:»”’\"'":
        end -= 1
    return start, end


def candidate(outline: Outline, block: int, start: int, end: int, form: str, **more) -> Candidate:
    """A candidate of one span of one block."""
    text = outline.blocks[block].text
    start, end = trimmed(text, start, end)
    return Candidate((Source(block, start, end),), text[start:end], form, **more)


def enumerated(
    outline: Outline, block: int, marks: list[re.Match[str]], end: int, form: str, addressee: str = ""
) -> Iterator[Candidate]:
    """A candidate for each numbered part; the marks count in the block's text, and the last part ends at `end`."""
    text = outline.blocks[block].text
    for mark, stop in zip(marks, [*(m.start() for m in marks[1:]), end], strict=True):
        part = re.sub(r"[\s,;]+(?:en|alsmede)?\s*$", "", text[mark.end() : stop])
        yield candidate(
            outline,
            block,
            mark.end(),
            mark.end() + len(part),
            form,
            number=mark["number"],
            addressee=addressee,
            rule="enumerated",
            sure=0.9,
        )
