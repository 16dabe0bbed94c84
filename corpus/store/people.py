"""Corrections: what a person says stands beside what the program found, and wins over it in every later run.

A correction names a recommendation. When a later version finds it with other words it has another identity; then the
correction follows by its snapshot: the same document and nearly the same text. One that finds nothing is kept, and
`unattached` tells of it.
"""

from __future__ import annotations

import dataclasses
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from sqlalchemy import insert, select, update

from corpus.records import Coding, Document, Recommendation, Source
from corpus.store import schema
from corpus.store.database import Store, StoreError, now

KINDS = ("change", "add", "delete", "accept")
OF_RECOMMENDATION = ("text", "number", "addressee", "issuer", "report_title", "page")
OF_CODING = (
    "status",
    "position",
    "action",
    "response_text",
    "response_page",
    "evidence",
    "deadline_from",
    "deadline_to",
)
FIELDS = OF_RECOMMENDATION + OF_CODING
_WHOLE = ("page", "response_page")
LIKENESS = 0.85  # how much of the text must be the same for a correction to follow a changed recommendation


@dataclasses.dataclass(frozen=True, slots=True)
class Correction:
    """One decision of one person; `correction_id` and `made_at` are given when it is stored.

    kind       change: `field`, a column of the main table, gets `new_value`
               add: a recommendation that the program missed; `snapshot` is its text, `page` and `sources` its place,
               `new_value` a JSON object with any other FIELDS, or ''
               delete: it is no recommendation
               accept: it is right as it stands (it was, when `old_value`, the status, was seen); `new_value` is '' or
               a JSON object with the status, position and action that were accepted, and then those stay
    snapshot   the text of the recommendation as the reviewer saw it
    undone_by  who took it back; such a one counts no longer and is kept
    blind      made without seeing what the program said: for measuring
    """

    kind: str
    document_id: str
    recommendation_id: str
    reviewer: str
    field: str = ""
    old_value: str = ""
    new_value: str = ""
    note: str = ""
    snapshot: str = ""
    page: int | None = None
    sources: tuple[Source, ...] = ()
    blind: bool = False
    correction_id: str = ""
    made_at: str = ""
    undone_by: str = ""
    undone_at: str = ""


def add_correction(store: Store, correction: Correction) -> Correction:
    """Store a correction and return it with its identity and time. Raises StoreError when it makes no sense."""
    _check(correction)
    correction = dataclasses.replace(
        correction,
        correction_id=correction.correction_id or uuid.uuid4().hex,
        made_at=correction.made_at or now(),
        recommendation_id=correction.recommendation_id or f"added-{uuid.uuid4().hex[:16]}",
    )
    values = dataclasses.asdict(correction)
    values["sources"] = [list(dataclasses.astuple(place)) for place in correction.sources]
    with store.engine.begin() as connection:
        connection.execute(insert(schema.corrections).values(**values))
    return correction


def undo_correction(store: Store, correction_id: str, reviewer: str) -> None:
    """Take a correction back. It stays in the store with the name of who did. Raises StoreError when there is none."""
    table = schema.corrections
    change = update(table).where(table.c.correction_id == correction_id, table.c.undone_by == "")
    with store.engine.begin() as connection:
        done = connection.execute(change.values(undone_by=reviewer, undone_at=now()))
    if not done.rowcount:
        raise StoreError(f"no correction {correction_id} that can be undone")


def corrections(store: Store, document_id: str = "", undone: bool = False) -> list[Correction]:
    """The corrections in the order made; of one document when given; also those undone when asked."""
    table = schema.corrections
    query = select(table).order_by(table.c.made_at, table.c.correction_id)
    if document_id:
        query = query.where(table.c.document_id == document_id)
    if not undone:
        query = query.where(table.c.undone_by == "")
    with store.engine.connect() as connection:
        rows = connection.execute(query).mappings().all()
    return [Correction(**{**row, "sources": tuple(Source(*place) for place in row["sources"])}) for row in rows]


def apply(documents: Iterable[Document], made: Iterable[Correction]) -> Iterator[Document]:
    """The documents as people have corrected them; each recommendation says what was corrected and by whom.

    A later correction of the same field wins; blind ones only measure. Documents without any pass as they are.
    """
    by_document: dict[str, list[Correction]] = defaultdict(list)
    for correction in made:
        if not correction.blind:
            by_document[correction.document_id].append(correction)
    for document in documents:
        for correction in by_document.get(document.document_id, ()):
            document = _corrected(document, correction)
        yield document


def unattached(document: Document, made: Iterable[Correction]) -> list[Correction]:
    """Those corrections of the document that no recommendation of it fits any more: a person should look."""
    own = [c for c in made if c.document_id == document.document_id and c.kind != "add"]
    added = {c.recommendation_id for c in made if c.kind == "add"}
    return [c for c in own if c.recommendation_id not in added and target(document, c) is None]


def target(document: Document, correction: Correction) -> Recommendation | None:
    """The recommendation that a correction is about: by its identity, else the one most like its snapshot."""
    for recommendation in document.recommendations:
        if recommendation.recommendation_id == correction.recommendation_id:
            return recommendation
    likeness = [(_likeness(r.text, correction.snapshot), -r.ordinal, r) for r in document.recommendations]
    best = max(likeness, default=(0.0, 0, None))
    return best[2] if best[0] >= LIKENESS else None


