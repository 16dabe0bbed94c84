"""A recommendation that is stated more than once is kept once, where it is stated in full."""

from __future__ import annotations

import re
from collections import Counter

from extract.recommendations.candidates import Candidate, Context

_STOP = frozenset(
    "de het een en van in op te voor dat die met om aan is zijn er bij als ook door naar tot worden wordt of niet dan deze dit uit over onder hun haar zij hij".split()
)


def content_words(text: str) -> Counter[str]:
    """Stems of the content words, crudely cut: enough to compare two wordings of one recommendation."""
    words = re.findall(r"[^\W\d_]{3,}|\d+", text.lower())
    return Counter(w[:6] for w in words if w not in _STOP)


def overlap(a: str, b: str) -> float:
    """Share of the shorter text's content words that the other text has, 0 to 1."""
    x, y = content_words(a), content_words(b)
    return sum((x & y).values()) / max(1, min(x.total(), y.total()))


def stated_once(context: Context, found: list[Candidate]) -> list[Candidate]:
    """The candidates without overlaps, without a summary's short forms, and without later repetitions."""
    found = _without_overlaps(found)
    zones = context.outline.zones
    full = [c for c in found if zones[c.block] != "summary"]
    if full and context.kind == "report":
        found = full
    strong = [c for c in found if c.form != "prose"]
    kept: list[Candidate] = []
    for c in found:
        if c.form == "prose" and (_weak_beside(c, strong) or any(_repeats(c, other) for other in strong)):
            continue
        if c.form != "prose" and any(_same(c, other) for other in kept):
            continue
        kept.append(c)
    return kept


def _weak_beside(c: Candidate, strong: list[Candidate]) -> bool:
    """Where the recommendations stand in a list, a table or headings, prose must say 'beveelt … aan' to add one."""
    return len(strong) >= 3 and c.rule in ("noun", "wants", "modal", "passive", "past", "ordinal", "wish", "opinion")


def _without_overlaps(found: list[Candidate]) -> list[Candidate]:
    out: list[Candidate] = []
    for c in found:
        clash = next(
            (
                o
                for o in out
                if o.block == c.block
                and o.sources[0].start < c.sources[0].end
                and c.sources[0].start < o.sources[0].end
            ),
            None,
        )
        if clash is None:
            out.append(c)
        elif c.sure > clash.sure:
            out[out.index(clash)] = c
    return out


def _repeats(prose: Candidate, other: Candidate) -> bool:
    """Whether a sentence of prose speaks of a recommendation that stands in a list, table or heading."""
    return overlap(prose.text, other.text) >= 0.5


def _same(a: Candidate, b: Candidate) -> bool:
    return overlap(a.text, b.text) >= 0.8
