"""The outcome of an evaluation as text, and against an earlier outcome."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.tables import STATUSES
from models.evaluation import Scored, f1_by_status, figures, intervals, review


def show(scored: Sequence[Scored], errors: bool) -> Iterator[str]:
    """Lines: the figures with their intervals for letters and reports, the confusion table, the review figures, the errors."""
    for kind in ("letter", "report"):
        part = [s for s in scored if s.kind == kind]
        if not part:
            continue
        yield f"{kind}: {len(part)} files, {sum(s.counts['wanted'] for s in part)} recommendations"
        spread = intervals(part)
        for name, value in figures(part).items():
            yield f"  {name:24} {value:.3f}  ({spread[name][0]:.3f} to {spread[name][1]:.3f})"
        if kind == "letter":
            yield from _statuses(part)
    if errors:
        for s in scored:
            yield from (f"  {s.name}: {error}" for error in s.errors)


def _statuses(part: Sequence[Scored]) -> Iterator[str]:
    confusion = [pair for s in part for pair in s.confusion]
    for status, (value, support) in f1_by_status(confusion).items():
        yield f"  F1 {status:21} {value:.3f}  (n={support})"
    counted = Counter(confusion)
    yield "  gold \\ read    " + " ".join(f"{s[:9]:>9}" for s in STATUSES)
    for gold in STATUSES:
        yield f"  {gold:14} " + " ".join(f"{counted[gold, read]:9d}" for read in STATUSES)
    for name, value in review(part).items():
        yield f"  {name:24} {value:.3f}"


def keep(path: Path, scored: Sequence[Scored]) -> None:
    """Write the errors of each document, for `changes`."""
    path.write_text(
        json.dumps({s.name: sorted(s.errors) for s in scored}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def changes(path: Path, scored: Sequence[Scored]) -> Iterator[str]:
    """Gains and losses against an earlier outcome, document by document."""
    before = json.loads(path.read_text(encoding="utf-8"))
    gains = losses = 0
    for s in scored:
        gone = sorted(set(before.get(s.name, [])) - set(s.errors))
        new = sorted(set(s.errors) - set(before.get(s.name, s.errors)))
        gains, losses = gains + len(gone), losses + len(new)
        yield from (f"  + {s.name}: {e[:160]}" for e in gone)
        yield from (f"  - {s.name}: {e[:160]}" for e in new)
    yield f"{gains} errors gone, {losses} new"
