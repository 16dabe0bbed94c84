"""Recommendations that carry a label: a heading or paragraph 'Aanbeveling 3: Leg vast …', a box, a heading that is one, a table column."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import Block
from extract.phrases import any_of, rules
from extract.recommendations.addressees import (
    noted_after,
    without_note,
)
from extract.recommendations.candidates import ENUMERATED, Candidate, Context, candidate, enumerated
from extract.recommendations.forms import asking_part, asks, is_imperative
from extract.recommendations.provenance import own_names

_NUMBER = r"(?P<number>[A-Z]?\d{1,2}[a-z]?|[IVX]{1,5}|[A-Ha-h])"
_LABEL = re.compile(
    rf"^\s*(?:[Dd]e\s+)?(?:Aanbeveling(?:en)?|Hoofdaanbeveling|Deelaanbeveling|Advies|Aandachtspunt|Verbeterpunt)(?:\s+{_NUMBER}(?![\w]))?\s*(?:,\s*)?(?P<to>(?:aan|voor|\(aan)\s[^:.]{{2,110}}?)?\)?\s*(?P<sep>[:.–—-]|$)\s*(?P<text>.*)$",
    re.DOTALL,
)
NUMBERED = re.compile(rf"^\s*{_NUMBER}\s*[.):–-]?\s+(?P<text>\S.*)$")
_QUOTED = re.compile(r"^\s*[«“‘\"'](?P<text>.+?)[»”’\"']\.?\s*$", re.DOTALL)
_QUOTED_START = re.compile(
    rf"^\s*(?:{_NUMBER}\s*[.):–-]\s*)?(?:\((?:aan|gericht aan|voor)?\s*(?P<to>[^)]+)\)\s*)?[«“](?P<text>[^«»“”]{{15,}}?)[»”]"
)
_ANSWERS = re.compile(r"(?:Deze|Dit|Die|Ik|Wij|Het kabinet|Hier|Hiermee|Daar|Aan deze|Met deze)\b")
_REACTION = re.compile(r"\s(?:Reactie|Antwoord)\s*:\s")


def labelled(context: Context) -> Iterator[Candidate]:
    """Candidates from labelled paragraphs, boxes and headings."""
    outline = context.outline
    for i, block in enumerate(outline.blocks):
        if context.outside(i) or block.kind not in ("heading", "paragraph", "item"):
            continue
        match = _LABEL.match(block.text)
        quoted = _QUOTED_START.match(block.text) if block.kind != "heading" else None
        if quoted and asks(quoted["text"]) and _quotes_are_usual(context):
            number, to = quoted["number"] or block.number, quoted["to"] or ""
            yield candidate(
                outline,
                i,
                *quoted.span("text"),
                "labelled",
                number=number.replace("•", ""),
                addressee=to,
                rule="quote-first",
            )
        elif match and match["text"]:
            yield from _with_text(context, i, match)
        elif match and block.kind == "heading":
            yield from _quoted_below(context, i, match["number"] or "")
        elif block.kind == "heading":
            yield from _quoted_heading(context, i) or _heading(context, i)


def _quotes_are_usual(context: Context) -> bool:
    """Whether at least two blocks begin by quoting an order: then this letter sets out the recommendations so."""
    starts = (_QUOTED_START.match(b.text) for b in context.outline.blocks if b.kind in ("paragraph", "item"))
    return sum(bool(m) and asks(m["text"]) for m in starts) >= 2


def _with_text(context: Context, i: int, match: re.Match[str]) -> Iterator[Candidate]:
    block = context.outline.blocks[i]
    start, end = match.span("text")
    reaction = _REACTION.search(block.text, start)
    end = reaction.start() if reaction else end
    if block.kind == "heading" and not (
        asks(block.text[start:end]) or _among_orders(context, i, block.text[start:end])
    ):
        return
    parts = list(ENUMERATED.finditer(block.text, start, end))
    to = re.sub(r"^\(?(?:aan|voor)\s+", "", match["to"] or "").strip(" )")
    if len(parts) >= 2 or (parts and parts[0].start() <= start + 1):
        yield from enumerated(context.outline, i, parts, end, "box" if block.role == "box" else "labelled", to)
        return
    if block.kind == "paragraph" and not (match["sep"] in (":", "–", "—", "-") or match["number"]):
        return
    if (
        block.kind == "paragraph"
        and not asks(block.text[start:end])
        and ((match["sep"] != ":" and not to) or _ANSWERS.match(block.text[start:end]))
    ):
        return
    form = "box" if block.role == "box" else "labelled"
    if block.kind != "heading":
        spans = [(max(start, a), min(end, b)) for a, b in context.outline.sentences(i) if b > start and a < end]
        end = asking_part(block.text, spans)
    start, end, noted = without_note(block.text, start, end)
    to = to or noted or noted_after(block.text, end)
    yield candidate(context.outline, i, start, end, form, number=match["number"] or "", addressee=to, rule="label")


def _among_orders(context: Context, i: int, text: str) -> bool:
    """Whether most other headings with such a label are orders, so that this one is too, with a verb that we do not know."""
    others = [
        m["text"]
        for j, b in enumerate(context.outline.blocks)
        if b.kind == "heading" and j != i and (m := _LABEL.match(b.text)) and m["text"]
    ]
    return len(text.split()) >= 5 and len(others) >= 2 and sum(map(asks, others)) * 2 >= len(others)


def _quoted_below(context: Context, i: int, number: str) -> Iterator[Candidate]:
    """A heading 'Aanbeveling 3' and under it the recommendation, in quotes or as an order."""
    blocks = context.outline.blocks
    if i + 1 >= len(blocks) or blocks[i + 1].kind not in ("paragraph", "item"):
        return
    below = blocks[i + 1]
    quoted = _QUOTED.match(below.text)
    if quoted:
        yield candidate(context.outline, i + 1, *quoted.span("text"), "labelled", number=number, rule="label-quote")
    elif is_imperative(below.text) and below.kind == "paragraph":
        yield candidate(context.outline, i + 1, 0, len(below.text), "labelled", number=number, rule="label-below")


_QUOTED_HEADING = re.compile(
    rf"^\s*(?:{_NUMBER}\s*[.):–-]\s*)?[«“](?P<text>[^«»“”]+)[»”]\s*(?:\((?P<to>[^)]+)\))?\s*$", re.IGNORECASE
)


def _quoted_heading(context: Context, i: int) -> list[Candidate]:
    """A heading that quotes a recommendation: 'B. «Wijs voor elke jongere één begeleider aan» (gemeenten)'."""
    block = context.outline.blocks[i]
    match = _QUOTED_HEADING.match(block.text)
    if not match or not asks(match["text"]):
        return []
    number = match["number"] or block.number
    return [
        candidate(
            context.outline,
            i,
            *match.span("text"),
            "heading",
            number=number or "",
            addressee=match["to"] or "",
            rule="heading-quote",
        )
    ]


def _heading(context: Context, i: int) -> Iterator[Candidate]:
    """A heading that is itself an order: '2. Verplicht gemeenten om …', and its neighbours are so too or it stands among recommendations."""
    blocks = context.outline.blocks
    text = blocks[i].text
    match = NUMBERED.match(text)
    number = blocks[i].number or (match["number"] if match else "")
    start = match.start("text") if match and not blocks[i].number else 0
    if i in _announced(context):
        yield candidate(context.outline, i, start, len(text), "heading", number=number, rule="heading-announced")
        return
    if not (_is_order(text[start:]) or (number and len(text.split()) >= 4 and asks(text[start:]))):
        return
    siblings = [b for b in blocks if b.kind == "heading" and b.level == blocks[i].level and b is not blocks[i]]
    orders = sum(_is_order(_bare(b)) or (bool(number) and asks(_bare(b))) for b in siblings)
    if orders >= 2 or (orders and context.outline.zones[i] == "recommendations"):
        yield candidate(context.outline, i, start, len(text), "heading", number=number, rule="heading")


_AS_HEADINGS = re.compile(r"\b(?:tussen)?kop(?:je|jes|pen)?\b|\bopschrift(?:en)?\b", re.IGNORECASE)


def _announced(context: Context) -> frozenset[int]:
    """The headings that a paragraph announces to be the recommendations: 'Zij staan in de kopjes hieronder.'"""
    outline = context.outline
    announce = any_of(
        rules("recommendations")["announce"]["phrases"] + rules("recommendations")["prose"]["noun_of_column"]
    )
    for i, block in enumerate(outline.blocks):
        if (
            context.kind == "letter"
            and context.speaks
            and block.kind == "paragraph"
            and _AS_HEADINGS.search(block.text)
            and (announce.search(block.text) or own_names(context).search(block.text))
        ):
            return frozenset(_headings_after(context, i))
    return frozenset()


def _headings_after(context: Context, i: int) -> list[int]:
    """The deepest headings from block i to the end of its section; before the first section, to the end of the letter."""
    blocks, zones = context.outline.blocks, context.outline.zones
    level = blocks[context.outline.headings[i][-1]].level if context.outline.headings[i] else 0
    found = []
    for j in range(i + 1, len(blocks)):
        if blocks[j].kind == "heading":
            if (level and blocks[j].level < level) or (
                blocks[j].level == level and found and blocks[found[0]].level > level
            ):
                break
            if not (zones[j] in ("others", "closing") and not is_imperative(_bare(blocks[j]))):
                found.append(j)
    deepest = max((blocks[j].level for j in found), default=0)
    return [j for j in found if blocks[j].level == deepest and len(blocks[j].text.split()) >= 3]


def _bare(block: Block) -> str:
    match = NUMBERED.match(block.text)
    return match["text"] if match and not block.number else block.text


def _is_order(text: str) -> bool:
    return len(text.split()) >= 4 and is_imperative(text) and not text.rstrip().endswith("?")
