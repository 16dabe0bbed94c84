"""xlsx: typed columns, frozen and filtered header, widths, wrapped text, links to the PDF and to the page in it.

openpyxl makes a workbook with only the header, its frame; the rows go into its sheet as XML text (corpus.export.cells),
straight into the archive. Every text cell is stored as text, so that none is a formula. Excel holds 32,767 characters
in a cell (longer text ends in '…'), 65,530 links in a sheet (later rows have none) and 1,048,576 rows (more is an
error: take CSV or parquet).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

from corpus.export.cells import Link, cell, hyperlinks, is_blank, relations
from corpus.tables import COLUMNS, Column, Row

MOST_LINKS, MOST_ROWS = 65_530, 1_048_576
EPOCH = datetime(2000, 1, 1)  # written as the moment of creation, so that the same rows give the same bytes
WIDTHS = {"integer": 9, "number": 11, "boolean": 12, "date": 12}  # in characters
LONG = {"text": 70, "response_text": 70, "evidence": 45, "title": 45, "report_title": 40, "message": 45}
LINKED = {"source_file", "page", "response_page"}
FORMATS = {"date": "yyyy-mm-dd", "number": "0.000"}
LINK = Font(color="0563C1", underline="single")
SHEET, ADDRESSES = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"


class TooManyRows(OSError):
    """More rows than a sheet holds."""


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the sheet: its letter and the numbers of its styles."""

    column: Column
    letter: str
    plain: int
    linked: int


@dataclass(slots=True)
class Rows:
    """The rows of a sheet as XML text, one by one. `made` gets the links in them, `last` the number of the last."""

    places: list[Place]
    addresses: Mapping[str, str]
    made: list[Link] = field(default_factory=list)
    last: int = 1

    def pieces(self, rows: Iterable[Row], path: Path) -> Iterator[str]:
        """One piece for each row. Raises TooManyRows, with `path`."""
        for number, row in enumerate(rows, 2):
            if number > MOST_ROWS:
                raise TooManyRows(0, f"a sheet holds {MOST_ROWS:,} rows; choose csv or parquet", str(path))
            yield f'<row r="{number}">{"".join(self._cells(row, number))}</row>'
            self.last = number

    def _cells(self, row: Row, number: int) -> Iterator[str]:
        for place in self.places:
            column, value = place.column, row[place.column.name]
            if not is_blank(value):
                spot = f"{place.letter}{number}"
                is_link = column.name in LINKED and self._link(spot, _target(column, row, self.addresses))
                yield cell(spot, place.linked if is_link else place.plain, column.type, value)
            elif place is self.places[-1]:  # a row that stops early is an error to some readers
                yield cell(f"{place.letter}{number}", place.plain, column.type, None)

    def _link(self, spot: str, target: str) -> bool:
        """Whether there is a target and the sheet had room for this link."""
        has_room = bool(target) and len(self.made) < MOST_LINKS
        if has_room:
            self.made.append((spot, target))
        return has_room


@dataclass(frozen=True, slots=True)
class Frame:
    """A workbook around its rows: the parts before the sheet, the sheet up to and from its rows, the parts after it."""

    before: dict[str, str]
    head: str
    tail: str
    after: dict[str, str]
    places: list[Place]


def write(path: Path, table: str, rows: Iterable[Row], links: Mapping[str, str] | None = None) -> None:
    """Write one table as the only sheet of a workbook. `links`: document_id → address of its PDF."""
    frame = _frame(table)
    filled = Rows(frame.places, links or {})
    with zipfile.ZipFile(path, "w") as archive:
        _add(archive, frame.before)
        with _part(archive, SHEET) as sheet:
            sheet.write(frame.head)
            sheet.writelines(filled.pieces(rows, path))
            frame = _frame(table, filled.last)
            sheet.writelines(_tail(frame.tail, filled.made))
        _add(archive, frame.after)
        if filled.made:
            with _part(archive, ADDRESSES) as part:
                part.writelines(relations(filled.made))


def _frame(table: str, last: int = 1) -> Frame:
    """What openpyxl makes of a sheet with only the header, filtered up to row `last`."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = EPOCH
    sheet = book.create_sheet(table)
    _lay_out(sheet, COLUMNS[table])
    places = _places(sheet, COLUMNS[table])
    sheet.auto_filter.ref = f"A1:{places[-1].letter}{last}"
    with zipfile.ZipFile(io.BytesIO(), "w") as archive:
        ExcelWriter(book, archive).write_data()
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    names = list(parts)
    head, end, tail = parts[SHEET].partition("</sheetData>")
    before = {name: parts[name] for name in names[: names.index(SHEET)]}
    after = {name: parts[name] for name in names[names.index(SHEET) + 1 :]}
    return Frame(before, head, end + tail, after, places)


def _lay_out(sheet: WriteOnlyWorksheet, columns: tuple[Column, ...]) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        width = LONG.get(column.name) or WIDTHS.get(column.type) or 20
        sheet.column_dimensions[get_column_letter(place)].width = max(width, len(column.name) + 4)
    header = [WriteOnlyCell(sheet, column.name) for column in columns]
    for name in header:
        name.font, name.fill = Font(bold=True), PatternFill("solid", fgColor="E7E6E6")
    sheet.append(header)


def _places(sheet: WriteOnlyWorksheet, columns: tuple[Column, ...]) -> list[Place]:
    return [
        Place(column, get_column_letter(n), _style(sheet, column), _style(sheet, column, LINK))
        for n, column in enumerate(columns, 1)
    ]


def _style(sheet: WriteOnlyWorksheet, column: Column, font: Font | None = None) -> int:
    """The number of the style of a column's cells, made once for all rows."""
    model = WriteOnlyCell(sheet)
    model.alignment = Alignment(vertical="top", wrap_text=column.name in LONG)
    model.number_format = FORMATS.get(column.type, "General")
    model.quotePrefix = column.type == "string"
    if font:
        model.font = font
    return model.style_id


def _target(column: Column, row: Row, links: Mapping[str, str]) -> str:
    """The address behind a cell: of the PDF, with its page; '' when the row names no file."""
    document = row.get("document_id")
    if column.name == "response_page" and row.get("letter_document_id"):
        document = row["letter_document_id"]  # the answer stands in the letter, not in the report
        if document not in links:
            return ""
    base = links.get(str(document)) or quote(str(row.get("source_file") or ""))
    return base if column.name == "source_file" or not base else f"{base}#page={row[column.name]}"


def _tail(tail: str, made: list[Link]) -> Iterator[str]:
    """The sheet after its rows, with the links where the format wants them."""
    if not made:
        yield tail
        return
    before, margins, after = tail.partition("<pageMargins")
    yield before
    yield from hyperlinks(made)
    yield margins + after


def _add(archive: zipfile.ZipFile, parts: Mapping[str, str]) -> None:
    for name, text in parts.items():
        with _part(archive, name) as part:
            part.write(text)


def _part(archive: zipfile.ZipFile, name: str) -> TextIO:
    """A part of the workbook, to write to; its moment is always the same, as in the properties."""
    member = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
    member.compress_type = zipfile.ZIP_DEFLATED
    return io.TextIOWrapper(archive.open(member, "w", force_zip64=True), encoding="utf-8", newline="")
