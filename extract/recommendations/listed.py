"""Recommendations as list items: the lead-in, the headings above and the items themselves decide on the list as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.outline import ItemList
from extract.phrases import any_of, rules
from extract.recommendations.addressees import addressee_in, addressee_of_heading, noted_after, without_note
from extract.recommendations.candidates import Candidate, Context, candidate
from extract.recommendations.forms import asking_part, asks
from extract.recommendations.provenance import is_foreign, own_names

_QUESTION = re.compile(
    r"(?:is|zijn|heeft|hebben|weet|weten|kijkt|kijken|wordt|worden|kan|kunnen|krijgt|krijgen|beschikt|doet|voldoet|welke|hoe|wie|wat|waarom|wanneer|in hoeverre|zijn er|is er)\b(?!\s+te\b)",
    re.IGNORECASE,
)
_GROUP = re.compile(r":\s*$")
_REFERS = re.compile(r"\baanbeveling(?:en)?\s+(?:\d|[IVX]+\b|[a-h]\b)|^(?:ad|reactie|antwoord)\b", re.IGNORECASE)


def listed(context: Context) -> Iterator[Candidate]:
    """Candidates from every list that states recommendations."""
    for lst in context.outline.lists:
        sure = _sureness(context, lst)
        if sure > 0:
            yield from _items(context, lst, sure)


def likely_list(context: Context) -> Iterator[Candidate]:
    """For a letter in which nothing else was found: the first list that the report's body, by its lead-in, speaks in."""
    outline = context.outline
    for lst in outline.lists if context.speaks else ():
        lead = outline.lead_text(lst)
        last = lead[outline.sentences(lst.lead)[-1][0] :] if lead else ""
        ours = own_names(context).search(last) or re.match(r"(?:Zij|Hij|Haar|Zijn)\b", last)
        if (
            len(lst.items) >= 3
            and ours
            and last.rstrip().endswith(":")
            and _voice(context, lst, last, lead) >= 0
            and outline.zones[lst.items[0]] not in ("others", "closing", "findings")
        ):
            yield from _items(context, lst, 0.5)
            return


def _sureness(context: Context, lst: ItemList) -> float:
    """How surely this list states recommendations: 0 when something speaks against it."""
    outline = context.outline
    texts = [outline.blocks[i].text for i in lst.items]
    if any(_REFERS.search(t[:60]) for t in texts) or context.outside(lst.items[0]):
        return 0.0
    lead = outline.lead_text(lst)
    last = lead[outline.sentences(lst.lead)[-1][0] :] if lead else ""
    share = sum(map(asks, texts)) / len(texts)
    voice = _voice(context, lst, last, lead)
    if voice < 0:
        return 0.0
    if not context.speaks and not (
        last and any_of(rules("recommendations")["announce"]["strong"]).search(last) and share >= 0.5
    ):
        return 0.0
    if len(texts) <= 2 and last and not (share and len(texts) == 2) and not last.rstrip().endswith(":"):
        return 0.0
    if voice == 2:
        return 0.0 if sum(bool(_QUESTION.match(t)) for t in texts) * 2 > len(texts) else 1.0
    return 0.8 if voice == 1 and share >= 0.5 else 0.0


def _voice(context: Context, lst: ItemList, last: str, lead: str) -> int:
    """What introduces the list: 2 a lead-in of recommendations, 1 words or headings that may, 0 nothing, -1 something else."""
    words = rules("recommendations")
    announce, strong, other = (
        any_of(words["announce"]["phrases"]),
        any_of(words["announce"]["strong"]),
        any_of(words["other"]["phrases"]),
    )
    outline = context.outline
    if is_foreign(last or lead, context):
        return -1
    zone = outline.zones[lst.items[0]]
    if last and _asks_in_tail(last, strong):
        return 2
    if last and addressee_of_heading(last):
        return _inherited(context, lst, strong)
    if last and other.search(last):
        return -1
    if last and announce.search(last) and last.rstrip().endswith((":", ".")):
        return 2 if zone in ("recommendations", "reaction", "") else 1
    if zone == "others":
        return -1
    before = lead[: -len(last)] if last else ""
    if (
        before
        and strong.search(before[-300:])
        and last.rstrip().endswith(":")
        and not is_foreign(before[-300:], context)
    ):
        return 1
    headings = " ".join(outline.blocks[h].text for h in outline.headings[lst.items[0]])
    if strong.search(headings) and zone in ("recommendations", "reaction", ""):
        return 2 if not last or addressee_of_heading(last) else 1
    return 0


def _inherited(context: Context, lst: ItemList, strong: re.Pattern[str]) -> int:
    """The voice of what stands before a lead-in that only names an addressee ('Aan de gemeenten:'), past other such lists."""
    outline = context.outline
    for j in range(lst.lead - 1, max(-1, lst.lead - 30), -1):
        block = outline.blocks[j]
        if block.kind == "item" or addressee_of_heading(block.text):
            continue
        if strong.search(block.text) and not is_foreign(block.text[-300:], context):
            return 2
        if block.kind == "heading":
            return 0
    return 0


_ABOUT = re.compile(
    r"\b(?:ter|in|tot) (?:uitvoering|opvolging|reactie)\b|\bnaar aanleiding van\b|\blos van\b|\bnaast\b", re.IGNORECASE
)


def _asks_in_tail(last: str, strong: re.Pattern[str]) -> bool:
    """Whether the lead-in names recommendations last, and not what was found, or what is done with them."""
    asks_at = max((m.end() for m in strong.finditer(last)), default=-1)
    other = any_of(rules("recommendations")["other"]["phrases"])
    other_at = max((m.end() for m in other.finditer(last)), default=-1)
    return asks_at > other_at and not _ABOUT.search(last)


def _items(context: Context, lst: ItemList, sure: float) -> Iterator[Candidate]:
    outline = context.outline
    group = ""
    for position, i in enumerate(lst.items):
        block = outline.blocks[i]
        following = outline.blocks[lst.items[position + 1]].number if position + 1 < len(lst.items) else ""
        if _GROUP.search(block.text) and following:
            group = addressee_in(block.text) or ""
            continue
        if len(block.text) < 12:
            continue
        start, end, to = without_note(block.text, 0, asking_part(block.text, outline.sentences(i)))
        number = "" if block.number == "•" else block.number
        yield candidate(
            outline,
            i,
            start,
            end,
            "list",
            number=number,
            addressee=to or noted_after(block.text, end) or group,
            rule="list",
            sure=sure,
        )
