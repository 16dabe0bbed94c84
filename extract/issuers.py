"""Who recommends: the bodies that a document names, which of them made the report, and how the document calls them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.records import Block
from extract.phrases import rules

_HEREAFTER = re.compile(
    r"\((?:[A-Z][\w&]*,\s*)?(?:hierna(?: te noemen)?|verder)\s*:?\s*[«‘'\"“]?((?:de|het)?\s*[\w &-]+?)[»’'\"”]?\)",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\b(?:de|het|onze) (inspecties?|raad|rekenkamer|ombudsman|kinderombudsman|commissie|autoriteit|onderzoeksraad|arbeidsinspectie|toezichthouder|rapporteur|adviesraad|planbureau)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that made a report: its canonical name and the names by which this document calls it."""

    name: str
    names: tuple[str, ...]


@cache
def bodies() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """(canonical name, its names in lower case, pattern of its names), the longest names first so that a part of a name never wins."""
    out = []
    for body in rules("bodies")["body"]:
        names = sorted((body["name"], *body["aliases"]), key=len, reverse=True)
        pattern = "|".join(re.escape(n) if n.isupper() or len(n) <= 5 else "(?i:" + re.escape(n) + ")" for n in names)
        lowered = tuple(n.lower() for n in names)
        out.append((body["name"], lowered, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")))
    return tuple(sorted(out, key=lambda body: -len(body[0])))


def mentions(text: str) -> list[tuple[int, str]]:
    """(position, canonical name) of each body named in the text; a name inside a longer one counts for the longer only."""
    taken: list[tuple[int, int]] = []
    found = []
    lowered = text.lower()
    for name, names, pattern in bodies():
        if not any(n in lowered for n in names):
            continue  # looking for plain words first is many times faster than the pattern
        for match in pattern.finditer(text):
            if not any(a <= match.start() < b for a, b in taken):
                taken.append(match.span())
                found.append((match.start(), name))
    return sorted(found)


def find_issuers(blocks: tuple[Block, ...], title: str = "") -> list[Issuer]:
    """The bodies whose recommendations this document is about, the main one first; [] when it names none.

    A body counts by how often and how early it is named: in the title, in the first paragraphs, beside the word 'rapport'.
    """
    texts = [b.text for b in blocks if b.kind in ("paragraph", "heading", "item", "table")]
    scores: dict[str, float] = {}
    for _, name in mentions(title):
        scores[name] = scores.get(name, 0) + 6
    for i, text in enumerate(texts):
        for at, name in mentions(text):
            near = text[max(0, at - 120) : at + 160]
            report = 2.0 if i < 8 and re.search(r"rapport|onderzoek|advies|aanbevel", near, re.IGNORECASE) else 0.0
            titled = (
                3.0
                if i < 6
                and re.search(r"[«“‘][^«»“”]{5,120}[»”’]", near)
                and re.search(r"rapport|onderzoek|advies|monitor", near, re.IGNORECASE)
                else 0.0
            )
            foreign = -1.5 if re.search(r"\b(in|uit) (19|20)\d\d\b|eerder|destijds", text[at : at + 60]) else 0.0
            scores[name] = scores.get(name, 0) + (1.0 if i >= 8 else 1.5) + report + titled + foreign
    committee = _committee(texts)
    best = max(scores.values(), default=0.0)
    if committee and committee[0] > best:
        return [committee[1]]
    if not scores:
        return []
    ranked = sorted((n for n in scores if scores[n] >= max(2.5, best * 0.5)), key=lambda n: -scores[n])
    return [Issuer(name, _called(name, texts)) for name in ranked[:2] or [max(scores, key=scores.__getitem__)]]


def _committee(texts: list[str]) -> tuple[float, Issuer] | None:
    """A committee of inquiry that made the report, and how much the document speaks of it: 'de Adviescommissie', 'de commissie'."""
    count = sum(
        len(re.findall(r"\b[Dd]e (?:\w*[Cc]ommissie)\b(?!\s+(?:voor|van de Tweede|van Economische|Europese))", t))
        for t in texts
    )
    name = next(
        (
            m[1]
            for t in texts[:8]
            for m in re.finditer(r"\b((?:[A-Z]\w*)?[Cc]ommissie(?:[ -](?:van |de )*[A-Z]\w+)*)", t)
            if m[1] not in ("Europese Commissie", "Commissie") and m[1][0].isupper()
        ),
        "commissie",
    )
    return (
        (float(count), Issuer(name[0].upper() + name[1:], tuple(dict.fromkeys((name, "commissie")))))
        if count >= 5
        else None
    )


def _called(name: str, texts: list[str]) -> tuple[str, ...]:
    """The names of a body in these texts: its aliases that occur, and the short form that the text defines for it."""
    body = next(b for b in rules("bodies")["body"] if b["name"] == name)
    names = [n for n in (body["name"], *body["aliases"]) if any(n.lower() in t.lower() for t in texts)]
    for text in texts[:15]:
        for match in _HEREAFTER.finditer(text):
            before = text[max(0, match.start() - 90) : match.start()]
            if any(n.lower() in before.lower() for n in (body["name"], *body["aliases"])):
                names.append(re.sub(r"^(de|het)\s+", "", match[1].strip(), flags=re.IGNORECASE))
    head = re.sub(r"^(Nationale|Algemene|Nederlandse) ", "", body["name"]).split()[0].split("-")[0]
    generic = {m[1].lower() for t in texts for m in _GENERIC.finditer(t)}
    if head.lower() in generic or head.lower().rstrip("s") in generic:
        names.append(head)
    names += [
        word
        for word in ("Raad", "Inspectie", "Autoriteit", "College", "Commissie", "Ombudsman")
        if head.lower().endswith(word.lower()) and word.lower() in generic
    ]
    return tuple(dict.fromkeys([*names, *_advisers(texts)]))


_ADVISES = re.compile(
    r"\b[Dd]e ([A-Z][\w-]+)\s+(?:beveelt|adviseert|raadt|bepleit|verzoekt|roept|dringt|geeft)\b|\b(?:beveelt|adviseert|raadt|bepleit|verzoekt|roept|dringt|geeft)\s+de ([A-Z][\w-]+)\b"
)
_NO_ADVISERS = frozenset(
    "Kamer Minister Staatssecretaris Europese Commissie Gezondheidsraad Rijksdienst NAVO Vereniging Tweede".split()
)


def _advisers(texts: list[str]) -> list[str]:
    """Words for the body that the document itself uses as the subject of advice, twice at least: 'de Inspecteur beveelt aan'."""
    counts: dict[str, int] = {}
    for text in texts:
        for match in _ADVISES.finditer(text):
            name = match[1] or match[2]
            counts[name] = counts.get(name, 0) + 1
    return [n for n, k in counts.items() if k >= 2 and n not in _NO_ADVISERS]
