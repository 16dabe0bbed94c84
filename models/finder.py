"""Which pieces of a document state a recommendation.

First each piece by its own words and surroundings, then all pieces of the document together: the items of a list stand or
fall with each other, and a list of recommendations makes a sentence that repeats one less likely to be another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer, FeatureHasher
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MaxAbsScaler, StandardScaler

from corpus.records import Unit

BITS = 17
# Pieces from this probability on are taken. Where three or more items, headings or cells state recommendations, a sentence
# must be surer; and a letter in which no rule saw anything must hold four likely pieces. Chosen where the F1 of held-out
# writers is nearly flat, for what letters without any recommendation then give (docs/accuracy.md).
ENOUGH, LIKELY, FOUR = 0.4, 0.6, 4
# Rules were written while the corpus could be read, so on it they look better than they are: the first model goes without
# them, the second sees only whether one fired.
_RULES = ("rule", "sure")
TOLD = (
    "rule", "sure", "order", "asks", "infinitive", "own", "foreign", "first person", "length", "quotes", "speaks", "list asks",
    "list length", "letter", "numbered", "outside", "early", "rule:prose", "zone:others/letter", "zone:others/report",
    "zone:recommendations/letter", "zone:recommendations/report", "zone:summary/report",
)  # fmt: skip
FORMS = ("item", "heading", "sentence", "box", "cell")


@dataclass
class Finder:
    """The fitted parts; made by `fit_finder`, stored by models.storage."""

    weigh: TfidfTransformer
    names: Pipeline
    piece: LogisticRegression
    linear: Pipeline
    trees: HistGradientBoostingClassifier

    def probabilities(self, units: Sequence[Unit]) -> list[float]:
        """For each unit of one document the probability that it states a recommendation."""
        if not units:
            return []
        alone = self.piece.predict_proba(_features(units, self.weigh, self.names))[:, 1]
        rows = together(units, alone)
        both = 0.5 * self.linear.predict_proba(rows)[:, 1] + 0.5 * self.trees.predict_proba(rows)[:, 1]
        return [round(float(p), 6) for p in both]


def taken(units: Sequence[Unit], probabilities: Sequence[float]) -> list[int]:
    """The numbers of the units of one document that are taken to state a recommendation."""
    listed = sum(p >= 0.5 and u.form != "sentence" for u, p in zip(units, probabilities, strict=True))
    out = [
        k
        for k, (u, p) in enumerate(zip(units, probabilities, strict=True))
        if p >= (LIKELY if listed >= 3 and u.form == "sentence" else ENOUGH)
    ]
    unheard = not any("rule" in units[k].values or "report" in units[k].values for k in out)
    return [] if unheard and sum(probabilities[k] >= LIKELY for k in out) < FOUR else out


def _counts(units: Sequence[Unit]) -> csr_matrix:
    found = FeatureHasher(2**BITS, input_type="string", alternate_sign=False, dtype=np.float32).transform(
        u.words for u in units
    )
    found.data = np.minimum(found.data, 1.0)
    return found


def _told(units: Sequence[Unit]) -> list[dict[str, float]]:
    return [{k: v for k, v in u.values.items() if not k.startswith(_RULES)} for u in units]


def _features(units: Sequence[Unit], weigh: TfidfTransformer, names: Pipeline) -> csr_matrix:
    return hstack([2.0 * weigh.transform(_counts(units)), names.transform(_told(units))]).tocsr()


def together(units: Sequence[Unit], alone: np.ndarray) -> np.ndarray:
    """Rows of what each unit's probability is beside those of its neighbours, its group, its section and its document."""
    groups, sections, blocks, forms = (defaultdict(list) for _ in range(4))
    for k, u in enumerate(units):
        groups[u.group].append(alone[k])
        sections[u.section].append(alone[k])
        blocks[u.block].append(alone[k])
        forms[u.form].append(alone[k])
    rows = {name: _row(group) for name, group in groups.items()}
    whole = {name: sum(section) for name, section in sections.items()}
    sums = [sum(forms[f]) for f in FORMS]
    total = float(alone.sum())
    rank = np.empty(len(units))
    rank[np.argsort(-alone, kind="stable")] = np.arange(len(units))
    out = []
    for k, u in enumerate(units):
        count, added, most, next_most, median = rows[u.group]
        others = max(0.0, added - alone[k])
        near = [alone[k + d] if 0 <= k + d < len(units) else 0.0 for d in (-2, -1, 1, 2)]
        out.append([
            alone[k], np.log(alone[k] + 1e-9) - np.log(1 - alone[k] + 1e-9),
            most if alone[k] < most else next_most, others / max(1, count - 1), median, count, others, *near,
            max(alone[max(0, k - 6) : k], default=0.0), max(alone[k + 1 : k + 7], default=0.0),
            *(max(blocks.get(u.block + d, ()), default=0.0) for d in (-1, 0, 1)),
            *sums, total, rank[k] / max(1.0, total), k / len(units), whole[u.section],
            *(u.values.get(name, 0.0) for name in TOLD), *(float(u.form == f) for f in FORMS),
        ])  # fmt: skip
    return np.array(out, dtype=float)


