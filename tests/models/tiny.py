"""A corpus of 24 answers by two made-up writers, and models trained on it."""

from __future__ import annotations

import re
from functools import cache

from corpus.annotated import status_of
from corpus.records import Answer
from models.coder import Example, fit_coder
from models.linker import fit_linker
from models.storage import Models

ANSWERS = (
    ("agree", "new", "Deze aanbeveling neem ik over."),
    ("partly", "new", "Dit neem ik deels over."),
    ("neutral", "study", "Ik zal bezien of dit kan."),
    ("disagree", "existing", "Hiertoe zie ik geen aanleiding."),
)
_ROLES = {"agree": "agree", "partly": "limit", "neutral": "study", "disagree": "refuse"}
_MORE = ("", " De sector is klein.", " In het najaar spreek ik de koepels.")


def answer(text: str) -> Answer:
    """An answer without cues: models know nothing of extract."""
    spans = tuple((m.start(), m.end()) for m in re.finditer(r"[^. ][^.]*\.", text))
    return Answer("Stel een norm vast.", text, spans)


def examples() -> list[Example]:
    out = []
    for group in ("a", "b"):
        for position, action, text in ANSWERS:
            for more in _MORE:
                made = answer(text + more)
                roles = (_ROLES[position], "context")[: len(made.sentences)]
                name = f"{group}-{len(out)}"
                out.append(Example(made, status_of(position, action), position, action, group, roles, name))
    return out


@cache
def models() -> Models:
    pairs = [(float(i % 2), float(i % 5), 1.0) for i in range(60)]
    return Models(fit_linker(pairs, [i % 2 == 0 for i in range(60)]), fit_coder(examples()), {"version": "tiny"})
