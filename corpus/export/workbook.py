"""xlsx: typed columns, frozen and filtered header, widths, wrapped text, links to the PDF and to the page in it.

Every text cell is stored as text, so that none is a formula. Excel holds 32,767 characters in a cell (longer text ends
in '…'), 65,530 links in a sheet (later rows have none) and 1,048,576 rows (more is an error: take CSV or parquet).
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.hyperlink import Hyperlink

from corpus.export.guard import printable
from corpus.tables import COLUMNS, Column, Row

MOST_CHARACTERS, MOST_LINKS, MOST_ROWS = 32_767, 65_530, 1_048_576
EPOCH = datetime(2000, 1, 1)  # written as the moment of creation, so that the same rows give the same bytes
WIDTHS = {"integer": 9, "number": 11, "boolean": 12, "date": 12}  # in characters
LONG = {"text": 70, "response_text": 70, "evidence": 45, "title": 45, "report_title": 40, "message": 45}
LINKED = {"source_file", "page", "response_page"}
FORMATS = {"date": "yyyy-mm-dd", "number": "0.000"}
LINK = Font(color="0563C1", underline="single")


class TooManyRows(OSError):
    """More rows than a sheet holds."""


def write(path: Path, table: str, rows: Iterable[Row], links: Mapping[str, str] | None = None) -> None:
    """Write one table as the only sheet of a workbook. `links`: document_id → address of its PDF."""
    book = Workbook(write_only=True)
    book.properties.created = EPOCH
    sheet = book.create_sheet(table)
    _lay_out(sheet, COLUMNS[table])
    try:
        _fill(sheet, table, rows, links or {}, path)
    finally:
        sheet.close()
    book.save(path)
    _forget_the_clock(path)


def _fill(sheet: WriteOnlyWorksheet, table: str, rows: Iterable[Row], links: Mapping[str, str], path: Path) -> None:
    columns = [(column, _style(sheet, column), _style(sheet, column, LINK)) for column in COLUMNS[table]]
    count = 1
    for count, row in enumerate(rows, 2):
        if count > MOST_ROWS:
            raise TooManyRows(0, f"a sheet holds {MOST_ROWS:,} rows; choose csv or parquet", str(path))
        sheet.append(_cells(sheet, columns, row, count, links))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"


def _lay_out(sheet: WriteOnlyWorksheet, columns: tuple[Column, ...]) -> None:
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        width = LONG.get(column.name) or WIDTHS.get(column.type) or 20
        sheet.column_dimensions[get_column_letter(place)].width = max(width, len(column.name) + 4)
    header = [WriteOnlyCell(sheet, column.name) for column in columns]
    for cell in header:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E7E6E6")
    sheet.append(header)


def _style(sheet: WriteOnlyWorksheet, column: Column, font: Font | None = None) -> StyleArray:
    """The style of a column's cells, made once for all rows."""
    cell = WriteOnlyCell(sheet)
    cell.alignment = Alignment(vertical="top", wrap_text=column.name in LONG)
    cell.number_format = FORMATS.get(column.type, "General")
    cell.quotePrefix = column.type == "string"
    if font:
        cell.font = font
    return cell._style


def _cells(sheet: WriteOnlyWorksheet, columns: list, row: Row, number: int, links: Mapping[str, str]) -> list:
    cells = []
    for place, (column, plain, linked) in enumerate(columns, 1):
        value = row[column.name]
        cell = None if value is None or value == "" else _cell(sheet, column, value)
        if cell:
            target = _target(column, row, links) if column.name in LINKED else ""
            made = target and _link(sheet, f"{get_column_letter(place)}{number}", target)
            cell._style = linked if made else plain
        cells.append(cell)
    return [*cells[:-1], cells[-1] or _blank(sheet)]  # a row that stops early is an error to some readers


def _cell(sheet: WriteOnlyWorksheet, column: Column, value: str | int | float | bool) -> WriteOnlyCell:
    if column.type == "date":
        return WriteOnlyCell(sheet, date.fromisoformat(str(value)))
    if column.type != "string":
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet)
    cell._value, cell.data_type = _short(printable(str(value))), "s"  # assigning .value would make '=…' a formula
    return cell


def _blank(sheet: WriteOnlyWorksheet) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    cell.alignment = Alignment(vertical="top")
    return cell


def _short(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"


def _target(column: Column, row: Row, links: Mapping[str, str]) -> str:
    """The address behind a cell: of the PDF, with its page; '' when the row names no file."""
    document = row.get("document_id")
    if column.name == "response_page" and row.get("letter_document_id"):
        document = row["letter_document_id"]  # the answer stands in the letter, not in the report
        if document not in links:
            return ""
    base = links.get(str(document)) or quote(str(row.get("source_file") or ""))
    return base if column.name == "source_file" or not base else f"{base}#page={row[column.name]}"


def _link(sheet: WriteOnlyWorksheet, place: str, target: str) -> bool:
    """Whether the sheet had room for this link."""
    if len(sheet._hyperlinks) >= MOST_LINKS:
        return False
    sheet._hyperlinks.append(Hyperlink(ref=place, target=target))
    return True


def _forget_the_clock(path: Path) -> None:
    """Rewrite the archive with one fixed moment; openpyxl writes its own in each member and among the properties."""
    other = path.with_suffix(".zip.tmp")
    try:
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                member = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
                member.compress_type = zipfile.ZIP_DEFLATED
                with old.open(name) as source, new.open(member, "w", force_zip64=True) as target:
                    _copy(source, target, is_properties=name == "docProps/core.xml")
        other.replace(path)
    finally:
        other.unlink(missing_ok=True)


def _copy(source: IO[bytes], target: IO[bytes], is_properties: bool) -> None:
    if is_properties:
        moment = EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        target.write(re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + moment, source.read()))
        return
    shutil.copyfileobj(source, target, 1 << 20)
