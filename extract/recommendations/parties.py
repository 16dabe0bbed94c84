"""Words for those who can act: ministers, bodies, kinds of organisations and professions. What is no such party is no addressee."""

from __future__ import annotations

import re
from functools import cache

from extract.phrases import rules

_WORD = re.compile(r"[\w’'&.-]*[\w&]|[^\w\s]")
_DETERMINERS = frozenset(
    "de het alle elk elke ieder iedere beide deze die dezelfde diezelfde mijn onze uw zijn haar een".split()
)
_PRONOUNS = frozenset("ik mij wij ons hij zij hem hen".split())
_LONGEST = 300  # characters: no list of parties is longer
_OF = frozenset("van voor in langs met".split())
_SMALL = frozenset("van der den de het en voor op aan te &".split())


@cache
def _head() -> re.Pattern[str]:
    """A lower-case word for a party: as it stands, or as the last part of a compound ('jeugdhulpaanbieders')."""
    words = rules("parties")
    return re.compile(rf"(?:{'|'.join(words['whole'])}|[\w’'-]*(?:{'|'.join(words['ends'])}))(?:-generaal)?")


def party_at(text: str, at: int = 0) -> str:
    """The party whose words begin at that place of the text, with what belongs to its name; '' where none begins."""
    words = list(_WORD.finditer(text, at, at + _LONGEST))
    end = _group(words, 0, at == 0 or text[:at].rstrip()[-1:] in ".:«“(")
    return text[words[0].start() : words[end - 1].end()] if end else ""


def is_party(name: str) -> bool:
    """Whether the words are those of a party, or of several, and no more."""
    return name.lower() in _PRONOUNS or (bool(name) and len(party_at(name)) >= len(name.rstrip(" .:;,")))


def _group(words: list[re.Match[str]], k: int, first: bool) -> int:
    """Where a party that begins at word k ends, with those joined to it by 'en' or a comma; 0 where none begins."""
    end = _one(words, k, first)
    while end and end + 1 < len(words) and words[end][0] in (",", "en", "of", "alsmede"):
        after = end + 1 + (words[end + 1][0] in ("en", "of"))
        more = _one(words, after, False)
        if not more:
            break
        end = more
    return end


def _one(words: list[re.Match[str]], k: int, first: bool) -> int:
    start = k
    if k < len(words) and words[k][0].lower() in _DETERMINERS:
        k += 1
    elif k < len(words) and words[k][0].lower() in _PRONOUNS:
        return k + 1
    for skip in range(4):
        if k + skip >= len(words):
            return 0
        word = words[k + skip][0]
        low = word.lower() if first and k + skip == start else word
        if _head().fullmatch(low):
            return _tail(words, k + skip + 1)
        if _is_name(word, first and k + skip == start) and (skip == 0 or k > start):
            return _tail(words, _name(words, k + skip))
        if not re.fullmatch(r"[a-zé]+(?:e|s|en)|\d+|twee|drie|vier|vijf", low):
            return 0
    return 0


def _is_name(word: str, first: bool) -> bool:
    return len(word) > 1 and word[0].isupper() and (not first or sum(c.isupper() for c in word) > 1)


def _name(words: list[re.Match[str]], k: int) -> int:
    """Where a run of capitalised words ends, with the small words inside it."""
    end = k + 1
    while end < len(words):
        if _is_name(words[end][0], False):
            end += 1
        elif (
            words[end][0] in _SMALL
            and words[end][0] not in ("en", "aan", "op")
            and end + 1 < len(words)
            and _is_name(words[end + 1][0], False)
        ):
            end += 2
        else:
            break
    return end


def _tail(words: list[re.Match[str]], k: int) -> int:
    """Past '(DJI)', 'van Justitie en Veiligheid', 'van procureurs-generaal', 'voor Rechtsbescherming'."""
    while k < len(words):
        if words[k][0] == "(" and k + 2 < len(words) and words[k + 2][0] == ")" and _is_name(words[k + 1][0], False):
            k += 3
        elif words[k][0] in _OF and k + 1 < len(words):
            at = k + 1 + (words[k + 1][0] in ("de", "het", "alle"))
            if at >= len(words):
                return k
            if _is_name(words[at][0], False):
                k = _name(words, at)
                while (
                    k + 1 < len(words)
                    and words[k][0] in (",", "en", "&")
                    and _is_name(words[k + 1][0], False)
                    and words[at - 1][0] in _OF
                ):
                    k = _name(words, k + 1)
            elif words[k][0] != "met" and _head().fullmatch(words[at][0]):
                k = at + 1
            else:
                return k
        else:
            return k
    return k
