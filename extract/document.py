"""One read document becomes an extraction: metadata, recommendations, the passages that may answer them, commitments.

What needs a trained model happens between the functions here: `survey` describes every piece that may state a
recommendation, models say which do; `extract` describes each pair of recommendation and passage, a model says how likely
one answers the other; `link` keeps the pairs that hold.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.records import Clause, Commitment, Heard, Metadata, Pair, Reading, Recommendation, Source, Unit
from extract.commitments import Promise, find_commitments
from extract.issuers import Issuer
from extract.linking import heard, pairs
from extract.metadata import find_metadata
from extract.outline import Outline
from extract.passages import Passage, find_passages
from extract.recommendations import addressed, by_rules, candidates, recommendations_of
from extract.recommendations.candidates import Candidate, Context
from extract.recommendations.chosen import chosen
from extract.recommendations.once import content_words
from extract.recommendations.units import units


@dataclass(frozen=True)
class Survey:
    """One document before any model saw it: what it says of itself, and every piece that may state a recommendation."""

    document_id: str
    metadata: Metadata
    context: Context
    written: tuple[date | None, bool] = (None, False)
    candidates: tuple[Candidate, ...] = ()
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class Extraction:
    """What was found in one document before any model judged it."""

    document_id: str
    metadata: Metadata
    outline: Outline
    recommendations: tuple[Recommendation, ...] = ()
    passages: tuple[Passage, ...] = ()
    pairs: tuple[Pair, ...] = ()
    heard: tuple[Heard, ...] = ()
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Recommendation `ordinal` is answered by passage number `passage`; `kind` tells by what they were tied."""

    ordinal: int
    passage: int
    kind: str
    probability: float


def document_id_of(sha256: str) -> str:
    """The identity of a document: the same bytes give the same identity, whatever the file is called."""
    return f"d{sha256[:12]}"


def survey(reading: Reading) -> Survey:
    """The first look at a document. Motions, questions and answers and the like give only metadata."""
    document_id = document_id_of(reading.sha256)
    metadata, issuers = find_metadata(reading)
    context = Context(Outline(tuple(b for b in reading.blocks if b.role != "address")), metadata.kind, issuers)
    if not metadata.kind:
        return Survey(document_id, metadata, context)
    found = tuple(candidates(context))
    return Survey(document_id, metadata, context, _written(reading, metadata), found, units(context, found))


def extract(seen: Survey, clauses: Sequence[Clause] | None = None) -> Extraction:
    """Everything in a document; `clauses` are the recommendations that the models found, None: by the rules alone."""
    context, metadata, outline = seen.context, seen.metadata, seen.context.outline
    if clauses is None:
        stated = by_rules(context, seen.candidates)
    else:
        stated = addressed(context, chosen(context, seen.units, clauses, seen.candidates))
    recommendations = tuple(
        _identified(_ascribed(outline, r, metadata, context.issuers), seen.document_id, i)
        for i, r in enumerate(_numbered(recommendations_of(context, stated)))
    )
    if metadata.kind != "letter":
        return Extraction(seen.document_id, metadata, outline, recommendations)
    passages = tuple(find_passages(outline, recommendations))
    promises = find_commitments(outline, recommendations, *seen.written)
    return Extraction(
        seen.document_id,
        metadata,
        outline,
        recommendations,
        passages,
        tuple(pairs(outline, recommendations, passages)),
        tuple(heard(outline, passages)),
        tuple(promises),
    )


def _written(reading: Reading, metadata: Metadata) -> tuple[date | None, bool]:
    """The day of writing, and whether it is known to the day; else the first day of the year that the letter bears."""
    if metadata.date:
        return date.fromisoformat(metadata.date), True
    for block in (*reading.furniture, *(b for b in reading.blocks if b.role == "address")):
        match = re.search(r"(?:Gravenhage|Den Haag,?|Datum|^)\s*((?:19|20)\d\d)\s*$", block.text)
        if match:
            return date(int(match[1]), 1, 1), False
    return None, False


def _numbered(found: Sequence[Recommendation]) -> list[tuple[Recommendation, int]]:
    """Each recommendation with how many before it have the same words (nearly always 0)."""
    seen: dict[str, int] = {}
    out = []
    for r in found:
        key = _plain(r.text)
        out.append((r, seen.get(key, 0)))
        seen[key] = seen.get(key, 0) + 1
    return out


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _identified(pair: tuple[Recommendation, int], document_id: str, position: int) -> Recommendation:
    recommendation, repeat = pair
    digest = hashlib.sha256(f"{_plain(recommendation.text)}#{repeat}".encode()).hexdigest()[:10]
    return replace(recommendation, recommendation_id=f"{document_id}-{digest}", ordinal=position + 1)


