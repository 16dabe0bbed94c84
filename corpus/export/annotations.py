"""Reviewed documents as annotated ones: NAME.txt, the text as blocks, and NAME.json beside it (docs/corpus.md).

`opvolging train` and `evaluate` read them like the project's own. A document counts as reviewed when a person looked at
each of its recommendations; one that is half reviewed would teach what nobody checked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpus.records import Block, Document, Recommendation

_LETTERS = {"paragraph": "P", "footnote": "P", "table": "T"}
WORDS = 7  # of a recommendation's begin and end


def is_reviewed(document: Document) -> bool:
    """Whether a person looked at each recommendation of this document, as corpus.store.apply corrected it."""
    return bool(document.recommendations) and all(r.corrected for r in document.recommendations)


def corrections_to_annotations(document: Document) -> dict[str, Any]:
    """The gold annotation of a corrected document, its recommendations in reading order.

    A recommendation that was added comes where it stands in the text, so ordinals are given anew.
    """
    ordered = sorted(document.recommendations, key=_place)
    ordinals = {r.recommendation_id: n for n, r in enumerate(ordered, 1)}
    m = document.metadata
    return {
        "id": name_of(document),
        "provenance": "corrected",
        "author": ", ".join(sorted({r.corrected_by for r in ordered if r.corrected_by})),
        "kind": m.kind or "letter",
        "layout": "",
        "issuer": m.issuer,
        "report_title": m.report_title,
        "signatory": m.signatory,
        "letter_date": m.date,
        "recommendations": [_recommendation(document, r, n) for n, r in enumerate(ordered, 1)],
        "responses": _responses(document, ordinals),
        "commitments": [
            {"contains": c.text, "deadline_from": c.deadline_from, "deadline_to": c.deadline_to}
            | {"recommendations": [ordinals[i] for i in c.recommendation_ids if i in ordinals]}
            for c in document.commitments
        ],
    }


def write_annotation(document: Document, blocks: Sequence[Block], folder: Path) -> Path:
    """Write NAME.txt and NAME.json of a corrected document and its blocks; return the path of the annotation."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name_of(document)}.json"
    gold = json.dumps(corrections_to_annotations(document), ensure_ascii=False, indent=1)
    path.with_suffix(".txt").write_text(source_text(document, blocks), encoding="utf-8")
    path.write_text(gold + "\n", encoding="utf-8")
    return path


def name_of(document: Document) -> str:
    """A file name: the document's own, reduced to plain characters, and enough of its hash to be the only one."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", Path(document.source_file).stem).strip("-")[:60]
    return f"{stem}-{document.sha256[:8]}".lower()


def source_text(document: Document, blocks: Iterable[Block]) -> str:
    """The text of a document in the form of the annotated ones: a header, then one block a line."""
    m = document.metadata
    header = {"title": m.title or document.source_file, "date": m.date, "ministry": m.ministry, "dossier": m.dossier}
    lines = [f"{name}: {_line(value)}" for name, value in header.items() if value] + [""]
    page = 1
    for block in blocks:
        lines += ["PB"] * max(0, block.page - page)
        page = max(page, block.page)
        lines += [_block(block)] if _line(block.text) else []
    return "\n".join(lines) + "\n"


def _block(block: Block) -> str:
    text = _line(block.text).replace("[[", "[ [")
    if block.kind == "heading":
        numbered = f"{block.number} {text}" if block.number else text
        return f"{'H1' if block.level <= 1 else 'H2'} {numbered}"
    if block.kind == "item":
        return f"B {text}" if block.number in ("", "•") else f"N {block.number}. {text}"
    return f"{_LETTERS[block.kind]} {text}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _place(recommendation: Recommendation) -> tuple[int, int, int]:
    first = recommendation.sources[0] if recommendation.sources else None
    return (first.block, first.start, 0) if first else (10**9, 0, recommendation.ordinal)


def _recommendation(document: Document, recommendation: Recommendation, ordinal: int) -> dict[str, Any]:
    words = recommendation.text.split()
    coding = next((c for c in document.codings if c.recommendation_id == recommendation.recommendation_id), None)
    stated = {
        "ordinal": ordinal,
        "number": recommendation.number,
        "starts": " ".join(words[:WORDS]),
        "ends": " ".join(words[-WORDS:]),
        "addressee": recommendation.addressee,
    }
    if not coding or not coding.status:
        return stated
    codes = {"position": coding.position, "action": coding.action} if coding.position and coding.action else {}
    return stated | {"status": [coding.status]} | codes


def _responses(document: Document, ordinals: dict[str, int]) -> list[dict[str, Any]]:
    """The passages of each answer, as the coding has them: a reviewer may have chosen others than the program."""
    answers: dict[str, list[int]] = {}
    for coding in document.codings:
        for passage in filter(None, coding.response_text.split(" […] ")):
            if coding.recommendation_id in ordinals:
                answers.setdefault(passage, []).append(ordinals[coding.recommendation_id])
    return [{"recommendations": sorted(numbers), "contains": passage} for passage, numbers in answers.items()]
