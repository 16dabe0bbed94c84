"""Trained models on disk: skops files (loading one runs no code) with a card beside them that says what they are."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from corpus.records import Clause, Heard, Pair, Unit
from models.coder import Coder
from models.cutter import Cutter
from models.finder import Finder, taken
from models.linker import Linker

FOLDER = Path(__file__).parent / "trained"
# Types of scikit-learn itself that skops does not yet list as safe; loading refuses every other.
_TRUSTED = frozenset(
    {
        "sklearn.ensemble._hist_gradient_boosting.binning._BinMapper",
        "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
        "sklearn._loss.link.Interval",
        "sklearn._loss.link.LogitLink",
        "sklearn._loss._loss.CyHalfBinomialLoss",
        "sklearn._loss.loss.HalfBinomialLoss",
        "sklearn._loss._loss.CyHalfMultinomialLoss",
        "sklearn._loss.loss.HalfMultinomialLoss",
        "sklearn._loss.link.MultinomialLogit",
        "numpy.dtype",
    }
)


class ModelError(RuntimeError):
    """A model that cannot be loaded; the message says what to do."""


PARTS = {"finder": Finder, "cutter": Cutter, "linker": Linker, "coder": Coder}


@dataclass(frozen=True)
class Models:
    """All models and their card."""

    finder: Finder
    cutter: Cutter
    linker: Linker
    coder: Coder
    card: dict

    def clauses(self, units: Sequence[Unit]) -> list[Clause]:
        """The recommendations among the units of one document."""
        found = self.finder.probabilities(units)
        return [Clause(k, *self.cutter.cut(units[k]), found[k]) for k in taken(units, found)]

    def ties(self, pairs: Sequence[Pair], heard: Sequence[Heard]) -> list[float]:
        """For each pair of one letter the probability that the passage answers the recommendation."""
        return self.linker.probabilities(pairs, heard, self.coder.roles)


def save(models: Models, folder: Path = FOLDER) -> None:
    """Write a file for each part, and card.json."""
    import skops.io

    folder.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        part = getattr(models, name)
        # a plain dict of scikit-learn objects and numbers; our own classes never stand in a file
        skops.io.dump(
            {f.name: getattr(part, f.name) for f in fields(part)},
            folder / f"{name}.skops",
            compression=zipfile.ZIP_DEFLATED,
        )
    (folder / "card.json").write_text(
        json.dumps(models.card, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


@lru_cache(maxsize=2)
def load(folder: Path = FOLDER) -> Models:
    """The models of a folder. Raises ModelError when they are missing, of another version, or hold anything but scikit-learn."""
    try:
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        return Models(**{name: part(**_read(folder / f"{name}.skops")) for name, part in PARTS.items()}, card=card)
    except (OSError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise ModelError(f"no usable models in {folder} ({error}); run 'opvolging train'") from error


def _read(path: Path) -> dict:
    import skops.io
    from skops.io.exceptions import UntrustedTypesFoundException

    try:
        return skops.io.load(path, trusted=sorted(_TRUSTED))
    except UntrustedTypesFoundException as error:
        foreign = sorted(set(skops.io.get_untrusted_types(file=path)) - _TRUSTED)
        raise ModelError(f"{path} holds {foreign[0]}, which no model of opvolging has; do not use it") from error


def describe(card: dict) -> str:
    """The card in one line."""
    return f"trained on {card['examples']} answers of {card['documents']} documents (corpus {card['corpus'][:8]}), version {card['version']}"
