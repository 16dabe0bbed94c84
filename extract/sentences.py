"""Sentences of Dutch administrative prose: spaCy's Dutch tokenizer, with a boundary rule that knows the abbreviations of letters."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Span = tuple[int, int]

# A point after these never ends a sentence (spaCy's own list lacks most of them).
ABBREVIATIONS = frozenset(
    [
        "art",
        "artt",
        "nr",
        "nrs",
        "par",
        "bijv",
        "bijv.",
        "blz",
        "hfst",
        "c.s",
        "m.b.t",
        "i.v.m",
        "t.a.v",
        "o.a",
        "d.w.z",
        "resp",
        "mr",
        "mrs",
        "dr",
        "drs",
        "ir",
        "ing",
        "prof",
        "dhr",
        "mevr",
        "mw",
        "jhr",
        "st",
        "vgl",
        "zgn",
        "incl",
        "excl",
        "max",
        "min",
        "ca",
        "evt",
        "afd",
        "aanh",
        "stb",
        "stcrt",
        "trb",
        "kst",
        "kamerst",
        "lid.",
        "sub",
        "jo",
        "mln",
        "mld",
        "t.b.v",
        "m.n",
        "i.p.v",
        "n.a.v",
        "t.g.v",
        "o.g.v",
        "i.c",
        "i.h.b",
        "p.m",
        "bv",
        "nv",
        "jan",
        "feb",
        "mrt",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "okt",
        "nov",
        "dec",
        "a.d",
        "h.m",
        "a.p",
    ]
)
_ENDS = frozenset((".", "!", "?", "…"))
_CLOSERS = frozenset(("»", "”", '"', "’", "'", ")", "]"))


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """spaCy's blank Dutch pipeline with the boundary rule below. No trained model: nothing to download."""
    import spacy
    from spacy.language import Language

    if not Language.has_factory("letter_sentences"):
        Language.component("letter_sentences", func=_set_boundaries)
    nlp = spacy.blank("nl")
    nlp.add_pipe("letter_sentences")
    return nlp


def _set_boundaries(doc: Doc) -> Doc:
    for token in doc:
        token.is_sent_start = token.i == 0
    for token in doc:
        if token.text in _ENDS or (token.text[-1] in ".!?" and len(token) > 1):
            after = token.i + 1
            while after < len(doc) and doc[after].text in _CLOSERS and not doc[after - 1].whitespace_:
                after += 1
            if after < len(doc) and doc[after - 1].whitespace_ and _ends_sentence(doc, token.i, after):
                doc[after].is_sent_start = True
    return doc


def _ends_sentence(doc: Doc, at: int, after: int) -> bool:
    token, following = doc[at], doc[after]
    if not (following.text[0].isupper() or following.text[0].isdigit() or following.text[0] in "«“‘\"'(€—–-"):
        return False
    if token.text[-1] != ".":
        return True
    word = (
        (token.text if len(token) > 1 else (doc[at - 1].text if at and not doc[at - 1].whitespace_ else ""))
        .rstrip(".")
        .lower()
    )
    if word in ("jl", "a.s", "e.d", "e.v", "etc"):
        return following.text[0].isupper()
    return not (word in ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or ("." in word and len(word) <= 5))


@lru_cache(maxsize=2048)
def _spans(text: str) -> tuple[Span, ...]:
    return tuple((s.start_char, s.start_char + len(s.text.rstrip())) for s in pipeline()(text).sents)


def sentences(text: str) -> list[Span]:
    """The (start, end) character spans of the sentences of a text, without the white space between them."""
    return list(_spans(text)) if text.strip() else []
