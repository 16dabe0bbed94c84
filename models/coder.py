"""Position, action and status of an answer, with a calibrated confidence and the words that decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion, Pipeline

from corpus.records import Answer
from corpus.tables import ACTIONS, POSITIONS, STATUSES
from models.roles import ROLES, Roles, role_probabilities
from models.told import doubt, told

# Which position and action a status allows (the coding scheme's table).
ALLOWED = {
    "adopted": {("agree", a) for a in ("new", "existing", "study", "none")}
    | {("neutral", "new"), ("neutral", "existing")},
    "partly_adopted": {("partly", a) for a in ACTIONS},
    "deferred": {("neutral", a) for a in ("study", "referral", "later", "none")},
    "rejected": {("disagree", a) for a in ("none", "existing", "new", "study")},
    "unanswered": {("none", "none")},
}
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
    """The fitted parts; made by models.learning, stored by models.storage."""

    roles: Roles
    words: FeatureUnion
    numbers: Pipeline
    status: OneVsRestClassifier
    trees: HistGradientBoostingClassifier
    position: OneVsRestClassifier
    action: OneVsRestClassifier
    trust: Pipeline | None = None
    silence: LogisticRegression | None = None
    review_below: float = 0.75
    figures: dict[str, float] = field(default_factory=dict)  # on answers of writers whom the parts behind them did not see

    def judge(self, answers: Sequence[Answer]) -> list[Judgement]:
        """A judgement for each answer; an answer without text is `unanswered`."""
        given = [a for a in answers if a.sentences]
        judged = iter(self._judge(given) if given else [])
        return [next(judged) if a.sentences else self._silent(a) for a in answers]

    def _silent(self, answer: Answer) -> Judgement:
        """Nothing was linked: how sure that is hangs on how likely the best passage was all the same."""
        sure = float(self.silence.predict_proba([[answer.support]])[0, 1]) if self.silence is not None else 0.5
        return Judgement("unanswered", "none", "none", sure, sure < self.review_below, (0, 0))

    def _judge(self, answers: Sequence[Answer]) -> list[Judgement]:
        roles = roles_of(self.roles, answers)
        seen = [told(a, r) for a, r in zip(answers, roles, strict=True)]
        numbers = self.numbers.transform(seen)
        features = hstack([self.words.transform([a.text for a in answers]), csr_matrix(numbers)]).tocsr()
        position = in_order(self.position, features, POSITIONS)
        action = in_order(self.action, features, ACTIONS)
        both = zip(in_order(self.status, features, STATUSES), in_order(self.trees, numbers, STATUSES), strict=True)
        return [self._one(a, *row) for a, *row in zip(answers, roles, both, position, action, strict=True)]

    def _one(
        self,
        answer: Answer,
        roles: np.ndarray,
        both: tuple[np.ndarray, np.ndarray],
        position: np.ndarray,
        action: np.ndarray,
    ) -> Judgement:
        status = heed_scheme(answer, (both[0] + both[1]) / 2)
        name = STATUSES[int(status.argmax())]
        codes = sorted(ALLOWED[name], key=lambda c: (-position[POSITIONS.index(c[0])] * action[ACTIONS.index(c[1])], c))
        confidence = float(status.max())
        if self.trust is not None:
            confidence = float(self.trust.predict_proba([doubt(answer, roles, *both)])[0, 1])
        return Judgement(name, *codes[0], confidence, confidence < self.review_below, evidence_of(answer, roles, name))


def heed_scheme(answer: Answer, status: np.ndarray) -> np.ndarray:
    """The probabilities, given what the coding scheme and the corpus say of some answers whatever their other words.

    An explicit stance outweighs what surrounds it (rule 1): 'neem ik over' leaves only how far; 'neem ik niet over' leaves no
    acceptance and no delay. A sentence that both takes over and limits or refuses is left to the model. A passage that names
    the recommendation is hardly silent about it (3 of 100 in the corpus). Where talks are what was asked, telling of them is neither
    delay nor silence (rule 4; 11 of 84).
    """
    stances = {(c[4], c[2]) for c in answer.cues if c[3] in EXPLICIT}
    hedged = {c[4] for c in answer.cues if c[2] in ("limit", "study", "later")}
    kinds = {kind for sentence, kind in stances if sentence not in hedged}
    weights = dict.fromkeys(STATUSES, 1.0)
    if kinds == {"agree"}:
        weights |= dict.fromkeys(("deferred", "rejected", "unanswered"), 0.15)
    elif kinds == {"refuse"}:
        weights |= dict.fromkeys(("adopted", "deferred", "unanswered"), 0.15)
    if answer.talks:
        weights |= {name: 0.2 * weights[name] for name in ("deferred", "unanswered")}
    if not {"number", "ordinal"}.isdisjoint(answer.links):
        weights["unanswered"] *= 0.5
    weighed = np.array([weights[name] for name in STATUSES]) * status
    return weighed / weighed.sum()


def in_order(model, features, names: Sequence[str]) -> np.ndarray:
    """A classifier's probabilities with a column for each name."""
    out = np.zeros((features.shape[0], len(names)))
    found = model.predict_proba(features)
    for k, name in enumerate(model.classes_):
        out[:, names.index(name)] = found[:, k]
    return np.round(out, 9)


def roles_of(model: Roles, answers: Sequence[Answer]) -> list[np.ndarray]:
    """The role probabilities of the sentences of each answer."""
    flat = role_probabilities(model, [a.text[s:e] for a in answers for s, e in a.sentences])
    cuts = np.cumsum([len(a.sentences) for a in answers])[:-1]
    return np.split(flat, cuts)


def evidence_of(answer: Answer, roles: np.ndarray, status: str) -> tuple[int, int]:
    """The sentence that speaks most for the status; where a clause of it holds the cue, from the sentence's begin to its end."""
    if not DECIDES[status]:
        return 0, 0
    weights = sum(roles[:, ROLES.index(role)] / (1 + 0.15 * k) for k, role in enumerate(DECIDES[status]))
    return answer.sentences[int(np.argmax(weights))]
