"""What one sentence of an answer does. Learned from sentences that were read one by one (corpus/passages)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
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


def one_against_rest(c: float) -> OneVsRestClassifier:
    """An unfitted linear classifier of several classes: as good as the joint one here, and ten times faster to fit."""
    return OneVsRestClassifier(LogisticRegression(C=c, solver="liblinear", dual=True, tol=1e-2, random_state=0))


def boosted(
    rounds: int, rate: float, leaves: int, smallest: int, smooth: float, share: float = 1.0
) -> HistGradientBoostingClassifier:
    """Unfitted boosted trees over named numbers; `share` of the numbers is tried at each split."""
    return HistGradientBoostingClassifier(
        max_iter=rounds,
        learning_rate=rate,
        max_leaf_nodes=leaves,
        min_samples_leaf=smallest,
        l2_regularization=smooth,
        max_features=share,
        random_state=0,
        early_stopping=False,
    )


def small(model: OneVsRestClassifier) -> OneVsRestClassifier:
    """The same model with its weights in single precision: half the size, and no measured difference."""
    for part in model.estimators_:
        part.coef_ = part.coef_.astype(np.float32)
    return model


def fit_sentences(sentences: Sequence[str], roles: Sequence[str]) -> Pipeline:
    """The model of sentence roles."""
    text = FeatureUnion([("words", hashed_words(16)), ("letters", hashed_letters(15))])
    model = Pipeline([("text", text), ("model", one_against_rest(3.0))])
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
