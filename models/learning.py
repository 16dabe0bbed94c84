"""Training of the coder: roles of sentences, then status, position and action of answers, then how far to trust them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MaxAbsScaler, StandardScaler

from corpus.records import Answer
from corpus.tables import STATUSES
from models.coder import Coder, heed_stance, in_order
from models.roles import ROLES, Roles, fit_sentences, hashed_letters, hashed_words, one_against_rest, small
from models.told import doubt, told

FLAGGED = 0.29  # share of the answers that needs_review marks, when the confidence is calibrated
OF_LETTERS = 2.0  # weight of an answer in a whole letter beside a passage that was written on its own


@dataclass(frozen=True, slots=True)
class Example:
    """An answer with its gold codes. `group` is its author: what is held out together. `roles`: one for each sentence, or ()."""

    answer: Answer
    status: str
    position: str
    action: str
    group: str
    roles: tuple[str, ...] = ()
    name: str = ""
    in_letter: bool = False


def fit_roles(examples: Sequence[Example]) -> Roles:
    """The model of sentence roles on all sentences that have one."""
    pairs = [
        (e.answer.text[s:t], r) for e in examples for (s, t), r in zip(e.answer.sentences, e.roles, strict=False) if r
    ]
    return fit_sentences([t for t, _ in pairs], [r for _, r in pairs])


def fit_coder(examples: Sequence[Example]) -> Coder:
    """Fit all parts. On the examples from whole letters the confidence is calibrated, by predictions for each author from
    models fitted on the others; without such examples the confidence is the models' own probability.
    """
    silent = [e for e in examples if not e.answer.sentences]
    examples = [e for e in examples if e.answer.sentences]
    texts = [e.answer.text for e in examples]
    crossed = cross_roles(examples)
    seen = [told(e.answer, r) for e, r in zip(examples, crossed, strict=True)]
    words = hashed_words(15).fit(texts)
    numbers = Pipeline([("names", DictVectorizer(sparse=False)), ("scale", MaxAbsScaler())]).fit(seen)
    dense = numbers.transform(seen)
    features = hstack([words.transform(texts), csr_matrix(dense)]).tocsr()
    weights = np.array([OF_LETTERS if e.in_letter else 1.0 for e in examples])
    status, trees = _fit_status(features, dense, [e.status for e in examples], weights)
    others = [small(one_against_rest(2.0).fit(features, [getattr(e, w) for e in examples])) for w in ("position", "action")]
    coder = Coder(fit_roles(examples), words, numbers, small(status), trees, *others)
    if any(e.in_letter for e in examples):
        _calibrate(coder, examples, silent, features, dense, weights, crossed)
    return coder


def _fit_status(features: csr_matrix, dense: np.ndarray, target: Sequence[str], weights: np.ndarray):
    trees = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.06,
        max_leaf_nodes=12,
        min_samples_leaf=15,
        l2_regularization=3.0,
        max_features=0.5,
        random_state=0,
        early_stopping=False,
    )
    return one_against_rest(2.0).fit(features, list(target)), trees.fit(dense, list(target), sample_weight=weights)


def _calibrate(coder: Coder, examples, silent, features, dense, weights, crossed) -> None:
    """Give the coder what tells how far to trust a status, and the confidence below which a person should look."""
    inside = np.array([e.in_letter for e in examples])
    rows, right = [], []
    for fold in folds([e.group for e in examples]):
        here, rest = fold[inside[fold]], np.setdiff1d(np.arange(len(examples)), fold)
        if not len(here) or not len(rest):
            continue
        linear, trees = _fit_status(features[rest], dense[rest], [examples[i].status for i in rest], weights[rest])
        pairs = zip(in_order(linear, features[here], STATUSES), in_order(trees, dense[here], STATUSES), strict=True)
        for i, both in zip(here, pairs, strict=True):
            answer = examples[i].answer
            rows.append(doubt(answer, crossed[i], *both))
            right.append(STATUSES[int(heed_stance(answer, (both[0] + both[1]) / 2).argmax())] == examples[i].status)
    coder.trust = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=1000)).fit(rows, right)
    sure = coder.trust.predict_proba(rows)[:, 1]
    truly = [e.status == "unanswered" for e in silent]
    if len(set(truly)) == 2:
        supports = [[e.answer.support] for e in silent]
        coder.silence = LogisticRegression(C=1.0).fit(supports, truly)
        sure = np.concatenate([sure, coder.silence.predict_proba(supports)[:, 1]])
    coder.review_below = float(np.quantile(sure, FLAGGED))


def folds(groups: Sequence[str], count: int = 5) -> list[np.ndarray]:
    """Positions of the examples in each fold; an author's examples stand in one fold together."""
    names = sorted(set(groups))
    where = {name: i % count for i, name in enumerate(names)}
    number = np.array([where[g] for g in groups])
    return [np.flatnonzero(number == k) for k in range(min(count, len(names)))]


def cross_roles(examples: Sequence[Example]) -> list[np.ndarray]:
    """Role probabilities for each example by a model trained on other authors: what the coder will see on new documents."""
    flat = [e.answer.text[s:t] for e in examples for s, t in e.answer.sentences]
    roles = np.array(
        [r for e in examples for r in (*e.roles, *[""] * len(e.answer.sentences))[: len(e.answer.sentences)]]
    )
    owner = np.repeat(np.arange(len(examples)), [len(e.answer.sentences) for e in examples])
    counts = [p.named_steps["count"].transform(flat) for p in (hashed_words(16), hashed_letters(15))]
    out = np.zeros((len(flat), len(ROLES)))
    for fold in folds([e.group for e in examples]):
        inside = np.isin(owner, fold)
        known = np.flatnonzero(~inside & (roles != ""))
        weighed = [TfidfTransformer(sublinear_tf=True).fit(c[known]) for c in counts]
        model = one_against_rest(3.0).fit(
            hstack([w.transform(c[known]) for w, c in zip(weighed, counts, strict=True)]).tocsr(), roles[known]
        )
        here = np.flatnonzero(inside)
        found = hstack([w.transform(c[here]) for w, c in zip(weighed, counts, strict=True)]).tocsr()
        out[here] = in_order(model, found, ROLES)
    return np.split(out, np.cumsum([len(e.answer.sentences) for e in examples])[:-1])
