"""Where in a piece of text the recommendation begins and ends: without its lead-in, its label, and what is said of it after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import LogisticRegression

from corpus.records import Unit

BITS = 16
OPENING, CLOSING = "«“‘\"'", "»”’\"'"


@dataclass
class Cutter:
    """Two linear models of tokens: whether a recommendation begins at one, whether it ends with one."""

    begin: LogisticRegression
    end: LogisticRegression

    def cut(self, unit: Unit) -> tuple[int, int]:
        """The characters [start, end) of the block's text that are the recommendation."""
        words = [w for w, _, _ in unit.tokens]
        first = _best(self.begin, [list(_begins(words, k, unit.form)) for k in range(len(words))])
        last = first + _best(self.end, [list(_ends(words, k, first, unit.form)) for k in range(first, len(words))])
        return unit.tokens[first][1], unit.tokens[last][2]


def _best(model: LogisticRegression, rows: Sequence[list[str]]) -> int:
    return int(np.round(model.predict_proba(_hashed(rows))[:, 1], 6).argmax())


def _hashed(rows: Sequence[list[str]]):
    return FeatureHasher(2**BITS, input_type="string", alternate_sign=False, dtype=np.float32).transform(rows)


def _at(words: Sequence[str], k: int) -> str:
    return words[k].lower() if 0 <= k < len(words) else "#"


def _begins(words: Sequence[str], k: int, form: str) -> Iterator[str]:
    """What speaks for and against a recommendation that begins at word k."""
    before = [w.lower() for w in words[:k]]
    a, b, c, here, then = (_at(words, k + d) for d in (-1, -2, -3, 0, 1))
    yield from (f"a={a}", f"b={b}", f"c={c}", f"here={here}", f"then={then}", f"ba={b}_{a}", f"a-here={a}_{here}")
    yield from (f"here-then={here}_{then}", f"cba={c}_{b}_{a}", f"form={form}", f"form={form}/{k == 0}", f"a={a}/{form}")
    yield from (f"at={min(k, 12)}", f"at-first={k == 0}", f"first={_at(words, 0)}", f"first={_at(words, 0)}/{k == 0}")
    om, dat = before.count("om"), before.count("dat")
    yield from (f"om={om}", f"dat={dat}", f"a={a}/{om + dat}", f"capital={words[k][:1].isupper()}")
    yield f"within={any(w in OPENING for w in before) and not any(w in CLOSING for w in before)}"
    quotes = any(w in "«“" for w in words)
    yield from (f"colon={':' in before}", f"quotes={quotes}/{a in OPENING}")
    yield from (f"has-{w}={any(x.lower() == w for x in words)}/{a}" for w in ("om", "dat", ":"))
    for w in before[-8:]:
        yield from (f"before={w}", f"before={w}/{a}")
    yield from (f"ahead={w.lower()}" for w in words[k : k + 5])


def _ends(words: Sequence[str], k: int, first: int, form: str) -> Iterator[str]:
    """What speaks for and against a recommendation that began at word `first` and ends with word k."""
    here, a, then, next_, third = (_at(words, k + d) for d in (0, -1, 1, 2, 3))
    rest = [w.lower() for w in words[k + 1 :]]
    said = any(w.isalnum() for w in rest)
    yield from (f"here={here}", f"a={a}", f"then={then}", f"next={next_}", f"then-next={then}_{next_}")
    yield from (f"after={then}_{next_}_{third}", f"here-then={here}_{then}", f"last={not rest}/{form}")
    yield from (f"left={min(len(rest), 15)}", f"ending={here[-3:]}", f"te={a == 'te'}/{then}", f"said={said}")
    yield from (f"said={said}/{then}", f"sign={not here.isalnum()}", f"quoted={_at(words, first - 1) in OPENING}/{then}")
    infinitive = re.fullmatch(r"\w+[ae]n", here) and "te" in (w.lower() for w in words[first:k])
    yield f"infinitive={bool(infinitive)}/{then}"
    yield from (f"rest={w}" for w in rest[:6])


def fit_cutter(units: Sequence[Unit], spans: Sequence[tuple[int, int]]) -> Cutter:
    """Fit on units that state a recommendation, and where in the block's text it begins and ends."""
    begins, ends, is_begin, is_end = [], [], [], []
    for unit, (start, end) in zip(units, spans, strict=True):
        words = [w for w, _, _ in unit.tokens]
        first = min(range(len(words)), key=lambda k: abs(unit.tokens[k][1] - start))
        last = min(range(first, len(words)), key=lambda k: abs(unit.tokens[k][2] - end))
        begins += (list(_begins(words, k, unit.form)) for k in range(len(words)))
        is_begin += (k == first for k in range(len(words)))
        ends += (list(_ends(words, k, first, unit.form)) for k in range(first, len(words)))
        is_end += (k == last for k in range(first, len(words)))
    return Cutter(_fit(begins, is_begin), _fit(ends, is_end))


def _fit(rows: Sequence[list[str]], target: Sequence[bool]) -> LogisticRegression:
    model = LogisticRegression(C=3.0, max_iter=300, tol=1e-4).fit(_hashed(rows), target)
    model.coef_ = model.coef_.astype(np.float32)
    return model
