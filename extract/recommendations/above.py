"""The addressee that stands above a recommendation which names none itself."""

from __future__ import annotations

import re

from extract.phrases import any_of, rules
from extract.recommendations.addressees import (
    addressee_in,
    addressee_of_all,
    addressee_of_heading,
    party_of_heading,
    subject_of_clause,
)
from extract.recommendations.candidates import Context
from extract.recommendations.provenance import own_names

_LABEL = re.compile(r"\W*(?:[Dd]eel|[Hh]oofd)?[Aa]anbeveling\b")


def addressee_above(context: Context, i: int) -> str:
    """The addressee that stands above block i: in the lead-in of its list, in 'Aan de minister van …:' before it, or in its headings."""
    outline, own = context.outline, own_names(context)
    strong = any_of(rules("recommendations")["announce"]["strong"])
    for j in range(i - 1, max(-1, i - 14), -1):
        block = outline.blocks[j]
        if block.kind == "heading":
            break
        if block.kind != "paragraph" or not outline.sentences(j):
            continue
        sentence = block.text[outline.sentences(j)[-1][0] :]
        if found := addressee_of_heading(sentence):
            return found
        introduces = all(outline.blocks[k].kind in ("item", "table", "footnote") for k in range(j + 1, i))
        if sentence.rstrip().endswith(":") or (introduces and strong.search(sentence)):
            if found := addressee_in(sentence, own) or subject_of_clause(sentence, own):
                return found
            break
    return addressee_of_headings(context, i) or _of_all(context, i, own)


def addressee_of_headings(context: Context, i: int) -> str:
    """The addressee that the innermost telling heading names: 'Aan de Voogdijraad', 'Wat de inspectie aan mij vraagt'."""
    blocks, headings = context.outline.blocks, context.outline.headings[i]
    own = own_names(context)
    for h in reversed(headings):
        if found := party_of_heading(blocks[h].text):
            nobody = found in ("anderen", "derden") or own.fullmatch(re.sub(r"^(?:[Dd]e|[Hh]et)\s+", "", found))
            return "" if nobody else found
    if headings and _LABEL.match(blocks[headings[-1]].text):  # 'Aanbeveling 3', of the same rank as 'Voor werkgevers' above it
        before = next((k for k in range(headings[-1] - 1, -1, -1) if blocks[k].kind == "heading" and not _LABEL.match(blocks[k].text)), -1)
        return party_of_heading(blocks[before].text) if before >= 0 else ""
    return ""


def _of_all(context: Context, i: int, own: re.Pattern[str]) -> str:
    """What a sentence below a heading, or before the list, says of the addressee of all recommendations or of this one."""
    blocks = context.outline.blocks
    if blocks[i].kind == "heading" and i + 1 < len(blocks) and (found := addressee_of_all(blocks[i + 1].text, own)):
        return found
    before = (blocks[j].text for j in range(i - 1, max(-1, i - 40), -1) if blocks[j].kind == "paragraph")
    texts = (t for t in before if not re.search(r"\b[Dd]eze (?:aanbeveling )?is\b", t))
    return next(filter(None, (addressee_of_all(t, own) for t in texts)), "")
