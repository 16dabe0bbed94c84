"""From placed lines to the main text: notes parted, drafts made and named, breaks joined, tables and notes put
in their places."""

from __future__ import annotations

from corpus.records import Block
from extract.reading.blocks import block, table_blocks
from extract.reading.drafts import Draft, drafts
from extract.reading.frame import Layout
from extract.reading.hyphens import Words
from extract.reading.joins import join_over_breaks
from extract.reading.kinds import Style, name_kinds
from extract.reading.letters import name_address, name_signature
from extract.reading.notes import note_blocks, part_notes
from extract.reading.order import order
from extract.reading.sheets import Sheet, Table


def main_text(sheets: list[Sheet], body: Layout, words: Words, kind: str) -> tuple[str, list[Block]]:
    """(layout, blocks in reading order, footnotes last)."""
    for before, sheet in zip([None, *sheets[:-1]], sheets, strict=True):
        order(sheet, body)
        part_notes(sheet, body, bool(before and before.notes))
    made = [draft for sheet in sheets for draft in drafts(sheet.lines, body)]
    name_kinds(made, Style([printed for sheet in sheets for printed in sheet.lines], body))
    name_address(made, kind == "letter")
    name_signature(made, body)
    made = join_over_breaks(made)
    if kind == "kamerstuk" and sum(d.kind == "heading" and d.number == "" and d.text[-1:].isdigit() for d in made) >= 3:
        kind = "questions"
    _address_too(sheets, made, words)
    for sheet in sheets:
        sheet.rows, sheet.lines = [], []  # a document of thousands of pages is not to be held twice
    return kind, _with_tables(made, sheets, words) + note_blocks(sheets, words)


def _address_too(sheets: list[Sheet], made: list[Draft], words: Words) -> None:
    """A letter's address stands in the main text and among the furniture, where the metadata is read from."""
    first = sheets[0]
    for draft in made:
        if draft.role == "address":
            found = block(draft, words)
            first.furniture.append(Block("furniture", found.text, found.page, found.box, role="address"))


def _with_tables(made: list[Draft], sheets: list[Sheet], words: Words) -> list[Block]:
    """The drafts as blocks, with each page's tables where they stand between them; `made` is used up."""
    made.reverse()
    blocks = [block(made.pop(), words) for _ in range(len(made))]
    last: Table | None = None
    number = 0
    for table in (t for sheet in sheets for t in sheet.tables):
        goes_on = last is not None and _continues(last, table)
        repeated = goes_on and table.header and table.rows[0] == last.rows[0]
        number += 0 if goes_on else 1
        rows = table_blocks(table, number, header_known=goes_on)
        at = _place(blocks, table)
        blocks[at:at] = rows[1:] if repeated else rows
        last = Table(table.page, table.box, (last if goes_on else table).rows, table.boxes, True, table.columns)
    return blocks


def _continues(last: Table, table: Table) -> bool:
    """Whether a table goes on from the page before: the next page, the same columns."""
    same = len(last.columns) == len(table.columns) and all(
        abs(a - b) < 4 for a, b in zip(last.columns, table.columns, strict=True)
    )
    return same and table.page == last.page + 1


def _place(blocks: list[Block], table: Table) -> int:
    """Before the first block that stands below the table on its page, or on a later page."""
    at = 0
    for k, found in enumerate(blocks):
        lines = found.lines
        ends = lines[-1] if lines else None
        if ends is None:
            continue
        before = ends.page < table.page or lines[0].page < table.page
        above = ends.page == table.page and lines[0].page == table.page and _above(ends.box, table)
        if before or above:
            at = k + 1
    return at


def _above(box, table: Table) -> bool:
    """Above the table in its column, or in a column to its left."""
    return (box[3] <= table.box[1] + 3 and box[0] < table.box[2]) or box[2] < table.box[0]
