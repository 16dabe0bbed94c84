"""Cues in an answer: which words of which sentence point to agreement, a measure, a refusal, a study …

The rules are data (rules/cues.toml). A cue that stands inside one of its pseudo-cues does not count; one in the scope of
a negation becomes what its rule says, or falls away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract.phrases import RuleError, any_of, rules
from extract.sentences import sentences

KINDS = ("agree", "new", "existing", "limit", "refuse", "study", "later", "referral", "praise", "importance", "finding")
_KEYS = {"id", "kind", "phrases", "pseudo", "becomes", "examples", "counterexamples"}
# 'niet' and 'geen' reach to the end of their clause; these do not negate.
_NEGATION = re.compile(
    r"\b(?:niet|geen|nooit|nimmer|noch|evenmin|onvoldoende|zonder)\b(?!\s+(?:alleen|enkel|slechts|zozeer|langer dan|uitsluitend|nalaten|ter discussie))",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:–]|\b(?:maar|doch|terwijl|tenzij|omdat|waarbij|waarmee)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """The words [start, end) of the text are a cue of this kind, found by this rule, in sentence number `sentence`."""

    start: int
    end: int
    kind: str
    rule: str
    sentence: int


@cache
def _rules() -> tuple[tuple[str, str, re.Pattern[str], re.Pattern[str] | None, str], ...]:
    out = []
    for rule in rules("cues")["cue"]:
        if unknown := rule.keys() - _KEYS:
            raise RuleError(f"cues.toml: {rule.get('id', '?')}: unknown key {sorted(unknown)[0]!r}")
        if rule["kind"] not in KINDS:
            raise RuleError(f"cues.toml: {rule['id']}: unknown kind {rule['kind']!r}")
        pseudo = any_of(rule["pseudo"]) if rule.get("pseudo") else None
        out.append((rule["id"], rule["kind"], any_of(rule["phrases"]), pseudo, rule.get("becomes", "")))
    return tuple(out)


def find_cues(text: str) -> list[Cue]:
    """All cues of a text in order; positions count in the text."""
    out = []
    for n, (start, end) in enumerate(sentences(text)):
        out += _in_sentence(text[start:end], start, n)
    return sorted(out, key=lambda c: (c.start, c.end, c.rule))


def _in_sentence(sentence: str, offset: int, n: int) -> list[Cue]:
    negations = [m.span() for m in _NEGATION.finditer(sentence)]
    out = []
    for name, kind, pattern, pseudo, becomes in _rules():
        no = [m.span() for m in pseudo.finditer(sentence)] if pseudo else []
        for match in pattern.finditer(sentence):
            if any(a < match.end() and match.start() < b for a, b in no):
                continue
            read = kind
            if becomes and _negated(sentence, match.start(), match.end(), negations):
                read = becomes
            out.append(Cue(offset + match.start(), offset + match.end(), read, name, n))
    return out


def _negated(sentence: str, start: int, end: int, negations: list[tuple[int, int]]) -> bool:
    """Whether a negation stands in the cue, before it in its clause, or right after it."""
    for a, b in negations:
        if start <= a < end:
            return True
        if b <= start and not _CLAUSE.search(sentence[b:start]):
            return True
        if a >= end and a - end < 25 and not _CLAUSE.search(sentence[end:a]):
            return True
    return False
