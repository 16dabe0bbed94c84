"""What the models found, as candidates: with number and addressee, each recommendation once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.records import Clause, Unit
from extract.recommendations.addressees import (
    COLUMN,
    PRONOUNS,
    addressee_in,
    addressee_of_clause,
    noted_after,
    only_party,
    subject_of_clause,
    without_note,
)
from extract.recommendations.candidates import Candidate, Context, candidate
from extract.recommendations.once import overlap
from extract.recommendations.parties import is_party
from extract.recommendations.provenance import own_names

FORMS = {"item": "list", "heading": "heading", "sentence": "prose", "box": "box", "cell": "table"}
_NUMBER = r"(?P<number>[A-Z]?\d{1,2}[a-z]?|[IVX]{1,5}|[A-Ha-h])"
_LABEL = re.compile(rf"(?:^|\b(?:aanbeveling|advies|punt)\s+|\()\s*{_NUMBER}\s*[.):–—-]*\s*[«“]?\s*$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:[Dd]eze|[Zz]ij|[Hh]ij|hem|hen)\b")
_ONLY_LABEL = re.compile(rf"\W*(?:[Dd]eel|[Hh]oofd)?[Aa]anbeveling\s+{_NUMBER}\W*$")


def chosen(
    context: Context, units: Sequence[Unit], clauses: Sequence[Clause], by_rules: Sequence[Candidate]
) -> list[Candidate]:
    """A candidate for each clause. Where the rules saw several recommendations in one unit ('(i) … (ii) …'), theirs are taken."""
    out: list[Candidate] = []
    for clause in clauses:
        unit = units[clause.unit]
        inside = [
            c for c in by_rules if c.block == unit.block and unit.start <= c.sources[0].start and c.sources[0].end <= unit.end
        ]
        if not inside and not context.speaks:
            continue  # a letter that speaks of no body's advice: only what is announced as such
        out += inside if len(inside) > 1 else [_candidate(context, unit, clause, inside)]
    return _once(context, out)


def _candidate(context: Context, unit: Unit, clause: Clause, inside: Sequence[Candidate]) -> Candidate:
    outline = context.outline
    text = outline.blocks[unit.block].text
    start, end, noted = without_note(text, clause.start, clause.end)
    rule = inside[0] if inside else None
    return candidate(
        outline,
        unit.block,
        start,
        end,
        FORMS[unit.form],
        number=(rule.number if rule else "") or _number(context, unit, text[unit.start : start]),
        addressee=(rule.addressee if rule else "") or noted or noted_after(text, end) or _addressee(context, unit, start, end),
        rule=rule.rule if rule else "model",
        sure=clause.probability,
    )


def _number(context: Context, unit: Unit, label: str) -> str:
    """The number printed before the recommendation: the item's own, in its label, or alone in the heading above it."""
    outline = context.outline
    block = outline.blocks[unit.block]
    if block.kind in ("item", "heading") and block.number not in ("", "•"):
        return block.number
    if match := _LABEL.search(label):
        return match["number"]
    above = outline.blocks[unit.block - 1] if unit.block else block
    match = _ONLY_LABEL.match(above.text) if above.kind == "heading" and not label.strip(" «“") else None
    return match["number"] if match else ""


def _addressee(context: Context, unit: Unit, start: int, end: int) -> str:
    """Whom the words before the recommendation name, or the recommendation itself as the one who should act."""
    outline, own = context.outline, own_names(context)
    text = outline.blocks[unit.block].text
    clause, lead = text[start:end], text[unit.start : start]
    if unit.form == "cell":
        cells = outline.blocks[unit.block].cells
        to = next((c for k, c in enumerate(cells) if COLUMN.fullmatch(outline.header(unit.block, k).strip())), "")
        return to.strip(" .") or subject_of_clause(clause, own)
    if unit.form not in ("sentence", "box"):
        return subject_of_clause(clause, own)
    if not lead.strip():
        return addressee_of_clause(clause, own)
    that = re.search(r"\b(?:dat|wanneer|als|indien)\s+(?P<who>[^,;:]{2,60})?$", lead)
    subject = (that["who"] or "").strip() if that else ""
    named = addressee_in(lead, own)
    if not named and that:
        named = subject if is_party(subject) else subject_of_clause(clause, own) if not subject else ""
    if named.lower() not in ("", *PRONOUNS):
        return named
    spoken = _PRONOUN.search(lead + clause[:20])
    earlier = text[: unit.start].strip() if spoken else ""
    before = (only_party(s, own) for s in reversed(re.split(r"(?<=[.;:]) ", earlier)[-3:]))
    return only_party(lead, own) or next(filter(None, before), "") or named


# ---- each once


def _once(context: Context, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those that say again what a fuller or surer one says."""
    zones = context.outline.zones
    if context.kind == "report" and any(zones[c.block] != "summary" for c in found):
        found = [c for c in found if zones[c.block] != "summary"]
    kept: list[Candidate] = []
    for c in sorted(found, key=lambda c: (c.form == "prose", -len(c.text), c.at())):
        if not any(_repeats(c, other) for other in kept):
            kept.append(c)
    return sorted(kept, key=Candidate.at)


def _repeats(c: Candidate, other: Candidate) -> bool:
    """Whether `c` says what `other` says: nearly the same words, or in prose the half of those of a list, table or heading."""
    if c.block == other.block and c.sources[0].start < other.sources[0].end and other.sources[0].start < c.sources[0].end:
        return True
    return overlap(c.text, other.text) >= (0.5 if c.form == "prose" and other.form != "prose" else 0.8)

