"""Training of the coder: roles of sentences, then status, position and action of answers, then how far to trust them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import MaxAbsScaler, StandardScaler

from corpus.records import Answer
from corpus.tables import STATUSES
from models.coder import Coder, heed_scheme, in_order, roles_of
from models.evaluation import macro_f1
from models.roles import ROLES, Roles, boosted, fit_sentences, hashed_letters, hashed_words, one_against_rest, small
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


@dataclass(frozen=True)
class Hearing:
    """What is learned of sentences, from passages that stand in no letter: the model of roles, and the passages as models
    that did not see their writers hear them. So letters are heard in training as new ones will be.
    """

    roles: Roles
    passages: Sequence[Example]
    heard: Sequence[np.ndarray]


def fit_hearing(passages: Sequence[Example]) -> Hearing:
    """The model of sentence roles on all sentences that have one, and each passage heard by a model of the other writers."""
    pairs = [
        (e.answer.text[s:t], r) for e in passages for (s, t), r in zip(e.answer.sentences, e.roles, strict=False) if r
    ]
    return Hearing(fit_sentences([t for t, _ in pairs], [r for _, r in pairs]), passages, _cross_roles(passages))


def fit_coder(letters: Sequence[Example], hearing: Hearing) -> Coder:
    """Fit all parts on answers in whole letters and on the passages. On the letters the confidence is calibrated, by
    predictions for each author from models fitted on the others; without letters it is the models' own probability.
    """
    silent = [e for e in letters if not e.answer.sentences]
    spoken = [e for e in letters if e.answer.sentences]
    examples = [*spoken, *hearing.passages]
    heard = [*(roles_of(hearing.roles, [e.answer for e in spoken]) if spoken else ()), *hearing.heard]
    texts = [e.answer.text for e in examples]
    seen = [told(e.answer, r) for e, r in zip(examples, heard, strict=True)]
    words = FeatureUnion([("words", hashed_words(16)), ("letters", hashed_letters(15))]).fit(texts)
    numbers = Pipeline([("names", DictVectorizer(sparse=False)), ("scale", MaxAbsScaler())]).fit(seen)
    dense = numbers.transform(seen)
    features = hstack([words.transform(texts), csr_matrix(dense)]).tocsr()
    weights = np.array([OF_LETTERS] * len(spoken) + [1.0] * len(hearing.passages))
    status, trees = _fit_status(features, dense, [e.status for e in examples], weights)
    others = [
        small(one_against_rest(2.0).fit(features, [getattr(e, w) for e in examples])) for w in ("position", "action")
    ]
    coder = Coder(hearing.roles, words, numbers, small(status), trees, *others)
    if spoken:
        _calibrate(coder, examples, len(spoken), silent, features, dense, weights, heard)
    return coder


def _fit_status(features: csr_matrix, dense: np.ndarray, target: Sequence[str], weights: np.ndarray):
    trees = boosted(150, 0.06, 12, 15, 3.0, 0.5)
    return one_against_rest(2.0).fit(features, list(target)), trees.fit(dense, list(target), sample_weight=weights)


def _calibrate(coder: Coder, examples, spoken: int, silent, features, dense, weights, heard) -> None:
    """Give the coder what tells how far to trust a status, the confidence below which a person should look, and its figures.

    The first `spoken` of the examples are answers in letters.
    """
    rows, given = [], []
    for here in folds([e.group for e in examples[:spoken]]):
        rest = np.setdiff1d(np.arange(len(examples)), here)
        linear, trees = _fit_status(features[rest], dense[rest], [examples[i].status for i in rest], weights[rest])
        pairs = zip(in_order(linear, features[here], STATUSES), in_order(trees, dense[here], STATUSES), strict=True)
        for i, both in zip(here, pairs, strict=True):
            answer = examples[i].answer
            rows.append(doubt(answer, heard[i], *both))
            given.append((examples[i].status, STATUSES[int(heed_scheme(answer, (both[0] + both[1]) / 2).argmax())]))
    given += [(e.status, "unanswered") for e in silent]
    right = np.array([gold == status for gold, status in given])
    coder.trust = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=1000)).fit(
        rows, right[: len(rows)]
    )
    sure = coder.trust.predict_proba(rows)[:, 1]
    if len(set(right[len(rows) :])) == 2:
        supports = [[e.answer.support] for e in silent]
        coder.silence = LogisticRegression(C=1.0).fit(supports, right[len(rows) :])
        sure = np.concatenate([sure, coder.silence.predict_proba(supports)[:, 1]])
    else:
        sure = np.concatenate([sure, np.full(len(silent), 0.5)])
    coder.review_below = float(np.quantile(sure, FLAGGED))
    flagged = sure < coder.review_below
    coder.figures = {
        "answers": len(given),
        "status accuracy": round(float(right.mean()), 3),
        "status macro-F1": round(macro_f1(given), 3),
        "rows flagged": round(float(flagged.mean()), 3),
        "errors flagged": round(float(flagged[~right].mean()), 3) if not right.all() else 1.0,
    }


def folds(groups: Sequence[str], count: int = 5) -> list[np.ndarray]:
    """Positions of the examples in each fold; an author's examples stand in one fold together."""
    names = sorted(set(groups))
    where = {name: i % count for i, name in enumerate(names)}
    number = np.array([where[g] for g in groups])
    return [np.flatnonzero(number == k) for k in range(min(count, len(names)))]


def _cross_roles(examples: Sequence[Example]) -> list[np.ndarray]:
    """Role probabilities for each example by a model trained on other writers: what the coder will see on new documents."""
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
