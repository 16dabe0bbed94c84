"""Lines are joined into running text; a hyphen at a line's end goes or stays by evidence."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_LAST = re.compile(r"([^\W_]+)-$")
_FIRST = re.compile(r"[^\W_]+")
_COORDINATES = {
    "en",
    "of",
    "tot",
    "noch",
    "dan",
    "respectievelijk",
    "resp",
    "als",
    "c",
    "and",
    "or",
    "und",
    "oder",
    "et",
    "ou",
}
_CLASH = {"aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "oe", "oi", "oo", "ou", "ui", "uu", "ij"}
_KEEPS = {"niet", "non", "oud", "ex", "semi", "anti", "pro", "quasi", "e", "co", "sociaal", "vice", "niet-", "bijna"}


class Words:
    """The words of a document, to tell whether a joined or a hyphenated form occurs in it; gathered when first
    asked."""

    def __init__(self, texts: list[str]):
        self._texts, self._known = texts, None

    def __contains__(self, word: str) -> bool:
        if self._known is None:
            self._known = {w.lower() for text in self._texts for w in _WORD.findall(text)}
            self._texts = []
        return word.lower() in self._known


def join(texts: list[str], words: Words) -> tuple[str, list[tuple[int, int]]]:
    """The lines as one text, and for each line its [start, end) in it."""
    whole, spans = "", []
    for text in texts:
        if whole.endswith("-") and text:
            whole = _meet(whole, text, words)
        elif (whole and not whole.endswith(("/", " ")) and text) or (
            whole.endswith("/") and text and _spaced_slash(whole)
        ):
            whole += " "
        spans.append((len(whole), len(whole) + len(text)))
        whole += text
    return whole, spans


def _spaced_slash(whole: str) -> bool:
    return whole.endswith(" /")


def _meet(whole: str, text: str, words: Words) -> str:
    """`whole`, which ends in a hyphen, as it stands before `text`: without the hyphen, with it, or with it and
    a space."""
    last, first = _LAST.search(whole), _FIRST.match(text)
    address = whole.rpartition(" ")[2]
    if "://" in address or address.startswith("www."):
        return whole
    if not last:
        return whole + " " if whole.endswith((" -", "--")) else whole
    if not first:
        return whole if text[:1] in "/)" else whole + " "
    left, right = last.group(1), first.group()
    if right.lower() in _COORDINATES:
        return whole + " "
    return whole[:-1] if _hyphenated(left, right, words) else whole


def _hyphenated(left: str, right: str, words: Words) -> bool:
    """Whether the hyphen between two parts of a word was the printer's and not the writer's."""
    if not right[0].islower() or not left[-1].islower():
        return False
    if left + right in words:
        return True
    if f"{left}-{right}" in words:
        return False
    if len(left) == 1 or left.lower() in _KEEPS or (left.isupper() or any(c.isupper() for c in left[1:])):
        return False
    return (left[-1] + right[0]).lower() not in _CLASH
