"""The probability that a passage of a letter answers a recommendation.

First each passage by its words: does it answer anything, or does it tell, thank, announce? And each pair by what ties it
(extract.linking). Then all pairs of the letter together: answers mostly keep the order of what they answer, and a passage
that answers one recommendation well answers its neighbours less likely.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from corpus.records import Heard, Pair
from models.roles import ROLES, boosted, role_probabilities

BITS = 16
ANCHOR = 0.5  # a recommendation whose best passage is at least this likely tells where its neighbours' answers stand


@dataclass
class Linker:
    """The fitted parts; made by `fit_linker`, stored by models.storage."""

    weigh: TfidfTransformer
    speaks: LogisticRegression
    tie: Pipeline
    ties: HistGradientBoostingClassifier
    linear: Pipeline
    trees: HistGradientBoostingClassifier

    def probabilities(self, pairs: Sequence[Pair], heard: Sequence[Heard], roles: Pipeline) -> list[float]:
        """A probability for each pair of one letter, rounded so that it does not depend on the machine's last digit."""
        if not pairs:
            return []
        answers = self.answering(heard, roles_heard(heard, roles))
        rows = together(pairs, self._alone(pairs), answers)
        return [round(float(p), 6) for p in _mean(self.linear, self.trees, rows)]

    def answering(self, heard: Sequence[Heard], roles: np.ndarray) -> np.ndarray:
        """For each passage the probability that it answers anything."""
        return self.speaks.predict_proba(_speech(self.weigh, _counts(heard), roles))[:, 1]

    def _alone(self, pairs: Sequence[Pair]) -> np.ndarray:
        return _mean(self.tie, self.ties, np.array([p.values for p in pairs]))


def _mean(linear: Pipeline, trees: HistGradientBoostingClassifier, rows: np.ndarray) -> np.ndarray:
    """The mean of a linear model, which extrapolates, and boosted trees, which see how features combine."""
    return 0.5 * linear.predict_proba(rows)[:, 1] + 0.5 * trees.predict_proba(rows)[:, 1]


def roles_heard(heard: Sequence[Heard], model: Pipeline) -> np.ndarray:
    """For each passage the strongest and the mean of each role of its sentences, and how little of it is mere context."""
    found = role_probabilities(model, [h.text[s:e] for h in heard for s, e in h.sentences])
    out, at = [], 0
    for h in heard:
        part = found[at : at + len(h.sentences)] if h.sentences else np.zeros((1, len(ROLES)))
        at += len(h.sentences)
        out.append(np.hstack([part.max(axis=0), part.mean(axis=0), [1 - part[:, -1].min()]]))
    return np.array(out)


def _counts(heard: Sequence[Heard]) -> csr_matrix:
    hasher = FeatureHasher(2**BITS, input_type="string", alternate_sign=False, dtype=np.float32)
    return hasher.transform(_words(h) for h in heard)


def _words(heard: Heard) -> Iterator[str]:
    words = re.findall(r"\w+", heard.text.lower())
    yield from words
    yield from (f"{a}_{b}" for a, b in itertools.pairwise(words))
    yield from heard.around


def _speech(weigh: TfidfTransformer, counts: csr_matrix, roles: np.ndarray) -> csr_matrix:
    return hstack([weigh.transform(counts), csr_matrix(roles)]).tocsr()


