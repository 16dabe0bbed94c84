"""What one sentence of an answer does. Learned from sentences that were read one by one (corpus/passages)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

Roles = Pipeline  # the fitted model of sentence roles

ROLES = ("agree", "new", "existing", "limit", "refuse", "reason", "study", "later", "referral", "context")


def hashed_words(bits: int) -> Pipeline:
    """Weights of words in runs of one to three, hashed to 2**bits columns: no vocabulary to store."""
    words = HashingVectorizer(
        ngram_range=(1, 3),
        n_features=2**bits,
        alternate_sign=False,
        norm=None,
        token_pattern=r"\w+|[€%,;:?]",
        dtype=np.float32,
    )
    return Pipeline([("count", words), ("weigh", TfidfTransformer(sublinear_tf=True))])


def hashed_letters(bits: int) -> Pipeline:
    """Weights of letters within words in runs of three to five, which suit Dutch compounds, hashed likewise."""
    runs = HashingVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), n_features=2**bits, alternate_sign=False, norm=None, dtype=np.float32
    )
    return Pipeline([("count", runs), ("weigh", TfidfTransformer(sublinear_tf=True))])


def small(model: LogisticRegression) -> LogisticRegression:
    """The same model with its weights in single precision: half the size, and no measured difference."""
    model.coef_ = model.coef_.astype(np.float32)
    return model


def role_classifier() -> LogisticRegression:
    """The unfitted classifier of roles."""
    return LogisticRegression(C=6.0, max_iter=120, tol=1e-4, class_weight="balanced")


def fit_sentences(sentences: Sequence[str], roles: Sequence[str]) -> Pipeline:
    """The model of sentence roles."""
    text = FeatureUnion([("words", hashed_words(15)), ("letters", hashed_letters(15))])
    model = Pipeline([("text", text), ("model", role_classifier())])
    model.fit(list(sentences), list(roles))
    small(model.named_steps["model"])
    return model


def role_probabilities(model: Pipeline, sentences: Sequence[str]) -> np.ndarray:
    """Probabilities of shape (sentences, len(ROLES)), in the order of ROLES."""
    out = np.zeros((len(sentences), len(ROLES)))
    if sentences:
        found = model.predict_proba(list(sentences))
        for k, name in enumerate(model.classes_):
            out[:, ROLES.index(name)] = found[:, k]
    return out


def role_features(probabilities: np.ndarray) -> np.ndarray:
    """One answer's roles as 50 numbers: the strongest, the last, the strongest of the last two, the mean and the sum of each role."""
    total = np.minimum(probabilities.sum(axis=0), 3.0) / 3.0
    parts = (
        probabilities.max(axis=0),
        probabilities[-1],
        probabilities[-2:].max(axis=0),
        probabilities.mean(axis=0),
        total,
    )
    return 1.5 * np.hstack(parts)
