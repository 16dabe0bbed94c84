"""Commitments (toezeggingen): sentences that promise, with a date, to act or to inform the Kamer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.records import Recommendation
from extract.dates import Moment, find_moments, future
from extract.outline import Outline
from extract.phrases import any_of, rules

_DATE_OF = re.compile(
    r"\b(?:brief|debat|overleg|rapport|verordening|richtlijn|besluit|motie|wet|advies|stand|situatie)\b[^.]{0,25}\b(?:van|op|uit)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence, [start, end) of block `block`, with the moment that it names."""

    block: int
    start: int
    end: int
    text: str
    moment: Moment


def find_commitments(
    outline: Outline, recommendations: Sequence[Recommendation], written: date | None, exact: bool = True
) -> list[Promise]:
    """The promises of a letter in reading order; none when not even the year of writing is known.

    A sentence counts when it names a moment that had not passed on the day of writing and does not tell of what was done.
    Where only the year of writing is known (not `exact`), moments without a year of their own are left out.
    """
    if written is None:
        return []
    out = []
    stated = [s for r in recommendations for s in r.sources]
    for i, block in enumerate(outline.blocks):
        if block.kind not in ("paragraph", "item", "table"):
            continue
        for start, end in outline.sentences(i):
            for moment in promised(block.text[start:end], written):
                inside = any(s.block == i and s.start <= start + moment.start < s.end for s in stated)
                if not inside and (exact or re.search(r"\d{4}", moment.text)):
                    out.append(Promise(i, start, end, block.text[start:end], moment))
    return out


def promised(sentence: str, written: date) -> list[Moment]:
    """The moments that a sentence promises something for, each period once."""
    out: list[Moment] = []
    for moment in future(find_moments(sentence, written), written):
        today = moment.first == moment.last == written
        known = any((m.first, m.last) == (moment.first, moment.last) for m in out)
        if not (
            today or known or _DATE_OF.search(sentence[: moment.start]) or _tells_of_past(sentence, moment, written)
        ):
            out.append(moment)
    return out


def _tells_of_past(sentence: str, moment: Moment, written: date) -> bool:
    """'De directie heeft in februari een plan vastgesteld': a month without a year, in a clause in the perfect, has passed."""
    if re.search(r"\d{4}", moment.text) and moment.first > written:
        return False
    clause = (
        re.split(r"[;:]|, (?:en|maar|waarna)\b", sentence[: moment.end + 120])[0]
        if moment.start < 60
        else sentence[max(0, moment.start - 60) : moment.end + 120]
    )
    aux = re.search(r"\b(?:heb|heeft|hebben|is|zijn|werd|werden|was|had)\b", clause) and re.search(
        r"\b\w*ge\w+(?:d|t|en)\b|\b(?:ver|be|her|ont|vast)\w+(?:d|t)\b", clause
    )
    return bool(aux or any_of(rules("commitments")["not"]).search(clause)) and not re.search(
        r"\b(?:zal|zullen|wordt|worden|gaat|gaan|uiterlijk)\b", clause
    )
