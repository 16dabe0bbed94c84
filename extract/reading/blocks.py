"""Drafts and tables become the records that the other stages read."""

from __future__ import annotations

from corpus.records import Block, Box, Line
from extract.reading.drafts import Draft
from extract.reading.hyphens import Words, join
from extract.reading.sheets import Table


def block(draft: Draft, words: Words) -> Block:
    """One draft as a block: its text on one line, where each printed line stands in it, where notes were marked."""
    cuts = [draft.skip] + [0] * (len(draft.lines) - 1)
    texts = [printed.text[cut:].lstrip() for printed, cut in zip(draft.lines, cuts, strict=True)]
    text, spans = join(texts, words)
    lines, notes = [], []
    for printed, (start, end), bare in zip(draft.lines, spans, texts, strict=True):
        lines.append(Line(start, min(end, len(text)), printed.page, printed.box))
        lost = len(printed.text) - len(bare)
        notes += [(min(len(text), start + max(0, at - lost)), mark) for at, mark in printed.marks]
    first = draft.lines[0].page
    return Block(draft.kind, text, first, _around([p.box for p in draft.lines if p.page == first]), draft.level,
                 draft.number, draft.role, tuple(_even(lines)), notes=tuple(notes))  # fmt: skip


def _even(lines: list[Line]) -> list[Line]:
    """Lines whose spans do not overlap: a hyphen taken out shortens the line that had it."""
    return [
        Line(here.start, min(here.end, after.start) if after else here.end, here.page, here.box)
        for here, after in zip(lines, [*lines[1:], None], strict=True)
    ]


def _around(boxes: list[Box]) -> Box:
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def table_blocks(table: Table, number: int, header_known: bool) -> list[Block]:
    """One block for each row; the cells joined by ' | ' are its text."""
    made = []
    for k, (cells, box) in enumerate(zip(table.rows, table.boxes, strict=True)):
        text = " | ".join(cells)
        level = 0 if k == 0 and table.header and not header_known else 1
        made.append(Block("table", text, table.page, box, level, lines=(Line(0, len(text), table.page, box),),
                          cells=cells, table=number))  # fmt: skip
    return made
