"""Position, action and status of an answer, with a calibrated confidence and the words that decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MaxAbsScaler

from corpus.records import Answer
from corpus.tables import ACTIONS, POSITIONS, STATUSES
from models.roles import (
    ROLES,
    fit_sentences,
    hashed_letters,
    hashed_words,
    role_classifier,
    role_features,
    role_probabilities,
    small,
)

# Which position and action a status allows (the coding scheme's table).
ALLOWED = {
    "adopted": {("agree", a) for a in ("new", "existing", "study", "none")}
    | {("neutral", "new"), ("neutral", "existing")},
    "partly_adopted": {("partly", a) for a in ACTIONS},
    "deferred": {("neutral", a) for a in ("study", "referral", "later", "none")},
    "rejected": {("disagree", a) for a in ("none", "existing", "new", "study")},
    "unanswered": {("none", "none")},
}
FLAGGED = 0.28  # share of the answers that needs_review marks, when the confidence is calibrated
EXPLICIT = ("takes-over", "follows")  # cue rules that state a stance on the recommendation itself
# Roles of sentences that can decide for a status, the most telling first: where the evidence is looked for.
DECIDES = {
    "adopted": ("agree", "new", "existing"),
    "partly_adopted": ("limit", "refuse", "new", "agree"),
    "deferred": ("study", "later", "referral"),
    "rejected": ("refuse", "reason"),
    "unanswered": (),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the coder makes of one answer. `evidence` is a span (start, end) of its text."""

    status: str
    position: str
    action: str
    confidence: float
    needs_review: bool
    evidence: tuple[int, int]


@dataclass
class Coder:
    """The fitted parts; made by `fit_coder`, stored by models.storage."""

    roles: Pipeline
    words: Pipeline
    letters: Pipeline
    numbers: Pipeline
    status: LogisticRegression
    position: LogisticRegression
    action: LogisticRegression
    trust: LogisticRegression | None = None
    review_below: float = 0.75

    def judge(self, answers: Sequence[Answer]) -> list[Judgement]:
        """A judgement for each answer; an answer without text is `unanswered`."""
        given = [a for a in answers if a.sentences]
        judged = iter(self._judge(given) if given else [])
        return [
            next(judged) if a.sentences else Judgement("unanswered", "none", "none", 0.9, False, (0, 0))
            for a in answers
        ]

    def probabilities(self, answers: Sequence[Answer]) -> np.ndarray:
        """Uncalibrated probabilities of shape (answers, 5), in the order of STATUSES."""
        features, _ = self._features(answers)
        found = _in_order(self.status, features, STATUSES)
        return np.array([heed_stance(a, p) for a, p in zip(answers, found, strict=True)])

    def _features(self, answers: Sequence[Answer]) -> tuple[csr_matrix, list[np.ndarray]]:
        roles = roles_of(self.roles, answers)
        texts = [a.text for a in answers]
        numbers = self.numbers.transform([cue_features(a) for a in answers])
        stacked = csr_matrix(np.array([role_features(r) for r in roles]))
        return hstack(
            [self.words.transform(texts), self.letters.transform(texts), 0.5 * numbers, stacked]
        ).tocsr(), roles

    def _judge(self, answers: Sequence[Answer]) -> list[Judgement]:
        features, roles = self._features(answers)
        status = [heed_stance(a, p) for a, p in zip(answers, _in_order(self.status, features, STATUSES), strict=True)]
        position = _in_order(self.position, features, POSITIONS)
        action = _in_order(self.action, features, ACTIONS)
        return [self._one(a, *row) for a, *row in zip(answers, roles, status, position, action, strict=True)]

    def _one(
        self, answer: Answer, roles: np.ndarray, status: np.ndarray, position: np.ndarray, action: np.ndarray
    ) -> Judgement:
        name = STATUSES[int(status.argmax())]
        codes = sorted(ALLOWED[name], key=lambda c: (-position[POSITIONS.index(c[0])] * action[ACTIONS.index(c[1])], c))
        confidence = float(status.max())
        if self.trust is not None:
            confidence = float(self.trust.predict_proba([doubt_features(answer, status)])[0, 1])
        return Judgement(name, *codes[0], confidence, confidence < self.review_below, evidence_of(answer, roles, name))


