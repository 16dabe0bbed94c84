"""From what a reviewer sends to corrections in the store. What one press of a key makes is undone by one press."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import replace

from corpus.store import Correction, Store, add_correction, corrections, undo_correction
from corpus.tables import ACTIONS, POSITIONS, STATUSES
from flows.review.places import Text, page_of
from flows.review.record import Record

FORM = (
    "text",
    "number",
    "addressee",
    "response_text",
    "status",
    "position",
    "action",
    "evidence",
    "deadline_from",
    "deadline_to",
)
CODED = {"status": STATUSES, "position": POSITIONS, "action": ACTIONS}
LONGEST = 20_000  # characters in a field


class Refused(ValueError):
    """What was sent cannot be stored; `reason` is a key of the words, `detail` the words or field that it is about."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


def store_decision(store: Store, record: Record, form: Mapping[str, str], reviewer: str) -> str:
    """Store what differs from the record; when nothing does, that it was accepted. Returns 'saved' or 'accepted'."""
    values = {name: " ".join(form[name].split()) for name in FORM if name in form}
    current = {name: " ".join(value.split()) for name, value in record.values().items()}
    changed = {name: value for name, value in values.items() if value != current[name]}
    _check(changed, {**current, **values})
    base = _base(record, reviewer, form.get("note", ""))
    if not changed:
        seen = {name: current[name] for name in CODED if current[name]}
        kept = replace(base, kind="accept", old_value=current["status"], new_value=json.dumps(seen) if seen else "")
        _store(store, [kept])
        return "accepted"
    made = [
        replace(base, field=name, old_value=current[name], new_value=value)
        for name, value in _with_pages(changed, record.text_index, current).items()
    ]
    if "text" in changed and record.text_index:
        made = [replace(c, sources=record.text_index.find(changed["text"])) for c in made]
    _store(store, made)
    return "saved"


def store_blind(store: Store, record: Record, form: Mapping[str, str], reviewer: str) -> None:
    """Store what a reviewer chose without seeing the program's choice; only the status must be there."""
    chosen = {name: form.get(name, "") for name in CODED}
    if not chosen["status"]:
        raise Refused("status_missing")
    _check({name: value for name, value in chosen.items() if value}, {**record.values(), "evidence": ""})
    base = replace(_base(record, reviewer, form.get("note", "")), blind=True)
    _store(store, [replace(base, field=name, new_value=value) for name, value in chosen.items() if value])


def store_deletion(store: Store, record: Record, form: Mapping[str, str], reviewer: str) -> None:
    """Store that this is no recommendation."""
    _store(store, [replace(_base(record, reviewer, form.get("note", "")), kind="delete")])


def store_missed(store: Store, document_id: str, text: str, index: Text | None, reviewer: str) -> str:
    """Store a recommendation that the program missed and return its identity. Raises NotInDocument, Refused."""
    text = " ".join(text.split())
    if not text:
        raise Refused("text_missing")
    if len(text) > LONGEST:
        raise Refused("too_long", "text")
    sources = index.find(text) if index else ()
    page = page_of(index.blocks, sources) if index and sources else None
    (made,) = _store(store, [Correction("add", document_id, "", reviewer, snapshot=text, page=page, sources=sources)])
    return made.recommendation_id


def undo_last(store: Store, reviewer: str) -> Correction | None:
    """Take back the last decision of this reviewer, whole; return one of its corrections, None when there is none."""
    own = [c for c in corrections(store) if c.reviewer == reviewer]
    if not own:
        return None
    decision = own[-1].correction_id.partition("-")[0]
    for correction in own:
        if correction.correction_id.partition("-")[0] == decision:
            undo_correction(store, correction.correction_id, reviewer)
    return own[-1]


def _base(record: Record, reviewer: str, note: str) -> Correction:
    r = record.recommendation
    return Correction(
        "change", record.document.document_id, r.recommendation_id, reviewer,
        note=note.strip()[:LONGEST], snapshot=r.text, page=r.page, sources=r.sources,
    )  # fmt: skip


def _store(store: Store, made: list[Correction]) -> list[Correction]:
    """Corrections of one decision share the first part of their identity."""
    decision = uuid.uuid4().hex
    return [add_correction(store, replace(c, correction_id=f"{decision}-{n:02}")) for n, c in enumerate(made)]


def _check(changed: Mapping[str, str], values: Mapping[str, str]) -> None:
    for name, value in changed.items():
        if len(value) > LONGEST:
            raise Refused("too_long", name)
        if name in CODED and value not in CODED[name]:
            raise Refused("unknown_value", f"{name} {value}")
    if "text" in changed and not changed["text"]:
        raise Refused("text_missing")
    if {"evidence", "response_text"} & changed.keys() and values["evidence"] not in values["response_text"]:
        raise Refused("evidence_elsewhere", values["evidence"])


def _with_pages(changed: Mapping[str, str], index: Text | None, current: Mapping[str, str]) -> dict[str, str]:
    """The changes, with the page where a changed text begins when that changes too. Raises NotInDocument."""
    out = dict(changed)
    for name, page in (("text", "page"), ("response_text", "response_page")):
        if index and changed.get(name):
            found = str(page_of(index.blocks, index.find(changed[name])))
            out |= {page: found} if found != current[page] else {}
    return out
