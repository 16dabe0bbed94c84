"""Small documents for the tests: one block a line, in the letters of corpus/documents (H1, H2, P, B, N, T)."""

from __future__ import annotations

from corpus.records import Block, Page, Reading
from extract.issuers import find_issuers
from extract.outline import Outline
from extract.recommendations import by_rules, candidates, recommendations_of
from extract.recommendations.candidates import Context

KINDS = {"P": "paragraph", "B": "item", "N": "item", "H1": "heading", "H2": "heading", "T": "table"}


def blocks(text: str, page: int = 1) -> tuple[Block, ...]:
    """The blocks of a text; 'N 3 text' is an item with the number 3, 'T a | b' a row (the first of a run is its header)."""
    out: list[Block] = []
    for line in filter(None, map(str.strip, text.strip().splitlines())):
        code, rest = line.split(" ", 1)
        number = {"B": "•"}.get(code, "")
        if code == "N":
            number, rest = rest.split(" ", 1)
        cells = tuple(c.strip() for c in rest.split("|")) if code == "T" else ()
        level = int(code[1]) if code in ("H1", "H2") else int(bool(cells) and bool(out) and out[-1].kind == "table")
        out.append(
            Block(KINDS[code], " | ".join(cells) or rest, page, level=level, number=number, cells=cells, table=1)
        )
    return tuple(out)


def outline(text: str) -> Outline:
    return Outline(blocks(text))


def reading(text: str, furniture: tuple[Block, ...] = (), layout: str = "letter", pages: int = 1) -> Reading:
    made = tuple(Page(n, 595.0, 842.0) for n in range(1, pages + 1))
    return Reading("0" * 64, layout, made, blocks(text), furniture)


def recommendations(text: str, kind: str = "letter"):
    """What the rules alone find in a document, as records."""
    context = context_of(text, kind)
    return recommendations_of(context, by_rules(context, candidates(context)))


def context_of(text: str, kind: str = "letter") -> Context:
    made = blocks(text)
    return Context(Outline(made), kind, tuple(find_issuers(made)))


def found(text: str, kind: str = "letter") -> list[tuple[str, str, str]]:
    """(number, addressee, text) of each recommendation found."""
    return [(r.number, r.addressee, r.text) for r in recommendations(text, kind)]
