"""`opvolging export` and `report` from the store: corrections win, links lead to PDFs, lost corrections are told."""

import dataclasses

import openpyxl
import pytest

from corpus.export.delimited import read
from corpus.store import Correction, add_correction, save
from corpus.store.lost import lost
from flows import cli
from tests.flows.review.made_store import ASKS, fill, new_store


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("OPVOLGING_HOME", str(tmp_path / "store"))
    with new_store(tmp_path / "store") as made:
        yield made


def correct(store, rid="r1-1"):
    change = Correction("change", "d1", rid, "Anna", field="status", new_value="rejected", snapshot=ASKS[0])
    return add_correction(store, change)


def test_export_has_the_corrections_and_says_so(store, tmp_path):
    correct(store)
    assert cli.main(["export", "--out", str(tmp_path / "out")]) == 0
    rows = {row["recommendation_id"]: row for row in read(tmp_path / "out/recommendations.csv", "recommendations")}
    assert {i: r["corrected"] for i, r in rows.items() if r["corrected"]} == {"r1-1": "status"}
    assert (rows["r1-1"]["status"], rows["r1-1"]["corrected_by"]) == ("rejected", "Anna")


def test_excel_is_an_option_of_csv_only(store, tmp_path, capsys):
    assert cli.main(["export", "--out", str(tmp_path / "out"), "--excel"]) == 0
    assert (tmp_path / "out/documents.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument_id;")
    assert cli.main(["export", "--out", str(tmp_path / "out"), "--excel", "--format", "xlsx"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_links_of_the_workbook_lead_to_the_files_of_the_store(store, tmp_path):
    assert cli.main(["export", "--out", str(tmp_path / "een map/out"), "--format", "xlsx"]) == 0
    path = tmp_path / "een map/out/recommendations.xlsx"
    sheet = openpyxl.load_workbook(path)["recommendations"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    target = sheet.cell(2, columns["page"]).hyperlink.target
    file, _, page = target.partition("#")
    assert (path.parent / file).resolve().is_file() and page == "page=1"


def test_a_correction_that_fits_nothing_is_kept_and_told(store):
    correct(store)
    assert lost(store) == []
    first = fill(store)[0]
    save(store, dataclasses.replace(first, recommendations=first.recommendations[1:], codings=first.codings[1:]), "2")
    assert [c.recommendation_id for c in lost(store)] == ["r1-1"]


def test_the_report_comes_from_the_store(store, tmp_path):
    correct(store)
    assert cli.main(["report", "--out", str(tmp_path / "r.html")]) == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.count('<article class="row"') == 6 and "gecorrigeerd door Anna" in page
