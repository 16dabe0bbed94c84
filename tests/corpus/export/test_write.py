"""Tables as files: what other programs read, what stays the same, what happens when the disk refuses."""

import csv
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.export import FORMATS, OutputError, delimited, write_tables
from corpus.export.guard import guard, unguard
from corpus.tables import COLUMNS

NASTY = ["=cmd|' /C calc'!A0", "+31 70", "-2+3", "@SUM(A1)", "\t=1", "goed; =1;=2", "'=al", 'een, "twee"; drie', "é€…"]


def blank(table: str) -> dict:
    return {c.name: None if c.type in ("integer", "number", "boolean") else "" for c in COLUMNS[table]}


def tables(texts=("Zorg voor toezicht.",)) -> dict:
    document = blank("documents") | {"document_id": "d1", "source_file": "brief.pdf", "kind": "letter", "status": "ok",
                                     "date": "2022-03-01", "pages": 4, "recommendations": len(texts)}  # fmt: skip
    rows = [
        blank("recommendations")
        | {"recommendation_id": f"r{n}", "document_id": "d1", "source_file": "brief.pdf", "document_kind": "letter"}
        | {"ordinal": n, "text": text, "page": 2, "status": "adopted", "confidence": 0.9, "needs_review": False}
        | {"letter_date": "2022-03-01"}
        for n, text in enumerate(texts, 1)
    ]
    return {"recommendations": rows, "documents": [document], "responses": [], "commitments": []}


def test_csv_is_what_the_contract_says(tmp_path):
    paths = write_tables(tables(), tmp_path)
    assert sorted(p.name for p in paths) == sorted([f"{t}.csv" for t in COLUMNS] + ["datapackage.json"])
    data = (tmp_path / "recommendations.csv").read_bytes()
    header, row, rest = data.decode().split("\r\n")
    assert header == ",".join(c.name for c in COLUMNS["recommendations"])
    assert ",Zorg voor toezicht.," in row and ",adopted,,,0.900,false,," in row and ",2022-03-01" in row
    assert rest == "" and not data.startswith(b"\xef\xbb\xbf")


def test_dutch_excel_gets_semicolons_a_mark_and_a_decimal_comma(tmp_path):
    write_tables(tables(), tmp_path, excel=True)
    data = (tmp_path / "recommendations.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfrecommendation_id;")
    assert b";0,900;false;" in data


@pytest.mark.parametrize("excel", [False, True])
def test_no_cell_is_a_formula_and_reading_gives_back_what_was_there(tmp_path, excel):
    write_tables(tables(NASTY), tmp_path, excel=excel)
    path = tmp_path / "recommendations.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [c for row in csv.reader(file, delimiter=";" if excel else ",") for c in row]
    assert not [c for c in cells if c[:1] in tuple("=+-@\t\r")]
    assert [row["text"] for row in delimited.read(path, "recommendations")] == NASTY


def test_split_at_semicolons_as_dutch_excel_does_there_is_no_formula_either(tmp_path):
    write_tables(tables(["doe dit;=cmd|' /C calc'!A0"]), tmp_path)
    text = (tmp_path / "recommendations.csv").read_text()
    assert ";'=cmd" in text and ";=cmd" not in text


@given(st.text(alphabet="a'=+-@;\t\r\n ", max_size=12))
def test_guard_can_always_be_undone(text):
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_rows_give_the_same_bytes(tmp_path, format):
    for name in "ab":
        write_tables(tables(NASTY), tmp_path / name, format)
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("format", FORMATS)
def test_rows_may_come_from_generators(tmp_path, format):
    write_tables({name: iter(rows) for name, rows in tables().items()}, tmp_path, format)
    assert (tmp_path / f"recommendations.{format}").stat().st_size > 0


def test_jsonl_keeps_text_and_types(tmp_path):
    write_tables(tables(NASTY), tmp_path, "jsonl")
    rows = [json.loads(line) for line in (tmp_path / "recommendations.jsonl").read_text().split("\n")[:-1]]
    assert [row["text"] for row in rows] == NASTY
    assert rows[0]["confidence"] == 0.9 and rows[0]["needs_review"] is False and rows[0]["number"] is None


def test_parquet_has_types_and_empty_tables(tmp_path):
    import pyarrow.parquet as pq

    write_tables(tables(NASTY), tmp_path, "parquet")
    table = pq.read_table(tmp_path / "recommendations.parquet")
    assert table["text"].to_pylist() == NASTY
    assert table["letter_date"][0].as_py() == date(2022, 3, 1) and table["number"].null_count == len(NASTY)
    assert pq.read_table(tmp_path / "responses.parquet").num_rows == 0


def test_half_pairs_and_control_characters_are_replaced(tmp_path):
    for format in FORMATS:
        write_tables(tables(["a\ud83db\x00c"]), tmp_path, format)
    assert "a\ufffdb\ufffdc" in (tmp_path / "recommendations.csv").read_text()


def test_a_failure_leaves_the_old_tables_and_no_drafts(tmp_path):
    write_tables(tables(["oud"]), tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    def broken():
        yield tables(["nieuw"])["recommendations"][0]
        raise RuntimeError("halverwege")

    with pytest.raises(RuntimeError, match="halverwege"):
        write_tables({"recommendations": broken()}, tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_directory_that_is_a_file_is_one_line(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match=r"^cannot write .*out.*: [^\n]+$"):
        write_tables(tables(), tmp_path / "out")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_without_permission_is_one_line(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="Permission denied"):
        write_tables(tables(), tmp_path)


def test_written_files_follow_the_umask(tmp_path):
    (path, *_) = write_tables(tables(), tmp_path)
    mask = os.umask(0)
    os.umask(mask)
    assert Path(path).stat().st_mode & 0o777 == 0o666 & ~mask


def test_unknown_format_and_table_say_what_there_is(tmp_path):
    with pytest.raises(OutputError, match="no such format: ods; choose csv, xlsx"):
        write_tables(tables(), tmp_path, "ods")
    with pytest.raises(OutputError, match="no such table: letters"):
        write_tables({"letters": []}, tmp_path)
