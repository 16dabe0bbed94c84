"""Annotated documents: the project's own corpus and any folder in the same format.

NAME.txt is the source (one block a line), NAME.json the gold annotation beside it. docs/corpus.md describes both.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from corpus.records import Block
from corpus.tables import ACTIONS, POSITIONS, STATUSES

DOCUMENTS = Path(__file__).parent / "documents"

_NOTE = re.compile(r"\s*\[\[(.*?)\]\]")
_LINE = re.compile(r"(H1|H2|P|B|N|R|T|X|PB)(?:\s+(.*))?$")
_LABEL = re.compile(r"(?:[–•-]|\(?(?P<letter>[a-z])[.)])\s+")
_KINDS = {
    "P": "paragraph",
    "R": "paragraph",
    "X": "paragraph",
    "B": "item",
    "N": "item",
    "H1": "heading",
    "H2": "heading",
}


class AnnotationError(ValueError):
    """An annotation that does not fit the schema or its source; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One annotated document: its header ('title', 'author', 'date' …), its blocks and its gold annotation."""

    name: str
    header: dict[str, str]
    blocks: tuple[Block, ...]
    gold: dict
    author: str = ""
    source: str = field(default="", repr=False)


def load_folder(folder: Path = DOCUMENTS) -> list[Annotated]:
    """All annotated documents of a folder, by name. Raises AnnotationError on the first malformed one."""
    found = [load(path) for path in sorted(folder.glob("*.json"))]
    if not found:
        raise AnnotationError(f"{folder}: no annotated documents (NAME.json with NAME.txt beside it)")
    return found


def load(path: Path) -> Annotated:
    """One document by the path of its annotation."""
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = path.with_suffix(".txt").read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise AnnotationError(f"{path.name}: {error}") from error
    head, _, body = source.partition("\n\n")
    header = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    document = Annotated(path.stem, header, tuple(_blocks(body, path.name)), gold, gold.get("author", "shared"), source)
    check(document)
    return document


def _blocks(body: str, name: str) -> list[Block]:
    blocks: list[Block] = []
    page, table, notes = 1, 0, []
    previous = ""
    for line in filter(None, map(str.strip, body.splitlines())):
        match = _LINE.match(line)
        if not match or (match[1] != "PB" and not match[2]):
            raise AnnotationError(f"{name}: not a block: {line[:60]!r}")
        kind, rest = match[1], match[2] or ""
        if kind == "PB":
            page += 1
            continue
        text, marks = _take_notes(rest, notes)
        if kind == "T":
            table += previous != "T"
            cells = tuple(cell.strip() for cell in text.split("|"))
            blocks.append(
                Block(
                    "table", " | ".join(cells), page, level=int(previous == "T"), cells=cells, table=table, notes=marks
                )
            )
        else:
            blocks.append(_block(kind, text, page, marks))
        previous = kind
    return blocks + [Block("footnote", text, page, number=str(i)) for i, text in enumerate(notes, 1)]


def _block(kind: str, text: str, page: int, marks: tuple[tuple[int, str], ...]) -> Block:
    if kind == "P" and (label := _LABEL.match(text)):  # a printed dash or letter makes an item, as a reader of the page takes it
        kind, text = ("N", text) if label["letter"] else ("B", text[label.end() :])
        marks = marks if label["letter"] else tuple((at - label.end(), mark) for at, mark in marks)
    number = {"B": "•"}.get(kind, "")
    if kind == "N":
        number, _, text = text.partition(" ")
        marks = tuple((at - len(number) - 1, mark) for at, mark in marks)
        number = number.strip("(.)")
    level = {"H1": 1, "H2": 2}.get(kind, 0)
    return Block(_KINDS[kind], text, page, level=level, number=number, role="box" if kind == "X" else "", notes=marks)


def _take_notes(text: str, notes: list[str]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The text without its [[footnotes]], which are added to `notes`, and where their marks stood."""
    out, marks, at = "", [], 0
    for match in _NOTE.finditer(text):
        out += text[at : match.start()]
        notes.append(match[1])
        marks.append((len(out), str(len(notes))))
        at = match.end()
    return out + text[at:], tuple(marks)


# ---- the schema


def status_of(position: str, action: str) -> str:
    """The status that follows from position and action (the coding scheme's last table)."""
    if position == "neutral":
        return "adopted" if action in ("new", "existing") else "deferred"
    return {"agree": "adopted", "partly": "partly_adopted", "disagree": "rejected", "none": "unanswered"}[position]


def letters(text: str) -> str:
    """Letters and digits only, lower case: what is compared when line ends and punctuation must not matter."""
    return re.sub(r"[\W_]+", "", text.lower())


def check(document: Annotated) -> None:
    """Raise AnnotationError when the annotation is malformed or its words do not occur in the source."""
    problems = [*_problems(document)]
    if problems:
        raise AnnotationError(
            f"{document.name}: {problems[0]}" + (f" (and {len(problems) - 1} more)" if problems[1:] else "")
        )


def _problems(document: Annotated):
    gold, text = document.gold, letters(" ".join(_all_texts(document)))
    needed = {
        "id",
        "provenance",
        "kind",
        "issuer",
        "report_title",
        "signatory",
        "recommendations",
        "responses",
        "commitments",
    }
    yield from (f"no {key!r}" for key in sorted(needed - gold.keys()))
    if needed - gold.keys():
        return
    if gold["kind"] not in ("letter", "report"):
        yield f"kind {gold['kind']!r} is neither letter nor report"
    at = -1
    for i, item in enumerate(gold["recommendations"], 1):
        start = text.find(letters(item["starts"]))
        if item["ordinal"] != i:
            yield f"ordinal {item['ordinal']} where {i} was expected"
        if start < 0 or text.find(letters(item["ends"]), start) < 0:
            yield f"recommendation {i} does not occur: {item['starts']!r} … {item['ends']!r}"
        elif start < at:
            yield f"recommendation {i} stands before the one that precedes it"
        at = max(at, start)
        yield from _code_problems(gold["kind"], i, item)
    for passage in gold["responses"] + gold["commitments"]:
        if letters(passage["contains"]) not in text:
            yield f"does not occur: {passage['contains']!r}"
        if not all(1 <= o <= len(gold["recommendations"]) for o in passage["recommendations"]):
            yield f"no such recommendation: {passage['recommendations']}"


def _code_problems(kind: str, i: int, item: dict):
    if kind == "report":
        return
    if not item.get("status") or not set(item["status"]) <= set(STATUSES):
        yield f"recommendation {i}: status {item.get('status')!r}"
    position, action = item.get("position"), item.get("action")
    if position is None and action is None:
        return  # a document that is annotated with the status only
    if position not in POSITIONS or action not in ACTIONS:
        yield f"recommendation {i}: position {position!r}, action {action!r}"
    elif status_of(position, action) != item["status"][0]:
        yield f"recommendation {i}: {position} and {action} give {status_of(position, action)}, not {item['status'][0]}"


def _all_texts(document: Annotated) -> list[str]:
    return [b.text for b in document.blocks]
