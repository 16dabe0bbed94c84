"""Footnotes: small print, or print below a short rule, at the foot of its column, that opens with a mark."""

from __future__ import annotations

import re

from corpus.records import Block, Line
from extract.reading.frame import Layout
from extract.reading.furniture import note_rule
from extract.reading.hyphens import Words, join
from extract.reading.lines import PrintedLine
from extract.reading.sheets import Sheet

_MARK = re.compile(r"^(\d{1,3}|\*{1,3}|[†‡])[.)]?\s+(?=\S)")


def part_notes(sheet: Sheet, body: Layout, open_note: bool) -> None:
    """Move the footnotes of a page from its lines to its notes. `open_note`: one of the page before may go on here."""
    for foot in _feet(sheet, body):
        if foot and (any(_opens(printed) for printed in foot) or (open_note and not _opens(foot[0]))):
            chosen = set(map(id, foot))
            sheet.notes += foot
            sheet.lines = [kept for kept in sheet.lines if id(kept) not in chosen]


def _feet(sheet: Sheet, body: Layout) -> list[list[PrintedLine]]:
    """For each column, and for what runs across, the lines at its foot that could be footnotes."""
    rule = note_rule(sheet)
    found = []
    for column in dict.fromkeys(printed.column for printed in sheet.lines if printed.role != "box"):
        lines = [printed for printed in sheet.lines if printed.column == column and printed.role != "box"]
        start = len(lines)
        while start and _could_be(lines[start - 1], body, rule):
            start -= 1
        while start < len(lines) and not _opens(lines[start]) and (rule is None or lines[start].top < rule - 1):
            start += 1
        if start < len(lines):
            found.append(lines[start:])
    return found


def _could_be(printed: PrintedLine, body: Layout, rule: float | None) -> bool:
    if rule is not None and printed.top >= rule - 0.3 * printed.size:
        return True
    return rule is None and printed.size <= 0.93 * body.size


def _opens(printed: PrintedLine) -> bool:
    return bool(printed.marks and printed.marks[0][0] == 0) or bool(_MARK.match(printed.text))


def note_blocks(sheets: list[Sheet], words: Words) -> list[Block]:
    """One block for each footnote of the document, in order; what goes on overleaf is joined."""
    gathered: list[tuple[str, list[tuple[PrintedLine, str]]]] = []
    for sheet in sheets:
        for printed in sheet.notes:
            mark, text = _split(printed, gathered[-1][0] if gathered else "")
            if mark or not gathered:
                gathered.append((mark, [(printed, text)]))
            else:
                gathered[-1][1].append((printed, text))
    return [_block(mark, lines, words) for mark, lines in gathered]


def _split(printed: PrintedLine, last: str) -> tuple[str, str]:
    """(mark, the rest); the mark is '' where a line goes on. A plain figure counts only when it comes next in order."""
    if printed.marks and printed.marks[0][0] == 0:
        return printed.marks[0][1], printed.text
    match = _MARK.match(printed.text)
    if not match or (match[1].isdigit() and last.isdigit() and not 0 < int(match[1]) - int(last) <= 3):
        return "", printed.text
    return match[1], printed.text[match.end() :]


def _block(mark: str, lines: list[tuple[PrintedLine, str]], words: Words) -> Block:
    text, spans = join([text for _, text in lines], words)
    places = tuple(Line(a, b, printed.page, printed.box) for (printed, _), (a, b) in zip(lines, spans, strict=True))
    return Block("footnote", text, places[0].page, places[0].box, number=mark, lines=places)
