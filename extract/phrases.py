"""Phrases: the small language in which the rule files say what words to look for.

A phrase is words with single spaces between them, matched without regard to case on word boundaries:
  a|b    one of these words          (a)   the word may be missing          stu*   any ending, *stu any beginning
  ~      up to about eight words within the clause (no ; : . ? !)           ~~     anything up to the end of the sentence
  #      a number in figures
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

RULES = Path(__file__).parent / "rules"


class RuleError(ValueError):
    """A rule file that cannot be read as meant; the message names the file and the rule."""


def _word(word: str) -> str:
    return re.escape(word).replace(r"\*", r"[\w'’-]*").replace(r"\#", r"\d[\d.,]*")


def to_regex(phrase: str) -> str:
    """The regular expression of one phrase."""
    out, glue = [], ""
    for token in phrase.split():
        if token == "~":
            out.append(r"(?:[^\w;:.?!]+[^\s;:.?!]+){0,8}?")
            glue = r"\W+"
            continue
        if token == "~~":
            out.append(r"\b.{0,300}?")
            glue = r"\b"
            continue
        optional = token.startswith("(") and token.endswith(")")
        words = "|".join(_word(w) for w in token.strip("()").split("|"))
        out.append(f"(?:{glue}(?:{words}))?" if optional else f"{glue}(?:{words})")
        glue = r"\s+"
    return r"(?<!\w)" + "".join(out) + r"(?!\w)"


@cache
def compiled(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for any of these phrases."""
    return re.compile("|".join(f"(?:{to_regex(p)})" for p in phrases), re.IGNORECASE)


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """One pattern for any of these phrases (never for none of them)."""
    phrases = tuple(phrases)
    if not phrases:
        raise RuleError("a list of phrases is empty")
    return compiled(phrases)


@cache
def rules(name: str) -> dict:
    """The content of extract/rules/NAME.toml."""
    try:
        return tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"extract/rules/{name}.toml: {error}") from error
