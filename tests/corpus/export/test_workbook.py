"""The workbook as Excel sees it."""

import time
import zipfile
from datetime import datetime

import openpyxl
import pytest

from corpus.export import OutputError, workbook, write_tables
from corpus.tables import COLUMNS


def row(**values) -> dict:
    blank = {c.name: None if c.type in ("integer", "number", "boolean") else "" for c in COLUMNS["recommendations"]}
    least = {"recommendation_id": "r1", "document_id": "d1", "source_file": "een brief.pdf", "text": "x"}
    return blank | least | values


def sheet(tmp_path, *rows, **options):
    write_tables({"recommendations": rows}, tmp_path, "xlsx", **options)
    return openpyxl.load_workbook(tmp_path / "recommendations.xlsx")["recommendations"]


def cell(sheet, name, number=2):
    return sheet.cell(number, [c.value for c in sheet[1]].index(name) + 1)


def test_columns_have_types(tmp_path):
    got = sheet(tmp_path, row(ordinal=1, confidence=0.912, needs_review=True, letter_date="2022-03-01", number="3"))
    values = [cell(got, n).value for n in ("ordinal", "confidence", "needs_review", "letter_date", "number", "issuer")]
    assert values == [1, 0.912, True, datetime(2022, 3, 1), "3", None]


def part(tmp_path, name) -> bytes:
    with zipfile.ZipFile(tmp_path / "recommendations.xlsx") as archive:
        return archive.read(name)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "=1", "#N/A"])
def test_text_is_text(tmp_path, text):
    got = cell(sheet(tmp_path, row(text=text)), "text")
    assert (got.value, got.data_type) == (text, "s")


@pytest.mark.parametrize("text", ["<b>&amp;</b> ]]>\"'", "  a\n\tb ", " ", "é€…😀", "a\x00b"])
def test_no_text_breaks_the_sheet_or_loses_its_spaces(tmp_path, text):
    assert cell(sheet(tmp_path, row(text=text)), "text").value == text.replace("\x00", "\ufffd")
    is_kept = b'<t xml:space="preserve">' in part(tmp_path, "xl/worksheets/sheet1.xml")  # openpyxl reads as if it were
    assert is_kept == text.startswith(" ")


def test_a_cell_without_a_value_is_blank(tmp_path):
    got = sheet(tmp_path, row(confidence=float("nan"), needs_review=False, ordinal=0))
    assert [cell(got, n).value for n in ("confidence", "needs_review", "ordinal", "page")] == [None, False, 0, None]
    assert b'<c r="Z2"' in part(tmp_path, "xl/worksheets/sheet1.xml"), "the last cell is there, though blank"


def test_numbers_and_dates_are_shown_as_such(tmp_path):
    got = sheet(tmp_path, row(confidence=0.5, letter_date="2022-03-01"))
    assert [cell(got, n).number_format for n in ("confidence", "letter_date")] == ["0.000", "yyyy-mm-dd"]
    assert cell(got, "source_file").font.underline == "single" and cell(got, "source_file").quotePrefix


def test_header_is_frozen_filtered_and_wide_enough(tmp_path):
    got = sheet(tmp_path, row(), row())
    assert got.freeze_panes == "A2" and got.auto_filter.ref == got.dimensions
    assert cell(got, "text").alignment.wrap_text and got.column_dimensions["G"].width == 70
    assert b"'recommendations'!$A$1:$Z$3<" in part(tmp_path, "xl/workbook.xml"), "the filter stands there once more"


def test_links_go_to_the_page_of_the_file_or_of_its_address(tmp_path):
    got = sheet(tmp_path, row(page=3))
    assert cell(got, "source_file").hyperlink.target == "een%20brief.pdf"
    assert cell(got, "page").hyperlink.target == "een%20brief.pdf#page=3"
    got = sheet(tmp_path, row(page=3), links={"d1": "https://voorbeeld.nl/1.pdf"})
    assert cell(got, "page").hyperlink.target == "https://voorbeeld.nl/1.pdf#page=3"
    got = sheet(tmp_path, row(page=3), links={"d1": 'https://voorbeeld.nl/?a="1"&b=<2>'})
    assert cell(got, "page").hyperlink.target == 'https://voorbeeld.nl/?a="1"&b=<2>#page=3'


def test_the_page_of_an_answer_is_a_page_of_the_letter(tmp_path):
    answered = row(page=3, response_page=2, letter_document_id="d2")
    assert cell(sheet(tmp_path, answered), "response_page").hyperlink is None
    got = sheet(tmp_path, answered, links={"d2": "brief.pdf"})
    assert cell(got, "response_page").hyperlink.target == "brief.pdf#page=2"


def test_a_workbook_written_later_has_the_same_bytes(tmp_path):
    sheet(tmp_path, row(page=3))
    first = (tmp_path / "recommendations.xlsx").read_bytes()
    time.sleep(2.1)  # both clocks of the format count in one or two seconds
    sheet(tmp_path, row(page=3))
    assert (tmp_path / "recommendations.xlsx").read_bytes() == first


def test_limits_of_excel(tmp_path, monkeypatch):
    assert cell(sheet(tmp_path, row(text="a" * 40_000)), "text").value == "a" * 32_766 + "…"
    monkeypatch.setattr(workbook, "MOST_LINKS", 1)
    assert cell(sheet(tmp_path, row(page=1)), "page").hyperlink is None
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    with pytest.raises(OutputError, match="a sheet holds 2 rows; choose csv or parquet"):
        sheet(tmp_path, row(), row())
