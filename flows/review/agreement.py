"""How far reviewers agree who coded the same sample without seeing each other or the program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import krippendorff
import numpy as np

from corpus.store import Correction

Codes = Mapping[str, Mapping[tuple[str, str], str]]  # reviewer → unit → value


@dataclass(frozen=True)
class Agreement:
    """Krippendorff's alpha (nominal) of one column. None: not defined, as with fewer than two units or one value."""

    field: str
    alpha: float | None
    units: int  # coded by two or more
    same: int  # of those, on which all agree


def codes(made: Iterable[Correction], field: str) -> dict[str, dict[tuple[str, str], str]]:
    """What each reviewer chose, the last choice counting, among blind decisions that stand."""
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for c in made:
        if c.blind and c.field == field and not c.undone_by:
            found[c.reviewer][c.document_id, c.recommendation_id] = c.new_value
    return dict(found)


def agreement(field: str, by_reviewer: Codes) -> Agreement:
    """The agreement of all reviewers on the units that two or more of them coded."""
    chosen: dict[tuple[str, str], list[str]] = defaultdict(list)
    for values in by_reviewer.values():
        for unit, value in values.items():
            chosen[unit].append(value)
    shared = {unit: values for unit, values in chosen.items() if len(values) > 1}
    same = sum(len(set(values)) == 1 for values in shared.values())
    return Agreement(field, _alpha(list(shared.values())), len(shared), same)


def _alpha(units: list[list[str]]) -> float | None:
    values = sorted({value for unit in units for value in unit})
    if len(values) < 2 or len(units) < 2:
        return None
    counts = np.array([[unit.count(value) for value in values] for unit in units])
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
