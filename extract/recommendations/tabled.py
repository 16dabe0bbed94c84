"""Recommendations in the column 'Aanbeveling' of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.records import Block
from extract.phrases import any_of, rules
from extract.recommendations.addressees import COLUMN
from extract.recommendations.candidates import Candidate, Context, candidate
from extract.recommendations.labelled import NUMBERED
from extract.recommendations.provenance import is_foreign


def tabled(context: Context) -> Iterator[Candidate]:
    """Candidates from the column 'Aanbeveling' of a table."""
    outline = context.outline
    names = any_of(rules("recommendations")["announce"]["strong"])
    other_names = any_of(rules("recommendations")["prose"]["noun_of_column"])
    column, number, to, reject = -1, -1, -1, True
    for i, block in enumerate(outline.blocks):
        if block.kind != "table":
            continue
        if block.level == 0:
            column = next((k for k, cell in enumerate(block.cells) if names.search(cell)), -1)
            if column < 0 and any(
                re.search(r"reactie|stand van zaken|opvolging|antwoord", c, re.IGNORECASE) for c in block.cells
            ):
                column = next((k for k, cell in enumerate(block.cells) if other_names.search(cell)), -1)
            number = next(
                (
                    k
                    for k, cell in enumerate(block.cells)
                    if re.fullmatch(r"(?:nr|nummer|no|#|)\W*", cell.strip(), re.IGNORECASE)
                ),
                -1,
            )
            to = next((k for k, cell in enumerate(block.cells) if COLUMN.fullmatch(cell.strip())), -1)
            reject = column < 0 or _other_table(context, i)
        elif not reject and column < len(block.cells) and len(block.cells[column]) > 12:
            yield _cell(context, i, column, number, to)


def _other_table(context: Context, i: int) -> bool:
    """Whether the table lists recommendations of another report: its header or its introduction says so."""
    blocks = context.outline.blocks
    if re.search(
        r"\b(?:uit|van|in)\b.*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b", " ".join(blocks[i].cells[:2])
    ) or context.outside(i):
        return True
    lead = blocks[i - 1].text if i and blocks[i - 1].kind == "paragraph" else ""
    return context.outline.zones[i] == "others" or (
        bool(lead) and context.kind == "report" and is_foreign(lead, context)
    )


def _cell(context: Context, i: int, column: int, number: int, to: int) -> Candidate:
    block = context.outline.blocks[i]
    start = cell_start(block, column)
    printed = block.cells[number].strip(" .)") if 0 <= number < len(block.cells) else ""
    addressee = block.cells[to].strip(" .") if 0 <= to < len(block.cells) else ""
    text = block.cells[column]
    match = NUMBERED.match(text) if not printed else None
    shift = match.start("text") if match else 0
    return candidate(
        context.outline,
        i,
        start + shift,
        start + len(text),
        "table",
        number=printed or (match["number"] if match else ""),
        addressee=addressee,
        rule="table",
    )


def cell_start(block: Block, column: int) -> int:
    """Where the text of a cell begins in the text of its row (cells are joined by ' | ')."""
    return sum(len(c) + 3 for c in block.cells[:column])
