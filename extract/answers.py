"""What a letter says to one recommendation, gathered from its linked passages for the models to judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.records import Answer, Recommendation
from extract.cues import find_cues
from extract.document import Link
from extract.passages import Passage
from extract.phrases import any_of, rules
from extract.sentences import sentences
from extract.terms import terms

# Ties that speak of this recommendation alone; a group's answer gives way to them (rule 6 of the coding scheme).
_OWN = frozenset({"row", "heading", "item", "statement", "number", "ordinal", "above", "meaning", "except"})


def answer_of(recommendation: str, text: str, links: Sequence[str] = (), support: float = 1.0) -> Answer:
    """The answer in the form that the models read."""
    cues = tuple((c.start, c.end, c.kind, c.rule, c.sentence) for c in find_cues(text))
    spans = tuple(sentences(text))
    asked = terms(recommendation)
    overlaps = tuple(_share(asked, terms(text[start:end])) for start, end in spans)
    words = rules("linking")
    study = bool(any_of(words["study"]).search(recommendation))
    talks = bool(any_of(words["talks"]).search(recommendation) and any_of(words["talked"]).search(text))
    return Answer(recommendation, text, spans, cues, tuple(links), support, overlaps, study, talks)


def _share(asked: Counter[str], said: Counter[str]) -> float:
    """The share of the first terms that the second has."""
    return sum((asked & said).values()) / (sum(asked.values()) or 1.0)


def asked_in(links: Sequence[Link], passage: int, recommendations: Sequence[Recommendation]) -> dict[int, str]:
    """ordinal → text of the recommendations that a passage is linked to."""
    return {x.ordinal: recommendations[x.ordinal - 1].text for x in links if x.passage == passage}


def deciding(links: Sequence[Link], passages: Sequence[Passage]) -> list[Link]:
    """The links whose passages decide: those about this recommendation alone where there are such, else all."""
    own = [x for x in links if x.kind in _OWN]
    if any(x.kind != "except" for x in own):
        own = [x for x in own if x.kind != "except"]
    kept = own or list(links)
    fuller = [x for x in kept if not _points_on(passages[x.passage].text)]
    return fuller or kept


def _points_on(text: str) -> bool:
    """'Zie de toelichting onder de tabel.': a pointer, not an answer (rules 7 and 14)."""
    return len(text) < 90 and text.lower().lstrip().startswith("zie ")


def specific_text(ordinal: int, passage: Passage, asked: Mapping[int, str]) -> str:
    """The passage without the sentences that speak of other recommendations only.

    asked  ordinal → text of all recommendations that the passage is linked to. A sentence that names numbers speaks of
           those; else of the one whose words it has, where that is clear; else of what the sentence before it speaks of.
    """
    spans = sentences(passage.text)
    if len(spans) < 2:
        return passage.text
    words = {o: terms(text) for o, text in asked.items()}
    numbered = any(ordinal in r.ordinals for r in passage.references if r.kind in ("number", "ordinal"))
    kept, owners = [], frozenset[int]()
    for start, end in spans:
        here = [r for r in passage.references if start <= r.start < end and r.kind in ("number", "ordinal")]
        if here:
            owners = frozenset(o for r in here for o in r.ordinals)
        elif len(asked) > 1 and (own := _spoken_of(terms(passage.text[start:end]), words)):
            owners = frozenset([own])
        if not owners or ordinal in owners or not (owners & asked.keys() or numbered):
            kept.append(passage.text[start:end])
    return " ".join(kept) or passage.text


def _spoken_of(said: Counter[str], words: Mapping[int, Counter[str]]) -> int | None:
    """The recommendation that a sentence clearly speaks of: it has a fifth of its terms, and twice those of any other."""
    shared = Counter({o: sum((said & w).values()) / (sum(w.values()) or 1.0) for o, w in words.items()})
    (best, most), *others = shared.most_common(2)
    return best if most >= 0.2 and all(most >= 2 * x for _, x in others) else None
