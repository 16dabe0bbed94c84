"""Reading one PDF from its first byte to its blocks: the order of the steps stands here."""

from __future__ import annotations

import ctypes
import hashlib
import re

import pypdfium2 as pypdfium
import pypdfium2.raw as pdfium

from corpus.records import Block, Page, Reading
from extract.reading import furniture, ocr
from extract.reading.aligned import aligned_tables
from extract.reading.assembly import main_text
from extract.reading.characters import gibberish
from extract.reading.errors import Damaged, Encrypted, NotAPdf, TooLarge
from extract.reading.figures import figures
from extract.reading.frame import body_size, layout
from extract.reading.glyphs import Frame, Glyphs, read_glyphs
from extract.reading.grids import ruled_tables
from extract.reading.hyphens import Words
from extract.reading.lines import rows
from extract.reading.rules import Drawing, read_drawing
from extract.reading.segments import Segment, segments, settle
from extract.reading.sheets import Sheet

READER_VERSION = "3"
MOST_BYTES, MOST_PAGES = 300_000_000, 20_000
_LOST = 0.25  # a page is unmapped when so large a share of its glyphs has no Unicode


def read_pdf(data: bytes) -> Reading:
    """The blocks of a PDF. Raises NotAPdf, Encrypted, Damaged, TooLarge; a page that cannot be read has a
    status instead."""
    document = open_document(data)
    try:
        sheets = _sheets(document)
        created, title = _created(document), _title(document)
    finally:
        document.close()
    digest = hashlib.sha256(data).hexdigest()
    kind, blocks, apart = _blocks(sheets)
    pages = tuple(Page(s.number, round(s.width, 1), round(s.height, 1), s.status) for s in sheets)
    return Reading(digest, kind, pages, tuple(blocks), tuple(apart), title, created)


def open_document(data: bytes) -> pypdfium.PdfDocument:
    """A pdfium document, with its errors told apart."""
    if b"%PDF-" not in data[:2048]:
        raise NotAPdf("this is no PDF: it does not start as one; download it again, or convert it to PDF first")
    if len(data) > MOST_BYTES:
        raise TooLarge(
            f"the file has {len(data) // 1_000_000} MB, the limit is {MOST_BYTES // 1_000_000}; split it first"
        )
    try:
        document = pypdfium.PdfDocument(data)
        count = len(document)
    except pypdfium.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Encrypted("the PDF asks for a password; save a copy without one and read that") from error
        raise Damaged("the PDF is cut off or damaged beyond repair; download it again") from error
    if not count:
        raise Damaged("the PDF has no pages that can be found; download it again")
    if count > MOST_PAGES:
        raise TooLarge(f"the PDF has {count} pages, the limit is {MOST_PAGES}; split it first")
    return document


def _sheets(document) -> list[Sheet]:
    fonts: dict[int, tuple[str, bool, bool]] = {}
    sheets = [_sheet(document, number, fonts) for number in range(1, len(document) + 1)]
    if all(sheet.status == "damaged" for sheet in sheets):
        raise Damaged("no page of the PDF can be opened; download it again")
    return sheets


def _sheet(document, number: int, fonts) -> Sheet:
    """One page's segments and ruling; the page is closed again, so that memory stays flat."""
    try:
        page = document[number - 1]
    except pypdfium.PdfiumError:
        return Sheet(number, 595.0, 842.0, "damaged", Drawing())
    try:
        frame, width, height = _frame(page)
        textpage = pdfium.FPDFText_LoadPage(page)
        try:
            glyphs = read_glyphs(textpage, frame, fonts) if textpage else None
        finally:
            if textpage:
                pdfium.FPDFText_ClosePage(textpage)
        sheet = Sheet(number, width, height, "text", read_drawing(page, frame))
        found = _on_page(segments(glyphs), width, height) if glyphs else []
        sheet.status = _status(found, glyphs)
        if sheet.status != "text":
            found = ocr.recognise(page, width, height)
            sheet.status = "ocr" if found else sheet.status
        sheet.rows = rows(found)
        if glyphs and sheet.status == "text":
            sheet.furniture = [Block("furniture", t, number, b, role="margin") for t, b in glyphs.sideways if t]
        return sheet
    finally:
        page.close()


def _frame(page) -> tuple[Frame, float, float]:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    rotation = {1: 90, 2: 180, 3: 270}.get(pdfium.FPDFPage_GetRotation(page), 0)
    frame = Frame(box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top), rotation)
    return frame, float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))


def _on_page(found: list[Segment], width: float, height: float) -> list[Segment]:
    return [
        s
        for s in found
        if s.text and -2 < s.baseline < height + 2 and s.x1 > 0 and s.x0 < width and 0.5 < s.size < height
    ]


def _status(found: list[Segment], glyphs: Glyphs | None) -> str:
    if glyphs is None or not found:
        return "text" if glyphs and glyphs.sideways else "empty"
    lost = glyphs.unmapped > _LOST or gibberish(" ".join(s.text for s in found))
    return "unmapped" if lost else "text"


def _blocks(sheets: list[Sheet]) -> tuple[str, list[Block], list[Block]]:
    """(layout, main text, furniture) of the pages."""
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        return "other", [], [block for sheet in sheets for block in sheet.furniture]
    settle([s for sheet in filled for row in sheet.rows for s in row])
    size = body_size([[s for row in sheet.rows for s in row] for sheet in filled])
    body, columns = layout([sheet.rows for sheet in filled], [sheet.width for sheet in filled], size)
    for sheet, found in zip(filled, columns, strict=True):
        sheet.columns = found
    words = Words([s.text for sheet in filled for row in sheet.rows for s in row])
    kind = _part_furniture(filled, body, words)
    kind, blocks = main_text(filled, body, words, kind)
    return kind, blocks, [block for sheet in sheets for block in sheet.furniture]


def _part_furniture(sheets: list[Sheet], body, words: Words) -> str:
    """Set the furniture of all pages apart, and name the layout that it shows."""
    printed = furniture.masthead(sheets[0], body)
    known = furniture.repeated(sheets)
    titled = not printed and furniture.cover(sheets, body)
    for sheet in sheets:
        ruled_tables(sheet, words)
        figures(sheet, body)
    listed = furniture.contents(sheets, body)
    for sheet in sheets:
        furniture.margins(sheet, body)
    furniture.running(sheets, body, known)
    for sheet in sheets:
        aligned_tables(sheet, body, words)
    beside = sum(any(b.role == "margin" and b.box[0] > sheet.right for b in sheet.furniture) for sheet in sheets)
    if not printed and not titled:
        furniture.above_frame(sheets, body)
    if printed:
        return "kamerstuk"
    if titled or listed:
        return "report"
    return "letter" if beside and beside >= 0.5 * len(sheets) else "other"


def _title(document) -> str:
    return " ".join(document.get_metadata_value("Title").split())[:500]


def _created(document) -> str:
    """The ISO date of the PDF's own creation date, '' where it has none."""
    match = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", document.get_metadata_value("CreationDate"))
    if not match or not (1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31):
        return ""
    return f"{match[1]}-{match[2]}-{match[3]}"
