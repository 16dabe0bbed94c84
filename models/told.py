"""What an answer tells, as named numbers: the roles of its sentences, the cues that rules found, how it speaks of the recommendation."""

from __future__ import annotations

from collections import Counter

import numpy as np

from corpus.records import Answer
from models.roles import ROLES

_OWN_TIES = ("row", "heading", "item", "statement", "number", "ordinal")


def told(answer: Answer, roles: np.ndarray) -> dict[str, float]:
    """The numbers of one answer. `roles`: probabilities of shape (sentences, len(ROLES))."""
    return _role_numbers(answer, roles) | _cue_numbers(answer) | _size_numbers(answer, roles)


def _role_numbers(answer: Answer, roles: np.ndarray) -> dict[str, float]:
    """For each role how strong it is: anywhere, in the first and the last sentence, on the whole, where the recommendation's words are."""
    overlaps = np.array(answer.overlaps or [0.0] * len(roles))
    rows = {
        "most": roles.max(axis=0),
        "least": roles.min(axis=0),
        "first": roles[0],
        "last": roles[-1],
        "late": roles[-2:].max(axis=0),
        "mean": roles.mean(axis=0),
        "sum": np.minimum(roles.sum(axis=0), 3.0) / 3.0,
        "nearest": roles[int(overlaps.argmax())],
        "with words": (roles * overlaps[:, None]).max(axis=0),
        "where": roles.argmax(axis=0) / len(roles),
    }
    out = {f"{name}:{role}": float(v) for name, row in rows.items() for role, v in zip(ROLES, row, strict=True)}
    place = dict(zip(ROLES, roles.argmax(axis=0), strict=True))
    for first, then in (("agree", "refuse"), ("agree", "limit"), ("refuse", "new"), ("agree", "study"), ("reason", "new")):
        out[f"{first} before {then}"] = float(place[first] < place[then])
    return out


def _cue_numbers(answer: Answer) -> dict[str, float]:
    """Each cue rule's hits, and where each kind of cue stands."""
    count = len(answer.sentences)
    out: dict[str, float] = {
        f"{rule}:{kind}": float(min(n, 3)) for (rule, kind), n in Counter((c[3], c[2]) for c in answer.cues).items()
    }
    for *_, kind, _, sentence in answer.cues:
        out[f"last cue:{kind}"] = max(out.get(f"last cue:{kind}", 0.0), float(sentence == count - 1))
        out[f"first cue:{kind}"] = max(out.get(f"first cue:{kind}", 0.0), float(sentence == 0))
        out[f"place:{kind}"] = max(out.get(f"place:{kind}", 0.0), (sentence + 1) / count)
    kinds = {c[2] for c in answer.cues}
    return out | {
        f"{a}+{b}": 1.0
        for a in ("agree", "new", "existing")
        for b in ("refuse", "limit", "study", "later")
        if {a, b} <= kinds
    }


def _size_numbers(answer: Answer, roles: np.ndarray) -> dict[str, float]:
    overlaps = answer.overlaps or (0.0,)
    return {f"link:{kind}": 1.0 for kind in answer.links} | {
        "sentences": min(len(answer.sentences), 8) / 8,
        "length": min(len(answer.text), 2000) / 2000,
        "most overlap": max(overlaps),
        "mean overlap": sum(overlaps) / len(overlaps),
        "support": answer.support,
        "said": float(1 - roles[:, ROLES.index("context")].min()),
        "said in all": float(1 - roles[:, ROLES.index("context")].mean()),
        "asks study": float(answer.asks_study),
    }


def doubt(answer: Answer, roles: np.ndarray, linear: np.ndarray, trees: np.ndarray) -> list[float]:
    """What tells how far to trust a status: how sure each model is and whether they agree, how sure the link was, what was said."""
    both = (linear + trees) / 2
    ranked = np.sort(both)[::-1]
    best = int(both.argmax())
    entropy = float(-(both * np.log(np.clip(both, 1e-9, 1.0))).sum())
    said = 1 - roles[:, ROLES.index("context")]
    return [
        float(ranked[0]),
        float(ranked[0] - ranked[1]),
        float(ranked[2]),
        entropy,
        float(linear[best]),
        float(trees[best]),
        float(linear.argmax() == trees.argmax()),
        answer.support,
        float(any(x in _OWN_TIES for x in answer.links)),
        min(len(answer.sentences), 8) / 8,
        float(said.max()),
        float(roles.max(axis=1).mean()),
        max(answer.overlaps or (0.0,)),
        *(float(best == k) for k in range(len(both))),
    ]
