"""Which documents are taken: rules that a researcher edits, in selection.toml or a file of their own."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.sources.base import Item

DEFAULT = Path(__file__).with_name("selection.toml")
_KEYS = {"follow", "always", "bodies", "reports", "answers", "never"}


class SelectionError(ValueError):
    """The selection cannot be used; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Selection:
    """follow, always: kinds of document; the others: name → the words that tell it, as one pattern."""

    follow: tuple[str, ...]
    always: tuple[str, ...]
    bodies: tuple[tuple[str, re.Pattern], ...]
    reports: re.Pattern
    answers: re.Pattern
    never: re.Pattern

    def rule(self, item: Item) -> str:
        """The rule by which the item, or one of its annexes, is taken; '' when none does."""
        if item.kind not in self.follow:
            return ""
        own = self._rule(item.kind, item.title, item.subject)
        if own or self.never.search(item.subject):
            return own
        by_annex = (self._rule(annex.kind, "", annex.subject) for annex in item.annexes)
        return next((f"annex: {found}" for found in by_annex if found), "")

    def takes_annex(self, annex: Item) -> bool:
        """Whether an annex comes along with a letter that is taken: all but the civil servants' notes and the like."""
        return not self.never.search(annex.subject)

    def _rule(self, kind: str, title: str, subject: str) -> str:
        """By the subject; the title is the dossier's and only adds the body."""
        if self.never.search(subject):
            return ""
        if kind in self.always:
            return kind
        if self.answers.search(subject):
            return "answers"
        if self.reports.search(subject):
            return next((name for name, words in self.bodies if words.search(subject) or words.search(title)), "")
        return ""


@cache
def load_selection(path: Path = DEFAULT) -> Selection:
    """Read a selection. Raises SelectionError on a key that it does not know, or a pattern that is none."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        if wrong := _KEYS ^ set(data):
            raise SelectionError(f"{path.name}: unknown or missing: {', '.join(sorted(wrong))}")
        return Selection(
            tuple(data["follow"]),
            tuple(data["always"]),
            tuple((name, _pattern(words)) for name, words in data["bodies"].items()),
            *(_pattern(data[key]["words"]) for key in ("reports", "answers", "never")),
        )
    except (OSError, tomllib.TOMLDecodeError, re.error, KeyError) as error:
        raise SelectionError(f"{path}: {error}") from error


def _pattern(words: list[str]) -> re.Pattern:
    """One pattern of regular expressions that match whole words, whatever their case; a name in capitals only so."""
    parts = [word if word.isupper() and word.isalpha() else f"(?i:{word})" for word in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
