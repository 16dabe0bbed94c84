"""A corpus of 24 answers by two made-up writers, and models trained on it."""

from __future__ import annotations

import re
from functools import cache

from corpus.annotated import status_of
from corpus.records import Answer, Heard, Pair, Unit
from models.cutter import fit_cutter
from models.finder import fit_finder
from models.learning import Example, fit_coder, fit_hearing
from models.linker import Letter, fit_linker, roles_heard
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


def unit(text: str, form: str = "item", group: str = "list:0") -> Unit:
    tokens = tuple((m[0], m.start(), m.end()) for m in re.finditer(r"\w+|[^\w\s]", text))
    words = tuple(f"in={w.lower()}" for w, _, _ in tokens)
    return Unit(0, 0, len(text), form, group, -1, tokens, words, {"letter": 1.0})


STATED = ("De Inspectie beveelt aan om een norm vast te stellen", "Zij adviseert om de haven te controleren")
OTHER = ("De haven is in 1950 aangelegd", "Er werken veertig mensen", "Hierbij bied ik u het rapport aan")


def document() -> tuple[list[Unit], list[bool]]:
    """Units of a letter, and whether each states a recommendation."""
    return [unit(t, "sentence", "section:") for t in (*STATED, *OTHER)], [True] * 2 + [False] * 3


def letter(author: str, roles) -> Letter:
    """Two recommendations and three passages: the first two answer, in order."""
    texts = ("Deze aanbeveling neem ik over.", "Ik zal bezien of dit kan.", "De haven is in 1950 aangelegd.")
    heard = [Heard(k, t, ((0, len(t)),), ("kind=paragraph",)) for k, t in enumerate(texts)]
    pairs = [Pair(i + 1, j, (float(i == j), 0.1 * j)) for i in range(2) for j in range(3)]
    return Letter(author, pairs, heard, [p.ordinal - 1 == p.passage for p in pairs], roles_heard(heard, roles))


@cache
def models() -> Models:
    units, states = document()
    cuts = [(t.index("om ") + 3, len(t)) for t in STATED]
    hearing = fit_hearing(examples())
    return Models(
        fit_finder([units, units], [states, states], ["a", "b"]),
        fit_cutter(units[:2], cuts),
        fit_linker([letter(name, hearing.roles) for name in "ab" for _ in range(10)]),
        fit_coder([], hearing),
        {"version": "tiny"},
    )