def together(pairs: Sequence[Pair], alone: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Rows of what each pair's probability is beside those of the other pairs of its recommendation and of its passage.

    The pairs are all of one letter, by recommendation and then by passage.
    """
    passages = len(answers)
    table = alone.reshape(-1, passages)
    count = len(table)
    padded = np.zeros((count + 2, passages + 2))
    padded[1:-1, 1:-1] = table
    best, sure = table.argmax(axis=1), table.max(axis=1)
    anchors = [i for i in range(count) if sure[i] > ANCHOR]
    by_passage = (-table).argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    by_recommendation = (-table).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    beside = np.pad(answers, 1)
    out = []
    for n, pair in enumerate(pairs):
        i, j = divmod(n, passages)
        p = table[i, j]
        column, row = np.delete(table[:, j], i), np.delete(table[i], j)
        before = next((best[k] for k in reversed(anchors) if k < i), -1)
        after = next((best[k] for k in anchors if k > i), passages)
        off = abs(j - np.interp(i, anchors, best[anchors])) if len(anchors) > 1 else -1.0
        out.append([
            p, np.log(p + 1e-6) - np.log(1 - p + 1e-6), max(column, default=0.0), max(row, default=0.0),
            p - max(column, default=0.0), p - max(row, default=0.0), by_passage[i, j], by_recommendation[i, j], column.sum(), row.sum(),
            *(padded[i + 1 + a, j + 1 + b] for a, b in ((-1, -1), (1, 1), (-1, 0), (1, 0), (0, -1), (0, 1), (-1, 1), (1, -1))),
            float(before <= j <= after), float(before < j < after), j - before if before >= 0 else -1, after - j if after < passages else -1, off,
            table[:, j].max(), sure[i], count, i / count, j / passages, *beside[j : j + 3], *pair.values,
        ])  # fmt: skip
    return np.array(out, dtype=float)


# ---- training


@dataclass(frozen=True)
class Letter:
    """What the linker learns from one annotated letter. `right`: whether each pair holds; `roles` as `roles_heard` gives them."""

    author: str
    pairs: Sequence[Pair]
    heard: Sequence[Heard]
    right: Sequence[bool]
    roles: np.ndarray

    @property
    def answers(self) -> list[bool]:
        """Whether each passage answers anything."""
        hit = {p.passage for p, r in zip(self.pairs, self.right, strict=True) if r}
        return [j in hit for j in range(len(self.heard))]


def fit_linker(letters: Sequence[Letter]) -> Linker:
    """Fit on annotated letters. The last step learns from what the others make of writers whom they did not see."""
    letters = [x for x in letters if x.pairs]
    counts = [_counts(x.heard) for x in letters]
    authors = sorted({x.author for x in letters})
    rows: list[np.ndarray] = [np.empty(0)] * len(letters)
    for fold in range(min(5, len(authors))):
        held = set(authors[fold::5])
        known = [k for k, x in enumerate(letters) if x.author not in held] or list(range(len(letters)))
        parts = _fit_parts([letters[k] for k in known], [counts[k] for k in known])
        for k, x in enumerate(letters):
            if x.author in held:
                rows[k] = _row(*parts, x, counts[k])
    linear, trees = _fit_both(np.vstack(rows), _right(letters), 0.1, 0.05, 10, 20)
    return Linker(*_fit_parts(letters, counts), linear, trees)


def _row(weigh, speaks, tie, ties, letter: Letter, counts: csr_matrix) -> np.ndarray:
    alone = _mean(tie, ties, np.array([p.values for p in letter.pairs]))
    answers = speaks.predict_proba(_speech(weigh, counts, letter.roles))[:, 1]
    return together(letter.pairs, alone, answers)


def _right(letters: Sequence[Letter]) -> np.ndarray:
    return np.array([r for x in letters for r in x.right], dtype=bool)


def _fit_parts(letters: Sequence[Letter], counts: Sequence[csr_matrix]):
    """(weigh, speaks, tie, ties) of these letters."""
    all_counts = vstack(counts)
    weigh = TfidfTransformer(sublinear_tf=True).fit(all_counts)
    speech = _speech(weigh, all_counts, np.vstack([x.roles for x in letters]))
    speaks = LogisticRegression(C=4.0, max_iter=1000, tol=1e-4).fit(speech, [a for x in letters for a in x.answers])
    speaks.coef_ = speaks.coef_.astype(np.float32)
    values = np.array([p.values for x in letters for p in x.pairs])
    return weigh, speaks, *_fit_both(values, _right(letters), 0.5, 0.06, 12, 15)


def _fit_both(rows: np.ndarray, target: np.ndarray, c: float, rate: float, leaves: int, smallest: int):
    linear = Pipeline([("scale", StandardScaler()), ("model", LogisticRegression(C=c, max_iter=3000))])
    return linear.fit(rows, target), boosted(150, rate, leaves, smallest, 2.0).fit(rows, target)