def _likeness(text: str, snapshot: str) -> float:
    return SequenceMatcher(None, text.casefold(), snapshot.casefold(), autojunk=False).ratio()


def _check(correction: Correction) -> None:
    if correction.kind not in KINDS:
        raise StoreError(f"no such kind of correction: {correction.kind}; there are {', '.join(KINDS)}")
    if correction.kind == "change" and correction.field not in FIELDS:
        raise StoreError(f"{correction.field} cannot be corrected; these can: {', '.join(FIELDS)}")
    if correction.kind == "change" and correction.field in _WHOLE and not correction.new_value.isdecimal():
        raise StoreError(f"{correction.field} is a page number, not {correction.new_value!r}")
    if correction.kind == "add" and not correction.snapshot:
        raise StoreError("a recommendation that is added needs its text, as snapshot")
    if correction.kind == "add" and (unknown := set(json.loads(correction.new_value or "{}")) - set(FIELDS)):
        raise StoreError(f"cannot be given: {', '.join(sorted(unknown))}; these can: {', '.join(FIELDS)}")


def _corrected(document: Document, correction: Correction) -> Document:
    if correction.kind == "add":
        return _added(document, correction)
    found = target(document, correction)
    if found is None:
        return document
    if correction.kind == "delete":
        return _without(document, found.recommendation_id)
    if correction.kind == "accept":
        return _changed(document, found, json.loads(correction.new_value or "{}"), correction)
    values = {correction.field: correction.new_value}
    return _changed(document, found, values, correction)


def _changed(document: Document, found: Recommendation, values: dict[str, str], by: Correction) -> Document:
    """The document with new values for one recommendation; a person has looked, so it needs no review."""
    own, coded = _split(values)
    new = ["accepted"] if by.kind == "accept" else list(values)
    names = [*filter(None, found.corrected.split(";")), *new]
    marked = dataclasses.replace(found, **own, corrected=";".join(dict.fromkeys(names)), corrected_by=by.reviewer)
    coding = next((c for c in document.codings if c.recommendation_id == found.recommendation_id), None)
    if coding is None and coded:
        coding = _empty_coding(found.recommendation_id)
    return dataclasses.replace(
        document,
        recommendations=tuple(marked if r is found else r for r in document.recommendations),
        codings=_with_coding(document, coding, coded),
    )


def _with_coding(document: Document, coding: Coding | None, values: dict) -> tuple[Coding, ...]:
    """The codings, with this one changed. A status that a person gave or accepted is sure."""
    if coding is None:
        return document.codings
    sure = {"confidence": 1.0} if "status" in values or not values else {}
    changed = dataclasses.replace(coding, **values, **sure, needs_review=False)
    others = [c for c in document.codings if c.recommendation_id != coding.recommendation_id]
    order = {r.recommendation_id: r.ordinal for r in document.recommendations}
    return tuple(sorted([*others, changed], key=lambda c: order.get(c.recommendation_id, len(order) + 1)))


def _without(document: Document, recommendation_id: str) -> Document:
    """The document without one recommendation; the others keep their ordinals, and nothing points to it any more."""
    kept = tuple(r for r in document.recommendations if r.recommendation_id != recommendation_id)

    def pointing_elsewhere(parts: tuple) -> tuple:
        return tuple(
            dataclasses.replace(p, recommendation_ids=tuple(i for i in p.recommendation_ids if i != recommendation_id))
            for p in parts
        )

    return dataclasses.replace(
        document,
        recommendations=kept,
        codings=tuple(c for c in document.codings if c.recommendation_id != recommendation_id),
        responses=pointing_elsewhere(document.responses),
        commitments=pointing_elsewhere(document.commitments),
        answered_by=tuple(a for a in document.answered_by if a[0] != recommendation_id),
    )


def _added(document: Document, correction: Correction) -> Document:
    """The document with a recommendation that a person found, after the others; not if the program finds it by now."""
    if any(_likeness(r.text, correction.snapshot) >= LIKENESS for r in document.recommendations):
        return document
    new = Recommendation(
        recommendation_id=correction.recommendation_id,
        ordinal=max((r.ordinal for r in document.recommendations), default=0) + 1,
        text=correction.snapshot,
        page=correction.page or 1,
        sources=correction.sources,
        rule="review",
    )
    document = dataclasses.replace(document, recommendations=(*document.recommendations, new))
    values = json.loads(correction.new_value or "{}")
    changed = _changed(document, new, values, correction)
    marked = dataclasses.replace(changed.recommendations[-1], corrected="added")
    return dataclasses.replace(changed, recommendations=(*changed.recommendations[:-1], marked))


def _split(values: dict[str, str]) -> tuple[dict, dict]:
    """Values by the record that holds them, page numbers as numbers."""
    typed = {name: int(value) if name in _WHOLE else value for name, value in values.items()}
    own = {name: value for name, value in typed.items() if name in OF_RECOMMENDATION}
    return own, {name: value for name, value in typed.items() if name in OF_CODING}


def _empty_coding(recommendation_id: str) -> Coding:
    return Coding(recommendation_id, "", "", "", 0.0, True, "", "", None)
