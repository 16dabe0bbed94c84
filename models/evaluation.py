"""Figures: what a run found against what annotators wrote. Definitions in docs/accuracy.md; plain Python, no model.

A gold recommendation is found when a row's text is at least 0.80 alike (letters and digits only), one to one, the best
pairs first; exact from 0.95. A status is right when it is one of those that the annotation accepts.
"""

from __future__ import annotations

import difflib
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.tables import STATUSES

ALIKE, EXACT, LEAD_IN = 0.80, 0.95, 90


@dataclass(frozen=True, slots=True)
class Wanted:
    """A gold recommendation: its whole text, the acceptable statuses (() in a report), the words of the passages that answer it."""

    text: str
    statuses: tuple[str, ...] = ()
    addressee: str = ""
    position: str = ""
    action: str = ""
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What a run gave for one recommendation."""

    text: str
    status: str = ""
    addressee: str = ""
    position: str = ""
    action: str = ""
    response_text: str = ""
    confidence: float = 0.0
    needs_review: bool = False


@dataclass
class Scored:
    """The counts of one document, its status confusions (gold, given), judged rows (right, confidence, review) and errors."""

    name: str
    kind: str
    counts: Counter = field(default_factory=Counter)
    confusion: list[tuple[str, str]] = field(default_factory=list)
    judged: list[tuple[bool, float, bool]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """Letters a–z and digits only, accents stripped."""
    return re.sub(r"[^a-z0-9]+", "", unicodedata.normalize("NFKD", text).lower())


def likeness(wanted: str, given: str) -> float:
    """How alike two plain texts are, 0 to 1; a row that also holds a short lead-in counts as found."""
    if not wanted or not given:
        return 0.0
    if wanted in given and len(given) - len(wanted) <= LEAD_IN:
        return max(0.9, len(wanted) / len(given))
    if min(len(wanted), len(given)) * 2 < max(len(wanted), len(given)):
        return 0.0
    return difflib.SequenceMatcher(None, wanted, given, autojunk=False).ratio()


def matched(wanted: Sequence[str], given: Sequence[str], at_least: float) -> dict[int, int]:
    """Pairs of places (wanted → given), one to one, the most alike first."""
    pairs = sorted(((likeness(w, g), i, j) for i, w in enumerate(wanted) for j, g in enumerate(given)), reverse=True)
    out: dict[int, int] = {}
    for score, i, j in pairs:
        if score >= at_least and i not in out and j not in out.values():
            out[i] = j
    return out


def score_document(name: str, kind: str, wanted: Sequence[Wanted], given: Sequence[Given]) -> Scored:
    """The counts of one document."""
    w, g = [plain(x.text) for x in wanted], [plain(x.text) for x in given]
    pairs = matched(w, g, ALIKE)
    scored = Scored(name, kind, Counter(wanted=len(w), given=len(g), found=len(pairs), exact=len(matched(w, g, EXACT))))
    for i, one in enumerate(wanted):
        if i in pairs:
            _judge(scored, one, given[pairs[i]])
        else:
            scored.errors.append(f"missed: {one.text}")
    scored.errors += [f"spurious: {row.text}" for j, row in enumerate(given) if j not in pairs.values()]
    return scored


def _judge(scored: Scored, wanted: Wanted, given: Given) -> None:
    c, answer = scored.counts, plain(given.response_text)
    if wanted.statuses:
        right = given.status in wanted.statuses
        gold = given.status if right else wanted.statuses[0]
        scored.confusion.append((gold, given.status))
        scored.judged.append((right, given.confidence, given.needs_review))
        c.update(
            status_of=1, status=right, position=given.position == wanted.position, action=given.action == wanted.action
        )
        if not right:
            scored.errors.append(
                f"status {wanted.statuses[0]} read as {given.status or 'nothing'}: {wanted.text} || {given.response_text[:400]}"
            )
        c.update(link_wanted=len(wanted.passages), link=sum(plain(p) in answer for p in wanted.passages))
        if answer:
            c.update(link_given=1, link_right=any(plain(p) in answer for p in wanted.passages))
    if wanted.addressee:
        a, b = plain(wanted.addressee), plain(given.addressee)
        right = bool(b) and (a in b or b in a)
        c.update(addressee_of=1, addressee=right)
        if not right:
            scored.errors.append(f"addressee {wanted.addressee} read as {given.addressee or 'none'}: {wanted.text}")


def figures(documents: Iterable[Scored]) -> dict[str, float]:
    """The figures over some documents, 0 to 1."""
    c: Counter = Counter()
    confusion: list[tuple[str, str]] = []
    for d in documents:
        c.update(d.counts)
        confusion += d.confusion
    precision, recall = _share(c["found"], c["given"]), _share(c["found"], c["wanted"])
    out = {
        "extraction precision": precision,
        "extraction recall": recall,
        "extraction F1": _share(2 * c["found"], c["given"] + c["wanted"]),
        "extraction F1 exact": _share(2 * c["exact"], c["given"] + c["wanted"]),
        "addressee": _share(c["addressee"], c["addressee_of"]),
    }
    if c["status_of"]:
        out |= {
            "status accuracy": _share(c["status"], c["status_of"]),
            "status macro-F1": macro_f1(confusion),
            "position accuracy": _share(c["position"], c["status_of"]),
            "action accuracy": _share(c["action"], c["status_of"]),
            "end to end F1": _share(2 * c["status"], c["given"] + c["wanted"]),
            "link recall": _share(c["link"], c["link_wanted"]),
            "link precision": _share(c["link_right"], c["link_given"]),
        }
    return out


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def f1_by_status(confusion: Sequence[tuple[str, str]]) -> dict[str, tuple[float, int]]:
    """status → (F1, support) for the statuses that occur in gold."""
    out = {}
    for s in STATUSES:
        gold, given = sum(g == s for g, _ in confusion), sum(p == s for _, p in confusion)
        if gold:
            out[s] = (_share(2 * sum(g == p == s for g, p in confusion), gold + given), gold)
    return out


def macro_f1(confusion: Sequence[tuple[str, str]]) -> float:
    """Mean F1 of the statuses that occur in gold."""
    scores = [f for f, _ in f1_by_status(confusion).values()]
    return _share(sum(scores), len(scores))


def intervals(documents: Sequence[Scored], samples: int = 400, seed: int = 7) -> dict[str, tuple[float, float]]:
    """95 % intervals of the figures, from resampling documents."""
    rng = random.Random(seed)
    drawn: dict[str, list[float]] = defaultdict(list)
    for _ in range(samples):
        for name, value in figures(rng.choices(documents, k=len(documents))).items():
            drawn[name].append(value)
    out = {}
    for name, values in drawn.items():
        values.sort()
        out[name] = (values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))])
    return out


def review(documents: Iterable[Scored]) -> dict[str, float]:
    """How well needs_review finds the errors: share of wrong statuses flagged, share of rows flagged; and the calibration error."""
    rows = [r for d in documents for r in d.judged]
    wrong = [r for r in rows if not r[0]]
    bins: dict[int, list[tuple[bool, float]]] = defaultdict(list)
    for right, confidence, _ in rows:
        bins[min(9, int(confidence * 10))].append((right, confidence))
    off = sum(abs(sum(r for r, _ in b) - sum(c for _, c in b)) for b in bins.values())
    return {
        "errors flagged": _share(sum(r[2] for r in wrong), len(wrong)),
        "rows flagged": _share(sum(r[2] for r in rows), len(rows)),
        "calibration error": _share(off, len(rows)),
    }
