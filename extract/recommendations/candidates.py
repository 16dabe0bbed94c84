"""What the finders hand on: a candidate is a passage that states a recommendation, with how it was found."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from corpus.records import Source
from extract.issuers import Issuer
from extract.outline import Outline


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
