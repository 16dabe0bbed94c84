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
from models.roles import boosted, hashed_letters, hashed_words

BITS = 17
# Pieces from this probability on are taken. Where three or more items, headings or cells state recommendations, another must be
# surer, a sentence most; and a letter in which no rule saw anything must hold several likely pieces. Chosen where the F1 of
# held-out writers is nearly flat, for what documents without any recommendation then give (docs/accuracy.md).
ENOUGH, LISTED, LIKELY, SEVERAL = 0.4, 0.5, 0.6, 5
# Rules were written while the corpus could be read, so on it they look better than they are: the first model goes without
# them, the second sees only whether one fired.
_RULES = ("rule", "sure")
TOLD = (
    "rule", "sure", "order", "asks", "infinitive", "own", "foreign", "first person", "length", "quotes", "speaks", "list asks",
    "list length", "letter", "numbered", "outside", "early", "rule:prose", "zone:others/letter", "zone:others/report",
    "zone:recommendations/letter", "zone:recommendations/report", "zone:summary/report",
)  # fmt: skip
FORMS = ("item", "heading", "sentence", "box", "cell")


@dataclass(frozen=True)
class Seen:
    """What the first step sees of some units, a row each: counts of words with where they stand, of words alone and of runs of letters, and named numbers."""

    placed: csr_matrix
    words: csr_matrix
    letters: csr_matrix
    told: np.ndarray

    def rows(self, which: np.ndarray) -> Seen:
        """The same of some of the units."""
        return Seen(self.placed[which], self.words[which], self.letters[which], self.told[which])


@dataclass
class Pieces:
    """The first step: each unit with its surroundings, and each by nothing but its own words. The two err in different places."""

    weigh: TfidfTransformer
    weigh_words: TfidfTransformer
    weigh_letters: TfidfTransformer
    names: Pipeline
    piece: LogisticRegression
    saying: LogisticRegression

    def of(self, seen: Seen) -> tuple[np.ndarray, np.ndarray]:
        """For each unit two probabilities that it states a recommendation: as it stands there, and by its words alone."""
        placed, saying = self._features(seen)
        return self.piece.predict_proba(placed)[:, 1], self.saying.predict_proba(saying)[:, 1]

    def _features(self, seen: Seen) -> tuple[csr_matrix, csr_matrix]:
        words, letters = self.weigh_words.transform(seen.words), self.weigh_letters.transform(seen.letters)
        placed = hstack([2.0 * self.weigh.transform(seen.placed), 2.0 * letters, self.names.transform(seen.told)])
        return placed.tocsr(), hstack([words, letters]).tocsr()


@dataclass
class Finder(Pieces):
    """All fitted parts; made by `fit_finder`, stored by models.storage."""

    linear: Pipeline
    trees: HistGradientBoostingClassifier

    def probabilities(self, units: Sequence[Unit]) -> list[float]:
        """For each unit of one document the probability that it states a recommendation."""
        if not units:
            return []
        rows = together(units, *self.of(_seen(units)))
        both = 0.5 * self.linear.predict_proba(rows)[:, 1] + 0.5 * self.trees.predict_proba(rows)[:, 1]
        return [round(float(p), 6) for p in both]


def taken(units: Sequence[Unit], probabilities: Sequence[float]) -> list[int]:
    """The numbers of the units of one document that are taken to state a recommendation."""
    beside_list = sum(p >= LISTED and u.form != "sentence" for u, p in zip(units, probabilities, strict=True)) >= 3
    out = [
        k
        for k, (u, p) in enumerate(zip(units, probabilities, strict=True))
        if p >= ((LIKELY if u.form == "sentence" else LISTED) if beside_list else ENOUGH)
    ]
    unheard = not any("rule" in units[k].values or "report" in units[k].values for k in out)
    return [] if unheard and sum(probabilities[k] >= LIKELY for k in out) < SEVERAL else out


