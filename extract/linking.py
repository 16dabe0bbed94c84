"""Pairs of recommendations and passages, described by what can tie them: place, reference, shared words, order.

A pair's features are numbers; models.linker turns them into a probability, and extract.document.link keeps the pairs that hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.records import Heard, Pair, Recommendation
from extract.outline import Outline
from extract.passages import Passage
from extract.phrases import any_of, rules
from extract.references import Reference
from extract.sentences import sentences
from extract.terms import Similarity

FEATURES = (
    "row", "heading", "item", "statement", "above", "number", "ordinal", "group", "group_named", "except", "this",
    "points_elsewhere", "above_elsewhere", "place_elsewhere",
    "similar", "similar_rank", "similar_lead", "passage_rank", "names_addressee",
    "before_statement", "distance", "order_gap", "others_zone", "findings_zone", "reaction_zone",
    "stance", "foreign_topic", "first_person", "length", "is_item", "alone",
)  # fmt: skip

def pairs(outline: Outline, recommendations: Sequence[Recommendation], passages: Sequence[Passage]) -> list[Pair]:
    """Every recommendation with every passage, described."""
    if not recommendations or not passages:
        return []
    sim = Similarity([r.text for r in recommendations] + [p.text for p in passages])
    own = sim.counts[: len(recommendations)]
    theirs = sim.counts[len(recommendations) :]
    table = [[sim.of(a, b) for b in theirs] for a in own]
    answers_from = min((p.block for p in passages if _reacts(outline, p)), default=0)
    alone = [_alone(outline, p, answers_from) for p in passages]
    out = []
    for i, r in enumerate(recommendations):
        for j in range(len(passages)):
            values = _values(recommendations, passages, table, i, j) | alone[j]
            out.append(Pair(r.ordinal, j, tuple(round(values.get(f, 0.0), 4) for f in FEATURES)))
    return out


def heard(outline: Outline, passages: Sequence[Passage]) -> list[Heard]:
    """Each passage as models.linker hears it."""
    return [Heard(p.block, p.text, tuple(sentences(p.text)), tuple(_around(outline, p))) for p in passages]


def _around(outline: Outline, passage: Passage) -> list[str]:
    """Words for where a passage stands: its heading, its zone, its kind; for a cell the header of its column."""
    i = passage.block
    block = outline.blocks[i]
    words = [f"head={w}" for w in re.findall(r"\w+", outline.heading_text(i).lower())]
    if block.kind == "table":
        header = outline.header(i, block.text[: passage.start].count(" | "))
        words += [f"column={w}" for w in re.findall(r"\w+", header.lower())]
    return [*words, f"zone={outline.zones[i]}", f"kind={block.kind}"]


def _reacts(outline: Outline, passage: Passage) -> bool:
    return outline.zones[passage.block] == "reaction" or bool(passage.place) or bool(passage.above)


def _values(recommendations, passages, table, i, j) -> dict[str, float]:
    r, p = recommendations[i], passages[j]
    kinds = _reference_kinds(p.references, r.ordinal)
    pointed = {o for ref in p.references if ref.kind in ("number", "ordinal") for o in ref.ordinals}
    own = table[i][j]
    rivals = [table[k][j] for k in range(len(table)) if k != i]
    column = sorted((row[j] for row in table), reverse=True)
    values = {place: 1.0 for o, place in p.place.items() if o == r.ordinal}
    values |= dict.fromkeys(kinds, 1.0)
    values["group_named"] = float("group" in kinds and _decides(p, r.ordinal))
    values |= {
        "above": float(r.ordinal in p.above),
        "above_elsewhere": float(bool(p.above) and r.ordinal not in p.above),
        "points_elsewhere": float(bool(pointed) and r.ordinal not in pointed),
        "place_elsewhere": float(bool(p.place) and r.ordinal not in p.place),
        "similar": own,
        "similar_rank": float(column.index(own)),
        "similar_lead": own - max(rivals, default=0.0),
        "passage_rank": float(sum(v > own for v in table[i])),
        "names_addressee": float(_names(p.text, r.addressee)),
        "alone": float(len(table) == 1),
    }
    return values | _order(recommendations, passages, i, j)


def _order(recommendations, passages, i, j) -> dict[str, float]:
    """Where the passage stands relative to the statement, and to the order of the recommendations."""
    r, p = recommendations[i], passages[j]
    last = max(q.sources[0].block for q in recommendations)
    later = [k for k, q in enumerate(passages) if q.block > last]
    share = (later.index(j) + 0.5) / len(later) if j in later else -1.0
    return {
        "before_statement": float((p.block, p.start) < (r.sources[0].block, r.sources[0].start)),
        "distance": min(20.0, abs(p.block - r.sources[0].block)) / 20.0,
        "order_gap": abs(share - (i + 0.5) / len(recommendations)) if share >= 0 else 1.0,
    }


def _alone(outline, p, answers_from) -> dict[str, float]:
    """What the passage tells whatever the recommendation: its zone, and whether it speaks as an answer does."""
    zone, text = outline.zones[p.block], p.text
    return {
        "others_zone": float(zone in ("others", "closing")),
        "findings_zone": float(zone == "findings" or p.block < answers_from),
        "reaction_zone": float(zone == "reaction"),
        "stance": float(bool(any_of(rules("linking")["stance"]).search(text))),
        "foreign_topic": float(bool(any_of(rules("linking")["foreign_topic"]).search(text))),
        "first_person": float(bool(re.search(r"\b(?:ik|wij|mijn|ons|het kabinet)\b", text, re.IGNORECASE))),
        "length": min(len(text), 1500) / 1500,
        "is_item": float(outline.blocks[p.block].kind == "item"),
    }


def _reference_kinds(references: Sequence[Reference], ordinal: int) -> set[str]:
    kinds = set()
    for ref in references:
        if ordinal in ref.ordinals:
            kinds.add({"group": "group"}.get(ref.kind, ref.kind))
        if ref.kind == "this":
            kinds.add("this")
    if "except" in kinds:
        kinds.discard("group")
    return kinds


def _decides(passage: Passage, ordinal: int) -> bool:
    """Whether the sentence that speaks of the group also says what becomes of it."""
    decide = any_of(rules("linking")["decide"])
    for ref in passage.references:
        if ref.kind == "group" and ordinal in ref.ordinals:
            start = passage.text.rfind(". ", 0, ref.start) + 1
            stop = passage.text.find(". ", ref.end)
            if decide.search(passage.text[start : stop if stop > 0 else len(passage.text)]):
                return True
    return False


def _names(text: str, addressee: str) -> bool:
    name = re.sub(r"^(?:de|het|alle)\s+", "", addressee.strip())
    return len(name) > 2 and name.lower() not in ("ik", "mij", "ons") and name.lower() in text.lower()