def heed_stance(answer: Answer, status: np.ndarray) -> np.ndarray:
    """The probabilities, given that an explicit stance outweighs what surrounds it (rule 1 of the coding scheme).

    'Neem ik over' leaves only how far; 'neem ik niet over' leaves no acceptance and no delay. A sentence that both takes
    over and limits or refuses is left to the model.
    """
    stances = {(c[4], c[2]) for c in answer.cues if c[3] in EXPLICIT}
    hedged = {c[4] for c in answer.cues if c[2] in ("limit", "study", "later")}
    kinds = {kind for sentence, kind in stances if sentence not in hedged}
    if kinds == {"agree"}:
        against = ("deferred", "rejected", "unanswered")
    elif kinds == {"refuse"}:
        against = ("adopted", "deferred", "unanswered")
    else:
        return status
    weights = np.array([0.15 if name in against else 1.0 for name in STATUSES]) * status
    return weights / weights.sum()


def _in_order(model: LogisticRegression, features: csr_matrix, names: Sequence[str]) -> np.ndarray:
    """The model's probabilities with a column for each name."""
    out = np.zeros((features.shape[0], len(names)))
    found = model.predict_proba(features)
    for k, name in enumerate(model.classes_):
        out[:, names.index(name)] = found[:, k]
    return out


def roles_of(model: Pipeline, answers: Sequence[Answer]) -> list[np.ndarray]:
    """The role probabilities of the sentences of each answer."""
    flat = role_probabilities(model, [a.text[s:e] for a in answers for s, e in a.sentences])
    cuts = np.cumsum([len(a.sentences) for a in answers])[:-1]
    return np.split(flat, cuts)


def cue_features(answer: Answer) -> dict[str, float]:
    """What the cue rules found, as named numbers: each rule's hits, and where each kind stands."""
    count = len(answer.sentences)
    out: dict[str, float] = {
        f"{rule}:{kind}": float(min(n, 3)) for (rule, kind), n in Counter((c[3], c[2]) for c in answer.cues).items()
    }
    for *_, kind, _, sentence in answer.cues:
        out[f"last:{kind}"] = max(out.get(f"last:{kind}", 0.0), float(sentence == count - 1))
        out[f"first:{kind}"] = max(out.get(f"first:{kind}", 0.0), float(sentence == 0))
        out[f"place:{kind}"] = max(out.get(f"place:{kind}", 0.0), (sentence + 1) / count)
    kinds = {c[2] for c in answer.cues}
    out |= {
        f"{a}+{b}": 1.0
        for a in ("agree", "new", "existing")
        for b in ("refuse", "limit", "study", "later")
        if {a, b} <= kinds
    }
    out |= {f"link:{kind}": 1.0 for kind in answer.links}
    return out | {"sentences": min(count, 8) / 8}


def doubt_features(answer: Answer, status: np.ndarray) -> list[float]:
    """What tells how far to trust a status: how sure the model is, by how much, how sure the link was, how much was said."""
    ranked = np.sort(status)[::-1]
    entropy = float(-(status * np.log(np.clip(status, 1e-9, 1.0))).sum())
    own = any(x in ("row", "heading", "item", "statement", "number", "ordinal") for x in answer.links)
    return [
        float(ranked[0]),
        float(ranked[0] - ranked[1]),
        entropy,
        answer.support,
        float(own),
        min(len(answer.sentences), 8) / 8,
    ]