def _seen(units: Sequence[Unit]) -> Seen:
    texts = [" ".join(w for w, _, _ in u.tokens) for u in units]
    placed = FeatureHasher(2**BITS, input_type="string", alternate_sign=False, dtype=np.float32).transform(
        u.words for u in units
    )
    words, letters = (p.named_steps["count"].transform(texts) for p in (hashed_words(16), hashed_letters(15)))
    for found in (placed, letters):
        found.data = np.minimum(found.data, 1.0)
    told = [{k: v for k, v in u.values.items() if not k.startswith(_RULES)} for u in units]
    return Seen(placed, words, letters, np.array(told, dtype=object))


def together(units: Sequence[Unit], placed: np.ndarray, saying: np.ndarray) -> np.ndarray:
    """Rows of what each unit's two probabilities are beside those of its neighbours, its group, its section and its document."""
    told = [
        [*(u.values.get(name, 0.0) for name in TOLD), *(float(u.form == f) for f in FORMS), k / len(units)]
        for k, u in enumerate(units)
    ]
    return np.hstack([_among(units, placed), _among(units, saying), np.array(told)])


def _among(units: Sequence[Unit], found: np.ndarray) -> np.ndarray:
    groups, sections, blocks, forms = (defaultdict(list) for _ in range(4))
    for k, u in enumerate(units):
        groups[u.group].append(found[k])
        sections[u.section].append(found[k])
        blocks[u.block].append(found[k])
        forms[u.form].append(found[k])
    rows = {name: _row(group) for name, group in groups.items()}
    whole = {name: sum(section) for name, section in sections.items()}
    sums = [sum(forms[f]) for f in FORMS]
    total = float(found.sum())
    rank = np.empty(len(units))
    rank[np.argsort(-found, kind="stable")] = np.arange(len(units))
    out = []
    for k, u in enumerate(units):
        count, added, most, next_most, median = rows[u.group]
        others = max(0.0, added - found[k])
        near = [found[k + d] if 0 <= k + d < len(units) else 0.0 for d in (-2, -1, 1, 2)]
        out.append([
            found[k], np.log(found[k] + 1e-9) - np.log(1 - found[k] + 1e-9),
            most if found[k] < most else next_most, others / max(1, count - 1), median, count, others, *near,
            max(found[max(0, k - 6) : k], default=0.0), max(found[k + 1 : k + 7], default=0.0),
            *(max(blocks.get(u.block + d, ()), default=0.0) for d in (-1, 0, 1)),
            *sums, total, rank[k] / max(1.0, total), whole[u.section],
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
    target = np.array([s for d in states for s in d], dtype=bool)
    seen = _seen([u for d in documents for u in d])
    owner = np.array([a for d, a in zip(documents, authors, strict=True) for _ in d])
    crossed = np.zeros((2, len(target)))
    names = sorted(set(authors))
    for fold in range(min(6, len(names))):
        inside = np.isin(owner, names[fold::6])
        known = np.flatnonzero(~inside) if not inside.all() else np.arange(len(target))
        crossed[:, inside] = _fit_pieces(seen.rows(known), target[known]).of(seen.rows(np.flatnonzero(inside)))
    split = zip(documents, *(np.split(p, np.cumsum([len(d) for d in documents])[:-1]) for p in crossed), strict=True)
    rows = np.vstack([together(*each) for each in split if len(each[0])])
    linear = Pipeline([("scale", StandardScaler()), ("model", LogisticRegression(C=0.3, max_iter=2000))])
    trees = boosted(120, 0.06, 10, 20, 2.0)
    return Finder(**vars(_fit_pieces(seen, target)), linear=linear.fit(rows, target), trees=trees.fit(rows, target))


def _fit_pieces(seen: Seen, target: np.ndarray) -> Pieces:
    weights = (TfidfTransformer(sublinear_tf=True).fit(c) for c in (seen.placed, seen.words, seen.letters))
    names = Pipeline([("names", DictVectorizer()), ("scale", MaxAbsScaler())]).fit(seen.told)
    piece, saying = (
        LogisticRegression(C=30.0, solver="liblinear", dual=True, tol=1e-2, random_state=0) for _ in range(2)
    )
    pieces = Pieces(*weights, names, piece, saying)
    for model, features in zip((piece, saying), pieces._features(seen), strict=True):
        model.fit(features, target)
        model.coef_ = model.coef_.astype(np.float32)
    return pieces
