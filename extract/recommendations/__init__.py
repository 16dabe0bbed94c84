"""Find the recommendations that a document states, each once, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.records import Recommendation
from extract.recommendations.above import addressee_above, addressee_of_headings
from extract.recommendations.addressees import PRONOUNS, subject_of_clause
from extract.recommendations.candidates import Candidate, Context
from extract.recommendations.labelled import labelled
from extract.recommendations.listed import likely_list, listed
from extract.recommendations.once import stated_once
from extract.recommendations.prose import prose
from extract.recommendations.provenance import own_names
from extract.recommendations.tabled import tabled


def candidates(context: Context) -> list[Candidate]:
    """What the rules alone take for recommendations, in reading order."""
    found = [*listed(context), *labelled(context), *tabled(context), *prose(context)]
    if context.kind == "letter" and len(found) < 3:
        found += likely_list(context)
    return sorted(found, key=Candidate.at)


def addressed(context: Context, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with the addressee that stands above them where they name none themselves."""
    out: list[Candidate] = []
    for c in found:
        before = out[-1] if out else None
        if c.addressee.lower() in PRONOUNS and before and before.addressee:  # 'Voorts zouden zij …'
            c = replace(c, addressee=before.addressee)
        out.append(c if c.addressee else c.with_addressee(_addressee(context, c, before)))
    return out


def _addressee(context: Context, c: Candidate, before: Candidate | None) -> str:
    """The addressee that the surroundings give: in prose the heading, or for 'hem' and 'haar' the one named just before."""
    if c.form != "prose":
        return addressee_above(context, c.block) or subject_of_clause(c.text, own_names(context))
    text = context.outline.blocks[c.block].text
    said = text[max(0, c.sources[0].start - 60) : c.sources[0].start]
    if before and before.block == c.block and re.search(r"\b(?:hem|haar|hen)\b", said):
        return before.addressee
    return addressee_of_headings(context, c.block)


def by_rules(context: Context, found: Sequence[Candidate]) -> list[Candidate]:
    """The recommendations by the rules alone, each once: what stands without models, and what they are measured against."""
    return stated_once(context, addressed(context, found))


def recommendations_of(context: Context, stated: Sequence[Candidate]) -> list[Recommendation]:
    """The candidates that were kept, as records in reading order."""
    return [
        Recommendation(
            recommendation_id="",
            ordinal=ordinal,
            text=c.text,
            page=context.outline.blocks[c.block].page,
            sources=c.sources,
            number=c.number,
            addressee=c.addressee,
            rule=f"{c.form}:{c.rule}",
        )
        for ordinal, c in enumerate(stated, 1)
    ]