def _row(probabilities: Sequence[float]) -> tuple[int, float, float, float, float]:
    """(how many, sum, highest, second highest, median) of the units that stand in a row."""
    ranked = sorted(probabilities, reverse=True)
    second = ranked[1] if len(ranked) > 1 else 0.0
    return len(ranked), sum(ranked), ranked[0], second, float(np.median(ranked))


# ---- training


def fit_finder(documents: Sequence[Sequence[Unit]], states: Sequence[Sequence[bool]], authors: Sequence[str]) -> Finder:
    """Fit on the units of annotated documents, whether each states a recommendation, and who wrote each document.

    The second step learns from probabilities that the first gives to writers whom it did not see.
    """
    flat = [u for d in documents for u in d]
    target = np.array([s for d in states for s in d], dtype=bool)
    counts, told = _counts(flat), _told(flat)
    owner = np.array([a for d, a in zip(documents, authors, strict=True) for _ in d])
    alone = np.zeros(len(flat))
    names_of_authors = sorted(set(authors))
    for fold in range(min(6, len(names_of_authors))):
        inside = np.isin(owner, names_of_authors[fold::6])
        known = np.flatnonzero(~inside) if not inside.all() else np.arange(len(flat))
        here = np.flatnonzero(inside)
        parts = _fit_piece(counts[known], [told[i] for i in known], target[known])
        alone[here] = _piece(*parts, counts[here], [told[i] for i in here])
    weigh, names, piece = _fit_piece(counts, told, target)
    cuts = np.cumsum([len(d) for d in documents])[:-1]
    rows = np.vstack([together(d, p) for d, p in zip(documents, np.split(alone, cuts), strict=True) if len(d)])
    linear = Pipeline([("scale", StandardScaler()), ("model", LogisticRegression(C=0.3, max_iter=2000))])
    trees = HistGradientBoostingClassifier(
        max_iter=120,
        learning_rate=0.06,
        max_leaf_nodes=10,
        min_samples_leaf=20,
        l2_regularization=2.0,
        random_state=0,
        early_stopping=False,
    )
    piece.coef_ = piece.coef_.astype(np.float32)
    return Finder(weigh, names, piece, linear.fit(rows, target), trees.fit(rows, target))


def _fit_piece(counts: csr_matrix, told: Sequence[dict[str, float]], target: np.ndarray):
    weigh = TfidfTransformer(sublinear_tf=True).fit(counts)
    names = Pipeline([("names", DictVectorizer()), ("scale", MaxAbsScaler())]).fit(told)
    features = hstack([2.0 * weigh.transform(counts), names.transform(told)]).tocsr()
    return weigh, names, LogisticRegression(C=2.0, max_iter=300, tol=1e-4).fit(features, target)


def _piece(weigh, names, model, counts, told) -> np.ndarray:
    return model.predict_proba(hstack([2.0 * weigh.transform(counts), names.transform(told)]).tocsr())[:, 1]
