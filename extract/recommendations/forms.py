"""The forms in which Dutch asks: the imperative ('Stel … vast'), the infinitive ('… vast te stellen'), the modal ('zou moeten')."""

from __future__ import annotations

import re
from functools import cache

from extract.phrases import rules

_TO_INFINITIVE = re.compile(r"\b(?:te|\w{2,}te) \w+en\b|\b\w{2,}\s*te \w+en\b|\b\w+te\w+en[.;]?$", re.IGNORECASE)
_MODAL = re.compile(r"\b(?:zou|zouden|dient|dienen|moet|moeten)\b", re.IGNORECASE)


@cache
def _stems() -> frozenset[str]:
    return frozenset(rules("imperatives")["stems"].split())


def is_imperative(text: str) -> bool:
    """Whether the text begins as an order: a verb stem as its first word (after 'Als X,' or 'Geef …' alike)."""
    words = re.findall(r"[\w’'-]+", text[:120].lower())
    if not words:
        return False
    first = words[0]
    if first in _stems():
        return not re.match(r"\w+(?:\s*[:.]|\s+(?:\d|[IVX]+\b))", text.strip())  # 'Deel II: …' is a title
    if re.fullmatch(r"(?:her|ver|be|ont|ge|onder|over)?\w+(?:eer|iseer)", first):
        return True
    return (
        bool(re.search(r",\s*(\w+)", text[:160]))
        and first in ("als", "in", "bij", "voor", "vooruitlopend")
        and any(w in _stems() for w in words[1:14])
    )


def is_infinitive(text: str) -> bool:
    """Whether the text ends in 'te' with an infinitive, or in an infinitive after a lower-case beginning."""
    tail = text.rstrip(" .;")
    return bool(_TO_INFINITIVE.search(tail[-90:])) or (text[:1].islower() and bool(re.search(r"\w{3,}en$", tail)))


_FURTHER = re.compile(
    r"^(?:Daarbij|Hierbij|Daarin|Daarvoor|Dit|Dat)\b[^.]{0,60}\b(?:moet|moeten|dient|dienen|zou|zouden)\b|^Het gaat\b|^Denk\b"
)


def asking_part(text: str, spans: list[tuple[int, int]]) -> int:
    """Where an order ends: after the last of its first sentences that asks. What follows is its reason, or its answer."""
    if len(spans) < 2 or not is_imperative(text[spans[0][0] :]):
        return spans[-1][1] if spans else len(text)
    end = spans[0][1]
    for start, stop in spans[1:]:
        if not (is_imperative(text[start:stop]) or _FURTHER.match(text[start:stop])):
            break
        end = stop
    return end


def asks(text: str) -> bool:
    """Whether the text asks for something in one of these forms."""
    return is_imperative(text) or is_infinitive(text) or bool(_MODAL.search(text))
