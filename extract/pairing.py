"""Reports and the letters that answer them: which letter, and which of its recommendations answers which of the report's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.records import Document, Recommendation
from extract.recommendations.once import content_words
from extract.terms import Similarity

SAME, SAME_NUMBER = 0.16, 0.05


def pair_reports(documents: Sequence[Document]) -> list[Document]:
    """The documents with `answered_by` set in the reports that a letter among them answers."""
    letters = sorted(
        (d for d in documents if d.metadata.kind == "letter" and d.recommendations), key=lambda d: d.document_id
    )
    return [
        replace(d, answered_by=tuple(_answers(d, letters))) if d.metadata.kind == "report" and d.recommendations else d
        for d in documents
    ]


def _answers(report: Document, letters: Sequence[Document]):
    """(recommendation_id, letter's document_id, letter's recommendation_id), for the best letter only."""
    scored = [(_is_about(letter, report), letter.document_id, letter) for letter in letters]
    scored = [s for s in scored if s[0] > 0]
    if not scored:
        return
    letter = max(scored, key=lambda s: (s[0], s[1]))[2]
    for mine, theirs in match(report.recommendations, letter.recommendations):
        yield mine.recommendation_id, letter.document_id, theirs.recommendation_id


def _is_about(letter: Document, report: Document) -> float:
    """How surely the letter answers the report: by title first, then by issuer with shared wording; 0 when it does not."""
    ours, theirs = (
        _title_words(report.metadata.report_title),
        _title_words(letter.metadata.report_title + " " + letter.metadata.title),
    )
    shared = len(ours & theirs) / max(1, min(len(ours), 4)) if ours else 0.0
    titled = bool(letter.metadata.report_title) and _starts_alike(
        letter.metadata.report_title, report.metadata.report_title
    )
    same_issuer = bool(set(letter.metadata.issuer.split("; ")) & set(report.metadata.issuer.split("; ")) - {""})
    pairs = len(match(report.recommendations, letter.recommendations)) / min(
        len(report.recommendations), len(letter.recommendations)
    )
    if titled:
        return 3.0 + pairs
    if shared >= 0.5 and (same_issuer or pairs >= 0.4):
        return 2.0 + pairs
    return 1.0 + pairs if same_issuer and pairs >= 0.6 else 0.0


def _title_words(title: str) -> set[str]:
    return {
        w
        for w in re.findall(r"[^\W\d_]{4,}", title.lower())
        if w
        not in ("rapport", "reactie", "brief", "over", "inspectie", "beleidsreactie", "kabinetsreactie", "aanbieding")
    }


def _starts_alike(a: str, b: str) -> bool:
    x, y = (re.sub(r"\W+", " ", t.lower()).strip() for t in (a, b))
    return len(min(x, y, key=len)) > 5 and (x.startswith(y) or y.startswith(x))


def match(
    ours: Sequence[Recommendation], theirs: Sequence[Recommendation]
) -> list[tuple[Recommendation, Recommendation]]:
    """Pairs (report's, letter's), at most one letter's for each of the report's; two of the report's may share one of the letter's.

    A letter paraphrases, so likeness is by weighted shared terms in both directions; it weighs more that each is the other's best.
    """
    if not ours or not theirs:
        return []
    sim = Similarity([r.text for r in ours] + [r.text for r in theirs])
    a, b = sim.counts[: len(ours)], sim.counts[len(ours) :]
    table = [[0.5 * sim.of(x, y) + 0.5 * sim.of(y, x) for y in b] for x in a]
    out = []
    for i, mine in enumerate(ours):
        j = max(range(len(theirs)), key=lambda j: (table[i][j], -j))
        mutual = table[i][j] >= max(row[j] for row in table)
        numbered = bool(mine.number) and mine.number == theirs[j].number and len(ours) == len(theirs)
        words = sum((content_words(mine.text) & content_words(theirs[j].text)).values())
        if table[i][j] >= (SAME_NUMBER if mutual or numbered else SAME) and words >= (1 if mutual else 2):
            out.append((mine, theirs[j]))
    return out
