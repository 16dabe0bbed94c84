"""From annotated documents and passages to the examples that the models learn from, and the training itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata as distribution
from pathlib import Path

from corpus.annotated import DOCUMENTS, Annotated, letters
from corpus.records import Block, Metadata, Page, Reading, Recommendation, Source, Unit
from extract.answers import answer_of, asked_in, deciding, specific_text
from extract.document import Extraction, Link, likeliest, link, survey
from extract.linking import heard, pairs
from extract.outline import Outline
from extract.passages import find_passages
from models.cutter import Cutter, fit_cutter
from models.finder import Finder, fit_finder
from models.learning import Example, Hearing, fit_coder
from models.linker import Letter as LinkerLetter
from models.linker import fit_linker, roles_heard
from models.roles import Roles
from models.storage import Models

PASSAGES = Path(DOCUMENTS).parent / "passages"


@dataclass(frozen=True)
class Letter:
    """An annotated letter, taken apart: what the models see of it and what is right."""

    annotated: Annotated
    extraction: Extraction
    right: frozenset[tuple[int, int]]  # (ordinal, passage number) pairs that answer


def gold_recommendations(document: Annotated) -> tuple[Recommendation, ...]:
    """The annotated recommendations as records with their places in the blocks."""
    out = []
    for item in document.gold["recommendations"]:
        block, start, end = _place(document, item["starts"], item["ends"])
        text = document.blocks[block].text[start:end]
        number = item.get("number", "")
        out.append(
            Recommendation(
                f"{document.name}-{item['ordinal']}",
                item["ordinal"],
                text,
                1,
                (Source(block, start, end),),
                number,
                item.get("addressee", ""),
            )
        )
    return tuple(out)


def _place(document: Annotated, starts: str, ends: str) -> tuple[int, int, int]:
    for i, block in enumerate(document.blocks):
        start = block.text.find(starts)
        end = block.text.find(ends, start) if start >= 0 else -1
        if end >= 0:
            return i, start, end + len(ends)
    for i, block in enumerate(document.blocks):  # one that goes on in the items below it: its part in the first block
        if (start := block.text.find(starts)) >= 0:
            return i, start, len(block.text)
    raise ValueError(f"{document.name}: {starts!r} … {ends!r} stands in no block")


def reading_of(document: Annotated) -> Reading:
    """The source as a reading: what a perfect reader would give."""
    header, kind = document.header, document.gold["kind"]
    lines = (
        [("header", header.get("kind", "").upper() or "BRIEF")]
        if kind == "letter"
        else [("cover", header.get("title", "")), ("cover", header.get("author", ""))]
    )
    lines += (
        [("address", f"Betreft {header.get('title', '')}"), ("address", f"Datum {header.get('date', '')}")]
        if kind == "letter"
        else []
    )
    furniture = tuple(Block("furniture", text, role=role, box=(0.0, 0.0, 100.0, 10.0)) for role, text in lines)
    digest = hashlib.sha256(document.source.encode()).hexdigest()
    return Reading(
        digest, "letter" if kind == "letter" else "report", (Page(1, 595.0, 842.0),), document.blocks, furniture
    )


def finder_examples(document: Annotated) -> tuple[tuple[Unit, ...], list[tuple[int, int] | None]]:
    """The units of a document, and for each the characters of its block that are a recommendation, or None."""
    seen = survey(reading_of(document))
    gold = [r.sources[0] for r in gold_recommendations(document)]
    out: list[tuple[int, int] | None] = []
    for u in seen.units:
        inside = (
            (max(u.start, g.start), min(u.end, g.end))
            for g in gold
            if g.block == u.block
            and 2 * (min(u.end, g.end) - max(u.start, g.start)) > min(g.end - g.start, u.end - u.start)
        )
        out.append(next(inside, None))
    return seen.units, out


def train_finder(documents: Sequence[Annotated]) -> tuple[Finder, Cutter]:
    """The models of what states a recommendation and of where it begins and ends."""
    found = [finder_examples(d) for d in documents]
    finder = fit_finder([u for u, _ in found], [[x is not None for x in spans] for _, spans in found], [d.author for d in documents])
    stated = [(u, x) for unit, spans in found for u, x in zip(unit, spans, strict=True) if x]
    return finder, fit_cutter([u for u, _ in stated], [x for _, x in stated])


def take_apart(document: Annotated) -> Letter:
    """The recommendations as annotated, the passages and pairs as extracted, and which pairs are right."""
    outline = Outline(document.blocks)
    recommendations = gold_recommendations(document)
    passages = tuple(find_passages(outline, recommendations))
    right = set()
    for response in document.gold["responses"]:
        words = letters(response["contains"])
        for j, passage in enumerate(passages):
            if words in letters(passage.text):
                right |= {(o, j) for o in response["recommendations"]}
    tied, spoken = tuple(pairs(outline, recommendations, passages)), tuple(heard(outline, passages))
    extraction = Extraction(document.name, Metadata(), outline, recommendations, passages, tied, spoken)
    return Letter(document, extraction, frozenset(right))


def linker_letter(letter: Letter, roles: Roles) -> LinkerLetter:
    """A letter as the linker learns from it."""
    found = letter.extraction
    right = [(p.ordinal, p.passage) in letter.right for p in found.pairs]
    return LinkerLetter(letter.annotated.author, found.pairs, found.heard, right, roles_heard(found.heard, roles))


def answer_examples(letter: Letter, links: Sequence[Link], best: dict[int, float]) -> list[Example]:
    """Each recommendation of a letter with what the links give it (perhaps nothing: `best` has its likeliest pair) and its gold codes."""
    out = []
    passages = letter.extraction.passages
    for recommendation, gold in zip(
        letter.extraction.recommendations, letter.annotated.gold["recommendations"], strict=True
    ):
        if not gold.get("position"):
            continue
        mine = deciding([x for x in links if x.ordinal == recommendation.ordinal], passages)
        text = " ".join(
            specific_text(
                recommendation.ordinal, passages[x.passage], asked_in(links, x.passage, letter.extraction.recommendations)
            )
            for x in mine
        )
        answer = answer_of(recommendation.text, text, [x.kind for x in mine], best.get(recommendation.ordinal, 0.0))
        out.append(
            Example(
                answer,
                gold["status"][0],
                gold["position"],
                gold["action"],
                letter.annotated.author,
                name=recommendation.recommendation_id,
            )
        )
    return out


def passage_examples(folder: Path = PASSAGES) -> list[Example]:
    """The coded passages that stand on their own (p1.jsonl …), each with the roles of its sentences."""
    out = []
    for path in sorted(folder.glob("p[0-9]*.jsonl")):
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            item = json.loads(line)
            said = dict(item["sentences"])
            answer = answer_of(item["recommendation"], " ".join(s for s, _ in item["sentences"]))
            known = tuple(said.get(answer.text[s:e], "") for s, e in answer.sentences)
            out.append(
                Example(answer, item["status"], item["position"], item["action"], path.stem, known, f"{path.stem}-{n}")
            )
    return out


def train_models(documents: Sequence[Annotated], hearing: Hearing, version: str) -> Models:
    """All models from annotated documents and passages. The same input gives the same weights."""
    found = [take_apart(d) for d in documents if d.gold["kind"] == "letter" and d.gold["recommendations"]]
    linkable = [linker_letter(x, hearing.roles) for x in found]
    linker = fit_linker(linkable)
    answers = _crossed(found, linkable, hearing.roles)
    statuses = [e.status for e in [*answers, *hearing.passages]]
    coder = fit_coder(answers, hearing)
    card = {
        "version": version,
        "corpus": fingerprint(documents),
        "documents": len(documents),
        "examples": len(statuses),
        "statuses": {s: statuses.count(s) for s in sorted(set(statuses))},
        "authors": sorted({d.author for d in documents}),
        "figures": {
            "split": "status of annotated recommendations, as linked and read by models of other writers (five groups)",
            **coder.figures,
        },
        "libraries": {name: distribution.version(name) for name in ("scikit-learn", "numpy", "scipy", "skops")},
    }
    return Models(*train_finder(documents), linker, coder, card)


def _crossed(found: Sequence[Letter], linkable: Sequence[LinkerLetter], roles: Roles) -> list[Example]:
    """The coder learns from the links that a linker gives to writers whom it did not see, for so it will meet them."""
    authors = sorted({x.author for x in linkable})
    out = []
    for fold in range(min(6, len(authors))):
        held = set(authors[fold::6])
        linker = fit_linker([x for x in linkable if x.author not in held] or linkable)
        for x in found:
            if x.annotated.author in held:
                tied = linker.probabilities(x.extraction.pairs, x.extraction.heard, roles)
                out += answer_examples(x, link(x.extraction, tied), likeliest(x.extraction, tied))
    return out


def fingerprint(documents: Sequence[Annotated]) -> str:
    """A hash of the sources and annotations."""
    digest = hashlib.sha256()
    for d in sorted(documents, key=lambda d: d.name):
        digest.update(d.source.encode() + json.dumps(d.gold, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()