def _ascribed(outline: Outline, pair: tuple[Recommendation, int], metadata: Metadata, issuers: tuple[Issuer, ...]):
    """With the body that recommends: where a letter answers two, the one named last before the statement."""
    recommendation, repeat = pair
    issuer = issuers[0].name if issuers else ""
    if len(issuers) > 1:
        block = recommendation.sources[0].block
        before = [outline.blocks[j].text for j in range(max(0, block - 12), block)] + [
            outline.blocks[block].text[: recommendation.sources[0].start]
        ]
        issuer = _last_named(" \n".join(before), issuers) or issuer
    return replace(recommendation, issuer=issuer, report_title=metadata.report_title), repeat


def _last_named(text: str, issuers: tuple[Issuer, ...]) -> str:
    places = {i.name: max((text.rfind(name) for name in i.names), default=-1) for i in issuers}
    best = max(places, key=places.__getitem__)
    return best if places[best] >= 0 else ""


# ---- links

SURE, ENOUGH, NEARLY, NAMED = 0.50, 0.25, 0.6, 0.10


def link(extraction: Extraction, probabilities: Sequence[float]) -> list[Link]:
    """The pairs that hold: all that are likely; and for a recommendation without any, its best passage when that is likely
    enough, with those that are nearly as likely.
    """
    chances = _heeded(extraction, probabilities)
    best = likeliest(extraction, probabilities)
    return [
        Link(pair.ordinal, pair.passage, _kind(extraction.passages[pair.passage], pair.ordinal), p)
        for p, pair in sorted(zip(chances, extraction.pairs, strict=True), key=lambda x: (x[1].ordinal, x[1].passage))
        if p >= min(SURE, max(ENOUGH, NEARLY * best[pair.ordinal]))
    ]


def likeliest(extraction: Extraction, probabilities: Sequence[float]) -> dict[int, float]:
    """ordinal → the probability of its likeliest pair, kept or not."""
    out: dict[int, float] = {}
    for p, pair in zip(_heeded(extraction, probabilities), extraction.pairs, strict=True):
        out[pair.ordinal] = max(p, out.get(pair.ordinal, 0.0))
    return out


def _heeded(extraction: Extraction, probabilities: Sequence[float]) -> list[float]:
    """The probabilities, given that a passage which names a recommendation nearly always (nine times in ten) answers it."""
    named = (
        _kind(extraction.passages[pair.passage], pair.ordinal) in ("number", "ordinal") for pair in extraction.pairs
    )
    return [max(p, SURE) if told and p >= NAMED else p for p, told in zip(probabilities, named, strict=True)]


def _kind(passage: Passage, ordinal: int) -> str:
    if ordinal in passage.place:
        return passage.place[ordinal]
    kinds = [r.kind for r in passage.references if ordinal in r.ordinals]
    for kind in ("except", "number", "ordinal"):
        if kind in kinds:
            return kind
    return "above" if ordinal in passage.above else "group" if kinds else "meaning"


def commitments_of(extraction: Extraction, links: Sequence[Link]) -> tuple[Commitment, ...]:
    """The promises as records, each with the recommendations whose answer it stands in (or whose words it shares)."""
    ids = {r.ordinal: r.recommendation_id for r in extraction.recommendations}
    out = []
    for i, promise in enumerate(extraction.promises, 1):
        ordinals = _concerned(extraction, links, promise)
        block = extraction.outline.blocks[promise.block]
        out.append(
            Commitment(
                commitment_id=f"{extraction.document_id}-c{i}",
                text=promise.text,
                page=_page_at(extraction.outline, promise.block, promise.start) or block.page,
                sources=(Source(promise.block, promise.start, promise.end),),
                deadline_text=promise.moment.text,
                deadline_from=promise.moment.first.isoformat(),
                deadline_to=promise.moment.last.isoformat(),
                recommendation_ids=tuple(ids[o] for o in ordinals),
            )
        )
    return tuple(out)


def _concerned(extraction: Extraction, links: Sequence[Link], promise: Promise) -> list[int]:
    inside = [
        k for k, p in enumerate(extraction.passages) if p.block == promise.block and p.start <= promise.start < p.end
    ]
    direct = sorted({x.ordinal for x in links if x.passage in inside})
    if direct or extraction.outline.zones[promise.block] == "others":
        return direct
    said = content_words(promise.text)
    return [r.ordinal for r in extraction.recommendations if sum((content_words(r.text) & said).values()) >= 4]


def _page_at(outline: Outline, block: int, position: int) -> int:
    """The page on which a character of a block stands; 0 when the block carries no lines."""
    return next((line.page for line in outline.blocks[block].lines if line.start <= position < line.end), 0)
