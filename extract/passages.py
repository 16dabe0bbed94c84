"""The passages of a letter that can answer a recommendation, and what their place tells of the recommendation that they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.records import Recommendation
from extract.outline import Outline
from extract.references import Reference, find_references


@dataclass(frozen=True)
class Passage:
    """A paragraph, a part of one, an item or a table cell: the characters [start, end) of block `block`.

    place       ordinal → how the place ties it to that recommendation: row, heading, item, statement
    references  what its own words point at; `above` what the headings above it point at
    """

    block: int
    start: int
    end: int
    text: str
    place: dict[int, str] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    above: tuple[int, ...] = ()


def find_passages(outline: Outline, recommendations: Sequence[Recommendation]) -> list[Passage]:
    """All passages of the letter in reading order, the statements of the recommendations left out."""
    stated = _stated(recommendations)
    out: list[Passage] = []
    for i, block in enumerate(outline.blocks):
        if block.kind == "table":
            out += _cells(outline, i, stated.get(i, []), recommendations)
        elif block.kind in ("paragraph", "item") and not _is_closing_line(block.text):
            out += _parts(outline, i, stated.get(i, []), recommendations)
    return [_placed(outline, p, recommendations, stated) for p in out]


def _stated(recommendations: Sequence[Recommendation]) -> dict[int, list[tuple[int, int, int]]]:
    """block → (start, end, ordinal) of the recommendations stated in it."""
    out: dict[int, list[tuple[int, int, int]]] = {}
    for r in recommendations:
        for s in r.sources:
            out.setdefault(s.block, []).append((s.start, s.end, r.ordinal))
    return out


def _is_closing_line(text: str) -> bool:
    return (
        len(text) < 90
        and not text.rstrip().endswith((".", ":", ";", "?"))
        and bool(
            re.match(r"(?:Aan de |Geachte|Den Haag|Hoogachtend|De [Mm]inister|De [Ss]taatssecretaris|[A-Z]\.)", text)
        )
    )


def _passage(
    outline: Outline, i: int, start: int, end: int, recommendations: Sequence[Recommendation], place: dict[int, str]
) -> Passage:
    text = outline.blocks[i].text[start:end]
    return Passage(i, start, end, text, place, tuple(find_references(text, recommendations)))


def _cells(
    outline: Outline, i: int, stated: list[tuple[int, int, int]], recommendations: Sequence[Recommendation]
) -> list[Passage]:
    """The cells of a row beside the one that states the recommendation."""
    block, out, at = outline.blocks[i], [], 0
    for cell in block.cells:
        inside = any(s < at + len(cell) and at < e for s, e, _ in stated)
        if not inside and stated and len(cell) > 3 and block.level:
            out.append(_passage(outline, i, at, at + len(cell), recommendations, {o: "row" for _, _, o in stated}))
        at += len(cell) + 3
    return out


def _parts(
    outline: Outline, i: int, stated: list[tuple[int, int, int]], recommendations: Sequence[Recommendation]
) -> list[Passage]:
    """A block without statements as one passage; else the sentences between and after the statements."""
    block = outline.blocks[i]
    if not stated:
        return [_passage(outline, i, 0, len(block.text), recommendations, {})]
    if block.kind == "item":
        end = max(e for _, e, _ in stated)
        rest = block.text[end:].lstrip(" .;:»”")
        return (
            [
                _passage(
                    outline,
                    i,
                    len(block.text) - len(rest),
                    len(block.text),
                    recommendations,
                    {o: "statement" for *_, o in stated},
                )
            ]
            if len(rest) > 25
            else []
        )
    out, run = [], []
    told: list[int] = []
    for start, end in outline.sentences(i):
        here = [o for s, e, o in stated if s < end and start < e]
        if here:
            out += _close(outline, i, run, told, recommendations)
            told = here if run or not told else told + here
            run = _rest_of_sentence(outline, i, start, end, stated)
        elif run and told and _turns_to_all(block.text[start:end]):
            out += _close(outline, i, run, told, recommendations)
            run, told = [(start, end)], []
        else:
            run.append((start, end))
    return out + _close(outline, i, run, told, recommendations)


def _turns_to_all(sentence: str) -> bool:
    """'Ook wordt reeds op een aantal aanbevelingen ingespeeld': no longer about the recommendation just stated."""
    return bool(re.search(r"\b(?:een aantal|de overige|de andere|diverse|verschillende|enkele|alle)\s+(?:van de\s+)?(?:\w+\s+)?aanbevelingen\b", sentence))


def _rest_of_sentence(
    outline: Outline, i: int, start: int, end: int, stated: list[tuple[int, int, int]]
) -> list[tuple[int, int]]:
    """The part of a stating sentence after its statement, when it is long enough to say something."""
    last = max(e for s, e, _ in stated if s < end and start < e)
    closes_quote = outline.blocks[i].text[last : last + 2].lstrip()[:1] in ("»", "”", "’")
    return [(last, end)] if end - last > 40 and not closes_quote else []


def _close(
    outline: Outline, i: int, run: list[tuple[int, int]], told: list[int], recommendations: Sequence[Recommendation]
) -> list[Passage]:
    if not run or run[-1][1] - run[0][0] < 12:
        return []
    return [_passage(outline, i, run[0][0], run[-1][1], recommendations, dict.fromkeys(told, "statement"))]


def _placed(
    outline: Outline,
    passage: Passage,
    recommendations: Sequence[Recommendation],
    stated: dict[int, list[tuple[int, int, int]]],
) -> Passage:
    place = dict(passage.place)
    headings = outline.headings[passage.block]
    for r in recommendations:
        block = r.sources[0].block
        kind = outline.blocks[block].kind
        if kind == "heading" and block in headings:
            place.setdefault(r.ordinal, "heading")
        elif (
            kind in ("item", "paragraph")
            and block < passage.block
            and _directly_under(outline, block, passage.block, stated)
        ):
            place.setdefault(r.ordinal, "item")
    return Passage(
        passage.block,
        passage.start,
        passage.end,
        passage.text,
        place,
        passage.references,
        _above(outline, passage.block, recommendations),
    )


def _directly_under(outline: Outline, block: int, i: int, stated: dict[int, list[tuple[int, int, int]]]) -> bool:
    """Whether block i follows the statement in `block` with no other statement or heading between, and it is one of a row so answered."""
    between = range(block + 1, i)
    if any(outline.blocks[j].kind == "heading" or j in stated for j in between) or i - block > 4:
        return False
    after = next((j for j in range(i, len(outline.blocks)) if j in stated), None)
    before = any(j < block for j in stated)
    whole = len(outline.blocks[block].text) - sum(e - s for s, e, _ in stated[block]) < 40
    return whole and (after is not None or before) and not _is_last_of_list(outline, block, stated)


def _is_last_of_list(outline: Outline, block: int, stated: dict[int, list[tuple[int, int, int]]]) -> bool:
    """Whether the block ends a list whose items follow each other: then what comes after it speaks of the list."""
    return block - 1 in stated and outline.blocks[block].kind == outline.blocks[block - 1].kind == "item"


def _above(outline: Outline, i: int, recommendations: Sequence[Recommendation]) -> tuple[int, ...]:
    """Ordinals at which the nearest heading, or a short item that serves as one, points."""
    heads = [h for h in outline.headings[i] if outline.blocks[h].kind == "heading"]
    if outline.blocks[i].kind == "paragraph":
        j = i - 1
        while j > 0 and outline.blocks[j].kind == "paragraph" and i - j < 4:
            j -= 1
        if (
            outline.blocks[j].kind == "item"
            and len(outline.blocks[j].text) < 110
            and not any(s.block == j for r in recommendations for s in r.sources)
        ):
            heads.append(j)
    for h in reversed(heads):
        text = (outline.blocks[h].number + " " if outline.blocks[h].number.lower() in ("ad",) else "") + outline.blocks[
            h
        ].text
        found = {
            o
            for ref in find_references(text, recommendations)
            if ref.kind in ("number", "ordinal")
            for o in ref.ordinals
        }
        found |= _numbered_heading(text, recommendations)
        if found:
            return tuple(sorted(found))
    return ()


def _numbered_heading(text: str, recommendations: Sequence[Recommendation]) -> set[int]:
    """'Aanbeveling 3' as a heading, or 'Ad 3'."""
    match = re.match(
        r"\s*(?:aanbeveling|ad|reactie op aanbeveling|toelichting bij aanbeveling)\s+(\w+)\W*$", text, re.IGNORECASE
    )
    return {r.ordinal for r in recommendations if match and r.number and r.number.lower() == match[1].lower()}
