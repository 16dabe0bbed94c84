"""What other people's tools make of the tables: the frictionless validator, pandas, R; and the codebook."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.export import codebook, write_tables
from corpus.tables import COLUMNS

ROOT = Path(__file__).parents[3]


def tables() -> dict:
    """A letter and the report that it answers, with text that is a trap for a spreadsheet."""

    def row(table: str, **values) -> dict:
        return {c.name: None if c.type in ("integer", "number", "boolean") else "" for c in COLUMNS[table]} | values

    trap = '-2+3, "zegt" hij'
    letter = {"document_id": "d1", "source_file": "brief één.pdf", "document_kind": "letter"}
    report = {"document_id": "d2", "source_file": "rapport.pdf", "document_kind": "report"}
    answer = {"status": "adopted", "position": "agree", "action": "new", "confidence": 0.9, "needs_review": False}
    answer |= {"letter_date": "2022-03-01", "deadline_to": "2022-08-31", "number": "1-2"}
    return {
        "recommendations": [
            row(
                "recommendations",
                recommendation_id="r1",
                ordinal=1,
                text=trap,
                page=2,
                **letter,
                **answer,
            ),
            row("recommendations", recommendation_id="r2", ordinal=1, text="=1", letter_document_id="d1", **report),
            row("recommendations", recommendation_id="r3", ordinal=2, text="NA", **report),
        ],
        "documents": [
            row("documents", document_id="d1", source_file="brief één.pdf", kind="letter", status="ok", ministry="LNV"),
            row("documents", document_id="d2", source_file="rapport.pdf", kind="report", status="ok"),
        ],
        "responses": [row("responses", response_id="p1", document_id="d1", text="Dat neem ik over.", page=3)],
        "commitments": [row("commitments", commitment_id="c1", document_id="d1", text="Ik zal.", page=3)],
    }


@pytest.mark.parametrize(("format", "excel"), [("csv", False), ("csv", True), ("xlsx", False)])
def test_frictionless_finds_the_package_valid(tmp_path, format, excel):
    frictionless = pytest.importorskip("frictionless")
    write_tables(tables(), tmp_path, format, excel)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    assert [task.stats["rows"] for task in report.tasks] == [3, 2, 1, 1]


def test_frictionless_sees_a_status_that_does_not_exist(tmp_path):
    frictionless = pytest.importorskip("frictionless")
    wrong = tables()
    wrong["recommendations"][0]["status"] = "maybe"
    write_tables(wrong, tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["fieldName", "type"]) == [["status", "constraint-error"]]


@pytest.mark.parametrize("excel", [False, True])
def test_pandas_reads_what_was_written(tmp_path, excel):
    pytest.importorskip("pandas")
    write_tables(tables(), tmp_path, excel=excel)
    sys.path.insert(0, str(ROOT / "examples"))
    try:
        from load import load
    finally:
        sys.path.pop(0)
    table = load(tmp_path, "recommendations")
    assert table["text"].to_list() == ['-2+3, "zegt" hij', "=1", "NA"]
    assert table["confidence"].iloc[0] == 0.9 and table["letter_date"].iloc[0].year == 2022
    assert table["number"].iloc[0] == "1-2" and table["number"].isna().iloc[1]


def test_the_python_example_runs(tmp_path):
    pytest.importorskip("pandas")
    write_tables(tables(), tmp_path)
    done = subprocess.run([sys.executable, ROOT / "examples/load.py", tmp_path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "2 documents, 3 recommendations" in done.stdout and "LNV" in done.stdout


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed (apt-get install r-base-core)")
def test_the_r_example_runs_and_reads_what_was_written(tmp_path):
    write_tables(tables(), tmp_path)
    write_tables(tables(), tmp_path / "excel", excel=True)
    check = (
        f"source('{ROOT}/examples/load.R'); a <- load_table('{tmp_path}', 'recommendations');"
        f"b <- load_table('{tmp_path}/excel', 'recommendations', excel = TRUE);"
        "stopifnot(identical(a, b), identical(a$text, c('-2+3, \"zegt\" hij', '=1', 'NA')), a$confidence[1] == 0.9,"
        "is.na(a$number[2]), a$number[1] == '1-2', a$letter_date[1] == as.Date('2022-03-01'), !a$needs_review[1],"
        "identical(Encoding(a$source_file[1]), 'UTF-8'), a$source_file[1] == 'brief \\u00e9\\u00e9n.pdf')"
    )
    environment = {"LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    for command in (["Rscript", "-e", check], ["Rscript", ROOT / "examples/load.R", tmp_path]):
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        assert done.returncode == 0, done.stderr
    done = subprocess.run(
        ["Rscript", ROOT / "examples/load.R", tmp_path], capture_output=True, text=True, env=environment
    )
    assert "2 documents, 3 recommendations" in done.stdout


def test_the_codebook_in_docs_is_the_one_of_the_columns():
    assert (ROOT / "docs/codebook.md").read_text(encoding="utf-8") == codebook.markdown()
    assert (ROOT / "docs/codebook.html").read_text(encoding="utf-8") == codebook.html()


def test_the_codebook_names_every_column_and_value():
    for text in (codebook.markdown(), codebook.html()):
        for columns in COLUMNS.values():
            assert all(column.name in text for column in columns)
        assert "partly_adopted" in text and "referral" in text
