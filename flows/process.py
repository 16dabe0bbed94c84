"""One file from bytes to a Document: read, extract, link, code. And reports tied to the letters that answer them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from importlib import metadata as distribution

from corpus.records import Answer, Coding, Document, Reading, Recommendation, Response, Source
from extract.answers import answer_of, asked_in, deciding, specific_text
from extract.document import Extraction, Link, commitments_of, document_id_of, extract, likeliest, link, survey
from extract.pairing import pair_reports
from extract.phrases import RULES
from extract.reading import READER_VERSION, ReadingError, read_pdf
from extract.reading.ocr import ready
from models.coder import Judgement
from models.storage import FOLDER, Models, load


def _version() -> str:
    """The version of everything that decides what a document gives: program, reader, rules and models."""
    rules = hashlib.sha256(b"".join(p.read_bytes() for p in sorted(RULES.glob("*.toml")))).hexdigest()[:8]
    card = FOLDER / "card.json"
    models = hashlib.sha256(card.read_bytes()).hexdigest()[:8] if card.exists() else "none"
    return f"{distribution.version('opvolging')}+reader{READER_VERSION}.rules{rules}.models{models}"


VERSION = _version()
JOIN = " […] "


def process_document(data: bytes, source_file: str) -> Document:
    """Everything about one PDF. A file that cannot be read gives a Document with status 'failed' and a message, never an exception."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        reading = read_pdf(data)
    except ReadingError as error:
        return Document(document_id_of(sha256), source_file, sha256, "failed", str(error))
    return process_reading(reading, source_file, load())


def process_reading(reading: Reading, source_file: str, models: Models) -> Document:
    """A read document, extracted and coded."""
    status, message = _page_status(reading)
    seen = survey(reading)
    extraction = extract(seen, models.clauses(seen.units))
    document = Document(
        extraction.document_id,
        source_file,
        reading.sha256,
        status,
        message,
        len(reading.pages),
        extraction.metadata,
        extraction.recommendations,
    )
    return coded(document, extraction, models) if extraction.metadata.kind == "letter" else document


_SCAN = "no page has a text layer: it is a scan; install Tesseract with Dutch (see README, 'Scans') or run OCR on the file first"
_SCAN_UNREAD = "no page has a text layer, and Tesseract reads no text on any: open the file to see whether its pages are blank or too faint, and scan them again"


def _page_status(reading: Reading) -> tuple[str, str]:
    """('ok' or 'empty', what deserves notice)."""
    lost = [p.number for p in reading.pages if p.status in ("empty", "unmapped")]
    if not lost:
        return "ok", ""
    if len(lost) == len(reading.pages):
        return "empty", _SCAN_UNREAD if ready() else _SCAN
    pages = ", ".join(map(str, lost[:20])) + (" …" if len(lost) > 20 else "")
    return "ok", f"{len(lost)} of {len(reading.pages)} pages without readable text: {pages}"


def coded(document: Document, extraction: Extraction, models: Models) -> Document:
    """A letter with its responses, codes and commitments."""
    tied = models.ties(extraction.pairs, extraction.heard)
    links, best = link(extraction, tied), likeliest(extraction, tied)
    answers = [_answer(extraction, r.ordinal, links, best.get(r.ordinal, 0.0)) for r in extraction.recommendations]
    judgements = models.coder.judge([a for a, _ in answers])
    codings, kept = [], []
    for recommendation, (answer, parts), judgement in zip(extraction.recommendations, answers, judgements, strict=True):
        mine = [x for x in links if x.ordinal == recommendation.ordinal] if judgement.status != "unanswered" else []
        kept += mine
        codings.append(_coding(extraction, recommendation, mine, parts, answer.text, judgement))
    commitments = commitments_of(extraction, kept)
    codings = [_with_deadline(c, commitments) for c in codings]
    return replace(
        document, codings=tuple(codings), responses=_responses(extraction, kept, models), commitments=commitments
    )


def _answer(extraction: Extraction, ordinal: int, links: Sequence[Link], support: float) -> tuple[Answer, list[str]]:
    """What is said to one recommendation, and the parts of passages that this was taken from."""
    used = deciding([x for x in links if x.ordinal == ordinal], extraction.passages)
    asked = [asked_in(links, x.passage, extraction.recommendations) for x in used]
    parts = [specific_text(ordinal, extraction.passages[x.passage], a) for x, a in zip(used, asked, strict=True)]
    recommendation = extraction.recommendations[ordinal - 1].text
    return answer_of(recommendation, " ".join(parts), [x.kind for x in used], support), parts


def _within(evidence: tuple[int, int], parts: Sequence[str]) -> tuple[int, int]:
    """The span cut to the one part that holds its middle: parts without a closing point run into each other."""
    start, end = evidence
    at = 0
    for part in parts:
        if at <= (start + end) // 2 <= at + len(part):
            return max(start, at), min(end, at + len(part))
        at += len(part) + 1
    return evidence


def _coding(
    extraction: Extraction,
    recommendation: Recommendation,
    mine: Sequence[Link],
    parts: Sequence[str],
    text: str,
    judgement: Judgement,
) -> Coding:
    passages = [extraction.passages[x.passage] for x in mine]
    doubtful = bool(mine) and max(x.probability for x in mine) < 0.5
    return Coding(
        recommendation_id=recommendation.recommendation_id,
        status=judgement.status,
        position=judgement.position,
        action=judgement.action,
        confidence=judgement.confidence,
        needs_review=judgement.needs_review or doubtful,
        evidence=text[slice(*_within(judgement.evidence, parts))] if mine else "",
        response_text=JOIN.join(p.text.strip() for p in passages),
        response_page=_page(extraction, passages[0].block, passages[0].start) if passages else None,
    )


def _page(extraction: Extraction, block: int, start: int) -> int:
    lines = extraction.outline.blocks[block].lines
    return next((line.page for line in lines if line.start <= start < line.end), extraction.outline.blocks[block].page)


def _with_deadline(coding: Coding, commitments) -> Coding:
    """With the first period by which the minister commits to act on this recommendation."""
    mine = [
        c
        for c in commitments
        if coding.recommendation_id in c.recommendation_ids and c.text.strip() in coding.response_text
    ]
    return replace(coding, deadline_from=mine[0].deadline_from, deadline_to=mine[0].deadline_to) if mine else coding


def _responses(extraction: Extraction, links: Sequence[Link], models: Models) -> tuple[Response, ...]:
    """The passages that answer something, each judged on its own."""
    numbers = sorted({x.passage for x in links})
    texts = [extraction.passages[n].text for n in numbers]
    judged = models.coder.judge([answer_of("", t) for t in texts])
    out = []
    for n, judgement in zip(numbers, judged, strict=True):
        passage = extraction.passages[n]
        ordinals = sorted({x.ordinal for x in links if x.passage == n})
        out.append(
            Response(
                response_id=f"{extraction.document_id}-r{n}",
                text=passage.text,
                page=_page(extraction, passage.block, passage.start),
                sources=(Source(passage.block, passage.start, passage.end),),
                recommendation_ids=tuple(extraction.recommendations[o - 1].recommendation_id for o in ordinals),
                link=next(x.kind for x in links if x.passage == n),
                position=judgement.position,
                action=judgement.action,
                status=judgement.status,
                confidence=judgement.confidence,
                evidence=passage.text[slice(*judgement.evidence)],
            )
        )
    return tuple(out)


def pair_documents(documents: Sequence[Document]) -> list[Document]:
    """The same documents; in each report, its recommendations point to those of the letter that answers it."""
    return pair_reports(documents)
