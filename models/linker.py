"""The probability that a passage answers a recommendation, from the numbers that extract.linking gives for the pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler


@dataclass
class Linker:
    """The mean of a linear model, which extrapolates, and boosted trees, which see how place, reference and words combine."""

    linear: Pipeline
    trees: HistGradientBoostingClassifier

    def probabilities(self, values: Sequence[Sequence[float]]) -> list[float]:
        """A probability for each pair, rounded so that it does not depend on the machine's last digit."""
        if not values:
            return []
        array = np.asarray(values, dtype=float)
        both = 0.5 * self.linear.predict_proba(array)[:, 1] + 0.5 * self.trees.predict_proba(array)[:, 1]
        return [round(float(p), 6) for p in both]


def fit_linker(values: Sequence[Sequence[float]], answers: Sequence[bool]) -> Linker:
    """Fit on pairs (rows of equal length) and whether each passage answers its recommendation."""
    array, target = np.asarray(values, dtype=float), np.asarray(answers, dtype=bool)
    linear = Pipeline([("scale", StandardScaler()), ("model", LogisticRegression(C=0.5, max_iter=2000))])
    trees = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.06,
        max_leaf_nodes=12,
        min_samples_leaf=15,
        l2_regularization=1.0,
        random_state=0,
        early_stopping=False,
    )
    return Linker(linear.fit(array, target), trees.fit(array, target))