def evidence_of(answer: Answer, roles: np.ndarray, status: str) -> tuple[int, int]:
    """The sentence that speaks most for the status; where a clause of it holds the cue, from the sentence's begin to its end."""
    if not DECIDES[status]:
        return 0, 0
    weights = sum(roles[:, ROLES.index(role)] / (1 + 0.15 * k) for k, role in enumerate(DECIDES[status]))
    return answer.sentences[int(np.argmax(weights))]


# ---- training


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


def fit_roles(examples: Sequence[Example]) -> Pipeline:
    """The model of sentence roles on all sentences that have one."""
    pairs = [
        (e.answer.text[s:t], r) for e in examples for (s, t), r in zip(e.answer.sentences, e.roles, strict=False) if r
    ]
    return fit_sentences([t for t, _ in pairs], [r for _, r in pairs])


def fit_coder(examples: Sequence[Example], judged: Sequence[bool] = ()) -> Coder:
    """Fit all parts.

    judged  which examples come from whole letters: on these the confidence is calibrated, by predictions for each author
            from a model fitted on the others. Without any, the confidence is the model's own probability.
    """
    roles = fit_roles(examples)
    words, letters = hashed_words(15), hashed_letters(15)
    numbers = Pipeline([("names", DictVectorizer()), ("scale", MaxAbsScaler())])
    texts = [e.answer.text for e in examples]
    features = hstack(
        [
            words.fit_transform(texts),
            letters.fit_transform(texts),
            0.5 * numbers.fit_transform([cue_features(e.answer) for e in examples]),
            csr_matrix(np.array([role_features(r) for r in cross_roles(examples)])),
        ]
    ).tocsr()
    fitted = [_fit(features, [getattr(e, what) for e in examples]) for what in ("status", "position", "action")]
    coder = Coder(roles, words, letters, numbers, *fitted)
    if any(judged):
        coder.trust, coder.review_below = _fit_trust(examples, features, np.asarray(judged, dtype=bool))
    return coder


def _fit(features: csr_matrix, target: Sequence[str]) -> LogisticRegression:
    return small(LogisticRegression(C=4.0, max_iter=150, tol=1e-4).fit(features, list(target)))


def _fit_trust(
    examples: Sequence[Example], features: csr_matrix, judged: np.ndarray
) -> tuple[LogisticRegression, float]:
    """The model of how far to trust a status, and the confidence below which a person should look."""
    rows, right = [], []
    for fold in folds([e.group for e in examples]):
        inside = fold[judged[fold]]
        rest = np.setdiff1d(np.arange(len(examples)), fold)
        if not len(inside) or not len(rest):
            continue
        found = _in_order(_fit(features[rest], [examples[i].status for i in rest]), features[inside], STATUSES)
        for i, status in zip(inside, found, strict=True):
            rows.append(doubt_features(examples[i].answer, status))
            right.append(STATUSES[int(status.argmax())] == examples[i].status)
    trust = LogisticRegression(C=1.0, max_iter=1000).fit(rows, right)
    # At most this share of the rows is sent to a person (the rest of the allowance is for links in doubt).
    return trust, float(np.quantile(trust.predict_proba(rows)[:, 1], FLAGGED))


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
    counts = [p.named_steps["count"].transform(flat) for p in (hashed_words(15), hashed_letters(15))]
    out = np.zeros((len(flat), len(ROLES)))
    for fold in folds([e.group for e in examples]):
        inside = np.isin(owner, fold)
        known = np.flatnonzero(~inside & (roles != ""))
        weighed = [TfidfTransformer(sublinear_tf=True).fit(c[known]) for c in counts]
        model = role_classifier().fit(
            hstack([w.transform(c[known]) for w, c in zip(weighed, counts, strict=True)]), roles[known]
        )
        here = np.flatnonzero(inside)
        out[here] = _in_order(
            model, hstack([w.transform(c[here]) for w, c in zip(weighed, counts, strict=True)]).tocsr(), ROLES
        )
    return np.split(out, np.cumsum([len(e.answer.sentences) for e in examples])[:-1])
